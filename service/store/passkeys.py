"""Passkeys, and the challenges that each of their answers uses up."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from service.domain.access import Passkey
from service.domain.views.access import PasskeyView
from service.store.access_tables import challenges, passkeys

_key, _challenge = passkeys.c, challenges.c


@dataclass(frozen=True, slots=True)
class Held:
    """A passkey with its id here and its person."""

    id: str
    person_id: str
    passkey: Passkey


def challenge(
    connection: Connection, digest: str, purpose: str, session_id: str | None, expires_at: datetime
) -> None:
    """Keep a challenge until its time is over."""
    connection.execute(
        insert(challenges).values(
            challenge_digest=digest, purpose=purpose, session_id=session_id, expires_at=expires_at
        )
    )


def answer(connection: Connection, digest: str, purpose: str, session_id: str | None, now: datetime) -> bool:
    """Use a challenge up; tell whether it was still open, for this purpose and session."""
    here = _challenge.session_id.is_(None) if session_id is None else _challenge.session_id == session_id
    query = delete(challenges).where(
        _challenge.challenge_digest == digest,
        _challenge.purpose == purpose,
        here,
        _challenge.expires_at > now,
    )
    return connection.execute(query).rowcount > 0


def keep(connection: Connection, held: Held, digest: str, name: str, now: datetime) -> None:
    """Keep a passkey; one that is kept already is refused by the database."""
    connection.execute(
        insert(passkeys).values(
            id=held.id,
            person_id=held.person_id,
            credential_digest=digest,
            credential=held.passkey.credential,
            public_key=held.passkey.public_key,
            shown=held.passkey.count,
            name=name,
            created_at=now,
        )
    )


def find(connection: Connection, digest: str) -> Held | None:
    """Return a passkey by the digest of its own id, and keep others from using it at the same time."""
    query = select(passkeys).where(_key.credential_digest == digest).with_for_update()
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    return Held(row.id, row.person_id, Passkey(row.credential, row.public_key, row.shown))


def count(connection: Connection, passkey_id: str, value: int) -> None:
    """Keep a passkey's counter."""
    connection.execute(update(passkeys).where(_key.id == passkey_id).values(shown=value))


def forget(connection: Connection, person_id: str, passkey_id: str) -> bool:
    """Forget a person's passkey; tell whether there was one."""
    query = delete(passkeys).where(_key.id == passkey_id, _key.person_id == person_id)
    return connection.execute(query).rowcount > 0


def credentials(connection: Connection, person_id: str) -> tuple[bytes, ...]:
    """Return the ids that a person's passkeys have among authenticators."""
    return tuple(connection.scalars(select(_key.credential).where(_key.person_id == person_id)))


def of_person(connection: Connection, person_id: str) -> tuple[PasskeyView, ...]:
    """Return a person's passkeys."""
    query = select(_key.id, _key.name, _key.created_at).where(_key.person_id == person_id).order_by(_key.id)
    return tuple(PasskeyView(row.id, row.name, row.created_at) for row in connection.execute(query))
