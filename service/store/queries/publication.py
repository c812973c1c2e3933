"""Queries for evidence, lessons and editions."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, select

from service.domain import canonical
from service.domain.editions import EditionState
from service.domain.evidence import EvidenceKind
from service.domain.lessons import LessonState
from service.domain.verification import Verification
from service.domain.views import Page
from service.domain.views.agendas import (
    EditionRef,
    EditionView,
    EvidenceView,
    LessonView,
    SignatoryView,
    Underpinned,
)
from service.domain.views.corrections import CorrectionView
from service.domain.views.people import OrganisationRef
from service.store.bookkeeping import files
from service.store.paging import page_of
from service.store.queries import corrections
from service.store.queries.signatories import signatories_of
from service.store.tables import (
    agendas,
    editions,
    evidence,
    evidence_links,
    lessons,
    organisations,
    persons,
)

_EVIDENCE = select(evidence, organisations.c.name.label("organisation")).join(
    organisations, organisations.c.id == evidence.c.organisation_id
)


def list_evidence(
    connection: Connection, agenda_id: str, limit: int, cursor: str | None
) -> Page[EvidenceView]:
    """Return an agenda's evidence in the order of its numbers."""
    query = _EVIDENCE.where(evidence.c.agenda_id == agenda_id)
    rows, following = page_of(connection, query, (evidence.c.number,), limit, cursor)
    return Page(_evidence(connection, rows), following)


def evidence_of(connection: Connection, recommendation_id: str) -> tuple[EvidenceView, ...]:
    """Return the evidence that underpins a recommendation."""
    linked = select(evidence_links.c.evidence_id).where(
        evidence_links.c.recommendation_id == recommendation_id
    )
    query = _EVIDENCE.where(evidence.c.id.in_(linked)).order_by(evidence.c.number)
    return _evidence(connection, connection.execute(query).all())


def get_evidence(connection: Connection, evidence_id: str) -> EvidenceView | None:
    """Return one piece of evidence, or None."""
    rows = connection.execute(_EVIDENCE.where(evidence.c.id == evidence_id)).all()
    return _evidence(connection, rows)[0] if rows else None


def _evidence(connection: Connection, rows: Sequence[Row[Any]]) -> tuple[EvidenceView, ...]:
    links: dict[str, list[Underpinned]] = defaultdict(list)
    query = (
        select(evidence_links.c.evidence_id, evidence_links.c.recommendation_id, evidence_links.c.block_id)
        .where(evidence_links.c.evidence_id.in_([row.id for row in rows]))
        .order_by(evidence_links.c.id)
    )
    for evidence_id, recommendation_id, block_id in connection.execute(query):
        links[evidence_id].append(Underpinned(recommendation_id, block_id))
    corrected = corrections.of_evidence(connection, [row.id for row in rows])
    return tuple(
        EvidenceView(
            id=row.id,
            agenda_id=row.agenda_id,
            number=row.number,
            kind=EvidenceKind(row.kind),
            title=row.title,
            source=row.source,
            page=row.page,
            quotation=row.quotation,
            url=row.url,
            invented=row.invented,
            organisation=OrganisationRef(row.organisation_id, row.organisation),
            underpins=tuple(links[row.id]),
            language=row.language,
            corrections=corrected[row.id],
        )
        for row in rows
    )


_LESSONS = select(lessons, organisations.c.name.label("organisation")).join(
    organisations, organisations.c.id == lessons.c.organisation_id
)


def list_lessons(connection: Connection, agenda_id: str, limit: int, cursor: str | None) -> Page[LessonView]:
    """Return an agenda's lessons in the order of their numbers."""
    query = _LESSONS.where(lessons.c.agenda_id == agenda_id)
    rows, following = page_of(connection, query, (lessons.c.number,), limit, cursor)
    return Page(_lessons(connection, rows), following)


def get_lesson(connection: Connection, lesson_id: str) -> LessonView | None:
    """Return one lesson, or None."""
    rows = connection.execute(_LESSONS.where(lessons.c.id == lesson_id)).all()
    return _lessons(connection, rows)[0] if rows else None


def _lessons(connection: Connection, rows: Sequence[Row[Any]]) -> tuple[LessonView, ...]:
    corrected = corrections.of_lessons(connection, [row.id for row in rows])
    return tuple(_lesson(row, corrected[row.id]) for row in rows)


def _lesson(row: Row[Any], corrected: tuple[CorrectionView, ...]) -> LessonView:
    return LessonView(
        id=row.id,
        agenda_id=row.agenda_id,
        number=row.number,
        text=row.text,
        state=LessonState(row.state),
        evidence_ids=row.evidence_ids,
        organisation=OrganisationRef(row.organisation_id, row.organisation),
        revision=row.revision,
        rank=row.rank,
        reason=row.reason,
        language=row.language,
        wording=row.wording,
        corrections=corrected,
    )


_assembler, _approver = persons.alias("assembler"), persons.alias("approver")
# The newest edition of each agenda that is published and was not withdrawn.
_standing = (
    select(editions.c.agenda_id, func.max(editions.c.number).label("number"))
    .where(editions.c.state == EditionState.RELEASED)
    .group_by(editions.c.agenda_id)
    .subquery()
)
_newest = editions.alias("newest")
_superseding = and_(
    _newest.c.agenda_id == _standing.c.agenda_id,
    _newest.c.number == _standing.c.number,
    editions.c.released_at.is_not(None),
    _newest.c.number > editions.c.number,
)
_EDITIONS: Select[Any] = (
    select(
        editions.c.id,
        editions.c.agenda_id,
        agendas.c.title.label("agenda"),
        editions.c.number,
        editions.c.state,
        editions.c.digest,
        editions.c.file_digest,
        editions.c.assembled_by.label("assembler_id"),
        _assembler.c.name.label("assembled_by"),
        editions.c.assembled_at,
        _approver.c.name.label("approved_by"),
        editions.c.approved_at,
        editions.c.released_at,
        editions.c.verification,
        editions.c.revision,
        editions.c.reason,
        editions.c.withdrawn_because,
        editions.c.withdrawn_at,
        _newest.c.id.label("newest_id"),
        _newest.c.number.label("newest_number"),
    )
    .join(agendas, agendas.c.id == editions.c.agenda_id)
    .join(_assembler, _assembler.c.id == editions.c.assembled_by)
    .outerjoin(_approver, _approver.c.id == editions.c.approved_by)
    .outerjoin(_standing, _standing.c.agenda_id == editions.c.agenda_id)
    .outerjoin(_newest, _superseding)
)


def list_editions(
    connection: Connection, agenda_id: str, reader_id: str | None, limit: int, cursor: str | None
) -> Page[EditionView]:
    """Return an agenda's editions in the order of their numbers."""
    query = _EDITIONS.where(editions.c.agenda_id == agenda_id)
    rows, following = page_of(connection, query, (editions.c.number,), limit, cursor)
    named = signatories_of(connection, [row.id for row in rows])
    return Page(tuple(_edition(row, reader_id, named.get(row.id, ())) for row in rows), following)


def get_edition(connection: Connection, edition_id: str, reader_id: str | None) -> EditionView | None:
    """Return one edition, or None."""
    row = connection.execute(_EDITIONS.where(editions.c.id == edition_id)).one_or_none()
    return _one(connection, row, reader_id)


def edition_of(connection: Connection, file_digest: str, reader_id: str | None) -> EditionView | None:
    """Return the released edition whose paper has this SHA-256, or None."""
    query = _EDITIONS.where(editions.c.file_digest == file_digest, editions.c.released_at.is_not(None))
    return _one(connection, connection.execute(query).first(), reader_id)


def _one(connection: Connection, row: Row[Any] | None, reader_id: str | None) -> EditionView | None:
    if row is None:
        return None
    return _edition(row, reader_id, signatories_of(connection, [row.id]).get(row.id, ()))


def _edition(row: Row[Any], reader_id: str | None, named: tuple[SignatoryView, ...]) -> EditionView:
    return EditionView(
        id=row.id,
        agenda_id=row.agenda_id,
        agenda=row.agenda,
        number=row.number,
        state=EditionState(row.state),
        digest=row.digest,
        file_digest=row.file_digest,
        assembled_by=row.assembled_by,
        assembled_at=row.assembled_at,
        approved_by=row.approved_by,
        approved_at=row.approved_at,
        released_at=row.released_at,
        verification=canonical.from_json(Verification, row.verification) if row.verification else None,
        revision=row.revision,
        own=reader_id is not None and row.assembler_id == reader_id,
        reason=row.reason,
        withdrawn_because=row.withdrawn_because,
        withdrawn_at=row.withdrawn_at,
        superseded_by=EditionRef(row.newest_id, row.newest_number) if row.newest_id is not None else None,
        signatories=named,
    )


def get_snapshot(connection: Connection, edition_id: str) -> str | None:
    """Return an edition's snapshot as canonical JSON, or None."""
    return connection.scalars(select(editions.c.snapshot).where(editions.c.id == edition_id)).one_or_none()


def get_file(connection: Connection, digest: str) -> bytes | None:
    """Return a stored file by its SHA-256, or None."""
    return connection.scalars(select(files.c.content).where(files.c.digest == digest)).one_or_none()
