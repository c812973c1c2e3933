"""/agendas/{id}/draft-paper: what the signed paper would look like if the agenda were published as it stands."""

from datetime import datetime
from typing import Annotated

from litestar import Response, get, post
from msgspec import Meta, Struct

from service.api.asking import Asking
from service.api.editions import TAGS
from service.api.lists import Id
from service.api.schemas import refuses, shown
from service.api.verifications import PDF
from service.domain.drafts import DraftState
from service.domain.errors import Denied, TooManyRequests
from service.workflows import drafts


class DraftPaper(Struct, frozen=True):
    """What there is of a draft: none yet, one that is being made, one of the agenda as it stands or as it stood.

    One that `failed` could not be printed, and `fault` says why; or making it was `given_up` after several tries, and
    `fault` is what stopped them.
    """

    agenda_id: str
    state: DraftState
    made_at: datetime | None
    file_digest: Annotated[str | None, Meta(description="SHA-256 of the last draft that was printed.")]
    fault: str
    given_up: bool


_draft = shown(DraftPaper)


@get("/agendas/{agenda_id:str}/draft-paper", tags=TAGS, opt=refuses(Denied), sync_to_thread=True)
def read_draft_paper(agenda_id: Id, ctx: Asking) -> DraftPaper:
    """Read what there is of a draft of the paper, as the facility or a signatory."""
    return _draft(drafts.draft(ctx, agenda_id))


@post(
    "/agendas/{agenda_id:str}/draft-paper",
    tags=TAGS,
    opt=refuses(Denied, TooManyRequests),
    status_code=200,
    sync_to_thread=True,
)
def make_draft_paper(agenda_id: Id, ctx: Asking) -> DraftPaper:
    """Have a draft made in the background, unless there is one of the agenda as it stands; then ask how far it is."""
    drafts.ask(ctx, agenda_id)
    return _draft(drafts.draft(ctx, agenda_id))


@get(
    "/agendas/{agenda_id:str}/draft-paper/pdf",
    tags=TAGS,
    opt=refuses(Denied) | {"answers": PDF},
    media_type=PDF,
    sync_to_thread=True,
)
def read_draft_pdf(agenda_id: Id, ctx: Asking) -> Response[bytes]:
    """Download the last draft that was made: it is not signed, and says so on each page."""
    named = {"Content-Disposition": 'attachment; filename="draft.pdf"'}
    return Response(drafts.pdf(ctx, agenda_id), media_type=PDF, headers=named)


ROUTES = [read_draft_paper, make_draft_paper, read_draft_pdf]
