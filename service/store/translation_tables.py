"""The tables of translations: one that is worked on, and the approved words of each, kept for the text they are of.

What is translated is a recommendation, at one of its versions; or a lesson, whose words are kept as they were then.
"""

from sqlalchemy import Column, ForeignKey, Integer, String, Table, UniqueConstraint

from service.domain.translations import TranslationState
from service.store.columns import identifier, metadata, reference, revision
from service.store.types import Blocks, Digest, Id, UtcDateTime, one_of

translations = Table(
    "translations",
    metadata,
    identifier(),
    reference("agenda_id", "agendas", index=True),
    reference("recommendation_id", "recommendations", nullable=True),
    reference("lesson_id", "lessons", nullable=True),
    Column("language", String(20), nullable=False),
    reference("version_id", "versions", nullable=True),
    Column("version_number", Integer, nullable=False),
    Column("digest", Digest, nullable=False),
    Column("source", Blocks),
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
    UniqueConstraint("lesson_id", "language"),
)

# What an edition prints stays, so the words that were approved for it stay, too, when the translation moves on.
courtesy_texts = Table(
    "courtesy_texts",
    metadata,
    Column("translation_id", Id, ForeignKey("translations.id"), primary_key=True),
    Column("source", Digest, primary_key=True),
    Column("language", String(20), nullable=False),
    Column("blocks", Blocks, nullable=False),
    Column("organisation", String(300), nullable=False),
    Column("approved_at", UtcDateTime, nullable=False),
)
