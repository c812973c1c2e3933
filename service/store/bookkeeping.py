"""The schema of the house's books: the record, files, sessions, tokens, last looks, idempotency keys and jobs."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from service.domain.actors import Scope
from service.store.columns import identifier, metadata, reference
from service.store.types import Digest, Facts, Id, UtcDateTime, Words

files = Table(
    "files",
    metadata,
    Column("digest", Digest, primary_key=True),
    Column("media_type", String(100), nullable=False),
    Column("content", LargeBinary, nullable=False),
)

# The record, and the end of each scope's chain.
events = Table(
    "events",
    metadata,
    Column("scope", String(26), primary_key=True),
    Column("sequence", Integer, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("name", String(80), nullable=False, index=True),
    Column("subject_id", Id, nullable=False, index=True),
    reference("person_id", "persons", nullable=True),
    reference("organisation_id", "organisations", nullable=True),
    Column("token_id", Id),
    Column("data", Facts, nullable=False),
    Column("previous", Digest, nullable=False),
    Column("hash", Digest, nullable=False),
)
record_heads = Table(
    "record_heads",
    metadata,
    Column("scope", String(26), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("hash", Digest, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    # The cookie's secret is never stored, only its SHA-256.
    Column("secret_digest", Digest, primary_key=True),
    reference("person_id", "persons", index=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
)
tokens = Table(
    "tokens",
    metadata,
    identifier(),
    Column("secret_digest", Digest, nullable=False, unique=True),
    reference("person_id", "persons", index=True),
    Column("scopes", Words(Scope), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
)
last_looks = Table(
    "last_looks",
    metadata,
    Column("person_id", Id, ForeignKey("persons.id"), primary_key=True),
    Column("recommendation_id", Id, ForeignKey("recommendations.id"), primary_key=True),
    reference("version_id", "versions"),
    Column("seen_at", UtcDateTime, nullable=False),
)
# Which warnings of which deadline were given: each once, however many workers look at the clock.
reminders = Table(
    "reminders",
    metadata,
    Column("agenda_id", Id, ForeignKey("agendas.id"), primary_key=True),
    Column("phase", String(20), primary_key=True),
    Column("closes_at", UtcDateTime, primary_key=True),
    Column("hours", Integer, primary_key=True),
    Column("given_at", UtcDateTime, nullable=False),
)
idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    Column("person_id", Id, ForeignKey("persons.id"), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("fingerprint", Digest, nullable=False),
    Column("result_id", Id, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)
jobs = Table(
    "jobs",
    metadata,
    identifier(),
    Column("kind", String(40), nullable=False),
    Column("subject_id", Id, nullable=False),
    Column("state", String(10), nullable=False),
    Column("run_at", UtcDateTime, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("lease", Id),
    Column("lease_until", UtcDateTime),
    Column("error", Text, nullable=False),
    CheckConstraint("state IN ('ready', 'running', 'done', 'failed')", name="state"),
    UniqueConstraint("kind", "subject_id"),
    Index("ix_jobs_due", "state", "run_at"),
)
job_steps = Table(
    "job_steps",
    metadata,
    Column("job_id", Id, ForeignKey("jobs.id"), primary_key=True),
    Column("step", String(40), primary_key=True),
    Column("result", Text, nullable=False),
)
