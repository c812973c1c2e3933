"""API tokens; only digests of their secrets are kept."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, update

from service.domain.actors import Scope
from service.domain.views.access import TokenView
from service.store.bookkeeping import tokens

# Every request that shows a token asks this, so the statement is built once.
_TOKEN = select(tokens.c.id, tokens.c.person_id, tokens.c.scopes).where(
    tokens.c.secret_digest == bindparam("secret"),
    tokens.c.expires_at > bindparam("now"),
    tokens.c.revoked_at.is_(None),
)


@dataclass(frozen=True, slots=True)
class Token:
    """An API token in force."""

    id: str
    person_id: str
    scopes: frozenset[Scope]


def keep_token(
    connection: Connection,
    *,
    token_id: str,
    secret_digest: str,
    person_id: str,
    name: str,
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
            name=name,
            scopes=scopes,
            created_at=now,
            expires_at=expires_at,
        )
    )


def token_in_force(connection: Connection, secret_digest: str, now: datetime) -> Token | None:
    """Return the token, or None if there is none in force."""
    row = connection.execute(_TOKEN, {"secret": secret_digest, "now": now}).one_or_none()
    return Token(row.id, row.person_id, frozenset(row.scopes)) if row is not None else None


def tokens_of(connection: Connection, person_id: str, now: datetime) -> tuple[TokenView, ...]:
    """Return a person's tokens in force, the newest first."""
    query = (
        select(tokens)
        .where(tokens.c.person_id == person_id, tokens.c.expires_at > now, tokens.c.revoked_at.is_(None))
        .order_by(tokens.c.id.desc())
    )
    return tuple(
        TokenView(row.id, row.name, row.scopes, row.created_at, row.expires_at)
        for row in connection.execute(query)
    )


def revoke_token(connection: Connection, person_id: str, token_id: str, now: datetime) -> bool:
    """Let a person's token open nothing any more; tell whether there was one in force."""
    query = update(tokens).where(
        tokens.c.id == token_id, tokens.c.person_id == person_id, tokens.c.revoked_at.is_(None)
    )
    return connection.execute(query.values(revoked_at=now)).rowcount > 0
