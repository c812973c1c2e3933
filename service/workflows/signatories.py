"""Use cases around those who sign an edition: naming them, signing together, declining, taking off who is silent."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from service.domain import halts, publication
from service.domain.agendas import Agenda
from service.domain.editions import Edition, EditionAction, EditionState, newest_published
from service.domain.errors import (
    AgendaChanged,
    EditionRefused,
    Invalid,
    NotReady,
    OnlySignatory,
    OtherText,
    Unknown,
)
from service.domain.events import (
    EditionApproved,
    EditionDeclined,
    EditionSigned,
    SignatoryNamed,
    SignatoryTakenOff,
)
from service.domain.permissions import Act, Permission, Subject, require
from service.domain.seals import SigningPerson
from service.domain.signatories import (
    Signatory,
    SignatoryAction,
    SignatoryState,
    check_reason,
    have_all_signed,
    last_to_sign,
)
from service.domain.text import normalise
from service.store import jobs
from service.store.queries.approvers import approvers_at
from service.store.uow import UnitOfWork
from service.workflows import sealing
from service.workflows.confirmations import confirmed
from service.workflows.context import Context
from service.workflows.halts import PUBLISH
from service.workflows.recommendations import author
from service.workflows.since_assembled import changes_since


@dataclass(frozen=True, slots=True)
class Decline:
    """Why a signatory does not sign the edition with this digest."""

    edition_id: str
    digest: str
    reason: str


@dataclass(frozen=True, slots=True)
class TakeOff:
    """One of an edition's signatories, by the id of the request to sign."""

    edition_id: str
    signatory_id: str


def named(ctx: Context, work: UnitOfWork, edition: Edition, person_ids: Sequence[str]) -> None:
    """Name, in the transaction that assembles an edition, who is to sign it.

    Raises:
        Invalid: one of them holds no mandate to approve, or assembles it.
    """
    able = {one.person_id: one for one in approvers_at(work.connection, work.now)}
    able.pop(edition.assembled_by, None)
    if not able.keys() >= set(person_ids):
        raise Invalid.field(
            "signatories", "Name people who hold a mandate to approve; yourself you cannot name."
        )
    chosen = [able[person_id] for person_id in sorted(set(person_ids))]
    work.signatories.add_all(
        [
            Signatory(
                id=ctx.new_id(),
                agenda_id=edition.agenda_id,
                edition_id=edition.id,
                person_id=one.person_id,
                organisation_id=one.organisation.id,
                digest=edition.digest,
                named_at=work.now,
            )
            for one in chosen
        ]
    )
    for one in chosen:
        event = SignatoryNamed(edition.id, one.person_id, one.organisation.id, edition.digest)
        work.record(event, agenda_id=edition.agenda_id)


def asked(work: UnitOfWork, agenda: Agenda, edition: Edition) -> Subject:
    """Return what permissions need to know of signing an edition: who assembled it, and who is to sign it."""
    subject = agenda.subject(work.now, assembled_by=edition.assembled_by)
    listed = (one for one in signatories_of(work, edition) if one.state is not SignatoryState.TAKEN_OFF)
    return replace(subject, signatories=frozenset(one.person_id for one in listed))


def signatories_of(work: UnitOfWork, edition: Edition) -> tuple[Signatory, ...]:
    """Return who was named to sign an edition; the edition is locked, so nobody changes them meanwhile."""
    return work.signatories.all(edition_id=edition.id)


def signed(ctx: Context, work: UnitOfWork, edition: Edition) -> None:
    """Note that whoever acts signs an edition; when everyone has, its paper is made by itself.

    It refuses also what keeps the paper from being made, because nobody looks at the job that would fail later.

    Raises:
        EditionRefused: somebody declined to sign it.
        IllegalMove: they have signed it, or it waits for nobody any more.
    """
    _demand_publishable(ctx, work, edition)
    listed = signatories_of(work, edition)
    if any(one.state is SignatoryState.DECLINED for one in listed):
        raise EditionRefused
    if listed:
        own = next(one for one in listed if one.person_id == author(work))
        own.act(SignatoryAction.SIGN, work.now)
        event = EditionSigned(edition.id, edition.digest)
        work.record(event, agenda_id=edition.agenda_id, organisation_id=own.organisation_id)
    if not listed or have_all_signed(listed):
        _approved(ctx, work, edition, author(work))


def _demand_publishable(ctx: Context, work: UnitOfWork, edition: Edition) -> None:
    """Refuse an edition whose paper could not be sealed now, or would not say what it replaces.

    Raises:
        IllegalMove: it waits for nobody any more.
        NotReady: another came to be published after it was made, so it has to be assembled anew.
        AgendaChanged: the agenda says something else by now.
    """
    sealing.demand_a_seal(ctx, work.now)
    sealing.demand_keys_in_force(ctx, _people(work, edition), work.now)
    edition.check(EditionAction.APPROVE)
    if why := overtaken(work.editions.all(agenda_id=edition.agenda_id, order="number"), edition):
        raise NotReady(reason=why)
    if changes_since(ctx, edition.agenda_id, edition.number, edition.snapshot, work.now):
        raise AgendaChanged


def _people(work: UnitOfWork, edition: Edition) -> list[SigningPerson]:
    """Return those who sign an edition, or have signed it."""
    gone = (SignatoryState.TAKEN_OFF, SignatoryState.DECLINED)
    signing = frozenset(one.person_id for one in signatories_of(work, edition) if one.state not in gone)
    found = work.persons.all(id=signing, order="id") if signing else ()
    return [SigningPerson(one.name, one.email) for one in found]


def overtaken(editions: Sequence[Edition], edition: Edition) -> str:
    """Return why an edition does not say rightly what it replaces, among all of its agenda; empty where it does."""
    newest = newest_published(editions)
    withdrawn = newest is not None and newest.state is EditionState.WITHDRAWN
    published = halts.Published(newest.digest, withdrawn) if newest is not None else None
    halt = halts.overtaken(published, publication.from_json(edition.snapshot).corrigendum)
    return halts.OVERTAKEN[halt] if halt is not None else ""


def _approved(ctx: Context, work: UnitOfWork, edition: Edition, by: str) -> None:
    edition.act(EditionAction.APPROVE)
    edition.approved_by, edition.approved_at = by, work.now
    work.record(EditionApproved(edition.id, edition.digest), agenda_id=edition.agenda_id)
    jobs.enqueue(work.connection, ctx.new_id(), PUBLISH, edition.id, work.now)


def decline(ctx: Context, command: Decline) -> None:
    """A signatory does not sign, and says why; the edition can then only be withdrawn."""
    with ctx.transaction() as work:
        agenda = work.agendas.lock(work.editions.get(command.edition_id).agenda_id, share=True)
        edition = work.editions.lock(command.edition_id)
        require(work.actor, Permission.EDITION_DECLINE, asked(work, agenda, edition))
        if command.digest != edition.digest:
            raise OtherText
        edition.check(EditionAction.APPROVE)
        reason = normalise(command.reason, field="reason")
        check_reason(reason)
        own = work.signatories.find(edition_id=edition.id, person_id=author(work))
        if own is None:
            raise Invalid.field(
                "edition_id", "Nobody was named to sign this edition, so you need not decline."
            )
        own.act(SignatoryAction.DECLINE, work.now, reason)
        event = EditionDeclined(edition.id, edition.digest, reason)
        work.record(event, agenda_id=agenda.id, organisation_id=own.organisation_id)


def take_off(ctx: Context, command: TakeOff) -> None:
    """The facility goes on without a signatory who is silent; when all the others have signed, the paper is made.

    Raises:
        OnlySignatory: nobody else would be left to sign.
    """
    with ctx.transaction() as work:
        # It may be the last thing that is waited for: nobody corrects meanwhile what is then approved.
        agenda = work.agendas.lock(work.editions.get(command.edition_id).agenda_id)
        edition = work.editions.lock(command.edition_id)
        silent = work.signatories.find(id=command.signatory_id, edition_id=edition.id)
        if silent is None:
            raise Unknown(thing="signatory")
        act = Act(Permission.EDITION_TAKE_OFF, silent.id, edition.digest)
        require(work.actor, act.action, confirmed(work, act, agenda.subject(work.now)))
        edition.check(EditionAction.APPROVE)
        silent.act(SignatoryAction.TAKE_OFF, work.now)
        listed = signatories_of(work, edition)
        if all(one.state is SignatoryState.TAKEN_OFF for one in listed):
            raise OnlySignatory
        event = SignatoryTakenOff(edition.id, silent.person_id, edition.digest)
        work.record(event, agenda_id=agenda.id)
        if have_all_signed(listed):
            _demand_publishable(ctx, work, edition)
            _approved(ctx, work, edition, last_to_sign(listed).person_id)
