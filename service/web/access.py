"""Coming in and going out, and the reader's own page."""

from collections.abc import Mapping
from itertools import groupby
from urllib.parse import urlsplit

from litestar import Response, get, post
from litestar.datastructures import Cookie

from service.domain.actors import Role
from service.domain.errors import SignInNeeded
from service.domain.views.amendments import AmendmentFilter
from service.domain.views.people import DemoPerson
from service.web import csrf
from service.web.forms import Form, Sent
from service.web.pages import Asked, Asking, bare_page, page, see_other
from service.web.words import WORDS
from service.workflows import access, library, reading
from service.workflows.context import Context
from service.workflows.pages import every

KEPT = "kept."
SHOWN = 12
_LASTS = 12 * 3600


@get("/sign-in", sync_to_thread=True, include_in_schema=False)
def sign_in(request: Asked, ctx: Asking) -> Response[str]:
    """Show as whom one can sign in."""
    query = Form({name: (value,) for name, value in request.query_params.items()})
    return _doors(request, ctx, query)


@post("/sign-in/keeping", sync_to_thread=True, status_code=200, include_in_schema=False)
def sign_in_keeping(request: Asked, form: Sent, ctx: Asking) -> Response[str]:
    """Show as whom one can sign in, and keep what was typed before."""
    return _doors(request, ctx, form)


@post("/sign-in", sync_to_thread=True, include_in_schema=False)
def signed_in(request: Asked, form: Sent, ctx: Asking) -> Response[str] | Response[None]:
    """Sign in, and go back to where the person came from, with what was typed there."""
    secret = form.submit(lambda: access.sign_in_as(ctx, form.text("person_id")))
    if secret is None:
        return _doors(request, ctx, form)
    if before := csrf.session_secret(request):
        # The browser forgets the session that it had, so nobody else shall go on with it.
        access.sign_out(ctx, before)
    there, kept = local(form.text("then")), _kept(form)
    answer: Response[str] | Response[None] = see_other(there)
    if kept:
        values = {"target": there, "kept": kept, "fresh": True}
        answer = bare_page(request, "resume.html", status=200, secret=secret, **values)
    answer.set_cookie(_cookie(request, secret, _LASTS))
    return answer


@post("/sign-out", sync_to_thread=True, include_in_schema=False)
def sign_out(request: Asked, form: Sent, ctx: Asking) -> Response[None]:
    """End the session."""
    del form  # reading it has made sure that the person meant it
    access.sign_out(ctx, csrf.session_secret(request))
    answer = see_other("/")
    answer.set_cookie(_cookie(request, "", 0))
    return answer


@get("/me", sync_to_thread=True, include_in_schema=False)
def me(request: Asked, ctx: Asking) -> Response[str]:
    """Show the reader's mandates, amendments, and what is open to them."""
    with ctx.reading():
        view = library.me(ctx)
        if view is None:
            raise SignInNeeded
        wanted = [AmendmentFilter(organisation_id=m.organisation_id) for m in view.mandates]
        mine = [a for w in wanted for a in every(lambda c, w=w: reading.amendments(ctx, w, 100, c))]  # type: ignore[misc]  # a default in a lambda
        agendas = reading.agendas(ctx, limit=100).items
        return page(request, ctx, "me.html", amendments=mine, agendas=tuple(reversed(agendas)))


def local(path: str) -> str:
    """Return a path of this service, or the home page where it leads elsewhere."""
    try:
        parts = urlsplit(path)
    except ValueError:
        return "/"
    inside = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if inside and not parts.netloc and not parts.scheme else "/"


def _doors(request: Asked, ctx: Context, form: Form) -> Response[str]:
    people = access.demo_people(ctx) if ctx.demo else ()
    wanted = form.text("q").strip().casefold()
    found = [p for p in people if wanted in f"{p.name} {p.organisation} {p.email}".casefold()]
    return page(
        request, ctx, "sign_in.html", status=form.status, private=True, form=form, demo=ctx.demo,
        doors=_by_role(found), shown=len(found) if wanted else SHOWN, then=local(form.text("then", "/")),
        kept=[(f"{KEPT}{name}", value) for name, value in _kept(form)],
    )  # fmt: skip


def _kept(form: Form) -> list[tuple[str, str]]:
    return [(name.removeprefix(KEPT), value) for name, value in form.kept if name.startswith(KEPT)]


def _by_role(people: list[DemoPerson]) -> Mapping[Role, list[DemoPerson]]:
    order = list(WORDS[Role])
    ordered = sorted(people, key=lambda p: order.index(p.role))
    return {role: list(group) for role, group in groupby(ordered, key=lambda p: p.role)}


def _cookie(request: Asked, secret: str, lasts: int) -> Cookie:
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
