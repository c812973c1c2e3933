"""The home page: every agenda, and where it stands."""

from collections.abc import Mapping, Sequence

from litestar import Response, get

from service.domain.phases import Capability, Phase
from service.domain.views.agendas import AgendaView
from service.web.pages import Asked, Asking, page
from service.web.remembering import remembered
from service.web.timelines import alike
from service.workflows import activity, overviews, reading
from service.workflows.context import Context
from service.workflows.pages import every

NEWS = 5
_OVER = frozenset({Phase.PUBLICATION, Phase.FOLLOW_UP})


@get("/", sync_to_thread=True, include_in_schema=False)
@remembered
def home(request: Asked, ctx: Asking) -> Response[str]:
    """Show the agenda that is open first, with its figures, and the others below it."""
    with ctx.reading():
        agendas = foremost_first(reading.agendas(ctx, limit=100).items)
        return page(request, ctx, "home.html", _seen(ctx, agendas[0]) if agendas else {}, agendas=agendas)


def _seen(ctx: Context, agenda: AgendaView) -> Mapping[str, object]:
    """Return what is shown of the agenda that comes first."""
    agenda_id = agenda.id
    return {
        "can": [capability for capability in Capability if capability in agenda.open],
        "figures": reading.figures(ctx, agenda_id),
        "recommendations": every(lambda cursor: reading.recommendations(ctx, agenda_id, 100, cursor)),
        "days": overviews.convergence(ctx, agenda_id),
        "partnerships": overviews.partnerships(ctx, agenda_id),
        "happened": alike(activity.newest(ctx, agenda_id))[:NEWS],
    }


def foremost_first(agendas: Sequence[AgendaView]) -> list[AgendaView]:
    """Return agendas as they matter to everyone: those at work, those that are over, and those still in preparation."""

    def order(agenda: AgendaView) -> tuple[bool, bool, int]:
        return agenda.phase is Phase.PREPARATION, agenda.phase in _OVER, -agenda.starts_on.toordinal()

    return sorted(agendas, key=order)
