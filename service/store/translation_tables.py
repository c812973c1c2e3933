"""The table of translations: each of one version of a text, in one language."""

from sqlalchemy import Column, Integer, String, Table, UniqueConstraint

from service.domain.translations import TranslationState
from service.store.columns import identifier, metadata, reference, revision
from service.store.types import Blocks, Digest, UtcDateTime, one_of

translations = Table(
    "translations",
    metadata,
    identifier(),
    reference("agenda_id", "agendas", index=True),
    reference("recommendation_id", "recommendations"),
    Column("language", String(20), nullable=False),
    reference("version_id", "versions"),
    Column("version_number", Integer, nullable=False),
    Column("digest", Digest, nullable=False),
    Column("blocks", Blocks, nullable=False),
    reference("organisation_id", "organisations"),
    reference("person_id", "persons"),
    Column("written_at", UtcDateTime, nullable=False),
    Column("state", one_of(TranslationState), nullable=False),
    reference("approved_by", "persons", nullable=True),
    reference("approved_for", "organisations", nullable=True),
    Column("approved_at", UtcDateTime),
    revision(),
    UniqueConstraint("recommendation_id", "language"),
)
