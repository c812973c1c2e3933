"""The outbox, and how readers wish to be told."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    case,
    delete,
    exists,
    insert,
    literal,
    select,
    text,
    update,
)

from service.domain.access import LinkPurpose
from service.domain.actors import NOBODYS
from service.domain.mails import UNSENT, Frequency, Mail, MailState, NotificationKind, PostedMail
from service.store.bookkeeping import jobs, mail_keys, mails, notification_wishes
from service.store.tables import persons

SEND = "send_mail"
"""The kind of the job that sends a mail."""

EARLIER = 10
"""How many mails of its thread a mail refers to at most."""

_NEW_KEY = text("INSERT INTO mail_keys (id, secret) VALUES (1, :secret) ON CONFLICT DO NOTHING")

_WISH = text(
    "INSERT INTO notification_wishes (person_id, kind, frequency) VALUES (:person_id, :kind, :frequency)"
    " ON CONFLICT (person_id, kind) DO UPDATE SET frequency = excluded.frequency"
)


def add(connection: Connection, posted: Sequence[PostedMail]) -> None:
    """Put mails into the outbox."""
    rows = [
        {
            "id": p.id,
            "address": p.mail.to,
            "person_id": p.mail.person_id,
            "template": p.mail.template,
            "kind": p.mail.kind,
            "language": p.mail.language,
            "facts": dict(p.mail.values),
            "thread": p.mail.thread,
            "link": p.mail.link,
            "state": p.state,
            "message_id": p.message_id,
            "subject": p.subject,
            "made_at": p.made_at,
            "sent_at": p.sent_at,
            "error": p.error,
            "read_at": p.read_at,
        }
        for p in posted
    ]
    if rows:
        connection.execute(insert(mails), rows)


_GIVEN_UP = and_(jobs.c.kind == SEND, jobs.c.subject_id == mails.c.id, jobs.c.state == "failed")
# Whoever died while sending it could not write it down with the mail, so the job tells.
_DIED = and_(mails.c.state == MailState.WAITING, exists().where(_GIVEN_UP))
TOLD_STATE: ColumnElement[Any] = case(
    (_DIED, literal(MailState.FAILED, mails.c.state.type)), else_=mails.c.state
)
"""What became of a mail: one whose workers all died has failed, and waits for a person."""


def selected() -> Select[Any]:
    """Return the query of mails with their readers, and with what became of the job that sends them."""
    return (
        select(
            mails,
            persons.c.name,
            persons.c.time_zone,
            TOLD_STATE.label("told_state"),
            select(jobs.c.error).where(_GIVEN_UP).correlate(mails).scalar_subquery().label("fault"),
        )
        .select_from(mails)
        .outerjoin(persons, persons.c.id == mails.c.person_id)
    )


def posted_mail(row: Row[Any]) -> PostedMail:
    """Return the mail of a row of `selected`."""
    link = LinkPurpose(row.link) if row.link is not None else None
    mail = Mail(row.template, row.address, row.language, row.facts, row.person_id, row.thread, link)
    return PostedMail(
        row.id, mail, row.told_state, row.message_id, row.subject, row.made_at, row.sent_at,
        row.error or row.fault or "",
        row.read_at, row.name or "", row.time_zone or "UTC",
    )  # fmt: skip


def get(connection: Connection, mail_id: str) -> PostedMail | None:
    """Return a mail, or None."""
    row = connection.execute(selected().where(mails.c.id == mail_id)).one_or_none()
    return posted_mail(row) if row is not None else None


def earlier_in_thread(connection: Connection, posted: PostedMail) -> tuple[str, ...]:
    """Return the Message-IDs of the mails of its thread that went to the same reader before, the oldest first."""
    if posted.mail.thread is None:
        return ()
    query = (
        select(mails.c.message_id)
        .where(
            mails.c.thread == posted.mail.thread,
            mails.c.address == posted.mail.to,
            mails.c.id < posted.id,
            mails.c.state.in_((MailState.SENT, MailState.KEPT)),
        )
        .order_by(mails.c.id.desc())
        .limit(EARLIER)
    )
    return tuple(reversed(connection.scalars(query).all()))


def sweep(connection: Connection, before: datetime) -> None:
    """Clear away the mails that were made before a moment, but for those that failed and nobody has looked at."""
    old = (mails.c.made_at < before) & mails.c.state.not_in(sorted(UNSENT | {MailState.COLLECTED}))
    connection.execute(delete(mails).where(old))


def forget(connection: Connection, person_id: str) -> None:
    """Clear away what was written to a person, and how they wished to be told."""
    connection.execute(delete(mails).where(mails.c.person_id == person_id))
    connection.execute(delete(notification_wishes).where(notification_wishes.c.person_id == person_id))


def settle(
    connection: Connection, mail_id: str, state: MailState, sent_at: datetime | None, error: str
) -> None:
    """Write down what became of a mail."""
    values = {"state": state, "sent_at": sent_at, "error": error[:2_000]}
    connection.execute(update(mails).where(mails.c.id == mail_id).values(values))


def known(connection: Connection, person_ids: Collection[str]) -> frozenset[str]:
    """Return which persons are still known, and keep them from being erased until the transaction ends.

    So nothing is written to somebody who is erased meanwhile: who erases waits, and then deletes it, too.
    """
    if not person_ids:
        return frozenset()
    query = (
        select(persons.c.id)
        .where(persons.c.id.in_(sorted(person_ids)), persons.c.email.not_like(f"%{NOBODYS}"))
        .order_by(persons.c.id)
        .with_for_update(read=True, key_share=True)
    )
    return frozenset(connection.scalars(query))


def wishes(
    connection: Connection, person_ids: Collection[str]
) -> Mapping[tuple[str, NotificationKind | None], Frequency]:
    """Return how persons wish to be told of each kind, as far as they have said so."""
    if not person_ids:
        return {}
    query = select(notification_wishes).where(notification_wishes.c.person_id.in_(sorted(person_ids)))
    return {(row.person_id, NotificationKind(row.kind)): row.frequency for row in connection.execute(query)}


def keep_wish(connection: Connection, person_id: str, kind: NotificationKind, frequency: Frequency) -> None:
    """Keep how a person wishes to be told of a kind."""
    connection.execute(_WISH, {"person_id": person_id, "kind": kind.value, "frequency": frequency.value})


def keep_tongue(connection: Connection, person_id: str, language: str, time_zone: str | None) -> None:
    """Keep which language a person reads, and where given in which zone they live."""
    chosen = {"language": language} | ({"time_zone": time_zone} if time_zone is not None else {})
    connection.execute(update(persons).where(persons.c.id == person_id).values(**chosen))


def mark_read(connection: Connection, person_id: str, now: datetime) -> None:
    """Write down that a person has seen what they were told so far."""
    unread = (mails.c.person_id == person_id) & mails.c.read_at.is_(None)
    connection.execute(update(mails).where(unread).values(read_at=now))


def known_key(connection: Connection) -> str:
    """Return the key that signs the links to unsubscribe; empty before the first was made."""
    return connection.scalars(select(mail_keys.c.secret).where(mail_keys.c.id == 1)).one_or_none() or ""


def signing_key(connection: Connection, new_secret: Callable[[], str]) -> str:
    """Return the key that signs the links to unsubscribe; it is made when it is first asked for."""
    if not known_key(connection):
        # Whoever else makes one at this moment: the first stands for all.
        connection.execute(_NEW_KEY, {"secret": new_secret()})
    return known_key(connection)


def collected(connection: Connection, person_id: str, limit: int) -> tuple[PostedMail, ...]:
    """Return what waits for a reader's daily mail, the oldest first."""
    query = (
        selected()
        .where(mails.c.person_id == person_id, mails.c.state == MailState.COLLECTED)
        .order_by(mails.c.id)
        .limit(limit)
    )
    return tuple(posted_mail(row) for row in connection.execute(query))


def mark_digested(connection: Connection, mail_ids: Sequence[str]) -> None:
    """Write down that these stood in a daily mail."""
    connection.execute(update(mails).where(mails.c.id.in_(mail_ids)).values(state=MailState.DIGESTED))


def zones(connection: Connection, person_ids: Collection[str]) -> Mapping[str, str]:
    """Return the time zones of persons."""
    if not person_ids:
        return {}
    query = select(persons.c.id, persons.c.time_zone).where(persons.c.id.in_(sorted(person_ids)))
    return {row.id: row.time_zone for row in connection.execute(query)}
