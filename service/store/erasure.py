"""What goes when a person is erased: the rows that are theirs alone, from the disk too.

What a person did for an organisation stays, under an id behind which nobody is known any more.
"""

import json

from sqlalchemy import Connection, Text, bindparam, delete, select, type_coerce

from service.store import renditions
from service.store.access_tables import code_apps, linked_accounts, links, passkeys, recovery_codes
from service.store.bookkeeping import (
    events,
    files,
    idempotency_keys,
    kept_forms,
    last_looks,
    last_visits,
    mails,
    notification_wishes,
    record_persons,
    record_words,
    sessions,
    tokens,
)
from service.store.correction_tables import corrections
from service.store.engine import Database
from service.store.rendition_tables import kept_renditions
from service.store.review_tables import amendment_looks, assessments, key_wishes, saved_views
from service.store.signatory_tables import signatories
from service.store.tables import amendments, invitations, lessons, mandate_documents, mandates, persons

PERSONAL = (
    sessions,
    tokens,
    last_looks,
    last_visits,
    kept_forms,
    idempotency_keys,
    links,
    linked_accounts,
    mails,
    notification_wishes,
    code_apps,
    recovery_codes,
    passkeys,
    invitations,
    amendment_looks,
    saved_views,
    key_wishes,
)
"""The tables of what is a person's alone. A new one with a `person_id` either belongs here, or a test asks why not."""

_ALL = tuple(delete(table).where(table.c.person_id == bindparam("of")) for table in PERSONAL)


def forget(connection: Connection, person_id: str, email: str) -> None:
    """Delete the rows that are a person's alone, and the mails that went to their address before they were one."""
    for statement in _ALL:
        connection.execute(statement, {"of": person_id})
    connection.execute(delete(mails).where(mails.c.address == email))
    # They name who assembled and approved an edition; each is made again when it is asked for.
    renditions.drop_all(connection)


def forget_words(connection: Connection, scope: str, sequence: int) -> tuple[str, ...]:
    """Delete the words that an entry of the record holds commitments to, and the mails that tell them; return them."""
    of_entry = (record_words.c.scope == scope) & (record_words.c.sequence == sequence)
    found = tuple(connection.scalars(select(record_words.c.words).where(of_entry)))
    connection.execute(delete(record_words).where(of_entry))
    for words in found:
        written = json.dumps(words, ensure_ascii=False)[1:-1]
        telling = type_coerce(mails.c.facts, Text).contains(written, autoescape=True)
        connection.execute(delete(mails).where(telling))
    return found


def subject_of(connection: Connection, scope: str, sequence: int) -> str:
    """Return the id of what an entry of the record is about."""
    of_entry = (events.c.scope == scope) & (events.c.sequence == sequence)
    subject: str = connection.scalars(select(events.c.subject_id).where(of_entry)).one()
    return subject


def leave_no_trace(database: Database) -> None:
    """Write what was erased from anew, so that nothing of it is left on the disk.

    Raises:
        TryAgain: somebody else still reads or writes.
    """
    database.write_anew(
        table.name
        for table in (
            *(
                persons,
                mandates,
                mandate_documents,
                files,
                amendments,
                assessments,
                lessons,
                corrections,
                signatories,
                kept_renditions,
            ),
            *(record_persons, record_words),
            *PERSONAL,
        )
    )
