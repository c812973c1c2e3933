"""The schema of the review: what EU services find, and what each person has seen, keeps and wishes there."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from service.domain.assessments import AssessmentState, EvidenceStrength, PolicyFit
from service.store.columns import identifier, metadata, reference, revision
from service.store.types import Digest, Id, UtcDateTime, one_of

assessments = Table(
    "assessments",
    metadata,
    identifier(),
    reference("agenda_id", "agendas", index=True),
    reference("recommendation_id", "recommendations", index=True),
    reference("organisation_id", "organisations"),
    reference("person_id", "persons"),
    reference("version_id", "versions"),
    Column("digest", Digest, nullable=False),
    Column("fit", one_of(PolicyFit), nullable=False),
    Column("strength", one_of(EvidenceStrength), nullable=False),
    Column("fit_note", Text, nullable=False),
    Column("strength_note", Text, nullable=False),
    Column("reference", String(300), nullable=False),
    Column("given_at", UtcDateTime, nullable=False),
    Column("state", one_of(AssessmentState), nullable=False),
    revision(),
    # An organisation says one thing of a recommendation at a time.
    Index(
        "uq_assessments_one_voice",
        "recommendation_id",
        "organisation_id",
        unique=True,
        sqlite_where=text("state = 'standing'"),
        postgresql_where=text("state = 'standing'"),
    ),
)
# Which state of an amendment a person has seen: remembered for that person, and no part of the record.
amendment_looks = Table(
    "amendment_looks",
    metadata,
    Column("person_id", Id, ForeignKey("persons.id"), primary_key=True),
    Column("amendment_id", Id, ForeignKey("amendments.id"), primary_key=True, index=True),
    Column("revision", Integer, nullable=False),
    # How often it had been carried over: which of its wordings it was.
    Column("wording", Integer, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
)
# Filters of a review queue that a person comes back to, under a name of their own.
saved_views = Table(
    "saved_views",
    metadata,
    identifier(),
    reference("person_id", "persons"),
    reference("agenda_id", "agendas"),
    Column("name", String(80), nullable=False),
    Column("query", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    UniqueConstraint("person_id", "agenda_id", "name"),
)
# Whether single letters are commands to a person; who never chose has no row.
key_wishes = Table(
    "key_wishes",
    metadata,
    Column("person_id", Id, ForeignKey("persons.id"), primary_key=True),
    Column("letters", Boolean, nullable=False),
)
