"""Forms of our own pages only: a token derived from the session, and the browser's word on where it comes from.

A token is a fresh nonce and its HMAC under the session's secret. A fresh one for each page means that the
length of a compressed page tells nothing about it.
"""

import hashlib
import hmac
import secrets
from typing import Any

from litestar import Request

FIELD = "csrf"
SECURE_COOKIE = "__Host-sympolity"
PLAIN_COOKIE = "sympolity"
_NONCE = 16
_MARK = 16


def cookie_name(scheme: str) -> str:
    """Return the name of the session's cookie; over https the browser itself forbids others to set it."""
    return SECURE_COOKIE if scheme == "https" else PLAIN_COOKIE


def session_secret(request: Request[Any, Any, Any]) -> str:
    """Return the secret of the session that the browser names, or an empty text."""
    return request.cookies.get(cookie_name(request.url.scheme), "")


def token(secret: str) -> str:
    """Return a token for one page of the session."""
    nonce = secrets.token_hex(_NONCE)
    return f"{nonce}.{_seal(secret, nonce)}"


def holds(secret: str, sent: str) -> bool:
    """Tell whether a token was made for this session."""
    nonce, _, seal = sent.partition(".")
    return bool(seal) and hmac.compare_digest(_seal(secret, nonce).encode(), seal.encode())


def mark(secret: str, said: str) -> str:
    """Return the session's mark on what a page is to tell it, short enough for an address; none without one."""
    made = hmac.new(secret.encode(), f"done:{said}".encode(), hashlib.sha256)
    return made.hexdigest()[:_MARK] if secret else ""


def marked(secret: str, said: str, sent: str) -> bool:
    """Tell whether this session has put its mark on what a page is to tell."""
    return bool(secret) and hmac.compare_digest(mark(secret, said).encode(), sent.encode())


def comes_from_here(request: Request[Any, Any, Any]) -> bool:
    """Tell whether the browser says that the request comes from a page of this service.

    Where it says nothing the token alone decides; under our referrer policy the origin is "null" even at home.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("origin", "null")
    return origin == "null" or origin.partition("://")[2] == request.headers.get("host", "")


def _seal(secret: str, nonce: str) -> str:
    return hmac.new(secret.encode(), f"form:{nonce}".encode(), hashlib.sha256).hexdigest()
