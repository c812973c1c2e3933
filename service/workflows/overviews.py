"""An agenda seen from above: what the pictures of it show, and the tables beside them."""

from zoneinfo import ZoneInfo

from service.domain.overviews import Day
from service.domain.overviews import convergence as converging
from service.domain.permissions import visible_to
from service.domain.views.overviews import BlockContest, PartnershipOverview
from service.store.queries import overviews
from service.workflows import reading
from service.workflows.context import Context


def partnerships(ctx: Context, agenda_id: str) -> tuple[PartnershipOverview, ...]:
    """Return the partnerships of an agenda by region and name, and who of them has said something in it."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        reading.agenda(ctx, agenda_id)
        return overviews.list_partnerships(reader.connection, agenda_id)


def contested(ctx: Context, agenda_id: str) -> tuple[BlockContest, ...]:
    """Return the blocks of an agenda's current texts of which something is asked."""
    with ctx.reading() as reader:
        reading.agenda(ctx, agenda_id)
        return overviews.list_contested(reader.connection, visible_to(reader.actor), agenda_id)


def convergence(ctx: Context, agenda_id: str) -> tuple[Day, ...]:
    """Return how many amendments were open by the end of each day on which that changed, in the agenda's zone."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        zone = ZoneInfo(reading.agenda(ctx, agenda_id).time_zone)
        return converging(overviews.list_shifts(reader.connection, agenda_id, zone))
