"""Queries for translations."""

from typing import Any

from sqlalchemy import Connection, Row, Select, select

from service.domain.permissions import Sight
from service.domain.recommendations import RecommendationState
from service.domain.translations import TranslationState, missing, since
from service.domain.views.people import OrganisationRef
from service.domain.views.recommendations import VersionRef
from service.domain.views.translations import TranslationRef, TranslationView
from service.store.tables import organisations, recommendations, versions
from service.store.translation_tables import translations

_source, _current = versions.alias("source"), versions.alias("current")
_writer, _approver = organisations.alias("writer"), organisations.alias("approver")
_VIEW: Select[Any] = (
    select(
        translations,
        _source.c.blocks.label("source"),
        _current.c.id.label("current_id"),
        _current.c.number.label("current_number"),
        _current.c.digest.label("current_digest"),
        _current.c.blocks.label("now"),
        _writer.c.name.label("writer"),
        _approver.c.name.label("approver"),
    )
    .join(recommendations, recommendations.c.id == translations.c.recommendation_id)
    .join(_source, _source.c.id == translations.c.version_id)
    .join(_current, _current.c.id == recommendations.c.current_version_id)
    .join(_writer, _writer.c.id == translations.c.organisation_id)
    .outerjoin(_approver, _approver.c.id == translations.c.approved_for)
)


def list_translations(
    connection: Connection, sight: Sight, recommendation_id: str
) -> tuple[TranslationView, ...]:
    """Return the translations of a recommendation, one for each language at most."""
    query = _seen(_VIEW, sight).where(translations.c.recommendation_id == recommendation_id)
    return tuple(_view(row) for row in connection.execute(query.order_by(translations.c.language)))


def get_translation(connection: Connection, sight: Sight, translation_id: str) -> TranslationView | None:
    """Return one translation, or None."""
    row = connection.execute(_seen(_VIEW, sight).where(translations.c.id == translation_id)).one_or_none()
    return _view(row) if row is not None else None


_REF: Select[Any] = (
    select(
        translations.c.id,
        translations.c.recommendation_id,
        translations.c.language,
        translations.c.state,
        translations.c.digest,
        _current.c.digest.label("current"),
    )
    .join(recommendations, recommendations.c.id == translations.c.recommendation_id)
    .join(_current, _current.c.id == recommendations.c.current_version_id)
)


def translations_of(
    connection: Connection, sight: Sight, recommendation_id: str
) -> tuple[TranslationRef, ...]:
    """Return in which languages a recommendation can be read."""
    return _refs(connection, _seen(_REF, sight).where(translations.c.recommendation_id == recommendation_id))


def translations_in(connection: Connection, sight: Sight, agenda_id: str) -> tuple[TranslationRef, ...]:
    """Return in which languages each recommendation of an agenda can be read."""
    return _refs(connection, _seen(_REF, sight).where(translations.c.agenda_id == agenda_id))


def _refs(connection: Connection, query: Select[Any]) -> tuple[TranslationRef, ...]:
    rows = connection.execute(query.order_by(recommendations.c.number, translations.c.language))
    return tuple(
        TranslationRef(
            row.id,
            row.recommendation_id,
            row.language,
            TranslationState(row.state),
            row.digest != row.current,
        )
        for row in rows
    )


def _seen(query: Select[Any], sight: Sight) -> Select[Any]:
    return query if sight.everything else query.where(recommendations.c.state != RecommendationState.DRAFT)


def _view(row: Row[Any]) -> TranslationView:
    return TranslationView(
        id=row.id,
        agenda_id=row.agenda_id,
        recommendation_id=row.recommendation_id,
        language=row.language,
        state=TranslationState(row.state),
        version=VersionRef(row.version_id, row.version_number, row.digest),
        current=VersionRef(row.current_id, row.current_number, row.current_digest),
        source=row.source,
        now=row.now,
        blocks=row.blocks,
        missing=missing(row.source, row.blocks),
        since=since(row.source, row.now),
        organisation=OrganisationRef(row.organisation_id, row.writer),
        writer_id=row.person_id,
        written_at=row.written_at,
        approved_for=OrganisationRef(row.approved_for, row.approver) if row.approved_for else None,
        approved_at=row.approved_at,
        revision=row.revision,
    )
