"""The table of what was put right after an agenda was published: in a lesson, or in a piece of evidence."""

from sqlalchemy import Column, Integer, Table, Text, UniqueConstraint

from service.store.columns import identifier, metadata, reference
from service.store.types import UtcDateTime, Words

corrections = Table(
    "corrections",
    metadata,
    identifier(),
    reference("agenda_id", "agendas", index=True),
    reference("lesson_id", "lessons", nullable=True),
    reference("evidence_id", "evidence", nullable=True),
    Column("number", Integer, nullable=False),
    # What it said before, field by field.
    Column("before", Words, nullable=False),
    Column("reason", Text, nullable=False),
    reference("person_id", "persons"),
    Column("corrected_at", UtcDateTime, nullable=False),
    UniqueConstraint("lesson_id", "number"),
    UniqueConstraint("evidence_id", "number"),
)
