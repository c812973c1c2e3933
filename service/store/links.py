"""Single-use links: kept by the digest of their secret, used by exactly one request."""

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from service.domain.access import LinkPurpose
from service.domain.views.access import LinkView
from service.store.access_tables import links
from service.store.tables import persons


def keep(
    connection: Connection,
    secret_digest: str,
    purpose: LinkPurpose,
    person_id: str,
    now: datetime,
    *,
    confirmation_id: str | None = None,
) -> None:
    """Keep a link until its time is over; one that confirms is kept with what it confirms."""
    connection.execute(
        insert(links).values(
            secret_digest=secret_digest,
            purpose=purpose,
            person_id=person_id,
            confirmation_id=confirmation_id,
            created_at=now,
            expires_at=now + purpose.lasts,
        )
    )


def cancel(connection: Connection, person_id: str, purpose: LinkPurpose, now: datetime) -> None:
    """Let no link of this purpose open anything for a person any more."""
    connection.execute(
        update(links)
        .where(links.c.person_id == person_id, links.c.purpose == purpose, links.c.used_at.is_(None))
        .values(used_at=now)
    )


def find(connection: Connection, secret_digest: str, now: datetime) -> LinkView | None:
    """Return what a link that can still be used will do."""
    query = (
        select(links.c.purpose, links.c.person_id, persons.c.name, links.c.expires_at)
        .join(persons, persons.c.id == links.c.person_id)
        .where(links.c.secret_digest == secret_digest, links.c.used_at.is_(None), links.c.expires_at > now)
    )
    row = connection.execute(query).one_or_none()
    return LinkView(LinkPurpose(row.purpose), row.person_id, row.name, row.expires_at) if row else None


def use(
    connection: Connection, secret_digest: str, purposes: tuple[LinkPurpose, ...], now: datetime
) -> tuple[str, LinkPurpose] | None:
    """Use a link up; returns whose it is and what it does, or None if it cannot be used (any more).

    One statement decides, so of two requests at once one alone is let in.
    """
    row = connection.execute(
        update(links)
        .where(
            links.c.secret_digest == secret_digest,
            links.c.used_at.is_(None),
            links.c.expires_at > now,
            links.c.purpose.in_(purposes),
        )
        .values(used_at=now)
        .returning(links.c.person_id, links.c.purpose)
    ).one_or_none()
    return (row.person_id, LinkPurpose(row.purpose)) if row is not None else None
