"""Use cases around passing a mandate on, and ending one."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from service.domain import mandates
from service.domain.actors import Mandate, Person, Scope
from service.domain.errors import Invalid, Unknown
from service.domain.events import PersonEntered
from service.domain.people_events import AlternateNamed, MandateDelegated, MandateRevoked
from service.domain.permissions import Act, Permission, Subject, allows, require
from service.domain.text import normalise
from service.store.uow import UnitOfWork
from service.workflows.confirmations import confirmed
from service.workflows.context import Context
from service.workflows.people import address, name_of


@dataclass(frozen=True, slots=True)
class NameAlternate:
    """Who may act when the holder of a mandate cannot; whoever has no account yet is given one."""

    mandate_id: str
    email: str
    name: str


@dataclass(frozen=True, slots=True)
class Delegate:
    """Which scopes of a mandate are lent, to whom, and until when; whoever has no account yet is given one."""

    mandate_id: str
    email: str
    name: str
    scopes: tuple[Scope, ...]
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Revoke:
    """A mandate to end, and why."""

    mandate_id: str
    reason: str


def passing_on(command: NameAlternate | Delegate) -> Act:
    """Return what a holder confirms: to pass on exactly this much of this mandate, to exactly this person."""
    said = [command.email.strip().lower()]
    permission = Permission.MANDATE_NAME_ALTERNATE
    if isinstance(command, Delegate):
        permission = Permission.MANDATE_DELEGATE
        said += [*sorted(command.scopes), command.expires_at.isoformat()]
    version = hashlib.sha256("\n".join(said).encode()).hexdigest()
    return Act(permission, command.mandate_id, version)


def name_alternate(ctx: Context, command: NameAlternate) -> str:
    """The facility or the holder names who may act when the holder cannot; returns the alternate's mandate's id."""
    with ctx.transaction() as work:
        source = _seen(work, command.mandate_id)
        act = passing_on(command)
        require(work.actor, act.action, confirmed(work, act, _subject(work, source)))
        _check_source(work, source)
        person = _person(ctx, work, command.email, command.name)
        made = mandates.alternate(source, mandate_id=ctx.new_id(), person_id=person.id, now=work.now)
        work.mandates.add(made)
        work.record(
            AlternateNamed(made.id, source.id, person.id, source.organisation_id),
            organisation_id=source.organisation_id if source.person_id == work.actor.person_id else None,
        )
        return made.id


def delegate(ctx: Context, command: Delegate) -> str:
    """The holder of a mandate lends some of its scopes to another person until a date; returns the new mandate's id."""
    with ctx.transaction() as work:
        source = _seen(work, command.mandate_id)
        act = passing_on(command)
        subject = Subject(holders=frozenset({source.person_id}))
        require(work.actor, act.action, confirmed(work, act, subject))
        _check_source(work, source)
        person = _person(ctx, work, command.email, command.name)
        held = next(
            (work.actor.effective(a) for a in work.actor.authorities if a.mandate_id == source.id), ()
        )
        made = mandates.delegate(
            source,
            mandate_id=ctx.new_id(),
            person_id=person.id,
            scopes=command.scopes,
            held=held,
            expires_at=command.expires_at,
            now=work.now,
        )
        work.mandates.add(made)
        work.record(
            MandateDelegated(
                made.id,
                source.id,
                person.id,
                source.organisation_id,
                tuple(scope.value for scope in made.scopes),
                command.expires_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            ),
            organisation_id=source.organisation_id,
        )
        return made.id


def revoke(ctx: Context, command: Revoke) -> None:
    """The facility, the holder, or whoever passed it on, ends a mandate; what comes from it ends with it."""
    with ctx.transaction() as work:
        mandate = _seen(work, command.mandate_id)
        require(work.actor, Permission.MANDATE_REVOKE, _subject(work, mandate))
        reason = normalise(command.reason, field="reason")
        mandates.revoke(mandate, by=work.actor.person_id, reason=reason, now=work.now)
        work.record(MandateRevoked(mandate.id, mandate.organisation_id))


def _seen(work: UnitOfWork, mandate_id: str) -> Mandate:
    """Return a mandate, locked; to whoever has nothing to do with it, it is unknown."""
    mandate = work.mandates.lock(mandate_id)
    if not allows(work.actor, Permission.MANDATE_READ, _subject(work, mandate)):
        raise Unknown(thing="mandate")
    return mandate


def _subject(work: UnitOfWork, mandate: Mandate) -> Subject:
    source = work.mandates.get(mandate.source_id) if mandate.source_id is not None else mandate
    return Subject(holders=frozenset({mandate.person_id, source.person_id}))


def _check_source(work: UnitOfWork, source: Mandate) -> None:
    lent = [m for m in work.mandates.all(source_id=source.id) if m.in_force(work.now)]
    if len(lent) >= mandates.LENT_AT_MOST:
        raise Invalid.field(
            "email",
            "This mandate is passed on to %(count)s persons already. End one of them first.",
            count=len(lent),
        )


def _person(ctx: Context, work: UnitOfWork, email: str, name: str) -> Person:
    """Return who has an account with the address; the answer is the same whether they had one before."""
    clean, called = address(email), name_of(name)
    known = work.persons.find(email=clean)
    if known is not None:
        return known
    person = Person(ctx.new_id(), clean, called, "en", "Europe/Brussels")
    work.persons.add(person)
    work.record(PersonEntered(person.id))
    return person
