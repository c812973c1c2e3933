"""Phases of an agenda: what opening one would bring, taking that back, and moving a deadline."""

from datetime import datetime
from typing import Annotated

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody, PathParameter
from msgspec import Meta, Struct

from service.api.agendas import Agenda, current
from service.api.asking import Asking
from service.api.conditions import Condition
from service.api.lists import Id
from service.api.schemas import Moment, Request, VersionRef, moment, refuses, shown
from service.domain.errors import IllegalMove, Invalid, StaleState, UndoOver, Unknown
from service.domain.moving import Hindrance
from service.domain.phases import Capability, Phase
from service.domain.views.moving import MoveView
from service.workflows import agendas, moving

TAGS = ["Agendas"]
Named = Annotated[str, PathParameter(description="A phase that can follow, such as `endorsement`.")]
Reason = Annotated[str, Meta(description="Everyone can read it in the record.")]


class Progress(Struct, frozen=True):
    """How far the work is, in recommendations, amendments and editions."""

    texts: int
    undecided: int
    not_worked_in: int
    colliding: int
    editions: int


class TextAtStake(Struct, frozen=True):
    """A recommendation that is voted on or decided; whether it passes as things stand, and why."""

    id: str
    number: int
    title: str
    version: VersionRef
    passed: bool
    reasons: tuple[str, ...]


class Move(Struct, frozen=True):
    """What opening a phase would bring; `told` are the persons who learn of it, `counted` the organisations that count.

    What stands in the way keeps a phase from opening by itself; the facility can open it all the same. `back` tells
    that something is opened again, which needs a reason; `standing` is how many positions stand.
    """

    phase: Phase
    target: Phase
    opens: tuple[Capability, ...]
    closes: tuple[Capability, ...]
    stays: tuple[Capability, ...]
    back: bool
    closes_at: datetime | None
    hindrances: tuple[Hindrance, ...]
    progress: Progress
    told: int
    counted: int
    standing: int
    texts: tuple[TextAtStake, ...]


class NewDeadline(Request, frozen=True):
    """Another closing time for the phase that is open, and why it changes."""

    phase: Annotated[Phase, Meta(description="The phase that is open; refused as stale if it no longer is.")]
    closes_at: Moment
    reason: Reason


class TakenBack(Request, frozen=True):
    """Why the opening is taken back, and when the phase closes now, if its deadline has passed meanwhile."""

    reason: Reason = ""
    closes_at: Moment | None = None


_version, _progress = shown(VersionRef), shown(Progress)


def _render(view: MoveView) -> Move:
    shared = {
        name: getattr(view, name) for name in Move.__struct_fields__ if name not in {"progress", "texts"}
    }
    texts = tuple(
        TextAtStake(
            one.id,
            one.number,
            one.title,
            _version(one.version),
            one.outcome.passed,
            tuple(reason.text for reason in one.outcome.reasons),
        )
        for one in view.texts
    )
    return Move(**shared, progress=_progress(view.progress), texts=texts)


@get(
    "/agendas/{agenda_id:str}/phase/{phase:str}",
    tags=TAGS,
    opt=refuses(IllegalMove),
    sync_to_thread=True,
)
def foresee_phase(agenda_id: Id, phase: Named, ctx: Asking) -> Move:
    """Show what opening a phase would bring, before it is opened."""
    if phase not in set(Phase):
        raise Unknown(thing="phase")
    return _render(moving.foreseen(ctx, agenda_id, Phase(phase)))


@post(
    "/agendas/{agenda_id:str}/phase/undo",
    tags=TAGS,
    opt=refuses(UndoOver, Invalid),
    status_code=200,
    sync_to_thread=True,
)
def take_phase_back(
    agenda_id: Id, data: JSONBody[TakenBack], ctx: Asking, condition: NamedDependency[Condition]
) -> Agenda:
    """Take the last opening of a phase back, within ten minutes and as long as nothing else has happened."""
    condition.honoured(lambda: current(ctx, agenda_id))
    closes_at = moment(data.closes_at, "closes_at") if data.closes_at is not None else None
    moving.take_back(ctx, moving.TakeBack(agenda_id, data.reason, closes_at))
    return current(ctx, agenda_id)


@post(
    "/agendas/{agenda_id:str}/deadline",
    tags=TAGS,
    opt=refuses(StaleState, Invalid),
    status_code=200,
    sync_to_thread=True,
)
def move_deadline(
    agenda_id: Id, data: JSONBody[NewDeadline], ctx: Asking, condition: NamedDependency[Condition]
) -> Agenda:
    """Move the deadline of the open phase, and say why."""
    condition.honoured(lambda: current(ctx, agenda_id))
    closes_at = moment(data.closes_at, "closes_at")
    agendas.reschedule(ctx, agendas.Reschedule(agenda_id, data.phase, closes_at, data.reason))
    return current(ctx, agenda_id)


ROUTES = [foresee_phase, take_phase_back, move_deadline]
