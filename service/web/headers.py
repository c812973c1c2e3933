"""What every answer carries: where its parts may come from, and what a browser may do with it."""

from litestar.datastructures import MutableScopeHeaders
from litestar.types import Message, Scope

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
# Every answer carries them, so they are written for the wire once.
ENCODED = tuple((name.lower().encode(), value.encode()) for name, value in HEADERS.items())
OWN = frozenset({b"authorization", b"cookie"})
HSTS = "max-age=31536000; includeSubDomains"


async def guard(message: Message, scope: Scope) -> None:
    """Set the headers on an answer; a `before_send` hook, so that refusals of the framework have them too."""
    if message["type"] != "http.response.start":
        return
    sent = {name.lower() for name, _ in message["headers"]}
    message["headers"] = [*message["headers"], *(header for header in ENCODED if header[0] not in sent)]
    headers = MutableScopeHeaders.from_message(message)
    # What may be a person's own is kept nowhere; what is public is asked for again, and 304 saves sending it.
    own = any(name in OWN for name, _ in scope["headers"])
    headers.setdefault("Cache-Control", "no-store" if own else "no-cache")
    if scope["scheme"] == "https":
        headers.setdefault("Strict-Transport-Security", HSTS)
