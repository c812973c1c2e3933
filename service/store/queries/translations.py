"""Queries for translations."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Row, Select, or_, select

from service.domain.lessons import words_of
from service.domain.permissions import Sight
from service.domain.recommendations import RecommendationState
from service.domain.text import digest
from service.domain.translations import Translated, TranslationState, missing, since
from service.domain.views.people import OrganisationRef
from service.domain.views.recommendations import VersionRef
from service.domain.views.translations import LessonInOtherWords, TranslationRef, TranslationView
from service.store.tables import lessons, organisations, recommendations, versions
from service.store.translation_tables import translations

_source, _current = versions.alias("source_version"), versions.alias("current")
_writer, _approver = organisations.alias("writer"), organisations.alias("approver")
_LESSON = (lessons.c.text.label("lesson"), lessons.c.wording)
_VIEW: Select[Any] = (
    select(
        translations,
        *_LESSON,
        _source.c.blocks.label("translated"),
        _current.c.id.label("current_id"),
        _current.c.number.label("current_number"),
        _current.c.digest.label("current_digest"),
        _current.c.blocks.label("now"),
        _writer.c.name.label("writer"),
        _approver.c.name.label("approver"),
    )
    .outerjoin(recommendations, recommendations.c.id == translations.c.recommendation_id)
    .outerjoin(_source, _source.c.id == translations.c.version_id)
    .outerjoin(_current, _current.c.id == recommendations.c.current_version_id)
    .outerjoin(lessons, lessons.c.id == translations.c.lesson_id)
    .join(_writer, _writer.c.id == translations.c.organisation_id)
    .outerjoin(_approver, _approver.c.id == translations.c.approved_for)
)
_SUBJECTS = {
    Translated.RECOMMENDATION: translations.c.recommendation_id,
    Translated.LESSON: translations.c.lesson_id,
}


def list_translations(
    connection: Connection, sight: Sight, of: Translated, subject_id: str
) -> tuple[TranslationView, ...]:
    """Return the translations of a recommendation or a lesson, one for each language at most."""
    query = _seen(_VIEW, sight).where(_SUBJECTS[of] == subject_id)
    return tuple(_view(row) for row in connection.execute(query.order_by(translations.c.language)))


def get_translation(connection: Connection, sight: Sight, translation_id: str) -> TranslationView | None:
    """Return one translation, or None."""
    row = connection.execute(_seen(_VIEW, sight).where(translations.c.id == translation_id)).one_or_none()
    return _view(row) if row is not None else None


_REF: Select[Any] = (
    select(
        translations.c.id,
        translations.c.recommendation_id,
        translations.c.lesson_id,
        translations.c.language,
        translations.c.state,
        translations.c.digest,
        _current.c.digest.label("current"),
        *_LESSON,
    )
    .outerjoin(recommendations, recommendations.c.id == translations.c.recommendation_id)
    .outerjoin(_current, _current.c.id == recommendations.c.current_version_id)
    .outerjoin(lessons, lessons.c.id == translations.c.lesson_id)
    # Recommendations come first; where there is none, engines disagree on what comes before nothing.
    .order_by(
        translations.c.recommendation_id.is_(None),
        recommendations.c.number,
        lessons.c.number,
        translations.c.language,
    )
)


def translations_of(
    connection: Connection, sight: Sight, recommendation_id: str
) -> tuple[TranslationRef, ...]:
    """Return in which languages a recommendation can be read."""
    return _refs(connection, _seen(_REF, sight).where(translations.c.recommendation_id == recommendation_id))


def translations_in(connection: Connection, sight: Sight, agenda_id: str) -> tuple[TranslationRef, ...]:
    """Return in which languages each recommendation and each lesson of an agenda can be read."""
    return _refs(connection, _seen(_REF, sight).where(translations.c.agenda_id == agenda_id))


def lessons_in_other_words(
    connection: Connection, agenda_id: str, unread: Collection[TranslationState]
) -> tuple[LessonInOtherWords, ...]:
    """Return the translations of an agenda's lessons with their words, but for those in one of the `unread` states."""
    query = _REF.add_columns(translations.c.blocks).where(
        translations.c.agenda_id == agenda_id,
        translations.c.lesson_id.is_not(None),
        translations.c.state.not_in(unread),
    )
    return tuple(LessonInOtherWords(_ref(row), row.blocks) for row in connection.execute(query))


def _refs(connection: Connection, query: Select[Any]) -> tuple[TranslationRef, ...]:
    return tuple(_ref(row) for row in connection.execute(query))


def _ref(row: Row[Any]) -> TranslationRef:
    current = row.current if row.lesson_id is None else digest(words_of(row.lesson))
    return TranslationRef(
        row.id,
        row.recommendation_id,
        row.language,
        TranslationState(row.state),
        row.digest != current,
        row.lesson_id,
    )


def _seen(query: Select[Any], sight: Sight) -> Select[Any]:
    if sight.everything:
        return query
    tabled = recommendations.c.state != RecommendationState.DRAFT
    return query.where(or_(translations.c.lesson_id.is_not(None), tabled))


def _view(row: Row[Any]) -> TranslationView:
    if row.lesson_id is None:
        source, now, version_id = row.translated, row.now, row.version_id
        current = VersionRef(row.current_id, row.current_number, row.current_digest)
    else:
        source, now, version_id = row.source, words_of(row.lesson), row.digest
        said = digest(now)
        current = VersionRef(said, row.wording, said)
    return TranslationView(
        id=row.id,
        agenda_id=row.agenda_id,
        recommendation_id=row.recommendation_id,
        lesson_id=row.lesson_id,
        language=row.language,
        state=TranslationState(row.state),
        version=VersionRef(version_id, row.version_number, row.digest),
        current=current,
        source=source,
        now=now,
        blocks=row.blocks,
        missing=missing(source, row.blocks),
        since=since(source, now),
        organisation=OrganisationRef(row.organisation_id, row.writer),
        writer_id=row.person_id,
        written_at=row.written_at,
        approved_for=OrganisationRef(row.approved_for, row.approver) if row.approved_for else None,
        approved_at=row.approved_at,
        revision=row.revision,
    )
