"""Confirmations: each belongs to one session, one act, one thing and one version of it."""

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from service.domain.permissions import Act, Permission
from service.store.access_tables import confirmations, links

table = confirmations.c


def keep(
    connection: Connection,
    confirmation_id: str,
    session_id: str,
    act: Act,
    *,
    given_at: datetime | None,
    expires_at: datetime,
) -> None:
    """Keep a confirmation that was given, or one that was asked for."""
    connection.execute(
        insert(confirmations).values(
            id=confirmation_id,
            session_id=session_id,
            action=act.action,
            object_id=act.object_id,
            version=act.version,
            content=act.content,
            given_at=given_at,
            expires_at=expires_at,
        )
    )


def is_kept(connection: Connection, confirmation_id: str) -> bool:
    """Tell whether a confirmation is still kept: it is not once its time is over, or its session."""
    return connection.scalars(select(table.id).where(table.id == confirmation_id)).first() is not None


def asked_by(
    connection: Connection, secret_digest: str, session_id: str, now: datetime
) -> tuple[str, Act] | None:
    """Return what a link that can still be used confirms, with its id: what its mail was asked for, in this session."""
    query = (
        select(confirmations)
        .join(links, links.c.confirmation_id == table.id)
        .where(
            links.c.secret_digest == secret_digest,
            links.c.used_at.is_(None),
            links.c.expires_at > now,
            table.session_id == session_id,
            table.given_at.is_(None),
            table.expires_at > now,
        )
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    return row.id, Act(Permission(row.action), row.object_id, row.version, row.content)


def give(connection: Connection, confirmation_id: str, now: datetime, expires_at: datetime) -> None:
    """Write down that a confirmation was given."""
    connection.execute(
        update(confirmations).where(table.id == confirmation_id).values(given_at=now, expires_at=expires_at)
    )


def use(connection: Connection, session_id: str, act: Act, now: datetime) -> bool:
    """Use up the session's confirmation of exactly this act; tell whether there was one.

    One statement decides, so one confirmation never serves two requests at once.
    """
    used = connection.execute(
        update(confirmations)
        .where(
            table.session_id == session_id,
            table.action == act.action,
            table.object_id == act.object_id,
            table.version == act.version,
            table.content == act.content,
            table.given_at.is_not(None),
            table.used_at.is_(None),
            table.expires_at > now,
        )
        .values(used_at=now)
    )
    return used.rowcount > 0
