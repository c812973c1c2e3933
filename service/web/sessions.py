"""Where somebody is signed in, and signing out there."""

from litestar import Response, get, post
from litestar.params import FromPath

from service.domain.errors import SignInNeeded
from service.web.done import Done
from service.web.entering import left
from service.web.forms import Sent
from service.web.pages import Asked, Asking, page, see_other
from service.workflows import sessions


@get("/me/sessions", sync_to_thread=True, include_in_schema=False)
def listed(request: Asked, ctx: Asking) -> Response[str]:
    """Show the reader's sessions."""
    with ctx.reading():
        return page(request, ctx, "sessions.html", private=True, sessions=sessions.mine(ctx))


@post("/me/sessions/{session_id:str}/end", sync_to_thread=True, include_in_schema=False)
def end(session_id: FromPath[str], form: Sent, ctx: Asking) -> Response[None]:
    """End one session."""
    del form  # reading it has made sure that the person meant it
    sessions.revoke(ctx, session_id)
    return see_other("/me/sessions", Done.SESSION_ENDED)


@post("/me/sessions/end-all", sync_to_thread=True, include_in_schema=False)
def end_all(request: Asked, form: Sent, ctx: Asking) -> Response[None]:
    """Sign out everywhere, here too."""
    del form  # reading it has made sure that the person meant it
    if ctx.identity.person_id is None:
        raise SignInNeeded
    sessions.revoke(ctx)
    return left(request, see_other("/", Done.SIGNED_OUT))
