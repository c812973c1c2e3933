"""Signing in with an account elsewhere, and linking one's own."""

from litestar import Response, get, post
from litestar.datastructures import Cookie
from litestar.params import FromPath

from service.domain.errors import Invalid, ProviderRefused, Refusal, SignInNeeded, TryAgain
from service.web import csrf
from service.web.entering import admit, browser, caller
from service.web.forms import STATUS, CrossSite, Form, Sent
from service.web.pages import Asked, Asking, bare_page, page, see_other
from service.workflows import accounts
from service.workflows.accounts import Answer, Begun

LASTS = 600


@get("/sign-in/provider", sync_to_thread=True, include_in_schema=False)
def begin(request: Asked, ctx: Asking) -> Response[None]:
    """Send somebody to the provider; a link, because our policy lets no form of ours end elsewhere."""
    return _sent(request, accounts.begin(ctx, caller(request)))


@get("/me/accounts/link", sync_to_thread=True, include_in_schema=False)
def link(request: Asked, ctx: Asking) -> Response[None]:
    """Send somebody who is signed in to the provider, to link their account there; it was they who asked for it.

    Raises:
        CrossSite: a page of another site sent them here, which may have signed them in there as somebody else.
    """
    if not csrf.comes_from_here(request):
        raise CrossSite
    return _sent(request, accounts.begin(ctx, caller(request), linking=True))


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
    return see_other("/me/accounts") if secret is None else admit(request, ctx, secret, "/me", [])


@get("/me/accounts", sync_to_thread=True, include_in_schema=False)
def listed(request: Asked, ctx: Asking) -> Response[str]:
    """Show the reader's accounts elsewhere."""
    with ctx.reading():
        mine = accounts.mine(ctx)
        name = ctx.doors.provider.name if ctx.doors.provider is not None else ""
        return page(request, ctx, "accounts.html", private=True, accounts=mine, name=name, form=Form())


@post("/me/accounts/{account_id:str}/unlink", sync_to_thread=True, include_in_schema=False)
def unlink(account_id: FromPath[str], form: Sent, ctx: Asking) -> Response[None]:
    """Unlink an account."""
    del form  # reading it has made sure that the person meant it
    accounts.unlink(ctx, account_id)
    return see_other("/me/accounts")


def _sent(request: Asked, begun: Begun) -> Response[None]:
    headers = {"Location": begun.address, "Cache-Control": "no-store"}
    answer: Response[None] = Response(None, status_code=303, headers=headers)
    secure = request.url.scheme == "https"
    answer.set_cookie(
        Cookie(
            key=_cookie_name(request),
            value=begun.browser_secret,
            max_age=LASTS,
            path="/",
            secure=secure,
            httponly=True,
            samesite="lax",
        )
    )
    return answer


def _cookie_name(request: Asked) -> str:
    return "__Host-sympolity-way" if request.url.scheme == "https" else "sympolity-way"
