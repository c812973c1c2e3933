"""Passkeys on pages. A small script talks to the authenticator; everything else is forms, as everywhere."""

from litestar import MediaType, Response, get, post
from litestar.params import FromPath

from service.web.confirming import ask_to_confirm, back_of, confirming, sent_act
from service.web.done import Done
from service.web.entering import LASTS, admit, browser, caller, cookie, kept_of, local
from service.web.forms import Form, Sent
from service.web.pages import Asked, Asking, bare_page, page, see_other
from service.workflows import passkeys
from service.workflows.context import Context


@get("/me/passkeys", sync_to_thread=True, include_in_schema=False)
def listed(request: Asked, ctx: Asking) -> Response[str]:
    """Show the reader's passkeys."""
    return _page(request, ctx, Form())


@post("/me/passkeys", sync_to_thread=True, status_code=200, include_in_schema=False)
def begin(request: Asked, form: Sent, ctx: Asking) -> Response[str]:
    """Begin to add a passkey, once the person has confirmed it."""
    act = passkeys.act_of(ctx.identity.person_id or "")
    options = form.submit(lambda: confirming(ctx, act, lambda: passkeys.begin_adding(ctx)))
    if form.unconfirmed:
        return ask_to_confirm(request, ctx, act, form)
    return _page(request, ctx, form, options or "")


@post("/me/passkeys/made", sync_to_thread=True, include_in_schema=False)
def add(request: Asked, form: Sent, ctx: Asking) -> Response[str] | Response[None]:
    """Keep the passkey that the browser has made."""
    form.submit(lambda: passkeys.add(ctx, form.text("response"), browser(request)))
    return _page(request, ctx, form) if form.refusal else see_other("/me/passkeys", Done.PASSKEY_ADDED)


@post("/me/passkeys/{passkey_id:str}/remove", sync_to_thread=True, include_in_schema=False)
def remove(
    request: Asked, passkey_id: FromPath[str], form: Sent, ctx: Asking
) -> Response[str] | Response[None]:
    """Remove a passkey, once the person has confirmed it."""
    act = passkeys.act_of_removing(ctx.identity.person_id or "", passkey_id)
    form.submit(lambda: confirming(ctx, act, lambda: passkeys.remove(ctx, passkey_id)))
    if form.unconfirmed:
        return ask_to_confirm(request, ctx, act, form)
    return _page(request, ctx, form) if form.refusal else see_other("/me/passkeys", Done.PASSKEY_REMOVED)


@post("/sign-in/passkey/options", sync_to_thread=True, status_code=200, include_in_schema=False)
def options(request: Asked, form: Sent, ctx: Asking) -> Response[bytes]:
    """Answer with what a browser needs to ask for a passkey."""
    del form  # reading it has made sure that it was a page of ours that asked
    asked = passkeys.begin(ctx, caller(request)).encode()
    return Response(asked, media_type=MediaType.JSON, headers={"Cache-Control": "no-store"})


@post("/sign-in/passkey", sync_to_thread=True, include_in_schema=False)
def come_in(request: Asked, form: Sent, ctx: Asking) -> Response[str] | Response[None]:
    """Sign in with a passkey."""
    secret = form.submit(lambda: passkeys.come_in(ctx, form.text("response"), browser(request)))
    if secret is None:
        return bare_page(request, "provider.html", status=form.status, refusal=form.refusal)
    return admit(request, ctx, secret, "/me", [])


@post("/me/confirmations/passkey", sync_to_thread=True, status_code=200, include_in_schema=False)
def confirm(request: Asked, form: Sent, ctx: Asking) -> Response[str]:
    """Confirm an act by a passkey, and go on with what was typed."""
    act = sent_act(form)
    secret = form.submit(lambda: passkeys.confirm(ctx, act, form.text("response")))
    if secret is None:
        return ask_to_confirm(request, ctx, act, form)
    target = local(form.text("target"))
    values = {"target": target, "back": back_of(target), "kept": kept_of(form)}
    answer = bare_page(request, "confirmed_on.html", status=200, secret=secret, **values)
    answer.set_cookie(cookie(request, secret, LASTS))
    return answer


def _page(request: Asked, ctx: Context, form: Form, creation: str = "") -> Response[str]:
    with ctx.reading():
        return page(
            request, ctx, "passkeys.html", status=form.status, private=True, form=form,
            passkeys=passkeys.mine(ctx), creation=creation, possible=ctx.doors.passkeys is not None,
        )  # fmt: skip
