"""/me/sessions: where you are signed in, and signing out there."""

from datetime import datetime

from litestar import get, post
from msgspec import Struct

from service.api.asking import Asking
from service.api.lists import Id, Listing, whole
from service.api.schemas import refuses, shown
from service.domain.access import Door
from service.domain.errors import SignInNeeded
from service.workflows import sessions

TAGS = ["People"]


class Session(Struct, frozen=True):
    """A session before a browser; `used_at` is told to the hour, `present` marks the one that asks."""

    id: str
    door: Door
    browser: str
    created_at: datetime
    used_at: datetime
    expires_at: datetime
    present: bool


_session = shown(Session)


@get("/me/sessions", tags=TAGS, opt=refuses(SignInNeeded), sync_to_thread=True)
def list_my_sessions(ctx: Asking) -> Listing[Session]:
    """List where you are signed in, the newest first."""
    return whole(sessions.mine(ctx), _session)


@post("/me/sessions/{session_id:str}/revocation", tags=TAGS, status_code=204, sync_to_thread=True)
def revoke_my_session(session_id: Id, ctx: Asking) -> None:
    """End one of your sessions; a token cannot do that."""
    sessions.revoke(ctx, session_id)


@post("/me/sessions/revocation", tags=TAGS, status_code=204, sync_to_thread=True)
def revoke_my_sessions(ctx: Asking) -> None:
    """End all your sessions: sign out everywhere, here too."""
    sessions.revoke(ctx)


ROUTES = [list_my_sessions, revoke_my_session, revoke_my_sessions]
