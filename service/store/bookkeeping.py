"""The schema of the house's books: the record, files, sessions, tokens, idempotency keys, jobs, webhooks and more."""

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
from service.domain.webhooks import DeliveryState, WebhookState
from service.store.columns import identifier, metadata, reference
from service.store.types import Digest, Facts, Id, UtcDateTime, Words, one_of

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
webhooks = Table(
    "webhooks",
    metadata,
    identifier(),
    reference("agenda_id", "agendas", index=True),
    Column("url", Text, nullable=False),
    Column("patterns", Words, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("told", Integer, nullable=False),
    Column("state", one_of(WebhookState), nullable=False),
    # No secret is kept: each is made anew from the key of the house, the webhook's id and this number.
    Column("generation", Integer, nullable=False),
    Column("previous_until", UtcDateTime),
    Column("rests_until", UtcDateTime),
)
webhook_deliveries = Table(
    "webhook_deliveries",
    metadata,
    identifier(),
    reference("webhook_id", "webhooks"),
    Column("sequence", Integer),
    Column("name", String(80), nullable=False),
    Column("subject_id", Id, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("attempt_id", Id, nullable=False, unique=True),
    Column("next_at", UtcDateTime, nullable=False),
    Column("state", one_of(DeliveryState), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("status", Integer),
    Column("fault", Text, nullable=False),
    # An event is told to a webhook once, whichever worker finds it.
    UniqueConstraint("webhook_id", "sequence"),
)
