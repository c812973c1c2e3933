"""Use cases of consolidating: the accepted amendments worked into the next version, shown first, then made."""

from dataclasses import dataclass, replace

from service.domain.agendas import Agenda
from service.domain.amendments import ACCEPTED, Amendment, AmendmentAction, AmendmentState
from service.domain.errors import CannotRebase, NothingToMerge, OpenCollisions, PreviewOutdated
from service.domain.events import AmendmentIncorporated, AmendmentMoved, RecommendationConsolidated
from service.domain.permissions import Permission, require
from service.domain.positions import PositionState
from service.domain.recommendations import Recommendation, Version, check_text, new_version
from service.domain.text import (
    Block,
    Collision,
    Merged,
    Operation,
    Outcome,
    Provenance,
    Resolution,
    apply,
    collisions,
    diff,
    digest,
    merge,
    normalise,
    rebase,
)
from service.domain.views.amendments import AmendmentRef, CollisionView
from service.store.uow import UnitOfWork
from service.workflows import reading
from service.workflows.context import Context
from service.workflows.recommendations import author, follow, locked


@dataclass(frozen=True, slots=True)
class Consolidate:
    """Work in every accepted amendment, with the decisions on those that collide.

    `digest` is that of the text that the rapporteur was shown; nothing else is made of it then.
    """

    recommendation_id: str
    resolutions: tuple[Resolution, ...] = ()
    note: str = ""
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """What the next version would be.

    `blocks` is None while something stands in the way: `unresolved` collisions, or amendments in `blocked` that no
    longer fit the current text. `fallen` are accepted amendments of which nothing is left. `reconfirmations` tells
    how many organisations would be asked again.
    """

    base_version: int
    base_blocks: tuple[Block, ...]
    blocks: tuple[Block, ...] | None
    provenance: Provenance
    amendments: tuple[AmendmentRef, ...]
    fallen: tuple[AmendmentRef, ...]
    unresolved: tuple[CollisionView, ...]
    blocked: tuple[AmendmentRef, ...]
    reconfirmations: int

    @property
    def digest(self) -> str | None:
        """The digest of the text shown, which binds the version made to it; None while there is none."""
        return digest(self.blocks) if self.blocks is not None else None


@dataclass(frozen=True, slots=True)
class _Plan:
    recommendation: Recommendation
    agenda: Agenda
    base: Version
    accepted: tuple[Amendment, ...]
    operations: dict[str, tuple[Operation, ...]]
    blocked: tuple[Amendment, ...]


def preview(ctx: Context, command: Consolidate) -> Preview:
    """Show the next version, what stands in its way, and whom it would touch; nothing is changed."""
    with ctx.transaction() as work:
        plan = _plan(work, command.recommendation_id)
        require(work.actor, Permission.RECOMMENDATION_CONSOLIDATE, plan.agenda.subject(work.now))
        resolutions = _signed(command.resolutions, author(work))
        merged: Merged | None = None
        unresolved: tuple[Collision, ...] = ()
        if plan.operations:
            try:
                merged = merge(
                    plan.base.blocks, plan.operations, resolutions, base_provenance=plan.base.provenance
                )
            except OpenCollisions:
                unresolved = _unresolved(plan, resolutions)
        standing = work.positions.count(
            recommendation_id=plan.recommendation.id, state=PositionState.STANDING
        )
        changed = merged is not None and digest(merged.blocks) != plan.base.digest
        fallen = _fallen(plan, resolutions, merged) if merged is not None else ()
        refs = reading.references(ctx, [a.id for a in plan.accepted])
        return Preview(
            base_version=plan.base.number,
            base_blocks=plan.base.blocks,
            blocks=merged.blocks if merged is not None and not plan.blocked else None,
            provenance=merged.provenance if merged is not None else {},
            amendments=tuple(refs[a.id] for a in plan.accepted),
            fallen=tuple(refs[a.id] for a in fallen),
            unresolved=reading.name_collisions(ctx, unresolved),
            blocked=tuple(refs[a.id] for a in plan.blocked),
            reconfirmations=standing if changed else 0,
        )


def consolidate(ctx: Context, command: Consolidate) -> str:
    """The rapporteur makes the next version out of the accepted amendments; returns its id."""
    with ctx.transaction() as work:
        plan = _plan(work, command.recommendation_id)
        require(work.actor, Permission.RECOMMENDATION_CONSOLIDATE, plan.agenda.subject(work.now))
        if not plan.accepted:
            raise NothingToMerge
        if plan.blocked:
            raise CannotRebase(current=plan.base.number)
        resolutions = _signed(command.resolutions, author(work))
        try:
            merged = merge(
                plan.base.blocks, plan.operations, resolutions, base_provenance=plan.base.provenance
            )
        except OpenCollisions:
            raise OpenCollisions(pairs=_pairs(plan, resolutions)) from None
        blocks = check_text(merged.blocks)
        if command.digest is not None and command.digest != digest(blocks):
            raise PreviewOutdated
        agenda, recommendation = plan.agenda, plan.recommendation
        version = new_version(
            recommendation,
            version_id=ctx.new_id(),
            parent=plan.base,
            person_id=author(work),
            blocks=blocks,
            provenance=merged.provenance,
            note=normalise(command.note, field="note"),
            now=work.now,
        )
        work.versions.add(version)
        fallen = _fallen(plan, resolutions, merged)
        taken = [a for a in plan.accepted if a not in fallen]
        for amendment in taken:
            amendment.incorporated_in = version.id
            work.record(AmendmentIncorporated(amendment.id, version.id), agenda_id=agenda.id)
        for amendment in fallen:
            _fall(work, agenda, amendment, said_already=not plan.operations[amendment.id])
        work.record(
            RecommendationConsolidated(
                recommendation.id, version.id, version.digest, tuple(a.id for a in taken)
            ),
            agenda_id=agenda.id,
        )
        follow(work, agenda, recommendation, plan.base, version)
        return version.id


def _plan(work: UnitOfWork, recommendation_id: str) -> _Plan:
    """Collect the accepted amendments, each carried over to the current version where it was made on an older one."""
    recommendation, agenda = locked(work, recommendation_id)
    base = work.versions.get(recommendation.current_version_id)
    accepted = work.amendments.all(
        recommendation_id=recommendation.id, state=ACCEPTED, incorporated_in=None, order="number", lock=True
    )
    bases = {v.id: v for v in work.versions.all(id=frozenset(a.base_version_id for a in accepted))}
    operations: dict[str, tuple[Operation, ...]] = {}
    blocked: list[Amendment] = []
    for amendment in accepted:
        made_on = bases[amendment.base_version_id]
        carried = rebase(made_on.blocks, amendment.standing_blocks, base.blocks)
        if carried.blocks is None:
            blocked.append(amendment)
        else:
            operations[amendment.id] = diff(base.blocks, carried.blocks)
    return _Plan(recommendation, agenda, base, accepted, operations, tuple(blocked))


def _signed(resolutions: tuple[Resolution, ...], person_id: str) -> tuple[Resolution, ...]:
    """Return the resolutions, their words in the one form, in the name of who decides: nobody makes a resolver up."""
    return tuple(replace(r, resolver=person_id, replacement=_words(r.replacement)) for r in resolutions)


def _words(written: str | None) -> str | None:
    return normalise(written, field="resolutions") if written is not None else None


def _unresolved(plan: _Plan, resolutions: tuple[Resolution, ...]) -> tuple[Collision, ...]:
    settled = [frozenset(r.amendments) for r in resolutions]
    return tuple(
        c
        for c in collisions(plan.base.blocks, plan.operations)
        if c.kind.blocks_merge and not any({c.first, c.second} <= s for s in settled)
    )


def _pairs(plan: _Plan, resolutions: tuple[Resolution, ...]) -> str:
    numbers = {a.id: a.number for a in plan.accepted}
    left = _unresolved(plan, resolutions)
    return ", ".join(dict.fromkeys(f"{numbers[c.first]} and {numbers[c.second]}" for c in left))


def _fallen(plan: _Plan, resolutions: tuple[Resolution, ...], merged: Merged) -> tuple[Amendment, ...]:
    """Return the accepted amendments that brought no word, no deletion and no move into the result."""
    credited = {o for runs in merged.provenance.values() for run in runs for o in run.origins}
    return tuple(
        one for one in plan.accepted if one.id not in credited and _is_lost(plan, resolutions, merged, one.id)
    )


def _is_lost(plan: _Plan, resolutions: tuple[Resolution, ...], merged: Merged, amendment_id: str) -> bool:
    """Tell whether the result does nothing of what an amendment asks for, and would be the same without it."""
    base, asked = plan.base.blocks, plan.operations.get(amendment_id, ())
    done = rebase(base, apply(base, asked), merged.blocks).operations
    if any(one.outcome is Outcome.ALREADY_CONTAINED for one in done):
        return False
    others = {i: operations for i, operations in plan.operations.items() if i != amendment_id}
    elsewhere = [r for r in resolutions if amendment_id not in r.amendments]
    try:
        return merge(base, others, elsewhere).blocks == merged.blocks
    except OpenCollisions:
        # One decision settled it among several; what brought nothing into the result lost by it.
        return True


def _fall(work: UnitOfWork, agenda: Agenda, amendment: Amendment, *, said_already: bool) -> None:
    reason = (
        "It falls, because the text says so already."
        if said_already
        else "It falls, because other wording was given precedence in the same place."
    )
    amendment.act(AmendmentAction.FALL)
    # The reason of the acceptance before stands in the record; here it would seem to be that of the fall.
    amendment.decision_reason = reason
    work.record(
        AmendmentMoved(amendment.id, AmendmentAction.FALL.value, AmendmentState.FALLEN.value, reason),
        agenda_id=agenda.id,
    )
