"""The schema of what outlives a seal: files of papers that were replaced by renewed ones, and warnings of an end."""

from sqlalchemy import Column, Integer, Table, Text

from service.store.columns import metadata, reference
from service.store.types import Digest, UtcDateTime

# A paper's files before its archive timestamp was renewed: whoever has one is told that it is genuine.
former_files = Table(
    "former_files",
    metadata,
    Column("digest", Digest, primary_key=True),
    reference("edition_id", "editions", index=True),
    Column("verification", Text, nullable=False),
    Column("replaced_at", UtcDateTime, nullable=False),
)
# Which warnings of which certificate's end were given: each once, however many workers look.
seal_warnings = Table(
    "seal_warnings",
    metadata,
    Column("fingerprint", Digest, primary_key=True),
    Column("ends_at", UtcDateTime, primary_key=True),
    Column("days", Integer, primary_key=True),
    Column("given_at", UtcDateTime, nullable=False),
)
