"""Use cases of the rapporteur and the facility: recommending and deciding what becomes of an amendment."""

from dataclasses import dataclass

from service.domain import amendments
from service.domain.agendas import Agenda
from service.domain.amendments import (
    ACCEPTED,
    OPEN,
    TOGETHER,
    Amendment,
    AmendmentAction,
    AmendmentState,
    Opinion,
    changes,
)
from service.domain.errors import FieldError, IllegalMove, Invalid
from service.domain.events import AmendmentAdvised, AmendmentMoved
from service.domain.permissions import Permission, require
from service.domain.text import Block, normalise
from service.domain.tongues import written_in
from service.store.uow import UnitOfWork
from service.workflows import compromises
from service.workflows.amendments import check_revision, visible
from service.workflows.context import Context
from service.workflows.recommendations import author, with_ids
from service.workflows.recommendations import visible as visible_recommendation

MOST_TOGETHER = 500


@dataclass(frozen=True, slots=True)
class Advise:
    """The rapporteur's opinion, which is kept apart from the decision."""

    amendment_id: str
    opinion: Opinion
    reason: str


@dataclass(frozen=True, slots=True)
class Decide:
    """A decision, with its reason, and with the modified wording where it modifies.

    `revision` is that of the amendment as the decision's author read it. The reason is in the agenda's language unless
    another is named.
    """

    amendment_id: str
    action: AmendmentAction
    reason: str = ""
    blocks: tuple[Block, ...] | None = None
    revision: int | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class DecideTogether:
    """One decision on several amendments to a recommendation, with one reason, whose language is as in `Decide`."""

    recommendation_id: str
    amendment_ids: tuple[str, ...]
    action: AmendmentAction
    reason: str = ""
    language: str = ""


def advise(ctx: Context, command: Advise) -> None:
    """The rapporteur recommends what to do with an amendment."""
    with ctx.transaction() as work:
        amendment, agenda = _locked(work, command.amendment_id)
        require(work.actor, Permission.AMENDMENT_ADVISE, agenda.subject(work.now))
        if amendment.state not in OPEN:
            possible = amendments.LIFECYCLE.actions(amendment.state)
            raise IllegalMove(amendments.LIFECYCLE.name, amendment.state, "advise", possible)
        amendment.opinion = command.opinion
        amendment.opinion_reason = normalise(command.reason, field="reason")
        work.record(AmendmentAdvised(amendment.id, command.opinion.value), agenda_id=agenda.id)


def decide(ctx: Context, command: Decide) -> None:
    """Decide on an amendment; deciding on a tabled one admits it and takes it up first, each step recorded.

    What a compromise covers falls with its acceptance, and comes back when that is taken back.
    """
    with ctx.transaction() as work:
        amendment, agenda = _locked(work, command.amendment_id)
        accepted_before = amendment.state in ACCEPTED
        require(work.actor, Permission.AMENDMENT_DECIDE, agenda.subject(work.now))
        check_revision(amendment, command.revision)
        modified = None
        if command.blocks is not None:
            base = work.versions.get(amendment.base_version_id)
            modified, _ = changes(base.blocks, with_ids(ctx, command.blocks, base.blocks))
        reason = normalise(command.reason, field="reason")
        state = amendment.state
        steps = amendments.decide(
            amendment,
            command.action,
            reason=reason,
            person_id=author(work),
            language=written_in(command.language, agenda.language),
            decided_blocks=modified,
            now=work.now,
        )
        _record_steps(work, agenda, amendment, state, steps, reason=reason)
        compromises.follow(work, agenda, amendment, accepted_before=accepted_before)


def decide_together(ctx: Context, command: DecideTogether) -> None:
    """Decide on several amendments at once, on all of them or on none; each decision is recorded by itself."""
    with ctx.transaction() as work:
        recommendation = visible_recommendation(work, command.recommendation_id)
        agenda = work.agendas.lock(recommendation.agenda_id, share=True)
        require(work.actor, Permission.AMENDMENT_DECIDE, agenda.subject(work.now))
        if command.action not in TOGETHER:
            raise Invalid.field("decision", "Decide on other words for one amendment at a time.")
        chosen, covers = _chosen(work, command)
        reason = normalise(command.reason, field="reason")
        reached: dict[str, AmendmentState] = {}
        for one in chosen:
            before = one.state
            try:
                steps = amendments.decide(
                    one,
                    command.action,
                    reason=reason,
                    person_id=author(work),
                    language=written_in(command.language, agenda.language),
                    decided_blocks=None,
                    now=work.now,
                )
            except IllegalMove:
                continue
            reached[one.id] = one.state
            _record_steps(work, agenda, one, before, steps, reason=reason)
            if one.id in covers:
                compromises.follow(work, agenda, one, accepted_before=before in ACCEPTED)
        faults = [
            _fault(command, one, reached.get(one.id))
            for one in chosen
            if reached.get(one.id) is not one.state
        ]
        if faults:
            raise Invalid(errors=faults)


def _chosen(work: UnitOfWork, command: DecideTogether) -> tuple[tuple[Amendment, ...], frozenset[str]]:
    """Return the amendments to decide on, by number and locked with what they cover, and which are compromises."""
    wanted = frozenset(command.amendment_ids)
    if not wanted or len(wanted) > MOST_TOGETHER:
        raise Invalid.field("amendments", "Choose between one and %(limit)s amendments.", limit=MOST_TOGETHER)
    covers = work.covers.all(compromise_id=wanted)
    locked = work.amendments.all(
        id=wanted | {cover.covered_id for cover in covers}, order="number", lock=True
    )
    chosen = tuple(one for one in locked if one.id in wanted)
    sent = {
        one.id
        for one in chosen
        if one.recommendation_id == command.recommendation_id and one.number is not None
    }
    if unknown := [i for i in command.amendment_ids if i not in sent]:
        at = command.amendment_ids.index(unknown[0])
        raise Invalid.field(
            f"amendments.{at}", "There is no amendment %(id)s to this recommendation.", id=unknown[0]
        )
    return chosen, frozenset(cover.compromise_id for cover in covers)


def _fault(command: DecideTogether, amendment: Amendment, reached: AmendmentState | None) -> FieldError:
    """Tell why an amendment cannot be decided on with the others: it never could, or another let it fall at once."""
    place, values = f"amendments.{command.amendment_ids.index(amendment.id)}", {"number": amendment.number}
    if reached is None:
        return FieldError(place, "Amendment %(number)s cannot be decided on in this way any more.", values)
    return FieldError(place, "Amendment %(number)s falls with a compromise that is among these.", values)


def _record_steps(
    work: UnitOfWork,
    agenda: Agenda,
    amendment: Amendment,
    before: AmendmentState,
    steps: tuple[AmendmentAction, ...],
    *,
    reason: str,
) -> None:
    """Record each move of a decision; the reason stands with the last, which was decided."""
    state = before
    for step in steps:
        state = amendments.LIFECYCLE.next(state, step)
        said = reason if step is steps[-1] else ""
        work.record(AmendmentMoved(amendment.id, step.value, state.value, said), agenda_id=agenda.id)


def _locked(work: UnitOfWork, amendment_id: str) -> tuple[Amendment, Agenda]:
    agenda = work.agendas.lock(visible(work, amendment_id).agenda_id, share=True)
    return compromises.lock_with_covered(work, amendment_id), agenda
