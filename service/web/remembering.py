"""Pages for visitors, kept until something changes: many read, few write.

A page that nobody is signed in for depends on its address, its language and what is public. The last is told by one
small query, so a page that was made before is sent again at the cost of that query, and never when it is out of date.
"""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec

from litestar import MediaType, Request, Response

from service.web import csrf
from service.web.pages import language_asked
from service.workflows.context import Context
from service.workflows.reading import freshness

P = ParamSpec("P")
PAGES = 512
MEMORY = 32 * 1024 * 1024
NOT_MODIFIED = 304


@dataclass(frozen=True, slots=True)
class _Kept:
    fresh: tuple[object, ...]
    body: bytes
    headers: dict[str, str]


_KEPT: OrderedDict[tuple[object, ...], _Kept] = OrderedDict()
_LOCK = threading.Lock()


def _language(request: Request[Any, Any, Any]) -> str:
    """Return the language that is asked for; without one it is the agenda's, so the same for all of its pages."""
    asked = language_asked(request, None)
    return asked.tag if asked is not None else ""


def remembered(handler: Callable[P, Response[str]]) -> Callable[P, Response[Any]]:
    """Let visitors share a page until something that is public changes; whoever is signed in gets their own."""

    @wraps(handler)
    def shown(*args: P.args, **kwargs: P.kwargs) -> Response[Any]:
        request, ctx = kwargs["request"], kwargs["ctx"]
        if not isinstance(ctx, Context) or not isinstance(request, Request):
            return handler(*args, **kwargs)
        # A person comes by a session or by a token; a session that has ended still shapes the forms of a page.
        if ctx.identity.person_id is not None or csrf.session_secret(request):
            return handler(*args, **kwargs)
        with ctx.reading():
            fresh = freshness(ctx)
            # Two houses in one process, as in the tests, share no page.
            key = (id(ctx.database), request.url.path, request.url.query, _language(request))
            kept = _find(key, fresh)
            if kept is None:
                response = handler(*args, **kwargs)
                if response.status_code != 200:  # noqa: PLR2004 - only what was found is kept
                    return response
                kept = _keep(key, fresh, response)
        if request.headers.get("if-none-match") == kept.headers["ETag"]:
            return Response(None, status_code=NOT_MODIFIED, headers=kept.headers)
        return Response(kept.body, media_type=MediaType.HTML, headers=kept.headers)

    return shown


def _find(key: tuple[object, ...], fresh: tuple[object, ...]) -> _Kept | None:
    with _LOCK:
        kept = _KEPT.get(key)
        if kept is None or kept.fresh != fresh:
            return None
        _KEPT.move_to_end(key)
        return kept


def _keep(key: tuple[object, ...], fresh: tuple[object, ...], response: Response[str]) -> _Kept:
    body = response.content.encode()
    tag = hashlib.sha256(body).hexdigest()[:32]
    kept = _Kept(fresh, body, {**response.headers, "ETag": f'W/"{tag}"'})
    with _LOCK:
        _KEPT[key] = kept
        # Addresses are anyone's to make up, so what is kept is bounded in bytes, too.
        while len(_KEPT) > PAGES or sum(len(one.body) for one in _KEPT.values()) > MEMORY:
            _KEPT.popitem(last=False)
    return kept
