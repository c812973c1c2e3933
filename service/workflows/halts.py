"""What keeps an edition from being published, for whoever looks at its page instead of at the jobs."""

from service.domain import publication
from service.domain.editions import EditionState
from service.domain.errors import (
    SealAway,
    SealPinRefused,
    SignatoryKeyAway,
    SignatoryPinRefused,
    StampsAway,
)
from service.domain.halts import Halt, overtaken
from service.domain.permissions import visible_to
from service.domain.views.agendas import EditionView
from service.store import jobs
from service.store.queries import editions as queries
from service.store.queries.publication import get_snapshot
from service.workflows.context import Context

PUBLISH = "publish"
"""The kind of job that makes the paper of an approved edition."""
_MET = {
    SealAway.__name__: Halt.KEY_AWAY,
    SealPinRefused.__name__: Halt.PIN_REFUSED,
    StampsAway.__name__: Halt.STAMPS_AWAY,
    SignatoryKeyAway.__name__: Halt.THEIR_KEY_AWAY,
    SignatoryPinRefused.__name__: Halt.THEIR_PIN_REFUSED,
}
_ENDED = frozenset({EditionState.RELEASED, EditionState.WITHDRAWN})


def halt_of(ctx: Context, edition: EditionView) -> Halt | None:
    """Return what keeps an edition from being published; None where nothing does, or it is, or was withdrawn."""
    if edition.state in _ENDED:
        return None
    with ctx.reading() as reader:
        visible_to(reader.actor)
        newest = queries.newest_published(reader.connection, edition.agenda_id)
        # The first one replaces none, and none was published since.
        snapshot = get_snapshot(reader.connection, edition.id) if newest is not None else None
        replaces = publication.from_json(snapshot).corrigendum if snapshot is not None else None
        if (found := overtaken(newest, replaces)) is not None or edition.state is EditionState.ASSEMBLED:
            return found
        last = jobs.last(reader.connection, PUBLISH, edition.id)
    if last is None or last.state not in {"ready", "failed"} or not last.error:
        return None
    return Halt.GIVEN_UP if last.state == "failed" else _MET.get(last.error.partition(":")[0])
