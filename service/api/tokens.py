"""/me/tokens: API tokens that you make for yourself."""

from datetime import datetime
from typing import Annotated

from litestar import Response, get, post
from litestar.params import JSONBody
from msgspec import Meta, Struct

from service.api.asking import Asking
from service.api.lists import Id, Listing, whole
from service.api.schemas import Moment, Request, moment, refuses, shown
from service.domain.actors import Scope
from service.domain.errors import ConfirmationNeeded, Invalid, SignInNeeded
from service.workflows import tokens

TAGS = ["People"]


class NewToken(Request, frozen=True):
    """A token to make. `position`, `approve` and `facilitate` need a confirmation of `token.issue_binding` first."""

    name: Annotated[str, Meta(description="What it is used for, for yourself; up to 100 characters.")]
    scopes: Annotated[tuple[Scope, ...], Meta(min_length=1, max_length=len(Scope))]
    expires_at: Moment


class Token(Struct, frozen=True):
    """A token in force."""

    id: str
    name: str
    scopes: tuple[Scope, ...]
    created_at: datetime
    expires_at: datetime


class MadeToken(Struct, frozen=True):
    """A token that was just made: its secret is shown here, and never again."""

    id: str
    secret: str


_token = shown(Token)


@get("/me/tokens", tags=TAGS, opt=refuses(SignInNeeded), sync_to_thread=True)
def list_my_tokens(ctx: Asking) -> Listing[Token]:
    """List your tokens in force, the newest first."""
    return whole(tokens.mine(ctx), _token)


@post("/me/tokens", tags=TAGS, opt=refuses(Invalid, ConfirmationNeeded), sync_to_thread=True)
def make_token(data: JSONBody[NewToken], ctx: Asking) -> Response[MadeToken]:
    """Make a token for yourself, in a session: a token makes no tokens."""
    command = tokens.NewToken(data.name, data.scopes, moment(data.expires_at, "expires_at"))
    return Response(MadeToken(*tokens.issue_own(ctx, command)), status_code=201)


@post("/me/tokens/{token_id:str}/revocation", tags=TAGS, status_code=204, sync_to_thread=True)
def revoke_token(token_id: Id, ctx: Asking) -> None:
    """Revoke one of your tokens: from now on it opens nothing."""
    tokens.revoke(ctx, token_id)


ROUTES = [list_my_tokens, make_token, revoke_token]
