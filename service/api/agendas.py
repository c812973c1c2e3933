"""/agendas: rounds, their timetable, their phases, who takes part."""

from datetime import date, datetime
from typing import Annotated, Any

import msgspec
from litestar import Response, get, patch, post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from msgspec import UNSET, Meta, Struct, UnsetType

from service.api.asking import Asking
from service.api.attempts import Attempt
from service.api.conditions import Condition
from service.api.lists import Cursor, Id, Limit, Listing, listing
from service.api.schemas import (
    Day,
    Identifier,
    LanguageTag,
    Moment,
    Request,
    TimeZone,
    in_calendar,
    moment,
    refuses,
    shown,
)
from service.api.settled import settled
from service.domain import adoption
from service.domain.actors import OrganisationKind
from service.domain.errors import IllegalMove, Invalid, LanguageSettled, RuleSettled
from service.domain.phases import Capability, Phase
from service.domain.views.agendas import AgendaView
from service.workflows import agendas, reading
from service.workflows.context import Context

TAGS = ["Agendas"]
Words = Annotated[str, Meta(description="Up to 200 characters.")]
Timetable = Annotated[
    dict[Phase, Moment],
    Meta(
        description="When each phase closes; a phase that is left out stays open.",
        extra_json_schema={"propertyNames": {"enum": sorted(Phase)}},
    ),
]


class Share(Request, frozen=True):
    """So many of so many, such as 2 of 3."""

    of: Annotated[int, Meta(ge=0, le=1_000)]
    per: Annotated[int, Meta(ge=1, le=1_000)]


class Rule(Request, frozen=True):
    """What it takes to pass: who counts, the quorum, the threshold, and how many objections stop a text.

    With 0 blocking objections none stops it; under `silence`, who says nothing by the deadline agrees.
    """

    counts: tuple[OrganisationKind, ...]
    quorum: Share
    threshold: Share
    blocking_objections: Annotated[int, Meta(ge=0, le=10_000)]
    silence: bool = False


class Agenda(Struct, frozen=True):
    """The advocacy agenda of one meeting. `open` is what can be done at this moment, `following` what may come next."""

    id: str
    title: str
    phase: Phase
    phase_closes_at: datetime | None
    headline: str
    programme: str
    meeting: str
    place: str
    starts_on: date
    ends_on: date
    language: str
    time_zone: str
    following: tuple[Phase, ...]
    open: tuple[Capability, ...]
    timetable: dict[Phase, datetime]
    rule: Rule
    invented: bool


class AgendaFigures(Struct, frozen=True):
    """An agenda in numbers; active partnerships have amended, commented or taken a position."""

    recommendations: int
    amendments: int
    open_amendments: int
    colliding: int
    comments: int
    open_comments: int
    partnerships: int
    active_partnerships: int
    organisations: int
    shortlisted_lessons: int
    editions: int


class NewAgenda(Request, frozen=True):
    """A round to open."""

    title: Words
    headline: Words
    programme: Words
    meeting: Words
    place: Words
    starts_on: Day
    ends_on: Day
    time_zone: TimeZone
    rule: Rule
    language: LanguageTag = "en"
    timetable: Timetable = msgspec.field(default_factory=dict)
    invented: bool = False


class AgendaChanges(Request, frozen=True):
    """What to change of an agenda; what is left out stays."""

    title: Words | UnsetType = UNSET
    headline: Words | UnsetType = UNSET
    programme: Words | UnsetType = UNSET
    meeting: Words | UnsetType = UNSET
    place: Words | UnsetType = UNSET
    starts_on: Day | UnsetType = UNSET
    ends_on: Day | UnsetType = UNSET
    time_zone: TimeZone | UnsetType = UNSET
    language: Annotated[
        LanguageTag | UnsetType, Meta(description="It stays once recommendations are drafted in it.")
    ] = UNSET
    rule: Annotated[Rule | UnsetType, Meta(description="It stays once positions are taken under it.")] = UNSET
    timetable: Timetable | UnsetType = UNSET
    phase_closes_at: Moment | UnsetType = UNSET


class PhaseMove(Request, frozen=True):
    """The phase to open, with a reason that the record keeps; without a closing time, the timetable's applies."""

    phase: Phase
    reason: str = ""
    closes_at: Moment | None = None


class Participants(Request, frozen=True):
    """The organisations to let in; those that take part already are passed over."""

    organisation_ids: Annotated[tuple[Identifier, ...], Meta(max_length=1_000)]


_Rule = settled(adoption.AdoptionRule)
_agenda = shown(Agenda)
_figures = shown(AgendaFigures)


def render(view: AgendaView) -> Agenda:
    """Render an agenda; what is open has no order of its own, so it gets one."""
    return msgspec.structs.replace(_agenda(view), open=tuple(sorted(view.open)))


def current(ctx: Context, agenda_id: str) -> Agenda:
    """Return an agenda as it is now."""
    return render(reading.agenda(ctx, agenda_id))


def _times(timetable: dict[Phase, datetime]) -> dict[Phase, datetime]:
    return {phase: moment(at, f"timetable.{phase}") for phase, at in timetable.items()}


def _given(data: AgendaChanges) -> dict[str, Any]:
    """Return what a client sent to change, as the use case takes it; None stands for what was left out."""
    given: dict[str, Any] = {
        name: None if (value := getattr(data, name)) is UNSET else value for name in data.__struct_fields__
    }
    for name in ("starts_on", "ends_on"):
        if given[name] is not None:
            in_calendar(given[name], name)
    if given["rule"] is not None:
        given["rule"] = msgspec.convert(given["rule"], _Rule, from_attributes=True)
    if given["timetable"] is not None:
        given["timetable"] = _times(given["timetable"])
    if given["phase_closes_at"] is not None:
        given["phase_closes_at"] = moment(given["phase_closes_at"], "phase_closes_at")
    return given


@get("/agendas", tags=TAGS, sync_to_thread=True)
def list_agendas(ctx: Asking, limit: Limit = 50, cursor: Cursor = None) -> Listing[Agenda]:
    """List the agendas, the oldest first."""
    return listing(reading.agendas(ctx, limit=limit, cursor=cursor), render)


@post("/agendas", tags=TAGS, opt=refuses(Invalid), sync_to_thread=True)
def create_agenda(
    data: JSONBody[NewAgenda], ctx: Asking, attempt: NamedDependency[Attempt]
) -> Response[Agenda]:
    """Open a round, as the coordination facility."""
    in_calendar(data.starts_on, "starts_on")
    in_calendar(data.ends_on, "ends_on")
    given = {
        name: getattr(data, name) for name in data.__struct_fields__ if name not in {"rule", "timetable"}
    }
    command = agendas.CreateAgenda(
        **given,
        rule=msgspec.convert(data.rule, _Rule, from_attributes=True),
        timetable=_times(data.timetable),
    )
    return attempt.create(
        lambda: agendas.create(ctx, command), lambda made: current(ctx, made), "/agendas/{id}"
    )


@get("/agendas/{agenda_id:str}", tags=TAGS, sync_to_thread=True)
def read_agenda(agenda_id: Id, ctx: Asking) -> Agenda:
    """Read an agenda: its phase, its timetable, its rule, and what is open now."""
    return current(ctx, agenda_id)


@patch(
    "/agendas/{agenda_id:str}",
    tags=TAGS,
    opt=refuses(Invalid, RuleSettled, LanguageSettled),
    sync_to_thread=True,
)
def edit_agenda(
    agenda_id: Id,
    data: JSONBody[AgendaChanges],
    ctx: Asking,
    condition: NamedDependency[Condition],
) -> Agenda:
    """Change an agenda's particulars, its timetable, or when the open phase closes."""
    view = reading.agenda(ctx, agenda_id)
    condition.required(render(view))
    given = _given(data)
    agendas.edit(ctx, agendas.EditAgenda(agenda_id, view.revision, **given))
    return current(ctx, agenda_id)


@get("/agendas/{agenda_id:str}/figures", tags=TAGS, sync_to_thread=True)
def read_agenda_figures(agenda_id: Id, ctx: Asking) -> AgendaFigures:
    """Read an agenda in numbers."""
    return _figures(reading.figures(ctx, agenda_id))


@post(
    "/agendas/{agenda_id:str}/phase",
    tags=TAGS,
    opt=refuses(IllegalMove, Invalid),
    status_code=200,
    sync_to_thread=True,
)
def move_phase(
    agenda_id: Id,
    data: JSONBody[PhaseMove],
    ctx: Asking,
    condition: NamedDependency[Condition],
) -> Agenda:
    """Open another phase. What the change decides, such as what is adopted, is decided at the same moment."""
    condition.honoured(lambda: current(ctx, agenda_id))
    closes_at = moment(data.closes_at, "closes_at") if data.closes_at is not None else None
    agendas.move_phase(ctx, agendas.MovePhase(agenda_id, data.phase, data.reason, closes_at))
    return current(ctx, agenda_id)


@post(
    "/agendas/{agenda_id:str}/participants",
    tags=TAGS,
    opt=refuses(Invalid),
    status_code=204,
    sync_to_thread=True,
)
def admit_participants(agenda_id: Id, data: JSONBody[Participants], ctx: Asking) -> None:
    """Let organisations take part in a round."""
    agendas.admit_participants(ctx, agenda_id, data.organisation_ids)


ROUTES = [
    list_agendas,
    create_agenda,
    read_agenda,
    edit_agenda,
    read_agenda_figures,
    move_phase,
    admit_participants,
]
