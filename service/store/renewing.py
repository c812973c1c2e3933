"""What is kept of papers whose archive timestamp was renewed, and which papers there are to renew."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from service.domain import canonical
from service.domain.editions import EditionState
from service.domain.verification import Finding, Verification
from service.store.bookkeeping import files, jobs
from service.store.sealing_tables import former_files
from service.store.tables import editions


@dataclass(frozen=True, slots=True)
class Standing:
    """A released edition, and until when its archive timestamp proves what it does; None where that was not noted.

    `untold_since` is when it was sealed, if its file holds nothing that was said of its key from then on.
    """

    edition_id: str
    until: datetime | None
    untold_since: datetime | None = None


def standing(connection: Connection, agenda_id: str | None = None) -> tuple[Standing, ...]:
    """Return the editions that stand, of an agenda or of all, the oldest first."""
    query = select(editions.c.id, editions.c.verification).where(editions.c.state == EditionState.RELEASED)
    if agenda_id is not None:
        query = query.where(editions.c.agenda_id == agenda_id)
    return tuple(
        _standing(row.id, canonical.from_json(Verification, row.verification))
        for row in connection.execute(query.order_by(editions.c.id))
    )


def _standing(edition_id: str, report: Verification) -> Standing:
    # The demonstration's authority says nothing more: its key is forgotten.
    untold = not report.demo and report.says(Finding.CERTIFICATE_UNTOLD_SINCE)
    return Standing(edition_id, report.archived_until, report.signed_at if untold else None)


def latest_proof(connection: Connection) -> datetime | None:
    """Return until when the archive timestamp of the latest released paper proves what it does, if that was noted."""
    query = (
        select(editions.c.verification)
        .where(editions.c.released_at.is_not(None))
        .order_by(editions.c.released_at.desc(), editions.c.id.desc())
        .limit(1)
    )
    report = connection.scalars(query).one_or_none()
    return canonical.from_json(Verification, report).archived_until if report else None


def count_ending(connection: Connection, before: datetime) -> int:
    """Return of how many papers that stand the archive timestamp proves nothing any more at a moment."""
    query = select(editions.c.verification).where(
        editions.c.state == EditionState.RELEASED, editions.c.verification != ""
    )
    # Reports are long, and the desk counts them at each view: they are not read as a whole.
    ends = (json.loads(report).get("archived_until") for report in connection.scalars(query))
    return sum(datetime.fromisoformat(until) < before for until in ends if until is not None)


def file_of(connection: Connection, edition_id: str) -> tuple[str, str, bytes] | None:
    """Return the digest of a standing edition's file, the report on it, and the file; None where it does not stand."""
    query = (
        select(editions.c.file_digest, editions.c.verification, files.c.content)
        .join(files, files.c.digest == editions.c.file_digest)
        .where(editions.c.id == edition_id, editions.c.state == EditionState.RELEASED)
    )
    row = connection.execute(query).one_or_none()
    return None if row is None else (row.file_digest, row.verification, row.content)


def count_stopped(connection: Connection, kind: str) -> int:
    """Return how many papers that stand were not renewed the last time, because something stopped the job."""
    query = (
        select(func.count())
        .select_from(jobs)
        .join(editions, editions.c.id == jobs.c.subject_id)
        .where(jobs.c.kind == kind, jobs.c.error != "", editions.c.state == EditionState.RELEASED)
    )
    return connection.execute(query).scalar_one()


def note(connection: Connection, digest: str, verification: str) -> None:
    """Keep a report on a standing edition's file that tells more than the one before."""
    mine = (editions.c.file_digest == digest) & (editions.c.state == EditionState.RELEASED)
    connection.execute(update(editions).where(mine).values(verification=verification))


def keep_former(
    connection: Connection, edition_id: str, digest: str, verification: str, now: datetime
) -> None:
    """Keep the digest of a file that is replaced, and the report on it."""
    row = {"digest": digest, "edition_id": edition_id, "verification": verification, "replaced_at": now}
    connection.execute(insert(former_files), row)


def former_report(connection: Connection, digest: str) -> Verification | None:
    """Return the report on a paper's former file by its SHA-256, or None."""
    query = select(former_files.c.verification).where(former_files.c.digest == digest)
    report = connection.scalars(query).one_or_none()
    return canonical.from_json(Verification, report) if report is not None else None
