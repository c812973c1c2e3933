"""The schema of the ways in, beside sessions and tokens: links and counters. Secrets are kept as digests alone."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
)

from service.domain.access import LinkPurpose
from service.store.columns import identifier, metadata, reference
from service.store.types import Digest, Id, UtcDateTime, one_of

# A word of a person who acts before a browser: asked for, given, and used up by exactly the act it was given for.
confirmations = Table(
    "confirmations",
    metadata,
    identifier(),
    Column("session_id", Id, ForeignKey("sessions.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("action", String(80), nullable=False),
    Column("object_id", Id, nullable=False),
    Column("version", String(64), nullable=False),
    # A digest of whatever else the act says; empty where its version tells it all.
    Column("content", String(64), nullable=False),
    Column("given_at", UtcDateTime),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
)
links = Table(
    "links",
    metadata,
    Column("secret_digest", Digest, primary_key=True),
    Column("purpose", one_of(LinkPurpose), nullable=False),
    reference("person_id", "persons", index=True),
    # The one act that a link to confirm was mailed for.
    Column("confirmation_id", Id, ForeignKey("confirmations.id", ondelete="CASCADE"), index=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
)
code_apps = Table(
    "code_apps",
    metadata,
    Column("person_id", Id, ForeignKey("persons.id"), primary_key=True),
    # The secret is derived from it and a key that the database does not hold.
    Column("salt", Digest, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    # The span of the code that was used last: no code works twice.
    Column("last_step", Integer, nullable=False),
    Column("proven", Boolean, nullable=False),
)
recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("code_digest", Digest, primary_key=True),
    reference("person_id", "persons", index=True),
)
passkeys = Table(
    "passkeys",
    metadata,
    identifier(),
    reference("person_id", "persons", index=True),
    Column("credential_digest", Digest, nullable=False, unique=True),
    Column("credential", LargeBinary, nullable=False),
    Column("public_key", LargeBinary, nullable=False),
    Column("shown", BigInteger, nullable=False),
    Column("name", String(60), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)
challenges = Table(
    "challenges",
    metadata,
    Column("challenge_digest", Digest, primary_key=True),
    Column("purpose", String(20), nullable=False),
    Column("session_id", Id, ForeignKey("sessions.id", ondelete="CASCADE"), index=True),
    Column("expires_at", UtcDateTime, nullable=False),
)
linked_accounts = Table(
    "linked_accounts",
    metadata,
    identifier(),
    Column("issuer", String(300), nullable=False),
    Column("subject", String(255), nullable=False),
    reference("person_id", "persons", index=True),
    Column("linked_at", UtcDateTime, nullable=False),
    UniqueConstraint("issuer", "subject"),
)
sign_in_attempts = Table(
    "sign_in_attempts",
    metadata,
    Column("state_digest", Digest, primary_key=True),
    Column("browser_digest", Digest, nullable=False),
    # The session that links an account; none where somebody signs in.
    Column("session_id", Id, ForeignKey("sessions.id", ondelete="CASCADE"), index=True),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
)
# How often something was done in the span that ends at `ends_at`; who did it is kept as a digest.
allowances = Table(
    "allowances",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("subject", Digest, primary_key=True),
    Column("spent", Integer, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Index("ix_allowances_ends_at", "ends_at"),
)
