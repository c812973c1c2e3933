"""Use cases around the keys of those who sign: what is known of them, and a warning before one ends."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from service.domain.mails import Mail
from service.domain.permissions import Permission, Subject, require, visible_to
from service.domain.phases import Phase
from service.domain.seal_events import SignatoryKeyEnding
from service.domain.seals import SigningPerson, days_until, warning_due
from service.domain.signatory_keys import KeyFault, hint_of
from service.domain.views.agendas import AgendaView
from service.domain.views.people import ApproverView
from service.store import seal_warnings as store
from service.store.notifications import Reader
from service.store.queries.approvers import approvers_at
from service.store.uow import UnitOfWork
from service.workflows import mails
from service.workflows.context import Context

ENDING = "signatory_key_ending"


def listed(ctx: Context) -> tuple[ApproverView, ...]:
    """Return everyone who may sign editions, with what is known of their keys; nothing of it is secret."""
    with ctx.reading() as reader:
        require(reader.actor, Permission.KEY_READ, Subject())
        return with_keys(ctx, approvers_at(reader.connection, reader.now), reader.now)


def with_keys(
    ctx: Context, people: Sequence[ApproverView], now: datetime, publication: datetime | None = None
) -> tuple[ApproverView, ...]:
    """Return people with what is known of their keys, and what should be where something is published at a moment."""
    keys = [ctx.sealer.key_of(SigningPerson(one.name, one.email)) for one in people]
    return tuple(
        replace(one, key=key, hint=hint_of(key, now, publication))
        for one, key in zip(people, keys, strict=True)
    )


def published_by(agenda: AgendaView) -> datetime | None:
    """Return until when an agenda's editions are to be published, as far as that is planned."""
    closes_at = agenda.phase_closes_at if agenda.phase is Phase.PUBLICATION else None
    return closes_at or agenda.timetable.get(Phase.PUBLICATION)


def fault(ctx: Context) -> KeyFault | None:
    """Return what keeps the first of those keys from signing with which something is wrong; None where nothing is."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        people = with_keys(ctx, approvers_at(reader.connection, reader.now), reader.now)
        return next((one.key.fault for one in people if one.key is not None and one.key.fault), None)


def warn(ctx: Context) -> int:
    """Warn everyone who facilitates, and the signatory, where the certificate of a key ends; returns of how many.

    Each is warned at the same distances as of the seal's, once for each certificate.
    """
    with ctx.transaction() as work:
        require(work.actor, Permission.JOB_RUN, Subject())
        people = with_keys(ctx, approvers_at(work.connection, work.now), work.now)
        return sum(_ends(ctx, work, one) for one in people)


def _ends(ctx: Context, work: UnitOfWork, one: ApproverView) -> bool:
    ends = one.ends
    if one.key is None or not one.key.fingerprint or ends is None:
        return False
    due = warning_due(ends, work.now)
    if due is None or not store.give(work.connection, one.key.fingerprint, ends, due.days, work.now):
        return False
    days = days_until(ends, work.now) or 0
    work.record(SignatoryKeyEnding(one.person_id, one.key.fingerprint, ends.isoformat(), days))
    values = {"name": one.name, "expires_at": ends.isoformat(), "days": days}
    mails.post_all(
        ctx,
        work,
        [
            Mail(
                ENDING, to.email, to.language, {**values, "own": to.person_id == one.person_id}, to.person_id
            )
            for to in _readers(work, one)
        ],
    )
    return True


def _readers(work: UnitOfWork, one: ApproverView) -> Sequence[Reader]:
    """Return who is told: everyone who facilitates, and the signatory, each once."""
    readers = store.facilitators(work.connection, work.now)
    if one.person_id in {reader.person_id for reader in readers}:
        return readers
    own = work.persons.get(one.person_id)
    return (*readers, Reader(own.id, own.email, own.language))
