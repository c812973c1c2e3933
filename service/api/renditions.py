"""/editions/{id}/html and its like: an edition in other formats than its signed PDF, which is the authentic text."""

from typing import Annotated

from litestar import Response, get
from litestar.params import QueryParameter
from msgspec import Meta, Struct

from service.api.asking import Asking
from service.api.editions import TAGS
from service.api.lists import Id, Listing, whole
from service.api.schemas import refuses
from service.api.verifications import PDF
from service.domain.errors import BeingMade, FromTheRight, NotPrinted, NotReleased
from service.domain.renditions import is_printed
from service.workflows import renditions
from service.workflows.context import Context
from service.workflows.renditions import MEDIA_TYPES, Format

_PATHS = {
    Format.HTML: "html",
    Format.MARKDOWN: "markdown",
    Format.JSON: "snapshot",
    Format.PDF: "courtesy",
}
_OWN = (Format.HTML, Format.MARKDOWN, Format.JSON)
_TRANSLATED = (Format.HTML, Format.MARKDOWN, Format.PDF)
_HTML, _MARKDOWN = MEDIA_TYPES[Format.HTML], MEDIA_TYPES[Format.MARKDOWN]
HTML_EXAMPLE = '<!doctype html>\n<html lang="en" dir="ltr">\n…'
MARKDOWN_EXAMPLE = """# What 57 city partnerships ask of the European Union

Partnerships for Sustainable Cities · Second global meeting

> **The signed PDF is the authentic text**
"""
Language = Annotated[
    str | None,
    QueryParameter(
        pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}(?!\n)$",
        max_length=20,
        description="A language, such as `fr`: texts with an approved translation of exactly the printed words are "
        "shown in it, as a courtesy; all others stay as they are.",
    ),
]


class RenditionRef(Struct, frozen=True):
    """An edition in another format; `language` is null where the texts are in the language they were agreed on in."""

    format: Format
    language: str | None
    media_type: str
    address: Annotated[str, Meta(description="Where it is, from the root of this service.")]


@get("/editions/{edition_id:str}/renditions", tags=TAGS, sync_to_thread=True)
def list_renditions(edition_id: Id, ctx: Asking) -> Listing[RenditionRef]:
    """List in which other formats and languages an edition can be read; none before it is released."""
    tongues = renditions.languages(ctx, edition_id)
    own: list[tuple[Format, str | None]] = [(form, None) for form in _OWN if tongues is not None]
    translated = [
        (form, tongue) for tongue in tongues or () for form in _TRANSLATED if _is_made(form, tongue)
    ]
    return whole((*own, *translated), lambda one: _ref(edition_id, *one))


def _is_made(form: Format, language: str) -> bool:
    return form is not Format.PDF or is_printed(language)


def _ref(edition_id: str, form: Format, language: str | None) -> RenditionRef:
    asked = f"?language={language}" if language else ""
    address = f"/api/v1/editions/{edition_id}/{_PATHS[form]}{asked}"
    return RenditionRef(form, language, MEDIA_TYPES[form], address)


@get(
    "/editions/{edition_id:str}/html",
    tags=TAGS,
    opt=refuses(NotReleased) | {"answers": _HTML, "example": HTML_EXAMPLE},
    media_type=_HTML,
    sync_to_thread=True,
)
def read_html(edition_id: Id, ctx: Asking, language: Language = None) -> Response[bytes]:
    """Read a released edition as one HTML file that needs nothing else. The signed PDF is the authentic text."""
    return _file(ctx, edition_id, Format.HTML, language)


@get(
    "/editions/{edition_id:str}/markdown",
    tags=TAGS,
    opt=refuses(NotReleased) | {"answers": _MARKDOWN, "example": MARKDOWN_EXAMPLE},
    media_type=_MARKDOWN,
    sync_to_thread=True,
)
def read_markdown(edition_id: Id, ctx: Asking, language: Language = None) -> Response[bytes]:
    """Read a released edition as Markdown: CommonMark with tables. The signed PDF is the authentic text."""
    return _file(ctx, edition_id, Format.MARKDOWN, language)


@get(
    "/editions/{edition_id:str}/courtesy",
    tags=TAGS,
    opt=refuses(NotReleased, BeingMade, FromTheRight, NotPrinted) | {"answers": PDF},
    media_type=PDF,
    sync_to_thread=True,
)
def read_courtesy(edition_id: Id, ctx: Asking, language: Language = None) -> Response[bytes]:
    """Read a released edition in a translation as a PDF, which is a courtesy and carries no seal.

    It is made when it is first asked for: until then the answer is `being_made`, and a few seconds later it is there.
    """
    return _file(ctx, edition_id, Format.PDF, language)


def _file(ctx: Context, edition_id: str, form: Format, language: str | None) -> Response[bytes]:
    file = renditions.rendition(ctx, edition_id, form, language or "")
    named = {"Content-Disposition": f'attachment; filename="{file.name}"'}
    return Response(file.content, media_type=MEDIA_TYPES[form], headers=named)


ROUTES = [list_renditions, read_html, read_markdown, read_courtesy]
