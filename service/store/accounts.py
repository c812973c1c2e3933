"""Accounts elsewhere, linked by issuer and subject; and attempts to come in with one, each used once."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from service.domain.views.access import AccountView
from service.store.access_tables import linked_accounts, sign_in_attempts

_account, _attempt = linked_accounts.c, sign_in_attempts.c


def begin(
    connection: Connection, state: str, browser: str, session_id: str | None, expires_at: datetime
) -> None:
    """Keep an attempt by the digests of its state and of the browser's secret; with the session that links."""
    connection.execute(
        insert(sign_in_attempts).values(
            state_digest=state, browser_digest=browser, session_id=session_id, expires_at=expires_at
        )
    )


def use(connection: Connection, state: str, browser: str, now: datetime) -> tuple[str | None] | None:
    """Use up an attempt of this browser; returns the session that links, in a tuple, or None if there is none."""
    row = connection.execute(
        update(sign_in_attempts)
        .where(
            _attempt.state_digest == state,
            _attempt.browser_digest == browser,
            _attempt.used_at.is_(None),
            _attempt.expires_at > now,
        )
        .values(used_at=now)
        .returning(_attempt.session_id)
    ).one_or_none()
    return (row.session_id,) if row is not None else None


def person_of(connection: Connection, issuer: str, subject: str) -> str | None:
    """Return whose account it is."""
    query = select(_account.person_id).where(_account.issuer == issuer, _account.subject == subject)
    return connection.scalars(query).one_or_none()


def link(connection: Connection, account: AccountView, *, subject: str, person_id: str) -> None:
    """Link an account to a person."""
    values = {"issuer": account.issuer, "subject": subject, "person_id": person_id}
    connection.execute(insert(linked_accounts).values(id=account.id, linked_at=account.linked_at, **values))


def unlink(connection: Connection, person_id: str, account_id: str) -> bool:
    """Forget a person's account; tell whether there was one."""
    query = delete(linked_accounts).where(_account.id == account_id, _account.person_id == person_id)
    return connection.execute(query).rowcount > 0


def of_person(connection: Connection, person_id: str) -> tuple[AccountView, ...]:
    """Return a person's accounts elsewhere."""
    query = select(linked_accounts).where(_account.person_id == person_id).order_by(_account.id)
    return tuple(AccountView(row.id, row.issuer, row.linked_at) for row in connection.execute(query))
