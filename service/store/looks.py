"""Which version of a recommendation a person has seen: remembered for that person, and no part of the record."""

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from service.domain.views.recommendations import VersionRef
from service.store.bookkeeping import last_looks
from service.store.tables import versions


def last_look(connection: Connection, person_id: str, recommendation_id: str) -> VersionRef | None:
    """Return the version that a person saw last, or None before the first look."""
    query = (
        select(versions.c.id, versions.c.number, versions.c.digest)
        .join(last_looks, last_looks.c.version_id == versions.c.id)
        .where(last_looks.c.person_id == person_id, last_looks.c.recommendation_id == recommendation_id)
    )
    row = connection.execute(query).one_or_none()
    return VersionRef(row.id, row.number, row.digest) if row is not None else None


def keep_look(
    connection: Connection, person_id: str, recommendation_id: str, version_id: str, now: datetime
) -> None:
    """Keep which version a person saw last."""
    seen = {"version_id": version_id, "seen_at": now}
    mine = (last_looks.c.person_id == person_id) & (last_looks.c.recommendation_id == recommendation_id)
    if not connection.execute(update(last_looks).where(mine).values(seen)).rowcount:
        first = {"person_id": person_id, "recommendation_id": recommendation_id}
        connection.execute(insert(last_looks).values(first | seen))
