"""Live pages: news of an agenda as server-sent events."""

import re
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from litestar import Response, get
from litestar.params import FromPath
from litestar.response import Stream

from service.web.pages import Asked, Asking
from service.web.watching import Watch
from service.workflows import activity

HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
TOO_MANY = 429
_ENTRY = re.compile("[0-9]{1,15}")
PLACE_OF_ONE = 64
"""So many leading bits of an IPv6 address are one customer's."""


@get(
    "/agendas/{agenda_id:str}/events",
    sync_to_thread=True,
    include_in_schema=False,
    opt={"uncompressed": True},
)
def events(request: Asked, agenda_id: FromPath[str], ctx: Asking) -> Response[Any]:
    """Tell what happens in an agenda, from after the entry that the reader knows, until they leave."""
    head = activity.head(ctx, agenda_id)
    watch: Watch = request.app.state.watch
    who = ctx.identity.person_id or place_of(request)
    if not watch.has_room_for(who):
        return Response(None, status_code=TOO_MANY, headers={**HEADERS, "Retry-After": "30"})
    told = watch.stream(who, agenda_id, known_to(request, head), head)
    return Stream(told, media_type="text/event-stream", headers=HEADERS)


def known_to(request: Asked, head: int) -> int:
    """Return the number of the last entry that a reader knows: as they say, or else the last one that there is."""
    said = request.headers.get("last-event-id") or request.query_params.get("after") or ""
    return min(int(said), head) if _ENTRY.fullmatch(said) else head


def place_of(request: Asked) -> str:
    """Return where a request comes from: an address, or the network of one customer."""
    host = request.client.host if request.client is not None else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        return str(ip_network((address, PLACE_OF_ONE), strict=False))
    return host
