"""Use cases around getting in: signing in as a demo person, sessions, API tokens."""

from dataclasses import dataclass
from datetime import datetime

from service.domain.access import Door
from service.domain.actors import Scope
from service.domain.errors import FieldError, Invalid, SignInNeeded
from service.domain.events import SessionClosed
from service.domain.permissions import Permission, Subject, require, visible_to
from service.domain.views.people import DemoPerson
from service.store import access
from service.store import sessions as store
from service.store.identity import Identity
from service.store.queries.people import list_demo_people
from service.workflows import sessions
from service.workflows.context import Context
from service.workflows.secret_digests import digest_of
from service.workflows.tokens import NewToken, faults_of, keep_token


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


def sign_in_as(ctx: Context, person_id: str, browser: str = "") -> str:
    """A visitor of the demonstration becomes one of its persons; returns the secret that the browser will show."""
    with ctx.transaction() as work:
        require(work.actor, Permission.SESSION_OPEN_IN_DEMO, Subject(demo=ctx.demo))
        person = work.persons.get(person_id)
        return sessions.begin(ctx, work, person.id, Door.DEMO, browser)


def sign_out(ctx: Context, secret: str) -> None:
    """Whoever shows the secret ends its session."""
    with ctx.transaction() as work:
        session = store.in_force(work.connection, digest_of(secret), work.now)
        visible_to(work.actor)
        # Of two who end it at once, one does.
        if session is not None and store.end(work.connection, session.person_id, session.id):
            work.record(SessionClosed(session.person_id))


def identify_session(ctx: Context, secret: str) -> Identity:
    """Return whose session it is; nobody's if it has ended."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        session, now = store.in_force(reader.connection, digest_of(secret), reader.now), reader.now
    if session is None:
        return Identity()
    if now - session.used_at >= store.COARSE:
        store.touch(ctx.database, session.id, now)
    return Identity(session.person_id, session_id=session.id)


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
        errors += faults_of(command.scopes, command.expires_at, work.now)
        if errors or person is None:
            raise Invalid(errors=errors)
        return keep_token(ctx, work, person.id, NewToken("", command.scopes, command.expires_at))
