"""/versions/{id}/word and its like: texts and amendments as Word documents, and what comes back of them."""

from litestar import Response, get, post
from litestar.di import NamedDependency, Provide
from msgspec import Struct

from service.api.asking import Asking
from service.api.lists import Id
from service.api.schemas import VersionRef, refuses
from service.api.schemas_text import Block, blocks
from service.api.uploads import FORM, WRAPPING, uploaded
from service.domain.errors import ForeignOrganisation, Invalid, PhaseClosed
from service.domain.word import RemarkKind
from service.domain.word.tracked import LARGEST
from service.workflows import word
from service.workflows.word import HandedIn, WordFile

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class DocumentRemark(Struct, frozen=True):
    """What was not understood in a document, or not taken; `block` counts from 1, and is null for all of it."""

    kind: RemarkKind
    block: int | None
    message: str


class ReadDocument(Struct, frozen=True):
    """What a document proposes, to be looked through and then tabled; a new block has no id yet."""

    base_version: VersionRef
    blocks: tuple[Block, ...]
    remarks: tuple[DocumentRemark, ...]


@get(
    "/versions/{version_id:str}/word",
    tags=["Versions"],
    opt={"answers": DOCX},
    media_type=DOCX,
    sync_to_thread=True,
)
def read_version_document(version_id: Id, ctx: Asking) -> Response[bytes]:
    """Read a version as a Word document: a bookmark for each block, changes tracked from then on."""
    return _document(word.version_document(ctx, version_id))


@get(
    "/amendments/{amendment_id:str}/word",
    tags=["Amendments"],
    opt={"answers": DOCX},
    media_type=DOCX,
    sync_to_thread=True,
)
def read_amendment_document(amendment_id: Id, ctx: Asking) -> Response[bytes]:
    """Read an amendment as a Word document: its base version, with the changes tracked as its authors'."""
    return _document(word.amendment_document(ctx, amendment_id))


@post(
    "/recommendations/{recommendation_id:str}/amendments/word",
    tags=["Amendments"],
    status_code=200,
    opt=refuses(PhaseClosed, ForeignOrganisation, Invalid) | {"uploads": (DOCX, FORM)},
    dependencies={"document": Provide(uploaded(DOCX))},
    request_max_body_size=LARGEST + WRAPPING,
    sync_to_thread=True,
)
def hand_in_document(recommendation_id: Id, document: NamedDependency[bytes], ctx: Asking) -> ReadDocument:
    """Read what a Word document proposes, and what was not understood. Nothing is kept; table the blocks to go on."""
    return _read(word.hand_in(ctx, recommendation_id, document))


def _document(file: WordFile) -> Response[bytes]:
    named = {"Content-Disposition": f'attachment; filename="{file.name}.docx"'}
    return Response(file.content, media_type=DOCX, headers=named)


def _read(found: HandedIn) -> ReadDocument:
    return ReadDocument(
        VersionRef(found.base.id, found.base.number, found.base.digest),
        blocks(found.blocks),
        tuple(DocumentRemark(one.kind, one.block or None, one.text) for one in found.remarks),
    )


ROUTES = [read_version_document, read_amendment_document, hand_in_document]
