"""Decisions: the rapporteur's opinion on an amendment, and what becomes of it."""

from enum import StrEnum
from typing import Annotated

from litestar import post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from msgspec import Meta, Struct

from service.api.amendments import Amendment, current, rendered
from service.api.asking import Asking
from service.api.conditions import Condition
from service.api.consolidation import MergePreview, previewed
from service.api.deciding import Fall, fall
from service.api.lists import Id
from service.api.schemas import AmendmentRef, Identifier, Request, WrittenIn, refuses, shown
from service.api.schemas_text import BlocksIn, written
from service.domain.amendments import AmendmentAction, Opinion
from service.domain.errors import EmptyChange, IllegalMove, Invalid, PhaseClosed
from service.workflows import decisions, reading
from service.workflows.rehearsals import rehearse

TAGS = ["Decisions"]


class Decision(StrEnum):
    """What is decided: the state that the amendment is then in, or that its decision is taken back."""

    ACCEPTED = "accepted"
    ACCEPTED_MODIFIED = "accepted_modified"
    REJECTED = "rejected"
    ADMISSIBLE = "admissible"
    INADMISSIBLE = "inadmissible"
    UNDER_EXAMINATION = "under_examination"
    FALLEN = "fallen"
    REOPENED = "reopened"


_reference = shown(AmendmentRef)
ACTIONS = {
    Decision.ACCEPTED: AmendmentAction.ACCEPT,
    Decision.ACCEPTED_MODIFIED: AmendmentAction.ACCEPT_MODIFIED,
    Decision.REJECTED: AmendmentAction.REJECT,
    Decision.ADMISSIBLE: AmendmentAction.ADMIT,
    Decision.INADMISSIBLE: AmendmentAction.DECLARE_INADMISSIBLE,
    Decision.UNDER_EXAMINATION: AmendmentAction.EXAMINE,
    Decision.FALLEN: AmendmentAction.FALL,
    Decision.REOPENED: AmendmentAction.REOPEN,
}


class NewDecision(Request, frozen=True):
    """A decision. All but acceptance, admission and examination need a reason; every reader sees it."""

    decision: Decision
    reason: str = ""
    language: WrittenIn = None
    blocks: Annotated[
        BlocksIn | None, Meta(description="The whole text as modified, with `accepted_modified` alone.")
    ] = None


class DecisionTrial(NewDecision, frozen=True):
    """A decision to look at before it is taken."""


class DecisionPreview(Struct, frozen=True):
    """What a decision would bring. Those in `falling` fall at once, those in `falls` with the next version.

    `next_version` is what would be made of all that is accepted then; null where the decision adopts nothing.
    """

    amendment: Amendment
    falling: tuple[AmendmentRef, ...]
    falls: tuple[Fall, ...]
    next_version: MergePreview | None


class NewDecisions(Request, frozen=True):
    """One decision on several amendments, on all of them or on none. `accepted_modified` takes one at a time."""

    amendments: Annotated[tuple[Identifier, ...], Meta(min_length=1, max_length=decisions.MOST_TOGETHER)]
    decision: Decision
    reason: str = ""
    language: WrittenIn = None


class Decided(Struct, frozen=True):
    """The amendments that were decided on, with the state that each is in now."""

    amendments: tuple[AmendmentRef, ...]


class NewOpinion(Request, frozen=True):
    """What the rapporteur recommends to do with the amendment."""

    opinion: Opinion
    reason: str = ""


@post(
    "/amendments/{amendment_id:str}/opinion",
    tags=TAGS,
    opt=refuses(PhaseClosed, Invalid),
    status_code=200,
    sync_to_thread=True,
)
def advise_on_amendment(
    amendment_id: Id,
    data: JSONBody[NewOpinion],
    ctx: Asking,
    condition: NamedDependency[Condition],
) -> Amendment:
    """Recommend what to do with an amendment; this decides nothing."""
    condition.honoured(lambda: current(ctx, amendment_id))
    decisions.advise(ctx, decisions.Advise(amendment_id, data.opinion, data.reason))
    return current(ctx, amendment_id)


@post(
    "/amendments/{amendment_id:str}/decision",
    tags=TAGS,
    opt=refuses(PhaseClosed, IllegalMove, EmptyChange, Invalid),
    status_code=200,
    sync_to_thread=True,
)
def decide_on_amendment(
    amendment_id: Id,
    data: JSONBody[NewDecision],
    ctx: Asking,
    condition: NamedDependency[Condition],
) -> Amendment:
    """Decide on an amendment. Deciding on one that was just tabled admits it and takes it up first."""
    view = reading.amendment(ctx, amendment_id)
    condition.honoured(lambda: rendered(view))
    wording = written(data.blocks) if data.blocks is not None else None
    seen = view.revision if condition.if_match is not None else None
    command = decisions.Decide(
        amendment_id, ACTIONS[data.decision], data.reason, wording, seen, data.language or ""
    )
    decisions.decide(ctx, command)
    return current(ctx, amendment_id)


@post(
    "/amendments/{amendment_id:str}/decision/preview",
    tags=TAGS,
    opt=refuses(PhaseClosed, IllegalMove, EmptyChange, Invalid),
    status_code=200,
    sync_to_thread=True,
)
def preview_decision(amendment_id: Id, data: JSONBody[DecisionTrial], ctx: Asking) -> DecisionPreview:
    """Show what a decision would bring: what falls with it, and the next version. Nothing is changed."""
    wording = written(data.blocks) if data.blocks is not None else None
    seen = rehearse(ctx, decisions.Decide(amendment_id, ACTIONS[data.decision], data.reason, wording))
    return DecisionPreview(
        rendered(seen.amendment),
        tuple(map(_reference, seen.falling)),
        tuple(map(fall, seen.falls)),
        previewed(ctx, seen.preview) if seen.preview is not None else None,
    )


@post(
    "/recommendations/{recommendation_id:str}/decisions",
    tags=TAGS,
    opt=refuses(PhaseClosed, Invalid),
    status_code=200,
    sync_to_thread=True,
)
def decide_together(recommendation_id: Id, data: JSONBody[NewDecisions], ctx: Asking) -> Decided:
    """Decide on several amendments at once, with one reason. Where one cannot be decided on, none is."""
    command = decisions.DecideTogether(
        recommendation_id, data.amendments, ACTIONS[data.decision], data.reason, data.language or ""
    )
    decisions.decide_together(ctx, command)
    found = reading.references(ctx, data.amendments)
    return Decided(tuple(_reference(found[i]) for i in dict.fromkeys(data.amendments)))


ROUTES = [advise_on_amendment, decide_on_amendment, preview_decision, decide_together]
