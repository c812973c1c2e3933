"""The documents of mandates: personal data, kept as files under their digests, and deleted with the last mandate."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, insert, or_, select

from service.domain.documents import DocumentType
from service.store import files as store
from service.store.bookkeeping import events, files, record_words
from service.store.tables import editions, mandate_documents

table = mandate_documents.c


def keep(
    connection: Connection,
    mandate_id: str,
    content: bytes,
    kind: DocumentType,
    *,
    by: str | None,
    now: datetime,
) -> str:
    """Keep the document of a mandate, in the place of the one before; returns its SHA-256 in hex."""
    _forget(connection, table.mandate_id == mandate_id)
    digest = store.keep(connection, content, kind.value)
    connection.execute(
        insert(mandate_documents).values(
            mandate_id=mandate_id, digest=digest, size=len(content), added_by=by, added_at=now
        )
    )
    return digest


def of_mandate(connection: Connection, mandate_id: str) -> tuple[DocumentType, bytes] | None:
    """Return the document of a mandate, or None."""
    query = (
        select(files.c.media_type, files.c.content)
        .join(mandate_documents, table.digest == files.c.digest)
        .where(table.mandate_id == mandate_id)
    )
    row = connection.execute(query).one_or_none()
    return (DocumentType(row.media_type), row.content) if row is not None else None


def forget(connection: Connection, person_id: str, mandate_ids: Collection[str]) -> None:
    """Delete the documents of these mandates, and those that a person has handed in; the record keeps commitments."""
    _forget(connection, or_(table.mandate_id.in_(sorted(mandate_ids)), table.added_by == person_id))


def _forget(connection: Connection, these: ColumnElement[bool]) -> None:
    found = connection.execute(select(table.mandate_id, table.digest).where(these)).all()
    if not found:
        return
    mandates, digests = [row.mandate_id for row in found], [row.digest for row in found]
    store.hold(connection, digests)
    connection.execute(delete(mandate_documents).where(table.mandate_id.in_(mandates)))
    # The same file may be another mandate's document, or have been published.
    connection.execute(
        delete(files).where(
            files.c.digest.in_(digests),
            files.c.digest.not_in(select(table.digest)),
            files.c.digest.not_in(select(editions.c.file_digest).where(editions.c.file_digest.is_not(None))),
        )
    )
    told = select(events.c.scope, events.c.sequence).where(
        events.c.name == "mandate.document_attached", events.c.subject_id.in_(mandates)
    )
    for row in connection.execute(told).all():
        connection.execute(
            delete(record_words).where(
                record_words.c.scope == row.scope, record_words.c.sequence == row.sequence
            )
        )
