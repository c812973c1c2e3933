"""Probes: alive, ready, and the figures that a monitor draws curves of."""

from typing import Any

from litestar import MediaType, Request, Response, get

from service.api.asking import Asking
from service.domain.errors import TryAgain, Unknown
from service.workflows import readiness

LOCAL = frozenset({"127.0.0.1", "::1"})


@get("/healthz", media_type=MediaType.TEXT, include_in_schema=False, sync_to_thread=False)
def healthz() -> str:
    """Answer that the process is alive."""
    return "ok\n"


@get("/readyz", include_in_schema=False, sync_to_thread=True)
def readyz(ctx: Asking) -> Response[dict[str, bool | str]]:
    """Answer whether requests may be sent here: database, migrations, keys; and whether papers can be signed."""
    try:
        found = readiness.readiness(ctx)
    except TryAgain:
        found = readiness.Readiness(database=False, migrations=False, keys=False)
    body: dict[str, bool | str] = {
        "database": found.database,
        "migrations": found.migrations,
        "keys": found.keys,
        "seal": found.seal,
        "signatories": found.signatories,
    }
    return Response(body, status_code=200 if found.is_ready else 503)


@get("/metrics", media_type=MediaType.TEXT, include_in_schema=False, sync_to_thread=True)
def metrics(request: Request[Any, Any, Any], ctx: Asking) -> str:
    """Answer with the figures in the text format of Prometheus, to this machine or to a token."""
    if ctx.identity.token_id is None and (request.client is None or request.client.host not in LOCAL):
        raise Unknown(thing="page")
    lines = [
        f"# TYPE sympolity_{name} gauge\nsympolity_{name} {value}\n"
        for name, value in readiness.measures(ctx).items()
    ]
    return "".join(lines)
