"""Use cases of an amendment's authors: tabling, co-signing, withdrawing."""

from collections.abc import Callable
from dataclasses import dataclass

from service.domain import amendments
from service.domain.agendas import Agenda
from service.domain.amendments import (
    OPEN,
    Amendment,
    AmendmentAction,
    AmendmentState,
    Signature,
    changes,
    check_justification,
)
from service.domain.errors import (
    AlreadySigned,
    IllegalMove,
    StaleState,
    Unknown,
)
from service.domain.events import (
    AmendmentCovering,
    AmendmentDrafted,
    AmendmentMoved,
    AmendmentSigned,
    AmendmentTabled,
    AmendmentWithdrawn,
    Event,
)
from service.domain.permissions import Permission, require, visible_to
from service.domain.recommendations import (
    LIFECYCLE,
    Recommendation,
    RecommendationAction,
    check_base,
)
from service.domain.text import Block, collisions_of, identical, normalise, reach
from service.domain.views.amendments import AmendmentRef, AmendmentView, CollisionView, NumberedRef
from service.domain.views.recommendations import VersionRef
from service.store.queries.collisions import touching
from service.store.uow import UnitOfWork
from service.workflows import compromises, reading
from service.workflows.context import Context
from service.workflows.recommendations import author, named, with_ids
from service.workflows.recommendations import visible as visible_recommendation


@dataclass(frozen=True, slots=True)
class TableAmendment:
    """An amendment to table, or to keep as a draft: the full amended blocks, ids kept.

    A compromise `covers` others; what it `replaces` is an earlier one of the same authors, which gives way to it.
    """

    recommendation_id: str
    base_version_id: str
    organisation_id: str
    blocks: tuple[Block, ...]
    justification: str
    language: str = "en"
    draft: bool = False
    covers: tuple[str, ...] = ()
    replaces: str | None = None


@dataclass(frozen=True, slots=True)
class EditDraft:
    """A draft's next wording; what it covers stays if that is left out."""

    amendment_id: str
    blocks: tuple[Block, ...]
    justification: str
    language: str
    revision: int | None = None
    covers: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class SignAmendment:
    """An organisation's name to put under an amendment."""

    amendment_id: str
    organisation_id: str
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class Foresee:
    """A wording to look at before it is sent."""

    recommendation_id: str
    base_version_id: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What others would see, and which amendments it meets; in each collision the existing one is `second`."""

    base_blocks: tuple[Block, ...]
    blocks: tuple[Block, ...]
    collisions: tuple[CollisionView, ...]
    identical: tuple[AmendmentRef, ...]


def table(ctx: Context, command: TableAmendment) -> str:
    """An organisation tables an amendment, or keeps it as a draft; returns its id."""
    return tabled(ctx, command).id


def tabled(ctx: Context, command: TableAmendment) -> AmendmentView:
    """An organisation tables an amendment, or keeps it as a draft; returns it as it is read from then on."""
    with ctx.transaction() as work:
        recommendation, agenda = _open(work, command.recommendation_id)
        permission = compromises.tabling(command.covers)
        require(work.actor, permission, agenda.subject(work.now, command.organisation_id))
        compromises.check_part(work, agenda, command.organisation_id, compromise=bool(command.covers))
        base = work.versions.get(command.base_version_id)
        check_base(recommendation, base)
        blocks, operations = changes(base.blocks, with_ids(ctx, command.blocks, base.blocks))
        justification = normalise(command.justification, field="justification")
        check_justification(justification, command.language, draft=command.draft)
        amendment = Amendment(
            id=ctx.new_id(),
            agenda_id=agenda.id,
            recommendation_id=recommendation.id,
            number=None,
            organisation_id=command.organisation_id,
            person_id=author(work),
            base_version_id=base.id,
            base_version_number=base.number,
            blocks=blocks,
            operations=operations,
            justification=justification,
            language=command.language,
            created_at=work.now,
            replaces_id=command.replaces,
        )
        replaced = _replaced(work, amendment)
        covered = compromises.check(work, amendment, command.covers)
        if command.draft:
            record(work, amendment, AmendmentDrafted(amendment.id, recommendation.id))
        else:
            _table(work, agenda, amendment)
        work.amendments.add(amendment)
        if covered:
            compromises.cover(ctx, work, amendment, covered)
            if not command.draft:
                record(work, amendment, AmendmentCovering(amendment.id, covered))
        return AmendmentView.of(
            amendment,
            recommendation_number=recommendation.number,
            recommendation_title=recommendation.title,
            organisations=(named(work, command.organisation_id),),
            base_version=VersionRef(base.id, base.number, base.digest),
            base_blocks=base.blocks,
            covers=compromises.named(work, covered),
            replaces=NumberedRef(replaced.id, replaced.number, replaced.state) if replaced else None,
        )


def edit_draft(ctx: Context, command: EditDraft) -> None:
    """An author changes a draft."""

    def wanted_of(covered: tuple[str, ...]) -> tuple[str, ...]:
        return covered if command.covers is None else command.covers

    with ctx.transaction() as work:
        # The agenda is ours, not shared: a draft that is then sent takes a number, and two who both wanted to change
        # what they share would wait for each other for good.
        # Only what was a compromise and stays one is edited by those who may do nothing but mediate.
        amendment, covered = own(
            work,
            command.amendment_id,
            lambda covered: compromises.tabling(covered and wanted_of(covered)),
            share=False,
        )
        wanted = wanted_of(covered)
        if amendment.state is not AmendmentState.DRAFT:
            raise impossible(amendment, "edit")
        check_revision(amendment, command.revision)
        agenda = work.agendas.get(amendment.agenda_id)
        compromises.check_part(work, agenda, amendment.organisation_id, compromise=bool(wanted))
        base = work.versions.get(amendment.base_version_id)
        amendment.blocks, amendment.operations = changes(
            base.blocks, with_ids(ctx, command.blocks, base.blocks)
        )
        justification = normalise(command.justification, field="justification")
        check_justification(justification, command.language, draft=True)
        amendment.justification, amendment.language = justification, command.language
        if wanted != covered:
            compromises.cover(ctx, work, amendment, compromises.check(work, amendment, wanted))
        record(work, amendment, AmendmentDrafted(amendment.id, amendment.recommendation_id))


def table_draft(ctx: Context, amendment_id: str) -> None:
    """An author tables a draft; the text must not have moved on since it was begun."""
    with ctx.transaction() as work:
        draft = visible(work, amendment_id)
        recommendation, agenda = _open(work, draft.recommendation_id)
        amendment = work.amendments.lock(amendment_id)
        covered = compromises.covered_ids(work, amendment.id)
        permission = compromises.tabling(covered)
        require(work.actor, permission, agenda.subject(work.now, amendment.organisation_id))
        compromises.check_part(work, agenda, amendment.organisation_id, compromise=bool(covered))
        check_base(recommendation, work.versions.get(amendment.base_version_id))
        check_justification(amendment.justification, amendment.language)
        compromises.check(work, amendment, covered)
        _table(work, agenda, amendment)
        if covered:
            record(work, amendment, AmendmentCovering(amendment.id, covered))


def sign(ctx: Context, command: SignAmendment) -> None:
    """An organisation puts its name under another's amendment."""
    with ctx.transaction() as work:
        agenda = work.agendas.lock(visible(work, command.amendment_id).agenda_id, share=True)
        amendment = work.amendments.lock(command.amendment_id)
        permission = compromises.signing(compromises.covered_ids(work, amendment.id))
        require(work.actor, permission, agenda.subject(work.now, command.organisation_id))
        check_revision(amendment, command.revision)
        compromises.check_part(work, agenda, command.organisation_id)
        if amendment.state not in OPEN:
            raise impossible(amendment, "sign")
        signed = work.signatures.find(amendment_id=amendment.id, organisation_id=command.organisation_id)
        if signed is not None or amendment.organisation_id == command.organisation_id:
            raise AlreadySigned(organisation=work.organisations.get(command.organisation_id).name)
        work.signatures.add(
            Signature(ctx.new_id(), amendment.id, command.organisation_id, author(work), work.now)
        )
        work.record(
            AmendmentSigned(amendment.id, command.organisation_id),
            agenda_id=agenda.id,
            organisation_id=command.organisation_id,
        )


def withdraw(ctx: Context, amendment_id: str) -> None:
    """Its authors withdraw an amendment that is not yet decided."""
    with ctx.transaction() as work:
        amendment, _ = own(work, amendment_id, compromises.withdrawing)
        amendment.act(AmendmentAction.WITHDRAW)
        record(work, amendment, AmendmentWithdrawn(amendment.id))


def foresee(ctx: Context, command: Foresee) -> Foreseen:
    """Show a wording as others would see it, and which amendments it meets, before anything is sent."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        base = reading.version(ctx, command.base_version_id)
        if base.recommendation_id != command.recommendation_id:
            raise Unknown(thing="version")
        blocks, operations = changes(base.blocks, with_ids(ctx, command.blocks, base.blocks))
        near = touching(reader.connection, base.id, base.blocks, reach(base.blocks, operations))
        # An id that no stored amendment has.
        mine = "new"
        met = collisions_of(base.blocks, mine, operations, near)
        same = identical(base.blocks, mine, {**near, mine: operations}, met)
        refs = reading.references(ctx, same)
        return Foreseen(
            base.blocks,
            blocks,
            reading.name_collisions(ctx, (c for c in met if not {c.first, c.second} & same), unnamed=mine),
            tuple(refs[i] for i in sorted(same)),
        )


def _open(work: UnitOfWork, recommendation_id: str) -> tuple[Recommendation, Agenda]:
    """Return a tabled recommendation and its agenda, both ours: numbering amendments changes the agenda."""
    known = visible_recommendation(work, recommendation_id)
    agenda = work.agendas.lock(known.agenda_id)
    recommendation = work.recommendations.lock(recommendation_id)
    if not LIFECYCLE.allows(recommendation.state, RecommendationAction.ADOPT):
        raise IllegalMove(
            LIFECYCLE.name, recommendation.state, "amend", LIFECYCLE.actions(recommendation.state)
        )
    return recommendation, agenda


def record(work: UnitOfWork, amendment: Amendment, event: Event) -> None:
    """Write down what its authors did: in the agenda's record, which everyone reads, once it was tabled."""
    work.record(
        event,
        agenda_id=amendment.agenda_id if amendment.number is not None else None,
        organisation_id=amendment.organisation_id,
    )


def own(
    work: UnitOfWork,
    amendment_id: str,
    asked: Callable[[tuple[str, ...]], Permission],
    *,
    share: bool = True,
) -> tuple[Amendment, tuple[str, ...]]:
    """Return an amendment of an organisation that the actor may do this for, ours while its phase stays open.

    Beside it stands what it covers, from which `asked` tells what this takes.
    """
    agenda = work.agendas.lock(visible(work, amendment_id).agenda_id, share=share)
    amendment = work.amendments.lock(amendment_id)
    covered = compromises.covered_ids(work, amendment_id)
    require(work.actor, asked(covered), agenda.subject(work.now, amendment.organisation_id))
    return amendment, covered


def visible(work: UnitOfWork, amendment_id: str) -> Amendment:
    """Return an amendment, unless it is another organisation's and was never tabled: then there is none.

    Raises:
        Unknown: there is none, or none for this actor.
    """
    amendment = work.amendments.get(amendment_id)
    own = amendment.organisation_id in visible_to(work.actor).organisation_ids
    if amendment.number is None and not own:
        raise Unknown(thing="amendment")
    return amendment


def check_revision(amendment: Amendment, revision: int | None) -> None:
    """Refuse what somebody does to an amendment that is no longer the one they saw.

    Raises:
        StaleState: it was changed since.
    """
    if revision is not None and revision != amendment.revision:
        raise StaleState


def impossible(amendment: Amendment, action: str) -> IllegalMove:
    """Return the refusal of what an amendment's state does not allow."""
    possible = amendments.LIFECYCLE.actions(amendment.state)
    return IllegalMove(amendments.LIFECYCLE.name, amendment.state, action, possible)


def _table(work: UnitOfWork, agenda: Agenda, amendment: Amendment) -> None:
    amendment.act(AmendmentAction.TABLE)
    amendment.number = agenda.next_amendment_number()
    amendment.tabled_at = work.now
    tabled = AmendmentTabled(
        amendment.id, amendment.recommendation_id, amendment.base_version_id, amendment.number
    )
    record(work, amendment, tabled)
    if replaced := _replaced(work, amendment):
        reason = amendments.supersede(replaced, amendment)
        moved = AmendmentMoved(replaced.id, AmendmentAction.SUPERSEDE.value, replaced.state.value, reason)
        record(work, replaced, moved)


def _replaced(work: UnitOfWork, amendment: Amendment) -> Amendment | None:
    """Return what an amendment replaces, ours, if it says that it replaces anything.

    Raises:
        Invalid: it is not an amendment of the same authors to the same recommendation.
        IllegalMove: it is decided already.
    """
    if amendment.replaces_id is None:
        return None
    found = work.amendments.all(id=frozenset({amendment.replaces_id}), lock=True)
    earlier = found[0] if found else None
    amendments.check_replaced(amendment, earlier)
    return earlier
