"""Use cases around getting in: signing in as a demo person, sessions, API tokens."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from service.domain.actors import Scope
from service.domain.errors import FieldError, Invalid, SignInNeeded
from service.domain.events import SessionClosed, SessionOpened, TokenIssued
from service.domain.permissions import Permission, Subject, require, visible_to
from service.domain.views.people import DemoPerson
from service.store import access
from service.store.identity import Identity
from service.store.queries.people import list_demo_people
from service.workflows.context import Context

SESSION_LASTS = timedelta(hours=12)
TOKEN_LASTS_AT_MOST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class IssueToken:
    """A token to issue to the person with this address."""

    email: str
    scopes: tuple[Scope, ...]
    expires_at: datetime


def demo_people(ctx: Context) -> tuple[DemoPerson, ...]:
    """Return everyone as whom a visitor of the demonstration can sign in."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        return list_demo_people(reader.connection) if ctx.demo else ()


def sign_in_as(ctx: Context, person_id: str) -> str:
    """A visitor of the demonstration becomes one of its persons; returns the secret that the browser will show."""
    with ctx.transaction() as work:
        require(work.actor, Permission.SESSION_OPEN_IN_DEMO, Subject(demo=ctx.demo))
        person = work.persons.get(person_id)
        secret = ctx.new_secret()
        access.open_session(work.connection, digest_of(secret), person.id, work.now, work.now + SESSION_LASTS)
        work.record(SessionOpened(person.id))
        return secret


def sign_out(ctx: Context, secret: str) -> None:
    """Whoever shows the secret ends its session."""
    with ctx.transaction() as work:
        visible_to(work.actor)
        person_id = access.close_session(work.connection, digest_of(secret), work.now)
        if person_id is not None:
            work.record(SessionClosed(person_id))


def identify_session(ctx: Context, secret: str) -> Identity:
    """Return whose session it is; nobody's if it has ended."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        return Identity(access.session_person(reader.connection, digest_of(secret), reader.now))


def identify_token(ctx: Context, secret: str) -> Identity:
    """Return whose token it is.

    Raises:
        SignInNeeded: it is unknown or has expired.
    """
    with ctx.reading() as reader:
        visible_to(reader.actor)
        token = access.token_in_force(reader.connection, digest_of(secret), reader.now)
    if token is None:
        raise SignInNeeded
    return Identity(token.person_id, token_id=token.id, token_scopes=token.scopes)


def issue_token(ctx: Context, command: IssueToken) -> tuple[str, str]:
    """The operator issues an API token; returns its id and its secret, which is shown once and not kept."""
    with ctx.transaction() as work:
        require(work.actor, Permission.TOKEN_ISSUE, Subject())
        errors = []
        person = work.persons.find(email=command.email.strip().lower())
        if person is None:
            errors.append(FieldError("email", "Nobody has an account with this address."))
        if not command.scopes:
            errors.append(FieldError("scopes", "Name at least one scope."))
        if not work.now < command.expires_at <= work.now + TOKEN_LASTS_AT_MOST:
            errors.append(FieldError("expires_at", "Give a time within the next year."))
        if errors or person is None:
            raise Invalid(errors=errors)
        token_id, secret = ctx.new_id(), ctx.new_secret()
        access.keep_token(
            work.connection,
            token_id=token_id,
            secret_digest=digest_of(secret),
            person_id=person.id,
            scopes=command.scopes,
            now=work.now,
            expires_at=command.expires_at,
        )
        work.record(TokenIssued(token_id, person.id, tuple(s.value for s in command.scopes)))
        return token_id, secret


def digest_of(secret: str) -> str:
    """Return what is kept of a secret: its SHA-256, in hex. Secrets are random, so no salt is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()
