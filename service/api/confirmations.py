"""/me/confirmations: saying once more that it is you, before an act that binds."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, TypeAlias

from litestar import Response, post
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.params import JSONBody, SkipValidation
from msgspec import Meta, Struct

from service.api.asking import Asking
from service.api.schemas import Identifier, Request, refuses
from service.domain.errors import Invalid, TooManyRequests
from service.domain.permissions import Act
from service.workflows import codes, confirmations

TAGS = ["People"]
# Makes the cookie by which a session goes on with another secret.
Renewed: TypeAlias = Callable[[str], Cookie]
_ACTIONS = tuple(sorted(permission.value for permission in confirmations.CONFIRMABLE))


class NewConfirmation(Request, frozen=True):
    """Your word, for one act on one version of one thing, in the session that sends it.

    An act that was refused as `confirmation_needed` says in `confirm` what to send here.
    """

    action: Annotated[str, Meta(description=f"One of: {', '.join(_ACTIONS)}.", examples=["position.take"])]
    object_id: Identifier
    version: Annotated[
        str,
        Meta(
            max_length=64,
            description="What of it: the digest of the text or edition; the number of an edition to assemble.",
        ),
    ]
    content: Annotated[
        str,
        Meta(max_length=64, description="The digest of whatever else the act says, as `confirm` named it."),
    ] = ""
    code: Annotated[
        str,
        Meta(
            max_length=40,
            description="What your authenticator app shows now, or a recovery code. Without one, a word is enough"
            " only where the demonstration is on.",
        ),
    ] = ""


class Confirmation(Struct, frozen=True):
    """A confirmation: the act that it is for uses it up, before `expires_at`."""

    action: str
    object_id: str
    version: str
    content: str
    expires_at: datetime


@post("/me/confirmations", tags=TAGS, opt=refuses(Invalid, TooManyRequests), sync_to_thread=True)
def confirm(
    data: JSONBody[NewConfirmation], ctx: Asking, renewed: NamedDependency[SkipValidation[Renewed]]
) -> Response[Confirmation]:
    """Confirm an act; needed by a session, never by a token.

    By a code of an authenticator app, the session goes on with the cookie that the answer sets; the one before is over.
    """
    act = confirmations.act_named(data.action, data.object_id, data.version, data.content)
    if not data.code:
        return _given(act, confirmations.confirm_in_demo(ctx, act))
    given = codes.confirm(ctx, act, data.code)
    answer = _given(act, given.until)
    answer.set_cookie(renewed(given.secret))
    return answer


def _given(act: Act, until: datetime) -> Response[Confirmation]:
    body = Confirmation(act.action.value, act.object_id, act.version, act.content, until)
    return Response(body, status_code=201, headers={"Cache-Control": "no-store"})


ROUTES = [confirm]
