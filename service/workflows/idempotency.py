"""A request that is sent twice takes effect once."""

from collections.abc import Callable
from dataclasses import dataclass

from service.domain.errors import KeyReused, SignInNeeded
from service.store import keys
from service.workflows.context import Context


@dataclass(frozen=True, slots=True)
class Once:
    """The id of what the request made, and whether it was made by an earlier request with the same key."""

    result_id: str
    replayed: bool


def once(ctx: Context, key: str | None, fingerprint: str, run: Callable[[], str]) -> Once:
    """Run a use case, unless the same person sent the same key before; key and effect are one transaction.

    Args:
        ctx: the request's context.
        key: the Idempotency-Key, or None to run anyway.
        fingerprint: SHA-256 of the request, in hex.
        run: the use case; it returns the id of what it made.

    Raises:
        KeyReused: the key came with another request.
        KeyInFlight: the first request is still running.
        SignInNeeded: nobody is signed in, so there is nobody to remember keys of.
    """
    if key is None:
        # One transaction here too, so that whatever else `run` asks is answered in it.
        with ctx.transaction():
            return Once(run(), replayed=False)
    person_id = ctx.identity.person_id
    if person_id is None:
        raise SignInNeeded
    with ctx.transaction() as work:
        known = keys.find(work.connection, person_id, key)
        if known is not None:
            if known.fingerprint != fingerprint:
                raise KeyReused
            return Once(known.result_id, replayed=True)
        keys.claim(work.connection, person_id, key, fingerprint, work.now)
        result_id = run()
        keys.fulfil(work.connection, person_id, key, result_id)
        return Once(result_id, replayed=False)
