"""The table of those who are to sign an edition, and what each of them did about it."""

from sqlalchemy import Column, Table, Text, UniqueConstraint

from service.domain.signatories import SignatoryState
from service.store.columns import identifier, metadata, reference, revision
from service.store.types import Digest, UtcDateTime, one_of

signatories = Table(
    "edition_signatories",
    metadata,
    identifier(),
    reference("agenda_id", "agendas"),
    reference("edition_id", "editions"),
    reference("person_id", "persons", index=True),
    reference("organisation_id", "organisations"),
    Column("digest", Digest, nullable=False),
    Column("named_at", UtcDateTime, nullable=False),
    Column("state", one_of(SignatoryState), nullable=False),
    Column("acted_at", UtcDateTime),
    Column("reason", Text, nullable=False),
    revision(),
    UniqueConstraint("edition_id", "person_id"),
)
