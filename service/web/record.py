"""The record of an agenda: everything that happened, in a chain that cannot be changed unnoticed."""

from litestar import Response, get
from litestar.params import FromPath

from service.web.pages import Asked, Asking, page
from service.web.remembering import remembered
from service.workflows import reading
from service.workflows import record as records

PLACES = {
    "amendment": "/amendments/",
    "comment": "/comments/",
    "edition": "/editions/",
    "position": "/positions/",
    "recommendation": "/recommendations/",
}


@get("/agendas/{agenda_id:str}/record", sync_to_thread=True, include_in_schema=False)
@remembered
def record(request: Asked, agenda_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show an agenda's record from its first entry on."""
    with ctx.reading():
        cursor = request.query_params.get("cursor")
        return page(
            request,
            ctx,
            "record.html",
            agenda=reading.agenda(ctx, agenda_id),
            entries=records.entries(ctx, agenda_id, 50, cursor),
            places=PLACES,
        )
