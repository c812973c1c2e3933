"""Sessions and API tokens; only digests of their secrets are kept."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select

from service.domain.actors import Scope
from service.store.bookkeeping import sessions, tokens

# Every request asks one of these, so the statements are built once.
_SESSION = select(sessions.c.person_id).where(
    sessions.c.secret_digest == bindparam("secret"), sessions.c.expires_at > bindparam("now")
)
_END = (
    delete(sessions)
    .where(sessions.c.secret_digest == bindparam("secret"), sessions.c.expires_at > bindparam("now"))
    .returning(sessions.c.person_id)
)
_TOKEN = select(tokens.c.id, tokens.c.person_id, tokens.c.scopes).where(
    tokens.c.secret_digest == bindparam("secret"), tokens.c.expires_at > bindparam("now")
)


@dataclass(frozen=True, slots=True)
class Token:
    """An API token in force."""

    id: str
    person_id: str
    scopes: frozenset[Scope]


def open_session(
    connection: Connection, secret_digest: str, person_id: str, now: datetime, expires_at: datetime
) -> None:
    """Keep a session."""
    connection.execute(
        insert(sessions).values(
            secret_digest=secret_digest, person_id=person_id, created_at=now, expires_at=expires_at
        )
    )


def session_person(connection: Connection, secret_digest: str, now: datetime) -> str | None:
    """Return whose session it is, or None if there is none in force."""
    return connection.scalars(_SESSION, {"secret": secret_digest, "now": now}).one_or_none()


def close_session(connection: Connection, secret_digest: str, now: datetime) -> str | None:
    """Forget a session; returns whose it was, or None if there was none in force, so that it ends once."""
    return connection.scalars(_END, {"secret": secret_digest, "now": now}).one_or_none()


def keep_token(
    connection: Connection,
    *,
    token_id: str,
    secret_digest: str,
    person_id: str,
    scopes: tuple[Scope, ...],
    now: datetime,
    expires_at: datetime,
) -> None:
    """Keep a token."""
    connection.execute(
        insert(tokens).values(
            id=token_id,
            secret_digest=secret_digest,
            person_id=person_id,
            scopes=scopes,
            created_at=now,
            expires_at=expires_at,
        )
    )


def token_in_force(connection: Connection, secret_digest: str, now: datetime) -> Token | None:
    """Return the token, or None if there is none in force."""
    row = connection.execute(_TOKEN, {"secret": secret_digest, "now": now}).one_or_none()
    return Token(row.id, row.person_id, frozenset(row.scopes)) if row is not None else None
