"""The desk of whoever leads a round, and reminding those who are silent."""

from datetime import date, datetime

from litestar import get, post
from msgspec import Struct

from service.api.asking import Asking
from service.api.lists import Id
from service.api.schemas import OrganisationRef, refuses, shown
from service.domain.errors import Denied, NobodySilent, RemindedLately
from service.domain.leading import Chore
from service.domain.phases import Phase
from service.domain.recommendations import RecommendationState
from service.domain.views.leading import DeskView
from service.domain.views.leading import Stage as StageView
from service.workflows import leading

TAGS = ["Agendas"]


class DeskTask(Struct, frozen=True):
    """Something that waits for the facility, and how many of it."""

    chore: Chore
    count: int


class Stage(Struct, frozen=True):
    """How far a recommendation has come; `passes` tells whether it would be adopted, once positions are taken."""

    id: str
    number: int
    title: str
    state: RecommendationState
    version: int
    open_amendments: int
    colliding: int
    open_comments: int
    positions: int
    passes: bool | None


class SilentOrganisation(Struct, frozen=True):
    """An organisation that was asked and has not answered, with the numbers of what it has no position on."""

    organisation: OrganisationRef
    recommendations: tuple[int, ...]


class ConvergenceDay(Struct, frozen=True):
    """How many amendments were tabled by the end of a day, how many were open, and how many in another's way."""

    on: date
    tabled: int
    open: int
    colliding: int


class Desk(Struct, frozen=True):
    """A round at a glance: what waits, the most urgent first, and how far each recommendation has come.

    `next` opens by itself when the open phase closes; `held` tells that it should have, and something hindered it.
    """

    agenda_id: str
    phase: Phase
    closes_at: datetime | None
    next: Phase | None
    held: bool
    tasks: tuple[DeskTask, ...]
    stages: tuple[Stage, ...]
    silent: tuple[SilentOrganisation, ...]
    convergence: tuple[ConvergenceDay, ...]
    last_reminder_at: datetime | None
    may_remind_at: datetime | None


class Reminding(Struct, frozen=True):
    """How many persons a reminder would reach now, and when it may go out; at most one goes out in a day."""

    persons: int
    last_at: datetime | None
    again_at: datetime | None
    possible: bool


class Reminded(Struct, frozen=True):
    """How many persons are reminded."""

    persons: int


_task, _silent, _day = shown(DeskTask), shown(SilentOrganisation), shown(ConvergenceDay)


def _stage(view: StageView) -> Stage:
    one = view.recommendation
    passes = view.outcome.passed if view.outcome is not None else None
    return Stage(
        one.id, one.number, one.title, one.state, one.current_version.number, one.open_amendments,
        one.colliding, one.open_comments, one.positions, passes,
    )  # fmt: skip


def _desk(view: DeskView) -> Desk:
    return Desk(
        view.agenda_id, view.phase, view.closes_at, view.next, view.held,
        tuple(_task(one) for one in view.tasks), tuple(_stage(one) for one in view.stages),
        tuple(_silent(one) for one in view.silent), tuple(_day(one) for one in view.convergence),
        view.last_reminder_at, view.may_remind_at,
    )  # fmt: skip


@get("/agendas/{agenda_id:str}/desk", tags=TAGS, opt=refuses(Denied), sync_to_thread=True)
def read_desk(agenda_id: Id, ctx: Asking) -> Desk:
    """Read a round at a glance, as the coordination facility."""
    return _desk(leading.desk(ctx, agenda_id))


@get("/agendas/{agenda_id:str}/reminders", tags=TAGS, opt=refuses(Denied), sync_to_thread=True)
def read_reminding(agenda_id: Id, ctx: Asking) -> Reminding:
    """Say whom a reminder would reach, and from when on the next one may go out."""
    found = leading.reminding(ctx, agenda_id)
    return Reminding(len(found.recipients), found.last_at, found.again_at, found.possible)


@post(
    "/agendas/{agenda_id:str}/reminders",
    tags=TAGS,
    opt=refuses(NobodySilent, RemindedLately),
    status_code=200,
    sync_to_thread=True,
)
def remind(agenda_id: Id, ctx: Asking) -> Reminded:
    """Remind by mail those who are asked for something and have not answered; once a day at most."""
    return Reminded(leading.remind(ctx, agenda_id))


ROUTES = [read_desk, read_reminding, remind]
