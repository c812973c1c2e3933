"""Files that programs fetch again and again, such as feeds and calendars: what they have already is not sent again."""

import hashlib
from collections.abc import Mapping
from typing import Any

from litestar import Request, Response

NOT_MODIFIED = 304


def handed(
    request: Request[Any, Any, Any], body: bytes, media_type: str, more: Mapping[str, str] | None = None
) -> Response[bytes] | Response[None]:
    """Return a file with its tag, or 304 to whoever has it. Whoever asks gets the same, so it may be kept."""
    tag = hashlib.sha256(body).hexdigest()[:32]
    return tagged(tag, b"" if tag in held(request) else body, media_type, more)


def held(request: Request[Any, Any, Any]) -> frozenset[str]:
    """Return the tags of what the reader has, bare."""
    known = request.headers.get("if-none-match", "").split(",")
    return frozenset(one.strip().removeprefix("W/").strip('"') for one in known)


def tagged(
    tag: str, body: bytes, media_type: str, more: Mapping[str, str] | None = None
) -> Response[bytes] | Response[None]:
    """Return a file with a tag of its own, or 304 where it is empty, because the reader has it."""
    headers = {"ETag": f'W/"{tag}"', "Cache-Control": "no-cache", **(more or {})}
    if not body:
        return Response(None, status_code=NOT_MODIFIED, headers=headers)
    return Response(body, media_type=media_type, headers=headers)
