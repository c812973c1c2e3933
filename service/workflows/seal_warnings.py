"""The facility is warned before a certificate ends without which nothing can be sealed."""

from service.domain.mails import Mail
from service.domain.permissions import Permission, Subject, require
from service.domain.seal_events import SealEnding
from service.domain.seals import days_left, ends_at, warning_due
from service.store import seal_warnings as store
from service.workflows import mails, sealing
from service.workflows.context import Context

ENDING = "seal_ending"


def warn(ctx: Context) -> bool:
    """Warn everyone who facilitates where a warning is due and was not given; returns whether one was.

    A key with which nothing may be sealed here anyway is no cause.
    """
    with ctx.transaction() as work:
        require(work.actor, Permission.JOB_RUN, Subject())
        seal, _ = sealing.seal_of(ctx, work.now)
        due = warning_due(seal, work.now) if seal is not None and seal.allowed else None
        if seal is None or due is None:
            return False
        ends = ends_at(seal)
        if not store.give(work.connection, seal.fingerprint, ends, due.days, work.now):
            return False
        days = days_left(seal, work.now) or 0
        work.record(SealEnding(seal.fingerprint, ends.isoformat(), days))
        values = {"expires_at": ends.isoformat(), "days": days, "whose": seal.subject}
        mails.post_all(
            ctx,
            work,
            [
                Mail(ENDING, one.email, one.language, values, one.person_id)
                for one in store.facilitators(work.connection, work.now)
            ],
        )
        return True
