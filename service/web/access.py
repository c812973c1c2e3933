"""Coming in and going out."""

from collections.abc import Mapping
from itertools import groupby

from litestar import Response, get, post

from service.domain.actors import Role
from service.domain.views.people import DemoPerson
from service.web import csrf
from service.web.done import Done
from service.web.entering import KEPT, admit, browser, kept_of, left, local
from service.web.forms import Form, Sent
from service.web.pages import Asked, Asking, page, see_other
from service.web.words import WORDS
from service.workflows import access
from service.workflows.context import Context

SHOWN = 12


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
    secret = form.submit(lambda: access.sign_in_as(ctx, form.text("person_id"), browser(request)))
    if secret is None:
        return _doors(request, ctx, form)
    return admit(request, ctx, secret, local(form.text("then")), kept_of(form))


@post("/sign-out", sync_to_thread=True, include_in_schema=False)
def sign_out(request: Asked, form: Sent, ctx: Asking) -> Response[None]:
    """End the session."""
    del form  # reading it has made sure that the person meant it
    access.sign_out(ctx, csrf.session_secret(request))
    return left(request, see_other("/", Done.SIGNED_OUT))


def _doors(request: Asked, ctx: Context, form: Form) -> Response[str]:
    people = access.demo_people(ctx) if ctx.demo else ()
    wanted = form.text("q").strip().casefold()
    found = [p for p in people if wanted in f"{p.name} {p.organisation} {p.email}".casefold()]
    return page(
        request, ctx, "sign_in.html", status=form.status, private=True, form=form, demo=ctx.demo,
        by_mail=ctx.doors.post_link is not None,
        provider=ctx.doors.provider.name if ctx.doors.provider is not None else "",
        doors=_by_role(found), shown=len(found) if wanted else SHOWN, then=local(form.text("then", "/")),
        kept=[(f"{KEPT}{name}", value) for name, value in kept_of(form)],
    )  # fmt: skip


def _by_role(people: list[DemoPerson]) -> Mapping[Role, list[DemoPerson]]:
    order = list(WORDS[Role])
    ordered = sorted(people, key=lambda p: order.index(p.role))
    return {role: list(group) for role, group in groupby(ordered, key=lambda p: p.role)}
