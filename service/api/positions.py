"""/positions: what organisations say of one exact text."""

from datetime import datetime
from typing import Annotated

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody, QueryParameter
from msgspec import Meta, Struct

from service.api.asking import Asking
from service.api.attempts import Attempt
from service.api.conditions import Condition
from service.api.lists import ID, Cursor, Id, Limit, Listing, listing, whole
from service.api.schemas import (
    Digest,
    Identifier,
    OnBehalfOf,
    OrganisationRef,
    Request,
    VersionRef,
    WrittenIn,
    refuses,
    shown,
)
from service.api.voices import voice
from service.domain.actors import Scope
from service.domain.errors import (
    ConfirmationNeeded,
    DeadlinePassed,
    Denied,
    ForeignOrganisation,
    IllegalMove,
    Invalid,
    NotCounted,
    OtherText,
    PhaseClosed,
    PositionExists,
)
from service.domain.positions import PositionState, Reservation, Stance
from service.workflows import answers, positions, reading
from service.workflows.context import Context

TAGS = ["Positions"]
Organisation = Annotated[
    str | None, QueryParameter(pattern=ID, description="Only those of this organisation.")
]


class Position(Struct, frozen=True):
    """A position, bound to the digest of the text it was taken on; it `counts` while that is the current text."""

    id: str
    recommendation_id: str
    organisation: OrganisationRef
    version: VersionRef
    stance: Stance
    reservation: Reservation | None
    statement: str
    resolved_by: str
    state: PositionState
    taken_at: datetime
    counts: bool
    on_paper: Annotated[
        str, Meta(description="The letter by which it came; else the organisation took it here.")
    ]
    language: Annotated[
        str | None, Meta(description="That of its words; null where it has none, or nobody said.")
    ]


class NewPosition(Request, frozen=True):
    """A position. The digest says which text was read, so that nobody endorses words that they have not seen."""

    version: Identifier
    digest: Digest
    stance: Stance
    on_behalf_of: OnBehalfOf = None
    reservation: Annotated[
        Reservation | None, Meta(description="With `endorsed_with_reservation` alone, and then required.")
    ] = None
    statement: Annotated[
        str, Meta(description="Printed with the position; an objection or a reservation needs it.")
    ] = ""
    resolved_by: Annotated[str, Meta(description="Which change would resolve an objection.")] = ""
    on_paper: Annotated[
        str,
        Meta(
            description="The letter by which it came: the coordination facility enters it for the organisation."
        ),
    ] = ""
    language: WrittenIn = None


class Reconfirmation(Request, frozen=True):
    """The changed text on which the position holds, too, as it was read."""

    version: Identifier
    digest: Digest


class Unanswered(Struct, frozen=True):
    """An organisation that counts, and the numbers of the recommendations on whose present text it has no position.

    `again` are those among them on whose earlier text it took one.
    """

    organisation: OrganisationRef
    recommendations: tuple[int, ...]
    again: tuple[int, ...]


_position, _unanswered = shown(Position), shown(Unanswered)


def current(ctx: Context, position_id: str) -> Position:
    """Return a position as it is now."""
    return _position(reading.position(ctx, position_id))


@get("/recommendations/{recommendation_id:str}/positions", tags=TAGS, sync_to_thread=True)
def list_positions(
    recommendation_id: Id,
    ctx: Asking,
    limit: Limit = 50,
    cursor: Cursor = None,
    organisation: Organisation = None,
) -> Listing[Position]:
    """List the positions on a recommendation, or an organisation's, earlier ones too, in the order of taking."""
    found = reading.positions(ctx, recommendation_id, limit, cursor, organisation)
    return listing(found, _position)


@post(
    "/recommendations/{recommendation_id:str}/positions",
    tags=TAGS,
    opt=refuses(
        ConfirmationNeeded,
        PhaseClosed,
        DeadlinePassed,
        ForeignOrganisation,
        NotCounted,
        OtherText,
        PositionExists,
        IllegalMove,
        Invalid,
    ),
    sync_to_thread=True,
)
def take_position(
    recommendation_id: Id,
    data: JSONBody[NewPosition],
    ctx: Asking,
    attempt: NamedDependency[Attempt],
) -> Response[Position]:
    """Endorse a text, with or without reservation, or object to it, abstain, or say that nothing stands against it."""
    command = positions.TakePosition(
        recommendation_id,
        voice(ctx, data.on_behalf_of, Scope.POSITION),
        data.version,
        data.digest,
        data.stance,
        data.reservation,
        data.statement,
        data.resolved_by,
        data.on_paper,
        data.language or "",
    )
    return attempt.create(
        lambda: positions.take(ctx, command), lambda made: current(ctx, made), "/positions/{id}"
    )


@get("/positions/{position_id:str}", tags=TAGS, sync_to_thread=True)
def read_position(position_id: Id, ctx: Asking) -> Position:
    """Read a position."""
    return current(ctx, position_id)


@post(
    "/positions/{position_id:str}/withdrawal",
    tags=TAGS,
    opt=refuses(ConfirmationNeeded, PhaseClosed, DeadlinePassed, ForeignOrganisation, IllegalMove),
    status_code=200,
    sync_to_thread=True,
)
def withdraw_position(position_id: Id, ctx: Asking, condition: NamedDependency[Condition]) -> Position:
    """Withdraw a position; the organisation may then take another."""
    condition.honoured(lambda: current(ctx, position_id))
    positions.withdraw(ctx, position_id)
    return current(ctx, position_id)


@post(
    "/positions/{position_id:str}/confirmation",
    tags=TAGS,
    opt=refuses(
        ConfirmationNeeded,
        PhaseClosed,
        DeadlinePassed,
        ForeignOrganisation,
        OtherText,
        PositionExists,
        IllegalMove,
    ),
    sync_to_thread=True,
)
def confirm_position(
    position_id: Id, data: JSONBody[Reconfirmation], ctx: Asking, attempt: NamedDependency[Attempt]
) -> Response[Position]:
    """Say of the changed text what was said before. The new position takes the place of the one that it confirms."""
    command = positions.ConfirmPosition(position_id, data.version, data.digest)
    return attempt.create(
        lambda: positions.confirm(ctx, command), lambda made: current(ctx, made), "/positions/{id}"
    )


@get("/agendas/{agenda_id:str}/unanswered", tags=TAGS, opt=refuses(Denied), sync_to_thread=True)
def list_unanswered(agenda_id: Id, ctx: Asking) -> Listing[Unanswered]:
    """List the organisations that count and have not taken a position on every recommendation, by name."""
    return whole(answers.unanswered(ctx, agenda_id), _unanswered)


ROUTES = [
    list_positions,
    take_position,
    read_position,
    withdraw_position,
    confirm_position,
    list_unanswered,
]
