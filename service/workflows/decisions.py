"""Use cases of the rapporteur and the facility: recommending and deciding what becomes of an amendment."""

from dataclasses import dataclass

from service.domain import amendments
from service.domain.agendas import Agenda
from service.domain.amendments import ACCEPTED, OPEN, Amendment, AmendmentAction, Opinion, changes
from service.domain.errors import IllegalMove
from service.domain.events import AmendmentAdvised, AmendmentMoved
from service.domain.permissions import Permission, require
from service.domain.text import Block, normalise
from service.store.uow import UnitOfWork
from service.workflows import compromises
from service.workflows.amendments import check_revision, visible
from service.workflows.context import Context
from service.workflows.recommendations import author, with_ids


@dataclass(frozen=True, slots=True)
class Advise:
    """The rapporteur's opinion, which is kept apart from the decision."""

    amendment_id: str
    opinion: Opinion
    reason: str


@dataclass(frozen=True, slots=True)
class Decide:
    """A decision, with its reason, and with the modified wording where it modifies.

    `revision` is that of the amendment as the decision's author read it.
    """

    amendment_id: str
    action: AmendmentAction
    reason: str = ""
    blocks: tuple[Block, ...] | None = None
    revision: int | None = None


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
            decided_blocks=modified,
            now=work.now,
        )
        for step in steps:
            state = amendments.LIFECYCLE.next(state, step)
            said = reason if step is command.action else ""
            work.record(AmendmentMoved(amendment.id, step.value, state.value, said), agenda_id=agenda.id)
        compromises.follow(work, agenda, amendment, accepted_before=accepted_before)


def _locked(work: UnitOfWork, amendment_id: str) -> tuple[Amendment, Agenda]:
    agenda = work.agendas.lock(visible(work, amendment_id).agenda_id, share=True)
    return compromises.lock_with_covered(work, amendment_id), agenda
