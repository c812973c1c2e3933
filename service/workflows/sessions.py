"""Use cases around sessions: they begin, are looked through, and end."""

from service.domain.access import SESSION_LASTS, Door
from service.domain.errors import SignInNeeded, Unknown
from service.domain.events import SessionOpened, SessionsRevoked
from service.domain.permissions import Permission, Subject, require, visible_to
from service.domain.views.access import SessionView
from service.store import sessions
from service.store.sessions import Opened
from service.store.uow import UnitOfWork
from service.workflows.context import Context
from service.workflows.secret_digests import digest_of

BROWSER_LENGTH = 60


def begin(ctx: Context, work: UnitOfWork, person_id: str, door: Door, browser: str) -> str:
    """Begin a session in the caller's transaction; returns the secret that the browser will show.

    It is always a new one, so whoever planted another in the browser before gains nothing by it.
    """
    secret = ctx.new_secret()
    session = Opened(
        ctx.new_id(), digest_of(secret), person_id, door, browser[:BROWSER_LENGTH], work.now + SESSION_LASTS
    )
    sessions.keep(work.connection, session, work.now)
    work.record(SessionOpened(person_id))
    return secret


def mine(ctx: Context) -> tuple[SessionView, ...]:
    """Return the reader's sessions, the newest first.

    Raises:
        SignInNeeded: nobody is signed in.
    """
    with ctx.reading() as reader:
        visible_to(reader.actor)
        if reader.actor.person_id is None:
            raise SignInNeeded
        return sessions.of_person(
            reader.connection, reader.actor.person_id, reader.now, reader.actor.session_id
        )


def revoke(ctx: Context, session_id: str | None = None) -> None:
    """A person ends a session of their own, or all of them: signed out everywhere.

    Raises:
        Unknown: the person has no such session.
    """
    with ctx.transaction() as work:
        require(work.actor, Permission.SESSION_REVOKE, Subject())
        person_id = work.actor.person_id or ""
        ended = sessions.end(work.connection, person_id, session_id)
        if session_id is not None and not ended:
            raise Unknown(thing="session")
        work.record(SessionsRevoked(person_id, ended))
