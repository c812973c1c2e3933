"""/agendas/…: an agenda seen from above, and what happened in it."""

from datetime import date, datetime
from typing import Annotated

from litestar import get
from litestar.params import QueryParameter
from msgspec import Meta, Struct

from service.api.asking import Asking
from service.api.lists import ID, Cursor, Id, Limit, Listing, listing, whole
from service.api.positions import Position
from service.api.schemas import OrganisationRef, shown
from service.domain.activity import ActivityKind
from service.domain.actors import Region
from service.domain.views.activity import ActivityFilter
from service.workflows import activity, overviews, reading

TAGS = ["Agendas"]
Kind = Annotated[ActivityKind | None, QueryParameter(description="Only what is about this.")]
Around = Annotated[
    str | None, QueryParameter(pattern=ID, description="Only what is about this recommendation.")
]


class Ask(Struct, frozen=True):
    """A recommendation by number and title."""

    id: str
    number: int
    title: str


class Activity(Struct, frozen=True):
    """One public entry of the record: no person, and no words but titles."""

    sequence: int
    at: datetime
    name: Annotated[str, Meta(description="The event, such as `amendment.tabled`.")]
    subject_id: str
    organisation: Annotated[str | None, Meta(description="The name of the organisation it was done for.")]
    recommendation: Ask | None
    amendment: Annotated[int | None, Meta(description="The amendment's number.")]
    led_to: Annotated[
        str | None, Meta(description="The phase, state, stance or opinion that it led to, if it led to one.")
    ]


class Day(Struct, frozen=True):
    """How many amendments had been tabled by the end of a day, and how many of them were still open then."""

    on: date
    tabled: int
    open: int


class Contest(Struct, frozen=True):
    """A block of a current text of which something is asked; without an id, the place before the first block.

    `colliding` of the amendments stand in each other's way there; `heat` sums it all up, from 0 to 4.
    """

    recommendation_id: str
    block_id: str | None
    amendments: int
    colliding: int
    comments: int
    heat: int


class TakingPart(Struct, frozen=True):
    """A partnership with those members that take part in the agenda, and the ids of those who have said something."""

    id: str
    name: str
    region: Region
    members: tuple[OrganisationRef, ...]
    heard: tuple[str, ...]


_activity, _day, _contest = shown(Activity), shown(Day), shown(Contest)
_taking_part, _position = shown(TakingPart), shown(Position)


@get("/agendas/{agenda_id:str}/activity", tags=TAGS, sync_to_thread=True)
def list_activity(
    agenda_id: Id,
    ctx: Asking,
    *,
    kind: Kind = None,
    recommendation_id: Around = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Listing[Activity]:
    """List what happened in an agenda, the newest first, as everyone may know it."""
    wanted = ActivityFilter(kind, recommendation_id)
    return listing(activity.happened(ctx, agenda_id, wanted, limit, cursor), _activity)


@get("/agendas/{agenda_id:str}/convergence", tags=TAGS, sync_to_thread=True)
def read_convergence(agenda_id: Id, ctx: Asking) -> Listing[Day]:
    """List how many amendments were open by the end of each day on which that changed, in the agenda's time zone."""
    return whole(overviews.convergence(ctx, agenda_id), _day)


@get("/agendas/{agenda_id:str}/contested", tags=TAGS, sync_to_thread=True)
def list_contested(agenda_id: Id, ctx: Asking) -> Listing[Contest]:
    """List the blocks of the current texts of which something is asked."""
    return whole(overviews.contested(ctx, agenda_id), _contest)


@get("/agendas/{agenda_id:str}/partnerships", tags=TAGS, sync_to_thread=True)
def list_partnerships_of_agenda(agenda_id: Id, ctx: Asking) -> Listing[TakingPart]:
    """List the partnerships of an agenda, by region and name."""
    return whole(overviews.partnerships(ctx, agenda_id), _taking_part)


@get("/agendas/{agenda_id:str}/positions", tags=["Positions"], sync_to_thread=True)
def list_positions_of_agenda(agenda_id: Id, ctx: Asking) -> Listing[Position]:
    """List the positions that speak for their organisations, on all recommendations of an agenda."""
    return whole(reading.position_grid(ctx, agenda_id), _position)


ROUTES = [
    list_activity,
    read_convergence,
    list_contested,
    list_partnerships_of_agenda,
    list_positions_of_agenda,
]
