"""The home page: every agenda, and where it stands."""

from litestar import Response, get

from service.domain.phases import Phase
from service.domain.views.agendas import AgendaView
from service.web.pages import Asked, Asking, page
from service.web.remembering import remembered
from service.workflows import reading

_OVER = frozenset({Phase.PUBLICATION, Phase.FOLLOW_UP})


@get("/", sync_to_thread=True, include_in_schema=False)
@remembered
def home(request: Asked, ctx: Asking) -> Response[str]:
    """Show the agenda that is open first, with its figures, and the published ones below it."""
    with ctx.reading():
        agendas = sorted(reading.agendas(ctx, limit=100).items, key=_order)
        figures = reading.figures(ctx, agendas[0].id) if agendas else None
        return page(request, ctx, "home.html", agendas=agendas, figures=figures)


def _order(agenda: AgendaView) -> tuple[bool, int]:
    return agenda.phase in _OVER, -agenda.starts_on.toordinal()
