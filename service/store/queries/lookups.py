"""Queries for editions by what is printed on their papers."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Row, Select, or_, select

from service.domain import canonical
from service.domain.editions import EditionState
from service.domain.paper_codes import Wanted
from service.domain.verification import Verification
from service.domain.views.lookups import Published, Successor
from service.store.sealing_tables import former_files
from service.store.tables import agendas, editions

MOST = 50
"""So many editions are told of one code; the digest's first characters are those of few."""

_EDITIONS: Select[Any] = (
    select(
        editions.c.id,
        editions.c.agenda_id,
        agendas.c.title.label("agenda"),
        editions.c.number,
        editions.c.state,
        editions.c.digest,
        editions.c.file_digest,
        editions.c.released_at,
        editions.c.verification,
    )
    .join(agendas, agendas.c.id == editions.c.agenda_id)
    .order_by(editions.c.assembled_at.desc(), editions.c.id)
    .limit(MOST)
)

_ONCE_PUBLISHED = (EditionState.RELEASED, EditionState.WITHDRAWN)


def wanted(connection: Connection, asked: Wanted) -> tuple[Published, ...]:
    """Return the editions that are meant, the newest first.

    A whole digest may be that of a released file, too, and of one from before its archive timestamp was renewed.
    """
    beginnings = [editions.c.digest.startswith(digits) for digits in asked.beginnings]
    if asked.whole is None:
        return _found(connection, _EDITIONS.where(or_(*beginnings)), lambda row: asked.means(row.digest))
    former = select(former_files.c.edition_id).where(former_files.c.digest == asked.whole)
    released = editions.c.released_at.is_not(None)
    files = ((editions.c.file_digest == asked.whole) & released, editions.c.id.in_(former))
    # A whole digest is no code, so whatever is found by it is meant.
    return _found(connection, _EDITIONS.where(or_(*beginnings, *files)))


def published_as(connection: Connection, file_digest: str) -> Published | None:
    """Return the released edition whose paper has this SHA-256, or None."""
    query = _EDITIONS.where(editions.c.file_digest == file_digest, editions.c.released_at.is_not(None))
    return next(iter(_found(connection, query)), None)


def published_from(connection: Connection, digest: str) -> Published | None:
    """Return the released edition that was made from the data with this digest, or None."""
    query = _EDITIONS.where(editions.c.digest == digest, editions.c.released_at.is_not(None))
    return next(iter(_found(connection, query)), None)


def _found(
    connection: Connection, query: Select[Any], is_meant: Callable[[Row[Any]], bool] = lambda _: True
) -> tuple[Published, ...]:
    rows = [row for row in connection.execute(query) if is_meant(row)]
    newest = _newest(connection, {row.agenda_id for row in rows})
    return tuple(
        _published(row, *(newest.get((row.agenda_id, state)) for state in _ONCE_PUBLISHED)) for row in rows
    )


def _newest(connection: Connection, agenda_ids: set[str]) -> dict[tuple[str, EditionState], Successor]:
    """Return the newest released edition of each agenda, and the newest that was withdrawn after its release."""
    query = (
        select(
            editions.c.agenda_id, editions.c.state, editions.c.id, editions.c.number, editions.c.released_at
        )
        .where(
            editions.c.agenda_id.in_(agenda_ids),
            editions.c.state.in_(_ONCE_PUBLISHED),
            editions.c.released_at.is_not(None),
        )
        .order_by(editions.c.number)
    )
    return {
        (row.agenda_id, EditionState(row.state)): Successor(row.id, row.number, row.released_at)
        for row in connection.execute(query)
    }


def _published(row: Row[Any], newest: Successor | None, withdrawn: Successor | None) -> Published:
    successor, gone = (one if one and one.number > row.number else None for one in (newest, withdrawn))
    return Published(
        id=row.id,
        agenda_id=row.agenda_id,
        agenda=row.agenda,
        number=row.number,
        state=EditionState(row.state),
        digest=row.digest,
        file_digest=row.file_digest if row.released_at is not None else None,
        released_at=row.released_at,
        successor=successor,
        verification=canonical.from_json(Verification, row.verification) if row.verification else None,
        withdrawn=gone if successor is None else None,
    )
