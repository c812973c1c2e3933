"""What goes when a person is erased: the rows that are theirs alone, from the disk too.

What a person did for an organisation stays, under an id behind which nobody is known any more.
"""

from sqlalchemy import Connection, bindparam, delete

from service.store.bookkeeping import (
    idempotency_keys,
    last_looks,
    record_persons,
    record_words,
    sessions,
    tokens,
)
from service.store.engine import Database
from service.store.tables import mandates, persons

PERSONAL = (sessions, tokens, last_looks, idempotency_keys)
"""The tables of what is a person's alone. A new one with a `person_id` either belongs here, or a test asks why not."""

_ALL = tuple(delete(table).where(table.c.person_id == bindparam("of")) for table in PERSONAL)


def forget(connection: Connection, person_id: str) -> None:
    """Delete the rows that are a person's alone."""
    for statement in _ALL:
        connection.execute(statement, {"of": person_id})


def forget_words(connection: Connection, scope: str, sequence: int) -> bool:
    """Delete the words that an entry of the record holds commitments to; tell whether there were any."""
    of_entry = (record_words.c.scope == scope) & (record_words.c.sequence == sequence)
    return connection.execute(delete(record_words).where(of_entry)).rowcount > 0


def leave_no_trace(database: Database) -> None:
    """Write what was erased from anew, so that nothing of it is left on the disk.

    Raises:
        TryAgain: somebody else still reads or writes.
    """
    database.write_anew(table.name for table in (persons, mandates, record_persons, record_words, *PERSONAL))
