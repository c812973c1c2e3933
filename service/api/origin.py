"""Who may use a session: pages of this site alone, so that no other site acts in a reader's name."""

from typing import Any

from litestar import Request

from service.api.refusals import ForeignSite

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
OWN = frozenset({"same-origin", "none"})


async def refuse_cross_site(request: Request[Any, Any, Any]) -> None:
    """Refuse a change that another site's page asks for with the reader's session.

    Every browser says where a request that changes something comes from; what says nothing is no browser.
    A bearer token is never sent by a browser on its own, so it needs no such proof.

    Raises:
        ForeignSite: the request comes from elsewhere.
    """
    if request.method in SAFE or request.headers.get("authorization"):
        return
    fetched_from, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if fetched_from in OWN or (fetched_from is None and origin is None):
        return
    if fetched_from is None and origin and origin.partition("://")[2] == request.headers.get("host"):
        return
    raise ForeignSite
