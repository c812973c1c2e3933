"""ETags: what a reader has already is not sent again, and no one overwrites what they have not seen."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec
from litestar import Request
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, HTTPResponseStartEvent, Message, Receive, Scope, Send

from service.domain.errors import ConditionMissing, StaleState

TAGGED = frozenset({200, 201})
# What 304 repeats of the headers of the answer it stands for (RFC 9110, section 15.4.5).
REPEATED = frozenset({b"cache-control", b"content-location", b"date", b"expires", b"vary"})


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


class EntityTags(ASGIMiddleware):
    """Tags every answer that shows something, and answers 304 to a reader who has it already."""

    scopes = (ScopeType.HTTP,)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Hold an answer back until all of it is known; answers here are whole documents, never streams."""
        start: HTTPResponseStartEvent | None = None
        body = bytearray()
        request: Request[Any, Any, Any] = Request(scope)

        async def tagged(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start" and message["status"] in TAGGED:
                start = message
                return
            if message["type"] != "http.response.body" or start is None:
                await send(message)
                return
            body.extend(message["body"])
            if not message["more_body"]:
                tag = etag(bytes(body))
                known = request.headers.get("if-none-match", "")
                fresh = request.method == "GET" and matches(known, tag)
                await _send(send, start, tag, None if fresh else bytes(body))

        await next_app(scope, receive, tagged)


async def _send(send: Send, start: HTTPResponseStartEvent, tag: str, body: bytes | None) -> None:
    """Send an answer with its tag; without a body as 304."""
    headers = list(start["headers"])
    if body is None:
        headers = [header for header in headers if header[0].lower() in REPEATED]
    headers.append((b"etag", tag.encode()))
    status = start["status"] if body is not None else 304
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body or b"", "more_body": False})
