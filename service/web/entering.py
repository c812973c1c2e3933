"""What every way in has in common: the cookie, the way back, and what was typed before."""

import re
from urllib.parse import urlsplit

from litestar import Response
from litestar.datastructures import Cookie

from service.web import csrf
from service.web.forms import Form
from service.web.pages import Asked, bare_page, see_other
from service.workflows import access
from service.workflows.context import Context

KEPT = "kept."
LASTS = 12 * 3600
# The first that fits; browsers name those that they descend from, too.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone|iPad", "iOS"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def admit(
    request: Asked, ctx: Context, secret: str, there: str, kept: list[tuple[str, str]]
) -> Response[str] | Response[None]:
    """Let somebody in: set the cookie of the new session, and go on where the person came from.

    Args:
        request: what was asked for.
        ctx: its context.
        secret: that of the session that begins.
        there: a path of this service.
        kept: what was typed there before, to be sent again.
    """
    if before := csrf.session_secret(request):
        # The browser forgets the session that it had, so nobody else shall go on with it.
        access.sign_out(ctx, before)
    return with_cookie(request, secret, there, kept)


def with_cookie(
    request: Asked, secret: str, there: str, kept: list[tuple[str, str]]
) -> Response[str] | Response[None]:
    """Go on with a session's (new) secret."""
    answer: Response[str] | Response[None] = see_other(there)
    if kept:
        values = {"target": there, "kept": kept, "fresh": True}
        answer = bare_page(request, "resume.html", status=200, secret=secret, **values)
    answer.set_cookie(cookie(request, secret, LASTS))
    return answer


def cookie(request: Asked, secret: str, lasts: int) -> Cookie:
    """Return the session's cookie; over https it is bound to this host."""
    scheme = request.url.scheme
    return Cookie(
        key=csrf.cookie_name(scheme),
        value=secret,
        max_age=lasts,
        path="/",
        secure=scheme == "https",
        httponly=True,
        samesite="lax",
    )


def left(request: Asked, answer: Response[None]) -> Response[None]:
    """Let somebody out with an answer: the browser forgets the session, and what was typed and kept in it."""
    answer.set_cookie(cookie(request, "", 0))
    if request.url.scheme == "https":
        # What was typed is not for whoever uses the browser next; over http, browsers refuse to forget it.
        answer.headers["Clear-Site-Data"] = '"storage"'
    return answer


def local(path: str) -> str:
    """Return a path of this service, or the home page where it leads elsewhere."""
    try:
        parts = urlsplit(path)
    except ValueError:
        return "/"
    inside = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if inside and not parts.netloc and not parts.scheme else "/"


def kept_of(form: Form) -> list[tuple[str, str]]:
    """Return what was typed before the person had to sign in."""
    return [(name.removeprefix(KEPT), value) for name, value in form.kept if name.startswith(KEPT)]


def browser(request: Asked) -> str:
    """Return the browser in a few words, such as "Firefox, Linux"; what it sends is not kept."""
    said = request.headers.get("user-agent", "")
    named = [
        next((words for sign, words in table if re.search(sign, said)), "") for table in (_BROWSERS, _SYSTEMS)
    ]
    return ", ".join(name for name in named if name)


def caller(request: Asked) -> str:
    """Return the network address that a request comes from; a proxy that is believed says whose it is."""
    return request.client.host if request.client is not None else ""
