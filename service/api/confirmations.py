"""/me/confirmations: saying once more that it is you, before an act that binds."""

from datetime import datetime
from typing import Annotated

from litestar import Response, post
from litestar.params import JSONBody
from msgspec import Meta, Struct

from service.api.asking import Asking
from service.api.schemas import Identifier, Request, refuses
from service.domain.errors import Invalid
from service.domain.permissions import Act, Permission
from service.workflows import confirmations

TAGS = ["People"]
_ACTIONS = tuple(sorted(permission.value for permission in confirmations.CONFIRMABLE))


class NewConfirmation(Request, frozen=True):
    """Your word, for one act on one version of one thing, in the session that sends it."""

    action: Annotated[str, Meta(description=f"One of: {', '.join(_ACTIONS)}.", examples=["position.take"])]
    object_id: Identifier
    version: Annotated[
        str,
        Meta(
            max_length=64,
            description="What of it: the digest of the text or edition; the number of an edition to assemble.",
        ),
    ]


class Confirmation(Struct, frozen=True):
    """A confirmation: the act that it is for uses it up, before `expires_at`."""

    action: str
    object_id: str
    version: str
    expires_at: datetime


@post("/me/confirmations", tags=TAGS, opt=refuses(Invalid), sync_to_thread=True)
def confirm(data: JSONBody[NewConfirmation], ctx: Asking) -> Response[Confirmation]:
    """Confirm an act; needed by a session, never by a token. Without a code, only where the demonstration is on."""
    if data.action not in _ACTIONS:
        raise Invalid.field("action", "Name one of the acts that need a confirmation.")
    act = Act(Permission(data.action), data.object_id, data.version)
    until = confirmations.confirm_in_demo(ctx, act)
    return Response(Confirmation(data.action, data.object_id, data.version, until), status_code=201)


ROUTES = [confirm]
