"""One's authenticator app, and confirming by its codes."""

from collections.abc import Callable

import segno
from litestar import Response, get, post

from service.web.confirming import ask_to_confirm, back_of, confirming, sent_act
from service.web.entering import LASTS, cookie, kept_of, local
from service.web.forms import Form, Sent
from service.web.pages import Asked, Asking, bare_page, page
from service.workflows import codes
from service.workflows.context import Context


@get("/me/codes", sync_to_thread=True, include_in_schema=False)
def shown(request: Asked, ctx: Asking) -> Response[str]:
    """Show whether the reader has an app."""
    return _page(request, ctx, Form())


@post("/me/codes", sync_to_thread=True, status_code=200, include_in_schema=False)
def change(request: Asked, form: Sent, ctx: Asking) -> Response[str]:
    """Begin to set an app up, make new recovery codes, or remove the app; the form says which."""
    act = codes.act_of(ctx.identity.person_id or "")
    change = CHANGES.get(form.text("change"), CHANGES["set_up"])
    values = form.submit(lambda: confirming(ctx, act, lambda: change(ctx)))
    if form.unconfirmed:
        return ask_to_confirm(request, ctx, act, form)
    return _page(request, ctx, form, **(values or {}))


@post("/me/codes/first", sync_to_thread=True, status_code=200, include_in_schema=False)
def prove(request: Asked, form: Sent, ctx: Asking) -> Response[str]:
    """Take the first code of a new app."""
    recovery = form.submit(lambda: codes.prove(ctx, form.text("code")))
    return _page(request, ctx, form, recovery=recovery or (), waiting=recovery is None)


@post("/me/confirmations/code", sync_to_thread=True, status_code=200, include_in_schema=False)
def confirm(request: Asked, form: Sent, ctx: Asking) -> Response[str]:
    """Confirm an act by a code, and go on with what was typed."""
    act = sent_act(form)
    given = form.submit(lambda: codes.confirm(ctx, act, form.text("code")))
    if given is None:
        return ask_to_confirm(request, ctx, act, form)
    target = local(form.text("target"))
    values = {"target": target, "back": back_of(target), "kept": kept_of(form)}
    answer = bare_page(request, "confirmed_on.html", status=200, secret=given.secret, **values)
    answer.set_cookie(cookie(request, given.secret, LASTS))
    return answer


def _set_up(ctx: Context) -> dict[str, object]:
    made = codes.set_up(ctx)
    return {
        "set_up": made,
        "picture": segno.make(made.address).svg_data_uri(scale=5, border=4, light="white"),
        "waiting": True,
    }


def _renewed(ctx: Context) -> dict[str, object]:
    return {"recovery": codes.renew_recovery(ctx)}


def _removed(ctx: Context) -> dict[str, object]:
    codes.remove(ctx)
    return {}


CHANGES: dict[str, Callable[[Context], dict[str, object]]] = {
    "set_up": _set_up,
    "recovery": _renewed,
    "remove": _removed,
}


def _page(request: Asked, ctx: Context, form: Form, **values: object) -> Response[str]:
    given = {"set_up": None, "picture": "", "waiting": False, "recovery": ()} | values
    with ctx.reading():
        mine = codes.mine(ctx)
        return page(
            request, ctx, "codes.html", given, status=form.status, private=True, form=form, mine=mine,
            possible=ctx.doors.secret_of is not None,
        )  # fmt: skip
