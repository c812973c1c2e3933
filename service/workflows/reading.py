"""What readers may see: every query is narrowed by `visible_to`."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from service.domain.actors import Actor
from service.domain.adoption import Outcome
from service.domain.amendments import reworded
from service.domain.errors import Unknown
from service.domain.permissions import Permission, Subject, allows, visible_to
from service.domain.text import BASE, Block, Collision, Provenance
from service.domain.text.collisions import RANK, ranking
from service.domain.views import Page
from service.domain.views.agendas import AgendaFigures, AgendaView
from service.domain.views.amendments import (
    AmendmentFilter,
    AmendmentRef,
    AmendmentView,
    CollisionView,
    SettlementView,
    WordingView,
)
from service.domain.views.people import OrganisationRef
from service.domain.views.recommendations import (
    CommentView,
    Origin,
    PositionView,
    RecommendationSummary,
    VersionRef,
    VersionView,
)
from service.store import figures as recorded
from service.store.paging import decoded, encoded
from service.store.queries import agendas as agenda_queries
from service.store.queries import amendments as amendment_queries
from service.store.queries import collisions as collision_queries
from service.store.queries import compromises as compromise_queries
from service.store.queries import discussion
from service.store.queries import recommendations as recommendation_queries
from service.workflows.context import Context

LIMIT = 50


@dataclass(frozen=True, slots=True)
class Abilities:
    """What the reader may do in an agenda at this moment, and for whom: what pages ask before they show a button."""

    actor: Actor
    subject: Subject

    def may(self, permission: Permission) -> bool:
        """Tell whether the reader may do it, for any organisation that they act for."""
        return allows(self.actor, permission, self.subject) or bool(self.organisations(permission))

    def may_for(self, permission: Permission, organisation_id: str) -> bool:
        """Tell whether the reader may do it for one organisation."""
        return allows(self.actor, permission, replace(self.subject, organisation_id=organisation_id))

    def organisations(self, permission: Permission) -> tuple[OrganisationRef, ...]:
        """Return the organisations on whose behalf the reader may do it."""
        return tuple(
            OrganisationRef(a.organisation_id, a.organisation)
            for a in self.actor.authorities
            if self.may_for(permission, a.organisation_id)
        )


def abilities(ctx: Context, agenda_id: str) -> Abilities:
    """Return what the reader may do in an agenda."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        view = agenda_queries.get_agenda(reader.connection, agenda_id, reader.now)
        if view is None:
            raise Unknown(thing="agenda")
        return abilities_in(ctx, view)


def abilities_in(ctx: Context, view: AgendaView) -> Abilities:
    """Return what the reader may do in an agenda that was read already."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        # What needs a confirmation is shown, and the confirmation asked for when it is sent.
        subject = Subject(view.phase, view.phase_closes_at, reader.now, demo=ctx.demo, confirmed=True)
        return Abilities(reader.actor, subject)


def freshness(ctx: Context) -> tuple[object, ...]:
    """Return a value that stays the same as long as everything that is public does, for a minute at most.

    No change is written without its event, so the lengths of the records tell of every change; the minute is for
    what the clock changes: deadlines, and how long is left.
    """
    with ctx.reading() as reader:
        visible_to(reader.actor)
        minute = reader.now.replace(second=0, microsecond=0)
        return (minute, recorded.record_sizes(reader.connection))


def agendas(ctx: Context, limit: int = LIMIT, cursor: str | None = None) -> Page[AgendaView]:
    """Return agendas, the oldest first."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        return agenda_queries.list_agendas(reader.connection, reader.now, limit, cursor)


def agenda(ctx: Context, agenda_id: str) -> AgendaView:
    """Return one agenda."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        view = agenda_queries.get_agenda(reader.connection, agenda_id, reader.now)
        if view is None:
            raise Unknown(thing="agenda")
        return view


def figures(ctx: Context, agenda_id: str) -> AgendaFigures:
    """Return an agenda in numbers."""
    with ctx.reading() as reader:
        agenda(ctx, agenda_id)
        return agenda_queries.get_figures(reader.connection, visible_to(reader.actor), agenda_id)


def recommendations(
    ctx: Context, agenda_id: str, limit: int = LIMIT, cursor: str | None = None
) -> Page[RecommendationSummary]:
    """Return an agenda's recommendations in their order."""
    with ctx.reading() as reader:
        agenda(ctx, agenda_id)
        return recommendation_queries.list_recommendations(
            reader.connection, visible_to(reader.actor), agenda_id, limit, cursor
        )


def recommendation(ctx: Context, recommendation_id: str) -> RecommendationSummary:
    """Return one recommendation."""
    with ctx.reading() as reader:
        view = recommendation_queries.get_recommendation(
            reader.connection, visible_to(reader.actor), recommendation_id
        )
        if view is None:
            raise Unknown(thing="recommendation")
        return view


def settlements(ctx: Context, version_id: str) -> tuple[SettlementView, ...]:
    """Return how each collision was settled when a version was made."""
    with ctx.reading() as reader:
        view = version(ctx, version_id)
        visible_to(reader.actor)
        return compromise_queries.settlements(reader.connection, view.recommendation_id, view.id)


def versions(
    ctx: Context, recommendation_id: str, limit: int = LIMIT, cursor: str | None = None
) -> Page[VersionView]:
    """Return a recommendation's versions, the first one first."""
    with ctx.reading() as reader:
        _known(ctx, recommendation_id)
        return recommendation_queries.list_versions(
            reader.connection, visible_to(reader.actor), recommendation_id, limit, cursor
        )


def version(ctx: Context, version_id: str) -> VersionView:
    """Return one version."""
    with ctx.reading() as reader:
        view = recommendation_queries.get_version(reader.connection, visible_to(reader.actor), version_id)
        if view is None:
            raise Unknown(thing="version")
        return view


def rewording(ctx: Context, version_id: str, text: str) -> tuple[Block, ...]:
    """Return what a text in Markdown makes of a version: blocks that are known again keep their ids."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        return reworded(version(ctx, version_id).blocks, text)


def current_version(ctx: Context, recommendation_id: str) -> VersionView:
    """Return the version that a recommendation is at."""
    with ctx.reading() as reader:
        view = recommendation_queries.get_current_version(
            reader.connection, visible_to(reader.actor), recommendation_id
        )
        if view is None:
            raise Unknown(thing="recommendation")
        return view


def current_versions(ctx: Context, agenda_id: str) -> tuple[VersionView, ...]:
    """Return the current text of each recommendation of an agenda, in their order."""
    with ctx.reading() as reader:
        agenda(ctx, agenda_id)
        return recommendation_queries.current_versions(reader.connection, visible_to(reader.actor), agenda_id)


def origins(ctx: Context, provenance: Provenance) -> dict[str, Origin]:
    """Return what each origin in a provenance stands for: an amendment, or a version written by hand."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        ids = {origin for runs in provenance.values() for run in runs for origin in run.origins} - {BASE}
        amended = amendment_queries.refer(reader.connection, ids)
        written: Mapping[str, VersionRef] = recommendation_queries.known_versions(
            reader.connection, ids - set(amended)
        )
        covers, _ = compromise_queries.around(reader.connection, amended)
        return {
            **{i: Origin(i, ref.number, ref.organisations, None, i in covers) for i, ref in amended.items()},
            **{i: Origin(i, None, (), ref.number) for i, ref in written.items()},
        }


def amendments(
    ctx: Context, wanted: AmendmentFilter, limit: int = LIMIT, cursor: str | None = None
) -> Page[AmendmentView]:
    """Return amendments in the order in which they were begun; drafts only of the reader's organisations."""
    with ctx.reading() as reader:
        if wanted.agenda_id is not None:
            agenda(ctx, wanted.agenda_id)
        if wanted.recommendation_id is not None:
            _known(ctx, wanted.recommendation_id)
        return amendment_queries.list_amendments(
            reader.connection, visible_to(reader.actor), wanted, limit, cursor
        )


def amendment(ctx: Context, amendment_id: str) -> AmendmentView:
    """Return one amendment."""
    with ctx.reading() as reader:
        view = amendment_queries.get_amendment(reader.connection, visible_to(reader.actor), amendment_id)
        if view is None:
            raise Unknown(thing="amendment")
        return view


def earlier_wordings(ctx: Context, amendment_id: str) -> tuple[WordingView, ...]:
    """Return what an amendment said before it was carried over to newer versions."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        amendment(ctx, amendment_id)
        return amendment_queries.list_earlier_wordings(reader.connection, amendment_id)


def wordings(ctx: Context, amendment_id: str) -> tuple[WordingView, ...]:
    """Return every wording of an amendment, the original first, the present one last."""
    with ctx.reading():
        view = amendment(ctx, amendment_id)
        earlier = earlier_wordings(ctx, amendment_id)
        parent = earlier[-1].id if earlier else None
        number = len(earlier) + 1
        return (
            *earlier,
            WordingView(view.id, parent, number, view.base_version, view.base_blocks, view.blocks, None),
        )


def references(ctx: Context, amendment_ids: Collection[str]) -> Mapping[str, AmendmentRef]:
    """Return amendments by id, as they are referred to."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        return amendment_queries.refer(reader.connection, amendment_ids)


def collisions(
    ctx: Context, recommendation_id: str, limit: int = LIMIT, cursor: str | None = None
) -> Page[CollisionView]:
    """Return which amendments to a recommendation's current version touch the same words, in the order of its text.

    Raises:
        BadCursor: the cursor was not issued for such a list.
    """
    with ctx.reading() as reader:
        visible_to(reader.actor)
        rank = ranking(current_version(ctx, recommendation_id).blocks)
        found = collision_queries.colliding(reader.connection, recommendation_id)
        if cursor is not None:
            after = tuple(decoded(cursor, RANK))
            found = tuple(c for c in found if rank(c) > after)
        following = encoded(rank(found[limit - 1])) if len(found) > limit else None
        return Page(name_collisions(ctx, found[:limit]), following)


def name_collisions(
    ctx: Context, found: Iterable[Collision], *, unnamed: str | None = None
) -> tuple[CollisionView, ...]:
    """Return collisions with their amendments' names; `unnamed` is one that is not stored, and comes first."""
    listed = tuple(found)
    ids = {i for c in listed for i in (c.first, c.second)} - {unnamed}
    with ctx.reading() as reader:
        visible_to(reader.actor)
        refs = dict(amendment_queries.refer(reader.connection, ids))
    if unnamed is not None:
        refs[unnamed] = AmendmentRef.unstored(unnamed)
    return tuple(name_collision(refs, c, first=unnamed) for c in listed)


def name_collision(
    refs: Mapping[str, AmendmentRef], c: Collision, *, first: str | None = None
) -> CollisionView:
    """Return a collision with its amendments' names; the one that is to be `first` comes first."""
    one, other = (c.second, c.first) if c.second == first else (c.first, c.second)
    return CollisionView(refs[one], refs[other], c.kind, c.block, c.start, c.end, c.kind.blocks_merge)


def comments(
    ctx: Context, recommendation_id: str, limit: int = LIMIT, cursor: str | None = None
) -> Page[CommentView]:
    """Return a recommendation's threads, the oldest first."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        _known(ctx, recommendation_id)
        sight = visible_to(reader.actor)
        return discussion.list_comments(reader.connection, sight, recommendation_id, limit, cursor)


def comments_on(
    ctx: Context, amendment_id: str, limit: int = LIMIT, cursor: str | None = None
) -> Page[CommentView]:
    """Return the threads on an amendment, the oldest first."""
    with ctx.reading() as reader:
        amendment(ctx, amendment_id)
        sight = visible_to(reader.actor)
        return discussion.list_comments_on(reader.connection, sight, amendment_id, limit, cursor)


def comment(ctx: Context, comment_id: str) -> CommentView:
    """Return one thread."""
    with ctx.reading() as reader:
        sight = visible_to(reader.actor)
        view = discussion.get_comment(reader.connection, sight, comment_id)
        if view is None or not recommendation_queries.is_visible(
            reader.connection, sight, view.recommendation_id
        ):
            raise Unknown(thing="comment")
        return view


def positions(
    ctx: Context,
    recommendation_id: str,
    limit: int = LIMIT,
    cursor: str | None = None,
    organisation_id: str | None = None,
) -> Page[PositionView]:
    """Return the positions on a recommendation, earlier ones too, in the order of taking: all, or an organisation's."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        _known(ctx, recommendation_id)
        return discussion.list_positions(reader.connection, recommendation_id, limit, cursor, organisation_id)


def position(ctx: Context, position_id: str) -> PositionView:
    """Return one position."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        view = discussion.get_position(reader.connection, position_id)
        if view is None:
            raise Unknown(thing="position")
        return view


def position_grid(ctx: Context, agenda_id: str) -> tuple[PositionView, ...]:
    """Return the positions that speak for their organisations on all recommendations of an agenda."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        agenda(ctx, agenda_id)
        return discussion.positions_in_agenda(reader.connection, agenda_id)


def outcomes(ctx: Context, agenda_id: str) -> dict[str, Outcome]:
    """Return for each recommendation of an agenda whether it passes, and why."""
    with ctx.reading() as reader:
        agenda(ctx, agenda_id)
        return discussion.outcomes(reader.connection, visible_to(reader.actor), agenda_id)


def outcome(ctx: Context, recommendation_id: str) -> Outcome:
    """Return whether a recommendation passes on its current text, and why."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        _known(ctx, recommendation_id)
        return discussion.outcome_of(reader.connection, recommendation_id)


def _known(ctx: Context, recommendation_id: str) -> None:
    """Refuse what hangs on a recommendation that the reader cannot see, as if it did not exist."""
    with ctx.reading() as reader:
        sight = visible_to(reader.actor)
        if not recommendation_queries.is_visible(reader.connection, sight, recommendation_id):
            raise Unknown(thing="recommendation")
