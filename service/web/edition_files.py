"""Editions in other formats than their paper, to read in a browser or to take along."""

from litestar import Response, get
from litestar.params import FromPath

from service.domain.errors import BeingMade
from service.web.handing import held, tagged
from service.web.pages import Asked, Asking, keeping, page
from service.web.rendition_html import policy
from service.workflows import library, reading, renditions
from service.workflows.context import Context
from service.workflows.renditions import MEDIA_TYPES, Format

ACCEPTED = 202
Answer = Response[bytes] | Response[None]


@get("/editions/{edition_id:str}/edition.html", sync_to_thread=True, include_in_schema=False)
def as_html(request: Asked, edition_id: FromPath[str], ctx: Asking) -> Answer:
    """Hand out an edition as one file that a browser shows, whose own style is all that it may load."""
    return _handed(request, ctx, edition_id, Format.HTML)


@get("/editions/{edition_id:str}/edition.md", sync_to_thread=True, include_in_schema=False)
def as_markdown(request: Asked, edition_id: FromPath[str], ctx: Asking) -> Answer:
    """Hand out an edition as text with the signs of Markdown."""
    return _handed(request, ctx, edition_id, Format.MARKDOWN)


@get("/editions/{edition_id:str}/edition.json", sync_to_thread=True, include_in_schema=False)
def as_data(request: Asked, edition_id: FromPath[str], ctx: Asking) -> Answer:
    """Hand out the data that an edition was made from, exactly as they were frozen."""
    return _handed(request, ctx, edition_id, Format.JSON)


@get("/editions/{edition_id:str}/courtesy.pdf", sync_to_thread=True, include_in_schema=False)
def as_courtesy(request: Asked, edition_id: FromPath[str], ctx: Asking) -> Answer | Response[str]:
    """Hand out a courtesy translation on paper, or ask for patience while it is made."""
    try:
        return _handed(request, ctx, edition_id, Format.PDF)
    except BeingMade:
        with ctx.reading():
            edition = library.edition(ctx, edition_id)
            around = {"agenda": reading.agenda(ctx, edition.agenda_id), "edition": edition}
            again = f"{request.url.path}?{request.url.query}"
            return page(
                request, ctx, "courtesy_wait.html", around, status=ACCEPTED, private=True, again=again
            )


def _handed(request: Asked, ctx: Context, edition_id: str, form: Format) -> Answer:
    language = "" if form is Format.JSON else request.query_params.get("language", "")
    file = renditions.rendition(ctx, edition_id, form, language, held(request))
    shown = "inline" if form in {Format.HTML, Format.PDF} else "attachment"
    headers = {"Content-Disposition": f'{shown}; filename="{file.name}"', "Cache-Control": keeping(ctx)}
    if form is Format.HTML:
        headers["Content-Security-Policy"] = f"{policy()}; frame-ancestors 'none'"
    return tagged(file.key, file.content, MEDIA_TYPES[form], headers)
