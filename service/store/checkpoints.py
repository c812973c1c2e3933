"""Keeping the checkpoints of the record."""

from sqlalchemy import Connection, insert

from service.domain.checkpoints import Note, Occasion
from service.store.bookkeeping import record_checkpoints

# Every position brings one, so the statement is built once.
_KEEP = insert(record_checkpoints)


def keep(connection: Connection, note: Note, occasion: Occasion) -> None:
    """Keep a signed checkpoint."""
    checkpoint = note.checkpoint
    connection.execute(
        _KEEP,
        {
            "scope": checkpoint.scope,
            "size": checkpoint.size,
            "root": checkpoint.root,
            "at": checkpoint.at,
            "occasion": occasion,
            "note": note.text,
        },
    )
