"""The last draft of each agenda's paper, and what it is told by that nothing has changed since."""

from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select

from service.domain.drafts import Draft
from service.store.bookkeeping import events
from service.store.draft_tables import draft_papers

table = draft_papers.c


def keep(connection: Connection, agenda_id: str, draft: Draft, content: bytes | None) -> None:
    """Keep a draft in the place of the one before; without content it could not be printed."""
    connection.execute(delete(draft_papers).where(table.agenda_id == agenda_id))
    connection.execute(
        insert(draft_papers).values(
            agenda_id=agenda_id,
            state_digest=draft.state_digest,
            made_at=draft.made_at,
            file_digest=draft.file_digest,
            content=content,
            fault=draft.fault,
        )
    )


def last(connection: Connection, agenda_id: str) -> Draft | None:
    """Return the last draft of an agenda, without its content."""
    query = select(table.state_digest, table.made_at, table.file_digest, table.fault)
    row = connection.execute(query.where(table.agenda_id == agenda_id)).one_or_none()
    return Draft(row.state_digest, row.made_at, row.file_digest, row.fault) if row is not None else None


def content(connection: Connection, agenda_id: str) -> bytes | None:
    """Return the file of the last draft, or None."""
    return connection.scalars(select(table.content).where(table.agenda_id == agenda_id)).one_or_none()


def changed_at(connection: Connection, agenda_id: str) -> datetime:
    """Return when the newest entry of an agenda's record was written: nothing of the agenda has changed since."""
    moment: datetime = connection.scalars(
        select(func.max(events.c.at)).where(events.c.scope == agenda_id)
    ).one()
    return moment
