"""Mails, as the facility and their readers see them."""

from collections.abc import Mapping

from sqlalchemy import Connection, func, select

from service.domain.mails import MailState, PostedMail
from service.domain.views import Page
from service.store.bookkeeping import mails
from service.store.mails import TOLD_STATE, posted_mail, selected
from service.store.paging import page_of


def list_mails(
    connection: Connection, state: MailState | None, limit: int, cursor: str | None
) -> Page[PostedMail]:
    """Return mails, the newest first."""
    query = selected()
    if state is not None:
        query = query.where(TOLD_STATE.in_((state,)))
    rows, following = page_of(connection, query, (mails.c.id,), limit, cursor, newest_first=True)
    return Page(tuple(posted_mail(row) for row in rows), following)


def count_mails(connection: Connection) -> Mapping[MailState, int]:
    """Return how many mails there are in each state."""
    # A name that no column has: PostgreSQL groups by a column of that name before it thinks of the label.
    query = select(TOLD_STATE.label("told_state"), func.count().label("mails")).group_by("told_state")
    found = {row.told_state: row.mails for row in connection.execute(query)}
    return {state: found.get(state, 0) for state in MailState}


def list_notices(connection: Connection, person_id: str, limit: int, cursor: str | None) -> Page[PostedMail]:
    """Return what a reader was told, by mail or not, the newest first."""
    query = selected().where(mails.c.person_id == person_id, mails.c.kind.is_not(None))
    rows, following = page_of(connection, query, (mails.c.id,), limit, cursor, newest_first=True)
    return Page(tuple(posted_mail(row) for row in rows), following)
