"""The facility is warned before a certificate ends without which nothing can be sealed, or time stamped for long."""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from service.domain.house_events import Event
from service.domain.mails import Mail
from service.domain.permissions import Permission, Subject, require
from service.domain.seal_events import SealEnding, StampsEnding
from service.domain.seals import SealDescription, days_until, ends_at, warning_due
from service.store import renewing as renewals
from service.store import seal_warnings as store
from service.store.uow import UnitOfWork
from service.workflows import mails, sealing
from service.workflows.context import Context

ENDING = "seal_ending"
STAMPS_ENDING = "timestamps_ending"


def warn(ctx: Context) -> bool:
    """Warn everyone who facilitates where a warning is due and was not given; returns whether one was.

    A key with which nothing may be sealed here anyway is no cause.
    """
    with ctx.transaction() as work:
        require(work.actor, Permission.JOB_RUN, Subject())
        seal, _ = sealing.seal_of(ctx, work.now)
        if seal is None or not seal.allowed:
            return False
        given = [_seal_ends(ctx, work, seal), _stamps_end(ctx, work, seal)]
        return any(given)


def _seal_ends(ctx: Context, work: UnitOfWork, seal: SealDescription) -> bool:
    ends, days = ends_at(seal), days_until(ends_at(seal), work.now) or 0
    if not _is_due(work, seal.fingerprint, ends):
        return False
    event = SealEnding(seal.fingerprint, ends.isoformat(), days)
    values = {"expires_at": ends.isoformat(), "days": days, "whose": seal.subject}
    _tell(ctx, work, ENDING, event, values)
    return True


def _stamps_end(ctx: Context, work: UnitOfWork, seal: SealDescription) -> bool:
    """Warn of an authority elsewhere, whose certificate is known by what it stamped last.

    Papers are renewed every night as soon as it stamps with a newer one, so the latest paper tells.
    """
    ends = renewals.latest_proof(work.connection) if seal.timestamps else None
    known_as = hashlib.sha256(seal.timestamps.encode()).hexdigest()
    if ends is None or not _is_due(work, known_as, ends):
        return False
    days = days_until(ends, work.now) or 0
    values = {"expires_at": ends.isoformat(), "days": days, "authority": seal.timestamps}
    _tell(ctx, work, STAMPS_ENDING, StampsEnding(known_as, ends.isoformat(), days), values)
    return True


def _is_due(work: UnitOfWork, certificate: str, ends: datetime) -> bool:
    """Tell whether a warning is due, and note that it is given."""
    due = warning_due(ends, work.now)
    return due is not None and store.give(work.connection, certificate, ends, due.days, work.now)


def _tell(ctx: Context, work: UnitOfWork, template: str, event: Event, values: Mapping[str, object]) -> None:
    work.record(event)
    readers = store.facilitators(work.connection, work.now)
    mails.post_all(
        ctx, work, [Mail(template, one.email, one.language, values, one.person_id) for one in readers]
    )
