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
from service.domain.checkpoints import Occasion
from service.domain.mails import Frequency, MailState
from service.store import guards
from service.store.columns import identifier, metadata, reference
from service.store.types import Digest, Facts, Id, UtcDateTime, Words, one_of

files = Table(
    "files",
    metadata,
    Column("digest", Digest, primary_key=True),
    Column("media_type", String(100), nullable=False),
    Column("content", LargeBinary, nullable=False),
)

# The record. What an entry completes of its tree stands beside it: `hash` is its leaf's, `nodes` the hashes of the
# subtrees above that are complete with it, smallest first, one after the other.
events = Table(
    "events",
    metadata,
    Column("scope", String(26), primary_key=True),
    Column("sequence", Integer, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("name", String(80), nullable=False, index=True),
    # An id, or a person's pseudonym.
    Column("subject_id", String(64), nullable=False, index=True),
    Column("person", Digest),
    reference("organisation_id", "organisations", nullable=True),
    Column("token_id", Id),
    Column("data", Facts, nullable=False),
    Column("hash", Digest, nullable=False),
    Column("nodes", Text, nullable=False),
)
# How far each record has come: its size, and the hashes of its largest complete subtrees from the left.
record_heads = Table(
    "record_heads",
    metadata,
    Column("scope", String(26), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("peaks", Text, nullable=False),
)
record_checkpoints = Table(
    "record_checkpoints",
    metadata,
    Column("scope", String(26), primary_key=True),
    Column("size", Integer, primary_key=True),
    Column("root", Digest, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("occasion", one_of(Occasion), nullable=False),
    Column("note", Text, nullable=False),
)
# What the record only holds commitments to, and what can therefore be erased: who is behind a pseudonym, and words.
record_persons = Table(
    "record_persons",
    metadata,
    Column("person_id", Id, ForeignKey("persons.id"), primary_key=True),
    Column("salt", Digest, nullable=False),
    Column("pseudonym", Digest, nullable=False, unique=True),
)
record_words = Table(
    "record_words",
    metadata,
    Column("scope", String(26), primary_key=True),
    Column("sequence", Integer, primary_key=True),
    Column("field", String(40), primary_key=True),
    Column("salt", Digest, nullable=False),
    Column("words", Text, nullable=False),
)
guards.append_only(events)
guards.append_only(record_checkpoints)
guards.growing(record_heads)

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
    # When it was done or given up.
    Column("ended_at", UtcDateTime),
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

# The outbox. A mail's text is made from `facts` when it is sent or looked at; a secret rests in neither.
mails = Table(
    "mails",
    metadata,
    identifier(),
    Column("address", String(254), nullable=False),
    reference("person_id", "persons", nullable=True),
    Column("template", String(40), nullable=False),
    Column("kind", String(40)),
    Column("language", String(35), nullable=False),
    Column("facts", Facts, nullable=False),
    Column("thread", Id),
    Column("link", String(40)),
    Column("state", one_of(MailState), nullable=False),
    Column("message_id", String(320), nullable=False),
    Column("subject", Text, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("sent_at", UtcDateTime),
    Column("error", Text, nullable=False),
    Column("read_at", UtcDateTime),
    Index("ix_mails_person_id_id", "person_id", "id"),
    Index("ix_mails_state_id", "state", "id"),
    Index("ix_mails_thread_address", "thread", "address"),
)
notification_wishes = Table(
    "notification_wishes",
    metadata,
    Column("person_id", Id, ForeignKey("persons.id"), primary_key=True),
    Column("kind", String(40), primary_key=True),
    Column("frequency", one_of(Frequency), nullable=False),
)
# How far each record has been told to those whom it concerns.
notification_cursors = Table(
    "notification_cursors",
    metadata,
    Column("scope", String(26), primary_key=True),
    Column("sequence", Integer, nullable=False),
)
# The key that signs the links to unsubscribe: one row, made when the first is needed.
mail_keys = Table(
    "mail_keys",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("secret", String(64), nullable=False),
)
