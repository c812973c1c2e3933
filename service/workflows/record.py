"""The record for its readers: what happened, how far it has come, and proofs of both."""

from service.domain.permissions import visible_to
from service.domain.record import Head
from service.domain.views import Page
from service.domain.views.record import RecordView
from service.store.queries import record as queries
from service.workflows import reading
from service.workflows.context import Context
from service.workflows.reading import LIMIT


def entries(ctx: Context, agenda_id: str, limit: int = LIMIT, cursor: str | None = None) -> Page[RecordView]:
    """Return an agenda's record from its first entry on."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        reading.agenda(ctx, agenda_id)
        return queries.list_record(reader.connection, agenda_id, limit, cursor)


def head(ctx: Context, agenda_id: str) -> Head:
    """Return how far an agenda's record has come."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        reading.agenda(ctx, agenda_id)
        return queries.head(reader.connection, agenda_id)
