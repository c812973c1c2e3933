"""Use cases around recommendations: drafting, rewriting by hand, tabling, withdrawing."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from service.domain.agendas import Agenda
from service.domain.comments import LIFECYCLE as COMMENTS
from service.domain.comments import Comment, CommentAction
from service.domain.errors import EmptyChange, Invalid, StaleBase, Unknown
from service.domain.events import (
    CommentMoved,
    PositionCarried,
    RecommendationCorrected,
    RecommendationDrafted,
    RecommendationEdited,
    RecommendationTabled,
    RecommendationWithdrawn,
    ReconfirmationRequested,
)
from service.domain.people_events import InternalCommentMoved
from service.domain.permissions import Permission, require, visible_to
from service.domain.positions import CURRENT, carry_over, come_back
from service.domain.recommendations import (
    THEME_LENGTH,
    Addressee,
    Recommendation,
    RecommendationAction,
    RecommendationState,
    Version,
    check_base,
    check_editable,
    check_text,
    check_why,
    is_correction,
    new_version,
)
from service.domain.text import Block, Lineage, attribute, descended, diff, follow_anchor, normalise
from service.domain.views.people import OrganisationRef
from service.domain.views.recommendations import CommentView
from service.store.uow import UnitOfWork
from service.workflows import reading
from service.workflows.context import Context
from service.workflows.pages import every


@dataclass(frozen=True, slots=True)
class DraftRecommendation:
    """A recommendation to begin; blocks without an id get one."""

    agenda_id: str
    addressee: Addressee
    theme: str
    blocks: tuple[Block, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A new version written by hand on the current one.

    `came` tells of blocks, by their place in `blocks`, out of which blocks of the base they were split or joined.
    """

    recommendation_id: str
    base_version_id: str
    blocks: tuple[Block, ...]
    note: str
    came: Mapping[int, tuple[str, ...]] = field(default_factory=dict)


def draft(ctx: Context, command: DraftRecommendation) -> str:
    """The rapporteur drafts a recommendation with its first version; returns its id."""
    with ctx.transaction() as work:
        agenda = work.agendas.lock(command.agenda_id)
        require(work.actor, Permission.RECOMMENDATION_DRAFT, agenda.subject(work.now))
        theme = normalise(command.theme, field="theme")
        if not theme or len(theme) > THEME_LENGTH:
            raise Invalid.field(
                "theme", "Name the theme in at most %(limit)s characters.", limit=THEME_LENGTH
            )
        blocks = check_text(with_ids(ctx, command.blocks))
        version_id = ctx.new_id()
        recommendation = Recommendation(
            id=ctx.new_id(),
            agenda_id=agenda.id,
            number=work.recommendations.count(agenda_id=agenda.id) + 1,
            addressee=command.addressee,
            theme=theme,
            title=blocks[0].text,
            current_version_id=version_id,
            current_version_number=1,
        )
        version = new_version(
            recommendation,
            version_id=version_id,
            parent=None,
            person_id=author(work),
            blocks=blocks,
            provenance=attribute((), {}, blocks, version_id),
            note=normalise(command.note, field="note"),
            now=work.now,
        )
        work.recommendations.add(recommendation)
        work.versions.add(version)
        work.record(RecommendationDrafted(recommendation.id, version.id, version.digest), agenda_id=agenda.id)
        return recommendation.id


def rewrite(ctx: Context, command: Rewrite) -> str:
    """The rapporteur writes a new version by hand, or the facility corrects a decided text; returns the version's id.

    A corrected text is another text: it is tabled again, and whoever took a position is asked for it anew.
    """
    with ctx.transaction() as work:
        recommendation, agenda = locked(work, command.recommendation_id)
        corrects = is_correction(recommendation.state)
        require(work.actor, rewriting(recommendation.state), agenda.subject(work.now))
        note = normalise(command.note, field="note")
        if corrects:
            check_why(note)
            recommendation.act(RecommendationAction.CORRECT)
        check_editable(recommendation.state)
        base = work.versions.get(command.base_version_id)
        check_base(recommendation, base)
        blocks = check_text(with_ids(ctx, command.blocks, base.blocks), base.blocks)
        if not diff(base.blocks, blocks):
            raise EmptyChange
        version_id = ctx.new_id()
        version = new_version(
            recommendation,
            version_id=version_id,
            parent=base,
            person_id=author(work),
            blocks=blocks,
            provenance=attribute(base.blocks, base.provenance, blocks, version_id),
            note=note,
            now=work.now,
            came={blocks[at].id: origins for at, origins in command.came.items() if at < len(blocks)},
        )
        work.versions.add(version)
        told = (recommendation.id, version.id, version.digest)
        work.record(
            RecommendationCorrected(*told, note) if corrects else RecommendationEdited(*told),
            agenda_id=agenda.id,
        )
        follow(work, agenda, recommendation, base, version)
        return version.id


def rewriting(state: RecommendationState) -> Permission:
    """Return what has to be permitted to whoever writes a new version by hand of a text that is in this state."""
    return Permission.RECOMMENDATION_CORRECT if is_correction(state) else Permission.RECOMMENDATION_EDIT


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What a rewriting would make: the text, which of its blocks come from others, which comments lose their words."""

    base_blocks: tuple[Block, ...]
    blocks: tuple[Block, ...]
    lineage: Lineage
    lost: tuple[CommentView, ...]


def rehearse(ctx: Context, command: Rewrite) -> Rehearsal:
    """Return what a rewriting would make, or refuse it as the rewriting itself would."""
    with ctx.reading() as reader:
        view = reading.recommendation(ctx, command.recommendation_id)
        require(reader.actor, rewriting(view.state), reading.abilities(ctx, view.agenda_id).subject)
        if not is_correction(view.state):
            check_editable(view.state)
        base = reading.version(ctx, command.base_version_id)
        if base.id != view.current_version.id:
            raise StaleBase(current=view.current_version.number, base=base.number)
        blocks = check_text(command.blocks, base.blocks)
        if not diff(base.blocks, blocks):
            raise EmptyChange
        came = {blocks[at].id: origins for at, origins in command.came.items() if at < len(blocks)}
        lineage = descended(base.blocks, {}, blocks, base.number + 1, came)
        threads = every(lambda cursor: reading.comments(ctx, view.id, 100, cursor))
        return Rehearsal(
            base.blocks,
            blocks,
            lineage,
            tuple(one for one in threads if _loses(one, base.blocks, blocks, lineage)),
        )


def _loses(
    comment: CommentView, base: tuple[Block, ...], blocks: tuple[Block, ...], lineage: Lineage
) -> bool:
    if comment.block_id is None or comment.start is None or comment.end is None:
        return False
    return follow_anchor((comment.block_id, comment.start, comment.end), base, blocks, lineage) is None


def table(ctx: Context, recommendation_id: str) -> None:
    """The rapporteur lays a draft before the partnerships."""
    with ctx.transaction() as work:
        recommendation, agenda = locked(work, recommendation_id)
        require(work.actor, Permission.RECOMMENDATION_TABLE, agenda.subject(work.now))
        recommendation.act(RecommendationAction.TABLE)
        work.record(RecommendationTabled(recommendation.id), agenda_id=agenda.id)


def withdraw(ctx: Context, recommendation_id: str, reason: str) -> None:
    """The rapporteur takes a recommendation off the agenda, and says why."""
    with ctx.transaction() as work:
        recommendation, agenda = locked(work, recommendation_id)
        require(work.actor, Permission.RECOMMENDATION_WITHDRAW, agenda.subject(work.now))
        why = normalise(reason, field="reason")
        if not why:
            raise Invalid.field("reason", "Give the reason: the authors and every reader will see it.")
        recommendation.act(RecommendationAction.WITHDRAW)
        work.record(RecommendationWithdrawn(recommendation.id, why), agenda_id=agenda.id)


def locked(work: UnitOfWork, recommendation_id: str, *, share: bool = True) -> tuple[Recommendation, Agenda]:
    """Return a recommendation and its agenda: the agenda cannot change its phase meanwhile, the other is ours.

    Unless it is shared, nobody else does anything in the agenda meanwhile.

    The agenda comes first everywhere, so that two use cases never wait for each other in a circle.
    """
    known = visible(work, recommendation_id)
    agenda = work.agendas.lock(known.agenda_id, share=share)
    return work.recommendations.lock(recommendation_id), agenda


def visible(work: UnitOfWork, recommendation_id: str) -> Recommendation:
    """Return a recommendation, unless it is a draft that the actor cannot see: then there is none.

    Raises:
        Unknown: there is none, or none for this actor.
    """
    recommendation = work.recommendations.get(recommendation_id)
    if recommendation.state is RecommendationState.DRAFT and not visible_to(work.actor).everything:
        raise Unknown(thing="recommendation")
    return recommendation


def author(work: UnitOfWork) -> str:
    """Return the id of the person who acts; permissions have made sure that there is one."""
    return work.actor.person_id or ""


def named(work: UnitOfWork, organisation_id: str) -> OrganisationRef:
    """Return the organisation acted for by name; permissions have made sure that a mandate tells it."""
    names = {a.organisation_id: a.organisation for a in work.actor.authorities}
    return OrganisationRef(organisation_id, names[organisation_id])


def with_ids(ctx: Context, blocks: tuple[Block, ...], base: tuple[Block, ...] = ()) -> tuple[Block, ...]:
    """Return the blocks, those that `base` does not have with a new id: ids are ours to give, and never reused."""
    known = {block.id for block in base}
    return tuple(block if block.id in known else replace(block, id=ctx.new_id()) for block in blocks)


def follow(
    work: UnitOfWork, agenda: Agenda, recommendation: Recommendation, base: Version, version: Version
) -> None:
    """Carry to a new version what hangs on the text: positions are asked for again, comments keep their place."""
    for position in work.positions.all(recommendation_id=recommendation.id, state=CURRENT, lock=True):
        if carry_over(position, version):
            work.record(
                ReconfirmationRequested(position.id, version.id),
                agenda_id=agenda.id,
                organisation_id=position.organisation_id,
            )
        elif come_back(position, version):
            work.record(
                PositionCarried(position.id, version.id),
                agenda_id=agenda.id,
                organisation_id=position.organisation_id,
            )
    origins: dict[str, Version] = {base.id: base}
    for comment in work.comments.all(recommendation_id=recommendation.id, lock=True):
        if comment.block_id is None or not COMMENTS.allows(comment.state, CommentAction.ORPHAN):
            continue
        if comment.version_id not in origins:
            origins[comment.version_id] = work.versions.get(comment.version_id)
        if _lost(comment, origins[comment.version_id], version):
            comment.act(CommentAction.ORPHAN)
            moved = InternalCommentMoved if comment.internal else CommentMoved
            # What an organisation alone reads leaves no trace in the agenda's record, which is public.
            work.record(
                moved(comment.id, CommentAction.ORPHAN.value, comment.state.value),
                agenda_id=None if comment.internal else agenda.id,
            )


def _lost(comment: Comment, origin: Version, version: Version) -> bool:
    if comment.block_id is None or comment.start is None or comment.end is None:
        return False
    anchor = (comment.block_id, comment.start, comment.end)
    return follow_anchor(anchor, origin.blocks, version.blocks, version.lineage) is None
