"""Use cases around what a person has seen of a text, so that they can be told what changed since."""

from contextlib import suppress

from service.domain.errors import SignInNeeded, StaleState, TryAgain, Unknown
from service.domain.permissions import visible_to
from service.domain.views.recommendations import VersionRef
from service.store import looks
from service.store.queries.recommendations import is_visible
from service.workflows import reading
from service.workflows.context import Context


def last_look(ctx: Context, recommendation_id: str) -> VersionRef | None:
    """Return the version that the reader saw last; the first look is remembered, later ones only when they say so.

    So a page that is fetched without being read takes no news away.
    """
    person_id = ctx.identity.person_id
    if person_id is None:
        return None
    with ctx.reading() as reader:
        if not is_visible(reader.connection, visible_to(reader.actor), recommendation_id):
            raise Unknown(thing="recommendation")
        seen = looks.last_look(reader.connection, person_id, recommendation_id)
    if seen is None:
        current = reading.recommendation(ctx, recommendation_id).current_version
        # Two first looks at once, or a busy database: a page is never refused for it.
        with suppress(StaleState, TryAgain), ctx.transaction() as work:
            visible_to(work.actor)
            looks.keep_look(work.connection, person_id, recommendation_id, current.id, work.now)
    return seen


def seen(ctx: Context, recommendation_id: str, version_id: str) -> None:
    """A reader says that they have seen a version; an older one than they saw already changes nothing.

    Raises:
        SignInNeeded: nobody is signed in, so there is nobody to remember it of.
    """
    person_id = ctx.identity.person_id
    if person_id is None:
        raise SignInNeeded
    with ctx.transaction() as work:
        visible_to(work.actor)
        reading.recommendation(ctx, recommendation_id)
        version = work.versions.get(version_id)
        if version.recommendation_id != recommendation_id:
            raise Unknown(thing="version")
        before = looks.last_look(work.connection, person_id, recommendation_id)
        if before is None or before.number < version.number:
            looks.keep_look(work.connection, person_id, recommendation_id, version_id, work.now)
