"""Idempotency keys: a client that got no answer sends its request again, and nothing happens twice."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from litestar import Request, Response
from msgspec import Struct

from service.api.asking import Asking
from service.api.refusals import InvalidRequest
from service.domain.errors import FieldError
from service.workflows import idempotency
from service.workflows.context import Context

S = TypeVar("S", bound=Struct)
KEY = re.compile(r"[\x21-\x7e]{1,200}")
HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
BASE = "/api/v1"


@dataclass(frozen=True, slots=True)
class Attempt:
    """A request to create something; `key` is the client's name for it, `fingerprint` that of all it says."""

    ctx: Context
    key: str | None
    fingerprint: str

    def create(
        self, run: Callable[[], str], show: Callable[[str], S], location: str | None = None
    ) -> Response[S]:
        """Create a thing, or find what the same request created before, and answer with the whole of it.

        Args:
            run: creates it and returns its id.
            show: renders it by its id.
            location: its address below the API's root, with `{id}` for its id; None when it has none.
        """
        made = idempotency.once(self.ctx, self.key, self.fingerprint, run)
        headers = {}
        if location is not None:
            headers["Location"] = BASE + location.format(id=made.result_id)
        if made.replayed:
            headers[REPLAYED] = "true"
        return Response(show(made.result_id), status_code=201, headers=headers)


async def provide_attempt(request: Request[Any, Any, Any], ctx: Asking) -> Attempt:
    """Return the attempt that a request is.

    Raises:
        InvalidRequest: the key cannot be one.
    """
    key = request.headers.get(HEADER.lower())
    if key is not None and KEY.fullmatch(key) is None:
        raise InvalidRequest(
            errors=[FieldError(HEADER, "Send 1 to 200 visible ASCII characters, such as a UUID.")]
        )
    said = hashlib.sha256(f"{request.method} {request.url.path}\n".encode())
    said.update(await request.body())
    return Attempt(ctx, key, said.hexdigest())
