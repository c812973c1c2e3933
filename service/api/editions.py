"""/editions: published states of an agenda, from the frozen snapshot to the signed PDF."""

from datetime import datetime
from typing import Annotated

from litestar import MediaType, Response, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from msgspec import Meta, Struct

from service.api.asking import Asking
from service.api.attempts import Attempt
from service.api.conditions import Condition
from service.api.lists import Cursor, Id, Limit, Listing, listing
from service.api.schemas import Digest, Request, refuses, shown
from service.api.verifications import PDF, Report, report
from service.domain.corrigenda import REASON_LENGTH
from service.domain.editions import EditionState
from service.domain.errors import (
    ConfirmationNeeded,
    DemoKey,
    FourEyes,
    IllegalMove,
    Invalid,
    NoKey,
    NotReady,
    NotReleased,
    OtherText,
    PhaseClosed,
    SealNotInForce,
    StampsExpired,
)
from service.domain.views.agendas import EditionView
from service.workflows import editions, library
from service.workflows.context import Context

TAGS = ["Editions"]


class EditionRef(Struct, frozen=True):
    """An edition, named."""

    id: str
    number: int


class Edition(Struct, frozen=True):
    """A published state of the agenda. `digest` is that of its snapshot, `file_digest` that of the signed PDF.

    `own` tells whether the reader assembled it: then someone else has to approve it. `reason` says why it replaces the
    edition before; `superseded_by` is the newest edition that stands, where that is a later one. Its paper stays
    readable and can be checked; so does that of one that was withdrawn, `withdrawn_because` of what is said there.
    """

    id: str
    number: int
    state: EditionState
    digest: str
    agenda_id: str
    agenda: str
    file_digest: str | None
    assembled_at: datetime
    approved_at: datetime | None
    released_at: datetime | None
    own: bool
    reason: str
    superseded_by: EditionRef | None
    withdrawn_because: str
    withdrawn_at: datetime | None


Why = Annotated[str, Meta(max_length=REASON_LENGTH, description="Printed in the paper, and shown beside it.")]


class NewEdition(Request, frozen=True):
    """What changed and why: needed as soon as an edition of the agenda is published."""

    reason: Why = ""


class EditionWithdrawal(Request, frozen=True):
    """Why an edition does not stand any more."""

    reason: Why


class Approval(Request, frozen=True):
    """The approval of exactly the edition with this digest."""

    digest: Digest


_reference = shown(EditionRef)


def current(ctx: Context, edition_id: str) -> Edition:
    """Return an edition as it is now."""
    return _edition(library.edition(ctx, edition_id))


def _edition(view: EditionView) -> Edition:
    by = view.superseded_by
    shared = {name: getattr(view, name) for name in Edition.__struct_fields__ if name != "superseded_by"}
    return Edition(**shared, superseded_by=_reference(by) if by is not None else None)


@get("/agendas/{agenda_id:str}/editions", tags=TAGS, sync_to_thread=True)
def list_editions(agenda_id: Id, ctx: Asking, limit: Limit = 50, cursor: Cursor = None) -> Listing[Edition]:
    """List an agenda's editions by number."""
    return listing(library.editions(ctx, agenda_id, limit=limit, cursor=cursor), _edition)


@post(
    "/agendas/{agenda_id:str}/editions",
    tags=TAGS,
    opt=refuses(PhaseClosed, NotReady, ConfirmationNeeded, Invalid),
    sync_to_thread=True,
)
def assemble_edition(
    agenda_id: Id, ctx: Asking, attempt: NamedDependency[Attempt], data: JSONBody[NewEdition | None] = None
) -> Response[Edition]:
    """Freeze the agenda into an edition, as the coordination facility; a further one says what changed, and why."""
    reason = data.reason if data is not None else ""
    return attempt.create(
        lambda: editions.assemble(ctx, agenda_id, reason), lambda made: current(ctx, made), "/editions/{id}"
    )


@get("/editions/{edition_id:str}", tags=TAGS, sync_to_thread=True)
def read_edition(edition_id: Id, ctx: Asking) -> Edition:
    """Read how far an edition has come."""
    return current(ctx, edition_id)


@post(
    "/editions/{edition_id:str}/approval",
    tags=TAGS,
    opt=refuses(
        PhaseClosed,
        FourEyes,
        OtherText,
        IllegalMove,
        ConfirmationNeeded,
        NoKey,
        DemoKey,
        SealNotInForce,
        StampsExpired,
    ),
    status_code=200,
    sync_to_thread=True,
)
def approve_edition(
    edition_id: Id,
    data: JSONBody[Approval],
    ctx: Asking,
    condition: NamedDependency[Condition],
) -> Edition:
    """Approve an edition, as someone else than who assembled it. It is then printed, sealed, checked and released."""
    condition.honoured(lambda: current(ctx, edition_id))
    editions.approve(ctx, editions.ApproveEdition(edition_id, data.digest))
    return current(ctx, edition_id)


@post(
    "/editions/{edition_id:str}/withdrawal",
    tags=TAGS,
    opt=refuses(PhaseClosed, IllegalMove, ConfirmationNeeded, Invalid),
    status_code=200,
    sync_to_thread=True,
)
def withdraw_edition(
    edition_id: Id, data: JSONBody[EditionWithdrawal], ctx: Asking, condition: NamedDependency[Condition]
) -> Edition:
    """Withdraw an edition that should not stand, and say why; its paper stays readable."""
    condition.honoured(lambda: current(ctx, edition_id))
    editions.withdraw(ctx, edition_id, data.reason)
    return current(ctx, edition_id)


@get(
    "/editions/{edition_id:str}/pdf",
    tags=TAGS,
    opt=refuses(NotReleased) | {"answers": PDF},
    media_type=PDF,
    sync_to_thread=True,
)
def read_pdf(edition_id: Id, ctx: Asking) -> Response[bytes]:
    """Download the signed PDF of a released edition."""
    content = editions.pdf(ctx, edition_id)
    number = library.edition(ctx, edition_id).number
    named = {"Content-Disposition": f'attachment; filename="advocacy-agenda-edition-{number}.pdf"'}
    return Response(content, media_type=PDF, headers=named)


@get(
    "/editions/{edition_id:str}/snapshot",
    tags=TAGS,
    opt={"answers": MediaType.JSON.value},
    sync_to_thread=True,
)
def read_snapshot(edition_id: Id, ctx: Asking) -> Response[bytes]:
    """Read what an edition was made from, as canonical JSON: its SHA-256 is the edition's digest."""
    return Response(editions.snapshot(ctx, edition_id).encode(), media_type=MediaType.JSON)


@get("/editions/{edition_id:str}/verification", tags=TAGS, opt=refuses(NotReleased), sync_to_thread=True)
def read_verification(edition_id: Id, ctx: Asking) -> Report:
    """Read what the check of the sealed file found before it was released."""
    view = library.edition(ctx, edition_id)
    if view.verification is None:
        raise NotReleased(state=view.state.value)
    return report(view.verification)


ROUTES = [
    list_editions,
    assemble_edition,
    read_edition,
    approve_edition,
    withdraw_edition,
    read_pdf,
    read_snapshot,
    read_verification,
]
