"""ETags: what a reader has already is not sent again, and no one overwrites what they have not seen.

A tag is that of the content, however it is then compressed on its way.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from service.domain.errors import ConditionMissing, StaleState

# What 304 repeats of the headers of the answer it stands for (RFC 9110, section 15.4.5).
REPEATED = frozenset({b"cache-control", b"content-location", b"date", b"etag", b"expires", b"vary"})


def etag(body: bytes) -> str:
    """Return the strong entity tag of a representation: a hash of its bytes."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def matches(condition: str, tag: str) -> bool:
    """Tell whether an If-Match or If-None-Match lists `tag`; tags are hashes, so none holds a comma."""
    listed = [entry.strip() for entry in condition.split(",")]
    return "*" in listed or tag in [entry.removeprefix("W/") for entry in listed]


@dataclass(frozen=True, slots=True)
class Condition:
    """What a client says it has read of a thing before it changes it: the header If-Match, or nothing."""

    if_match: str | None

    def required(self, current: msgspec.Struct) -> None:
        """Refuse a change of a thing that the client has not read as it is now.

        Raises:
            ConditionMissing: the client does not say what it read.
            StaleState: it read something else than `current`.
        """
        if self.if_match is None:
            raise ConditionMissing
        self.honoured(lambda: current)

    def honoured(self, current: Callable[[], msgspec.Struct]) -> None:
        """Refuse an action on a thing that has changed since, if the client says what it read.

        Args:
            current: renders the thing as it is now; called only when there is something to compare.

        Raises:
            StaleState: the client read something else.
        """
        if self.if_match is not None and (
            "W/" in self.if_match or not matches(self.if_match, etag(msgspec.json.encode(current())))
        ):
            raise StaleState


async def provide_condition(request: Request[Any, Any, Any]) -> Condition:
    """Return the condition that a request brings."""
    return Condition(request.headers.get("if-match"))


async def tag(response: Response[Any]) -> Response[Any]:
    """Tag what an answer shows; called on what handlers return, before anything is compressed."""
    if response.content is not None:
        body = response.content
        as_text = body.encode() if isinstance(body, str) else body
        response.content = as_text if isinstance(as_text, bytes) else msgspec.json.encode(body)
        response.headers["ETag"] = etag(response.content)
    return response


class NotModified(ASGIMiddleware):
    """Answers 304 to a reader who has already what would be sent."""

    scopes = (ScopeType.HTTP,)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Let the answer pass, or put 304 in its place."""
        request: Request[Any, Any, Any] = Request(scope)
        condition = request.headers.get("if-none-match") if request.method == "GET" else None
        if condition is None:
            await next_app(scope, receive, send)
            return
        known = False

        async def answer(message: Message) -> None:
            nonlocal known
            if message["type"] == "http.response.start":
                tags = [
                    value.decode("latin-1") for name, value in message["headers"] if name.lower() == b"etag"
                ]
                if known := bool(tags) and matches(condition, tags[0]):
                    kept = [header for header in message["headers"] if header[0].lower() in REPEATED]
                    await send({**message, "status": 304, "headers": kept})
                    await send({"type": "http.response.body", "body": b"", "more_body": False})
            if not known:
                await send(message)

        await next_app(scope, receive, answer)
