"""The table of drafts of papers: the last one of each agenda."""

from sqlalchemy import Column, ForeignKey, LargeBinary, Table, Text

from service.store.columns import metadata
from service.store.types import Digest, Id, UtcDateTime

# A draft is of use until the next one, so it stands here and not among the files, which stay.
draft_papers = Table(
    "draft_papers",
    metadata,
    Column("agenda_id", Id, ForeignKey("agendas.id"), primary_key=True),
    Column("state_digest", Digest, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("file_digest", Digest),
    Column("content", LargeBinary),
    Column("fault", Text, nullable=False),
)
