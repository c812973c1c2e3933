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
    tag = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache", **(more or {})}
    known = [one.strip() for one in request.headers.get("if-none-match", "").split(",")]
    if tag in known or tag.removeprefix("W/") in known:
        return Response(None, status_code=NOT_MODIFIED, headers=headers)
    return Response(body, media_type=media_type, headers=headers)
