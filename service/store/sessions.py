"""Sessions; only digests of their secrets are kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from service.domain.access import Door
from service.domain.views.access import SessionView
from service.store.bookkeeping import sessions
from service.store.engine import Database

# When a session was last used is told to the hour, so that most requests write nothing.
COARSE = timedelta(hours=1)
# Every request with a cookie asks this, so the statement is built once.
_IN_FORCE = select(sessions.c.id, sessions.c.person_id, sessions.c.used_at).where(
    sessions.c.secret_digest == bindparam("secret"), sessions.c.expires_at > bindparam("now")
)


@dataclass(frozen=True, slots=True)
class Opened:
    """A session that begins."""

    id: str
    secret_digest: str
    person_id: str
    door: Door
    browser: str
    expires_at: datetime


def keep(connection: Connection, session: Opened, now: datetime) -> None:
    """Keep a session."""
    connection.execute(
        insert(sessions).values(
            id=session.id,
            secret_digest=session.secret_digest,
            person_id=session.person_id,
            door=session.door,
            browser=session.browser,
            created_at=now,
            used_at=now,
            expires_at=session.expires_at,
        )
    )


def in_force(connection: Connection, secret_digest: str, now: datetime) -> "Row[Any, Any, Any] | None":
    """Return the session's id, its person and when it was last used, or None if there is none in force."""
    return connection.execute(_IN_FORCE, {"secret": secret_digest, "now": now}).one_or_none()


def touch(database: Database, session_id: str, now: datetime) -> None:
    """Write down that a session was used."""
    with database.writing() as connection:
        connection.execute(update(sessions).where(sessions.c.id == session_id).values(used_at=now))


def renew(connection: Connection, session_id: str, secret_digest: str) -> None:
    """Give a session another secret; the one before opens nothing any more."""
    connection.execute(
        update(sessions).where(sessions.c.id == session_id).values(secret_digest=secret_digest)
    )


def end(connection: Connection, person_id: str, session_id: str | None = None) -> tuple[str, ...]:
    """Forget a person's session, or all of them; returns the ids of those that there were."""
    query = delete(sessions).where(sessions.c.person_id == person_id)
    if session_id is not None:
        query = query.where(sessions.c.id == session_id)
    return tuple(sorted(connection.scalars(query.returning(sessions.c.id))))


def of_person(
    connection: Connection, person_id: str, now: datetime, present: str | None
) -> tuple[SessionView, ...]:
    """Return a person's sessions in force, the newest first."""
    query = (
        select(sessions)
        .where(sessions.c.person_id == person_id, sessions.c.expires_at > now)
        .order_by(sessions.c.id.desc())
    )
    return tuple(
        SessionView(
            id=row.id,
            door=Door(row.door),
            browser=row.browser,
            created_at=row.created_at,
            used_at=row.used_at,
            expires_at=row.expires_at,
            present=row.id == present,
        )
        for row in connection.execute(query)
    )
