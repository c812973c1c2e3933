"""Use cases around what somebody has typed and not sent: kept as they type, found again, discarded."""

from collections.abc import Collection, Mapping
from datetime import datetime

from service.domain.errors import SignInNeeded
from service.domain.permissions import visible_to
from service.domain.unsent import Kept, Unsent, check_place, check_size
from service.store import unsent as store
from service.workflows.context import Context


def keep(ctx: Context, place: str, fields: Mapping[str, Collection[str]]) -> datetime:
    """Keep what the reader has typed at a place, whether or not it could be sent; returns the moment.

    Raises:
        SignInNeeded: nobody is signed in, so there is nobody to keep it for.
        Invalid: nothing is typed there, or it is more than any form holds.
    """
    person_id = _reader(ctx)
    written = store.written(fields)
    check_place(place)
    check_size(written)
    with ctx.transaction() as work:
        visible_to(work.actor)
        store.keep(work.connection, person_id, place, written, work.now)
        return work.now


def kept(ctx: Context, place: str) -> Kept | None:
    """Return what the reader has typed at a place and not sent, or None."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        return store.kept(reader.connection, reader.actor.person_id or "", place)


def discard(ctx: Context, place: str) -> None:
    """Forget what the reader has typed at a place: it was sent, or is not wanted any more.

    Raises:
        SignInNeeded: nobody is signed in.
    """
    person_id = _reader(ctx)
    with ctx.transaction() as work:
        visible_to(work.actor)
        store.discard(work.connection, person_id, place)


def unsent(ctx: Context) -> tuple[Unsent, ...]:
    """Return what the reader has typed and not sent, the latest first."""
    with ctx.reading() as reader:
        return store.unsent(reader.connection, visible_to(reader.actor), reader.actor.person_id or "")


def _reader(ctx: Context) -> str:
    if ctx.identity.person_id is None:
        raise SignInNeeded
    return ctx.identity.person_id
