"""Queries for the certificates under which papers were sealed."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, select, update

from service.domain import canonical
from service.domain.verification import Verification
from service.store.tables import editions

_PUBLISHED = editions.c.released_at.is_not(None) & (editions.c.verification != "")


@dataclass(frozen=True, slots=True)
class Unnoted:
    """A published edition whose report does not say under which certificate it was sealed."""

    edition_id: str
    file_digest: str


def certificates(connection: Connection) -> frozenset[str]:
    """Return the certificates (SHA-256) under which papers were published, as far as that was noted."""
    noted = (report.get("certificate") for _, _, report in _reports(connection))
    return frozenset(one for one in noted if one is not None)


def unnoted(connection: Connection) -> tuple[Unnoted, ...]:
    """Return the papers of which that is not noted."""
    return tuple(
        Unnoted(edition_id, digest)
        for edition_id, digest, report in _reports(connection)
        if report.get("certificate") is None
    )


def report_of(connection: Connection, one: Unnoted) -> Verification | None:
    """Return the report on a paper, unless another file has taken its place."""
    query = select(editions.c.verification).where(_is(one))
    report = connection.scalars(query).one_or_none()
    return canonical.from_json(Verification, report) if report is not None else None


def note(connection: Connection, one: Unnoted, report: Verification) -> None:
    """Keep a report on a paper that tells more than the one before."""
    connection.execute(update(editions).where(_is(one)).values(verification=canonical.to_json(report)))


def _is(one: Unnoted) -> ColumnElement[bool]:
    return (editions.c.id == one.edition_id) & (editions.c.file_digest == one.file_digest)


def _reports(connection: Connection) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield the reports on what was published, which are not read as a whole: they are long."""
    query = select(editions.c.id, editions.c.file_digest, editions.c.verification).where(_PUBLISHED)
    for row in connection.execute(query.order_by(editions.c.id)):
        yield row.id, row.file_digest, json.loads(row.verification)
