"""One's own API tokens: making one, and revoking those that are not needed any more."""

from datetime import timedelta

from litestar import Response, get, post
from litestar.params import FromPath

from service.domain.actors import Scope
from service.domain.errors import Invalid
from service.web.confirming import ask_to_confirm, confirming
from service.web.done import Done
from service.web.forms import Form, Sent
from service.web.pages import Asked, Asking, page, see_other
from service.workflows import tokens
from service.workflows.context import Context
from service.workflows.tokens import NewToken

DAYS = ("7", "30", "90", "365")


@get("/me/tokens", sync_to_thread=True, include_in_schema=False)
def listed(request: Asked, ctx: Asking) -> Response[str]:
    """Show the reader's tokens, and the form for another."""
    return _page(request, ctx, Form())


@post("/me/tokens", sync_to_thread=True, status_code=200, include_in_schema=False)
def make(request: Asked, form: Sent, ctx: Asking) -> Response[str]:
    """Make a token, and show its secret once."""
    scopes = tuple(scope for scope in Scope if scope.value in form.all("scopes"))
    act = tokens.act_of(ctx.identity.person_id or "", scopes)
    made = form.submit(lambda: _made(ctx, form, scopes))
    if form.unconfirmed and ctx.demo:
        form.refusal = None
        made = form.submit(lambda: confirming(ctx, act, lambda: _made(ctx, form, scopes)))
    if form.unconfirmed:
        return ask_to_confirm(request, ctx, act, form)
    return _page(request, ctx, form, made[1] if made is not None else "")


@post("/me/tokens/{token_id:str}/revoke", sync_to_thread=True, include_in_schema=False)
def revoke(token_id: FromPath[str], form: Sent, ctx: Asking) -> Response[None]:
    """Revoke a token."""
    del form  # reading it has made sure that the person meant it
    tokens.revoke(ctx, token_id)
    return see_other("/me/tokens", Done.TOKEN_REVOKED)


def _made(ctx: Context, form: Form, scopes: tuple[Scope, ...]) -> tuple[str, str]:
    if form.text("days") not in DAYS:
        raise Invalid.field("days", "Choose one of these.")
    with ctx.reading() as reader:
        until = reader.now + timedelta(days=int(form.text("days")))
    return tokens.issue_own(ctx, NewToken(form.text("name"), scopes, until))


def _page(request: Asked, ctx: Context, form: Form, secret: str = "") -> Response[str]:
    form.places = {"expires_at": "days"}
    with ctx.reading():
        return page(
            request, ctx, "tokens.html", status=form.status, private=True, tokens=tokens.mine(ctx),
            form=Form() if secret else form, secret=secret, scopes=tuple(Scope), days=[(d, d) for d in DAYS],
        )  # fmt: skip
