"""Use cases of whoever reviews: the queue of changes, the place of one in it, and what was seen."""

from collections.abc import Sequence
from dataclasses import replace

from service.domain.errors import Invalid
from service.domain.permissions import Permission, Subject, require, visible_to
from service.domain.views.amendments import AmendmentView
from service.domain.views.review import Place, Queue, Queued, ReviewFilter
from service.store import reviewing as store
from service.store.queries import amendments as amendment_queries
from service.store.queries import assessments as assessment_queries
from service.store.queries import review as queries
from service.store.queries.collisions import in_each_others_way
from service.store.queries.review import Fitting, Reviewer
from service.store.reader import Reader
from service.workflows import reading
from service.workflows.context import Context
from service.workflows.recommendations import author

LARGEST = 50
MOST_SEEN = 500


def queue(ctx: Context, agenda_id: str, wanted: ReviewFilter, *, page: int = 1, size: int = LARGEST) -> Queue:
    """Return a page of the changes of an agenda that fit a filter, counted; a page beyond the last is the last."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        found = _fitting(ctx, reader, agenda_id, wanted)
        size = max(1, min(size, LARGEST))
        pages = max(1, -(-len(found) // size))
        page = max(1, min(page, pages))
        shown = found[(page - 1) * size : page * size]
        items = _queued(reader, shown)
        return Queue(items, len(found), sum(one.unseen for one in found), page, pages)


def every(
    ctx: Context, agenda_id: str, wanted: ReviewFilter, most: int
) -> tuple[tuple[AmendmentView, ...], int]:
    """Return the changes of an agenda that fit a filter, at most so many, and how many there are in all."""
    with ctx.reading() as reader:
        sight = visible_to(reader.actor)
        found = _fitting(ctx, reader, agenda_id, wanted)
        ids = [one.id for one in found[:most]]
        views = {v.id: v for v in amendment_queries.get_amendments(reader.connection, sight, ids)}
        return tuple(views[i] for i in ids), len(found)


def queued(ctx: Context, amendment_id: str) -> Queued:
    """Return one change as a queue shows it, whether it fits a filter or not."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        view = reading.amendment(ctx, amendment_id)
        fits = Fitting(view.id, view.recommendation_id, unseen=False)
        return _queued(reader, (fits,))[0]


def place(ctx: Context, agenda_id: str, amendment_id: str, wanted: ReviewFilter) -> Place:
    """Return where a change stands among those that fit; of one that does not (any more), the first is the next."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        ids = [one.id for one in _fitting(ctx, reader, agenda_id, wanted)]
    if amendment_id not in ids:
        return Place(None, len(ids), None, ids[0] if ids else None)
    at = ids.index(amendment_id)
    before = ids[at - 1] if at else None
    after = ids[at + 1] if at + 1 < len(ids) else None
    return Place(at + 1, len(ids), before, after)


def languages(ctx: Context, agenda_id: str) -> tuple[str, ...]:
    """Return the languages in which the changes of an agenda are written."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        reading.agenda(ctx, agenda_id)
        return queries.languages(reader.connection, agenda_id)


def mark_seen(ctx: Context, agenda_id: str, amendment_ids: Sequence[str]) -> int:
    """A reader says that they have seen changes as they stand now; returns how many.

    Raises:
        SignInNeeded: nobody is signed in, so there is nobody to remember it of.
    """
    if not 0 < len(set(amendment_ids)) <= MOST_SEEN:
        raise Invalid.field("amendments", "Choose between one and %(limit)s amendments.", limit=MOST_SEEN)
    with ctx.transaction() as work:
        require(work.actor, Permission.REVIEW_KEEP, Subject())
        reading.agenda(ctx, agenda_id)
        found = store.revisions(work.connection, agenda_id, frozenset(amendment_ids))
        store.keep_looks(work.connection, author(work), found, work.now)
        return len(found)


def _fitting(ctx: Context, reader: Reader, agenda_id: str, wanted: ReviewFilter) -> tuple[Fitting, ...]:
    able = reading.abilities(ctx, agenda_id)
    services = frozenset(one.id for one in able.organisations(Permission.ASSESSMENT_GIVE))
    reviewer = Reviewer(reader.actor.person_id, services)
    if reviewer.person_id is None:
        # Nobody is remembered, so nothing is new to them alone.
        wanted = replace(wanted, unseen=False)
    return queries.fitting(reader.connection, reviewer, agenda_id, wanted)


def _queued(reader: Reader, shown: Sequence[Fitting]) -> tuple[Queued, ...]:
    ids = [one.id for one in shown]
    asks = {one.recommendation_id for one in shown}
    sight = visible_to(reader.actor)
    views = {v.id: v for v in amendment_queries.get_amendments(reader.connection, sight, ids)}
    meeting = in_each_others_way(reader.connection, asks)
    seen = queries.seen_wordings(reader.connection, reader.actor.person_id, ids)
    tallies = assessment_queries.tallies(reader.connection, asks)
    return tuple(
        Queued(
            amendment=views[one.id],
            collides=one.id in meeting,
            unseen=one.unseen,
            seen_wording=seen.get(one.id),
            assessed=tallies.get(one.recommendation_id),
        )
        for one in shown
    )
