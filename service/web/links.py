"""Coming in by a link that was mailed: asking for one, looking at it, using it."""

from urllib.parse import urlencode

from litestar import Response, get, post

from service.domain.access import LinkPurpose
from service.domain.errors import LinkOver
from service.web.entering import admit, browser, caller
from service.web.forms import Form, Sent
from service.web.pages import Asked, Asking, page
from service.workflows import links

SECRET = "key"  # noqa: S105 - the name of a field


def address(secret: str, purpose: LinkPurpose = LinkPurpose.SIGN_IN) -> str:
    """Return where a link leads: its secret stands in the query, which no log of ours has."""
    path = "/me/confirmations/link" if purpose is LinkPurpose.CONFIRM else "/sign-in/link"
    return f"{path}?{urlencode({SECRET: secret})}"


@post("/sign-in/link-by-mail", sync_to_thread=True, status_code=200, include_in_schema=False)
def ask(request: Asked, form: Sent, ctx: Asking) -> Response[str]:
    """Have a link mailed; the answer is the same for every address."""
    form.submit(lambda: links.ask(ctx, form.text("email"), caller(request)))
    if form.refusal is None:
        return page(request, ctx, "link_asked.html", private=True, email=form.text("email").strip())
    return page(
        request, ctx, "sign_in.html", status=form.status, private=True, form=form, demo=False, by_mail=True,
        provider="", doors={}, shown=0, then="/", kept=[],
    )  # fmt: skip


@get("/sign-in/link", sync_to_thread=True, include_in_schema=False)
def show(request: Asked, ctx: Asking) -> Response[str]:
    """Tell what a link does; only the button uses it."""
    secret = request.query_params.get(SECRET, "")
    form = Form({SECRET: (secret,)})
    link = form.submit(lambda: links.show(ctx, secret))
    return page(request, ctx, "link.html", status=form.status, private=True, link=link, form=form)


@post("/sign-in/link", sync_to_thread=True, include_in_schema=False)
def use(request: Asked, form: Sent, ctx: Asking) -> Response[str] | Response[None]:
    """Sign in with a link."""
    secret = form.submit(lambda: links.come_in(ctx, form.text(SECRET), browser(request)))
    if secret is None:
        form.refusal = form.refusal or LinkOver()
        return page(request, ctx, "link.html", status=form.status, private=True, link=None, form=form)
    return admit(request, ctx, secret, "/me", [])
