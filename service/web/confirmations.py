"""Confirming an act that binds: asking for a link by mail, and using it in the same browser."""

from litestar import Response, get, post

from service.web.confirming import ask_to_confirm, back_of, sent_act
from service.web.entering import LASTS, cookie, kept_of, local
from service.web.forms import Form, Sent
from service.web.links import SECRET
from service.web.pages import Asked, Asking, bare_page, page
from service.workflows import confirmations


@post("/me/confirmations/mail", sync_to_thread=True, status_code=200, include_in_schema=False)
def ask(request: Asked, form: Sent, ctx: Asking) -> Response[str]:
    """Have a link mailed that confirms an act."""
    act = sent_act(form)
    form.submit(lambda: confirmations.ask_by_mail(ctx, act))
    if form.refusal is not None:
        return ask_to_confirm(request, ctx, act, form)
    target = local(form.text("target"))
    return page(
        request, ctx, "confirm_sent.html", private=True, act=act, target=target, back=back_of(target),
        kept=kept_of(form),
    )  # fmt: skip


@get("/me/confirmations/link", sync_to_thread=True, include_in_schema=False)
def show(request: Asked, ctx: Asking) -> Response[str]:
    """Tell what a link confirms; only the button uses it."""
    secret = request.query_params.get(SECRET, "")
    form = Form({SECRET: (secret,)})
    act = form.submit(lambda: confirmations.show(ctx, secret))
    return page(request, ctx, "confirm_link.html", status=form.status, private=True, act=act, form=form)


@post("/me/confirmations/link", sync_to_thread=True, status_code=200, include_in_schema=False)
def use(request: Asked, form: Sent, ctx: Asking) -> Response[str]:
    """Confirm by a link."""
    secret = form.submit(lambda: confirmations.confirm_by_link(ctx, form.text(SECRET)))
    if secret is None:
        return page(request, ctx, "confirm_link.html", status=form.status, private=True, act=None, form=form)
    answer = bare_page(request, "confirmed.html", status=200, secret=secret)
    answer.set_cookie(cookie(request, secret, LASTS))
    return answer
