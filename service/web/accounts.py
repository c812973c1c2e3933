"""Signing in with an account elsewhere, and linking one's own."""

from litestar import Response, get, post
from litestar.datastructures import Cookie
from litestar.params import FromPath

from service.domain.errors import Invalid, ProviderRefused, Refusal, SignInNeeded, TryAgain
from service.web.confirming import ask_to_confirm, confirming
from service.web.done import Done
from service.web.entering import admit, browser, caller
from service.web.forms import STATUS, Form, Sent
from service.web.pages import Asked, Asking, bare_page, page, see_other
from service.workflows import accounts
from service.workflows.accounts import Answer, Begun
from service.workflows.context import Context

LASTS = 600


@get("/sign-in/provider", sync_to_thread=True, include_in_schema=False)
def begin(request: Asked, ctx: Asking) -> Response[None]:
    """Send somebody to the provider; a link, because our policy lets no form of ours end elsewhere."""
    begun = accounts.begin(ctx, caller(request))
    headers = {"Location": begun.address, "Cache-Control": "no-store"}
    answer: Response[None] = Response(None, status_code=303, headers=headers)
    answer.set_cookie(_cookie(request, begun))
    return answer


@post("/me/accounts/link", sync_to_thread=True, status_code=200, include_in_schema=False)
def link(request: Asked, form: Sent, ctx: Asking) -> Response[str]:
    """Begin to link an account, once the person has confirmed it; a link leads to the provider, as forms may not."""
    act = accounts.act_of_linking(ctx.identity.person_id or "")
    begun = form.submit(
        lambda: confirming(ctx, act, lambda: accounts.begin(ctx, caller(request), linking=True))
    )
    if form.unconfirmed:
        return ask_to_confirm(request, ctx, act, form)
    answer = _page(request, ctx, form, begun.address if begun is not None else "")
    if begun is not None:
        answer.set_cookie(_cookie(request, begun))
    return answer


@get("/sign-in/provider/back", sync_to_thread=True, include_in_schema=False)
def back(request: Asked, ctx: Asking) -> Response[str] | Response[None]:
    """Take in what the provider says of whoever comes back."""
    sent = request.query_params
    answer = Answer(sent.get("state", ""), sent.get("code", ""), sent.get("iss"))
    try:
        if "error" in sent:
            raise ProviderRefused
        secret = accounts.finish(
            ctx, answer, request.cookies.get(_cookie_name(request), ""), browser(request)
        )
    except (SignInNeeded, TryAgain, Invalid):
        raise
    except Refusal as refusal:
        return bare_page(request, "provider.html", status=STATUS[refusal.kind], refusal=refusal)
    return (
        see_other("/me/accounts", Done.ACCOUNT_LINKED)
        if secret is None
        else admit(request, ctx, secret, "/me", [])
    )


@get("/me/accounts", sync_to_thread=True, include_in_schema=False)
def listed(request: Asked, ctx: Asking) -> Response[str]:
    """Show the reader's accounts elsewhere."""
    return _page(request, ctx, Form())


@post("/me/accounts/{account_id:str}/unlink", sync_to_thread=True, include_in_schema=False)
def unlink(
    request: Asked, account_id: FromPath[str], form: Sent, ctx: Asking
) -> Response[str] | Response[None]:
    """Unlink an account, once the person has confirmed it."""
    act = accounts.act_of_unlinking(ctx.identity.person_id or "", account_id)
    form.submit(lambda: confirming(ctx, act, lambda: accounts.unlink(ctx, account_id)))
    if form.unconfirmed:
        return ask_to_confirm(request, ctx, act, form)
    return _page(request, ctx, form) if form.refusal else see_other("/me/accounts", Done.ACCOUNT_UNLINKED)


def _page(request: Asked, ctx: Context, form: Form, away: str = "") -> Response[str]:
    with ctx.reading():
        name = ctx.doors.provider.name if ctx.doors.provider is not None else ""
        return page(
            request, ctx, "accounts.html", status=form.status, private=True, accounts=accounts.mine(ctx),
            name=name, form=form, away=away,
        )  # fmt: skip


def _cookie(request: Asked, begun: Begun) -> Cookie:
    return Cookie(
        key=_cookie_name(request),
        value=begun.browser_secret,
        max_age=LASTS,
        path="/",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )


def _cookie_name(request: Asked) -> str:
    return "__Host-sympolity-way" if request.url.scheme == "https" else "sympolity-way"
