"""The table of renditions that were made: the last one of each edition, format and language."""

from sqlalchemy import Column, ForeignKey, LargeBinary, String, Table, Text

from service.store.columns import metadata
from service.store.types import Digest, Id, UtcDateTime

# What is shown may change, by a withdrawal or another translation: then the row is written anew, not a second one.
kept_renditions = Table(
    "kept_renditions",
    metadata,
    Column("edition_id", Id, ForeignKey("editions.id"), primary_key=True),
    Column("form", String(12), primary_key=True),
    Column("language", String(20), primary_key=True),
    # Of what it was made; nothing while it is asked for and not made yet.
    Column("key", Digest),
    Column("content", LargeBinary),
    Column("fault", Text, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
)
