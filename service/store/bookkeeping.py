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

from service.domain.access import Door
from service.domain.actors import Scope
from service.domain.checkpoints import Occasion
from service.domain.mails import Frequency, MailState
from service.domain.webhooks import DeliveryState, WebhookState
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
    identifier(),
    # The cookie's secret is never stored, only its SHA-256; a step-up gives the session another.
    Column("secret_digest", Digest, nullable=False, unique=True),
    reference("person_id", "persons", index=True),
    Column("door", one_of(Door), nullable=False),
    Column("browser", String(60), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
)
tokens = Table(
    "tokens",
    metadata,
    identifier(),
    Column("secret_digest", Digest, nullable=False, unique=True),
    reference("person_id", "persons", index=True),
    Column("name", String(100), nullable=False),
    Column("scopes", Words(Scope), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("revoked_at", UtcDateTime),
)
last_looks = Table(
    "last_looks",
    metadata,
    Column("person_id", Id, ForeignKey("persons.id"), primary_key=True),
    Column("recommendation_id", Id, ForeignKey("recommendations.id"), primary_key=True),
    reference("version_id", "versions"),
    Column("seen_at", UtcDateTime, nullable=False),
)
# How far into an agenda's record a person has read on their page.
last_visits = Table(
    "last_visits",
    metadata,
    Column("person_id", Id, ForeignKey("persons.id"), primary_key=True),
    Column("agenda_id", Id, ForeignKey("agendas.id"), primary_key=True),
    Column("entry", Integer, nullable=False),
    Column("visited_at", UtcDateTime, nullable=False),
)
# What somebody has typed into a form and not sent, as it is: nobody else sees it, and it is no part of the record.
kept_forms = Table(
    "kept_forms",
    metadata,
    Column("person_id", Id, ForeignKey("persons.id"), primary_key=True),
    Column("place", String(200), primary_key=True),
    Column("fields", Text, nullable=False),
    Column("kept_at", UtcDateTime, nullable=False),
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
    # How many attempts in a row ended with their worker.
    Column("deaths", Integer, nullable=False),
    Column("lease", Id),
    Column("lease_until", UtcDateTime),
    # Who took it last; empty where nobody could see whether that process is there.
    Column("holder", String(120), nullable=False),
    Column("error", Text, nullable=False),
    # What nobody waits for, such as mails to many, has the higher number and comes later.
    Column("rank", Integer, nullable=False),
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
