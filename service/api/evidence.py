"""/evidence: what underpins the claims."""

from typing import Annotated

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from msgspec import Meta, Struct

from service.api.asking import Asking
from service.api.attempts import Attempt
from service.api.lists import Cursor, Id, Limit, Listing, listing, whole
from service.api.schemas import (
    Correction,
    Identifier,
    OnBehalfOf,
    OrganisationRef,
    Request,
    WrittenIn,
    refuses,
    shown,
)
from service.api.voices import voice
from service.domain.actors import Scope
from service.domain.errors import ForeignOrganisation, Invalid, PhaseClosed
from service.domain.evidence import EvidenceKind
from service.domain.views import agendas as views
from service.workflows import evidence, library
from service.workflows.context import Context

TAGS = ["Evidence"]


class Underpinned(Request, frozen=True):
    """A recommendation, or one block of it."""

    recommendation_id: Identifier
    block_id: Identifier | None = None


class Evidence(Struct, frozen=True):
    """A document with page and quotation, a partnership's result, or an indicator; and what it underpins.

    What it was before a correction are its title, source, page, quotation and address, in this order.
    """

    id: str
    agenda_id: str
    number: int
    kind: EvidenceKind
    title: str
    source: str
    page: str
    quotation: str
    url: str
    invented: bool
    organisation: OrganisationRef
    underpins: tuple[Underpinned, ...]
    language: str
    corrections: tuple[Correction, ...]


class NewEvidence(Request, frozen=True):
    """Evidence to add; it has to say where it can be found again."""

    kind: EvidenceKind
    title: str
    source: str
    on_behalf_of: OnBehalfOf = None
    page: str = ""
    quotation: str = ""
    url: Annotated[str, Meta(description="An address that starts with https:// or http://.")] = ""
    invented: bool = False
    underpins: Annotated[tuple[Underpinned, ...], Meta(max_length=200)] = ()
    language: WrittenIn = None


_evidence = shown(Evidence)


def current(ctx: Context, evidence_id: str) -> Evidence:
    """Return a piece of evidence."""
    return _evidence(library.one_evidence(ctx, evidence_id))


@get("/agendas/{agenda_id:str}/evidence", tags=TAGS, sync_to_thread=True)
def list_evidence(agenda_id: Id, ctx: Asking, limit: Limit = 50, cursor: Cursor = None) -> Listing[Evidence]:
    """List an agenda's evidence by number."""
    return listing(library.evidence(ctx, agenda_id, limit=limit, cursor=cursor), _evidence)


@post(
    "/agendas/{agenda_id:str}/evidence",
    tags=TAGS,
    opt=refuses(PhaseClosed, ForeignOrganisation, Invalid),
    sync_to_thread=True,
)
def add_evidence(
    agenda_id: Id,
    data: JSONBody[NewEvidence],
    ctx: Asking,
    attempt: NamedDependency[Attempt],
) -> Response[Evidence]:
    """Add evidence, and say which recommendations it underpins."""
    words = {name: getattr(data, name) for name in ("kind", "title", "source", "page", "quotation", "url")}
    command = evidence.AddEvidence(
        agenda_id,
        voice(ctx, data.on_behalf_of, Scope.COMMENT),
        **words,
        invented=data.invented,
        underpins=tuple(views.Underpinned(u.recommendation_id, u.block_id) for u in data.underpins),
        language=data.language or "",
    )
    return attempt.create(
        lambda: evidence.add(ctx, command), lambda made: current(ctx, made), "/evidence/{id}"
    )


@get("/evidence/{evidence_id:str}", tags=TAGS, sync_to_thread=True)
def read_evidence(evidence_id: Id, ctx: Asking) -> Evidence:
    """Read a piece of evidence."""
    return current(ctx, evidence_id)


@get("/recommendations/{recommendation_id:str}/evidence", tags=TAGS, sync_to_thread=True)
def list_evidence_for_recommendation(recommendation_id: Id, ctx: Asking) -> Listing[Evidence]:
    """List the evidence that underpins a recommendation."""
    return whole(library.evidence_for(ctx, recommendation_id), _evidence)


ROUTES = [list_evidence, add_evidence, read_evidence, list_evidence_for_recommendation]
