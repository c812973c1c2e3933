"""Use cases of consolidating: the accepted amendments worked into the next version, shown first, then made."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from service.domain import consolidation
from service.domain.agendas import Agenda
from service.domain.amendments import ACCEPTED, Amendment, AmendmentAction, AmendmentState
from service.domain.consolidation import (
    Ask,
    Contribution,
    Plan,
    Served,
    is_candidate,
    pairs,
    served,
    work_in,
)
from service.domain.errors import (
    CannotRebase,
    FieldError,
    Invalid,
    NothingToMerge,
    OpenCollisions,
    PreviewOutdated,
)
from service.domain.events import (
    AmendmentIncorporated,
    AmendmentMoved,
    CollisionSettled,
    RecommendationConsolidated,
)
from service.domain.own_reasons import OwnReason
from service.domain.permissions import Permission, require, visible_to
from service.domain.recommendations import Recommendation, Version, new_version
from service.domain.text import Block, Merged, Provenance, Resolution, digest, normalise
from service.domain.views.amendments import AmendmentRef, AmendmentView, CollisionView
from service.domain.views.people import OrganisationRef
from service.store.queries.amendments import amendments_to
from service.store.queries.compromises import covers_on
from service.store.queries.discussion import count_standing, standing_organisations
from service.store.uow import UnitOfWork
from service.workflows import compromises, reading
from service.workflows.context import Context
from service.workflows.recommendations import author, follow, locked


@dataclass(frozen=True, slots=True)
class Consolidate:
    """Work in every accepted amendment, with the decisions on those that collide.

    `digest` is that of the text that the rapporteur was shown; nothing else is made of it then. `amendments` are those
    that a preview tries in the place of the accepted ones.
    """

    recommendation_id: str
    resolutions: tuple[Resolution, ...] = ()
    note: str = ""
    digest: str | None = None
    amendments: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """What the next version would be.

    `blocks` is None while something stands in the way: `unresolved` collisions, amendments in `blocked` that no
    longer fit the current text, or `faults` of what comes out, which keep it from being a text. `fallen` are those of
    which nothing is left, and those that a compromise covers. `reconfirmations` tells how many organisations would be
    asked again, `reconfirming` names them (the first of them, where there are very many). `served` tells how much each
    organisation would get of what it asked for; it is empty while there is no text. `colliding` are the
    amendments with unresolved collisions, as they read.
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
    reconfirming: tuple[OrganisationRef, ...] = ()
    served: tuple[Served, ...] = ()
    faults: tuple[FieldError, ...] = ()
    colliding: tuple[AmendmentView, ...] = ()

    @property
    def digest(self) -> str | None:
        """The digest of the text shown, which binds the version made to it; None while there is none."""
        return digest(self.blocks) if self.blocks is not None else None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two scenarios for one recommendation."""

    first: Preview
    second: Preview


@dataclass(frozen=True, slots=True)
class _Trial:
    candidates: Mapping[str, AmendmentView]
    covers: Mapping[str, tuple[str, ...]]
    asks: tuple[Ask, ...]


@dataclass(frozen=True, slots=True)
class _Work:
    recommendation: Recommendation
    agenda: Agenda
    base: Version
    accepted: tuple[Amendment, ...]
    plan: Plan


def preview(ctx: Context, command: Consolidate) -> Preview:
    """Show the next version, what stands in its way, whom it serves and whom it touches; nothing is changed."""
    (seen,) = _previews(ctx, command.recommendation_id, (command,))
    return seen


def compare(ctx: Context, first: Consolidate, second: Consolidate) -> Comparison:
    """Show two scenarios side by side, both measured by what the same amendments ask for; nothing is changed."""
    return Comparison(*_previews(ctx, first.recommendation_id, (first, second)))


def _previews(
    ctx: Context, recommendation_id: str, scenarios: tuple[Consolidate, ...]
) -> tuple[Preview, ...]:
    with ctx.reading() as reader:
        view = reading.recommendation(ctx, recommendation_id)
        abilities = reading.abilities(ctx, view.agenda_id)
        require(reader.actor, Permission.RECOMMENDATION_CONSOLIDATE, abilities.subject)
        known = amendments_to(reader.connection, visible_to(reader.actor), recommendation_id)
        candidates = {a.id: a for a in sorted(known, key=lambda a: a.number or 0) if is_candidate(a)}
        covers = covers_on(reader.connection, recommendation_id)
        chosen = [_chosen(scenario.amendments, candidates) for scenario in scenarios]
        named = frozenset(i for ids in chosen for i in ids)
        asks = tuple(_ask(a) for a in candidates.values() if a.id in named or _at_stake(a, candidates))
        trial = _Trial(candidates, covers, asks)
        return tuple(
            _preview(ctx, trial, scenario, ids) for scenario, ids in zip(scenarios, chosen, strict=True)
        )


def _preview(ctx: Context, trial: _Trial, scenario: Consolidate, chosen: tuple[str, ...]) -> Preview:
    with ctx.reading() as reader:
        version = reading.current_version(ctx, scenario.recommendation_id)
        contributions = (_contribution(trial.candidates[i]) for i in chosen)
        planned = consolidation.plan(version.blocks, version.provenance, contributions, trial.covers)
        resolutions = _signed(scenario.resolutions, reader.actor.person_id or "")
        result = work_in(planned, resolutions) if planned.operations else consolidation.Result(None)
        merged = result.merged
        blocks = merged.blocks if merged is not None and not planned.blocked else None
        changed = merged is not None and digest(merged.blocks) != version.digest
        refs = reading.references(ctx, chosen)
        open_ones = {i for one in result.unresolved for i in (one.first, one.second)}
        return Preview(
            base_version=version.number,
            base_blocks=version.blocks,
            blocks=blocks,
            provenance=merged.provenance if merged is not None else {},
            amendments=tuple(refs[i] for i in chosen),
            fallen=tuple(refs[i] for i in chosen if i in planned.covered or i in result.fallen),
            unresolved=reading.name_collisions(ctx, result.unresolved),
            blocked=tuple(refs[i] for i in planned.blocked),
            reconfirmations=count_standing(reader.connection, scenario.recommendation_id) if changed else 0,
            reconfirming=(
                standing_organisations(reader.connection, scenario.recommendation_id) if changed else ()
            ),
            served=served(trial.asks, blocks) if blocks is not None else (),
            faults=result.faults,
            colliding=tuple(trial.candidates[i] for i in chosen if i in open_ones),
        )


def _chosen(amendments: tuple[str, ...] | None, candidates: Mapping[str, AmendmentView]) -> tuple[str, ...]:
    """Return which amendments a scenario takes in, in the order of their numbers: the accepted ones unless it says."""
    if amendments is None:
        return tuple(i for i, a in candidates.items() if a.state in ACCEPTED)
    for at, one in enumerate(amendments):
        if one not in candidates:
            raise Invalid.field(
                f"amendments.{at}", "Choose amendments to this recommendation that are not yet part of it."
            )
    return tuple(i for i in candidates if i in amendments)


def _at_stake(view: AmendmentView, candidates: Mapping[str, AmendmentView]) -> bool:
    """Tell whether an amendment is open, accepted, or fell with a compromise that is not yet part of the text."""
    if view.state is AmendmentState.REJECTED:
        return False
    return view.state is not AmendmentState.FALLEN or any(one.id in candidates for one in view.covered_by)


def _ask(view: AmendmentView) -> Ask:
    return Ask(view.id, view.number or 0, view.organisations, view.base_blocks, view.operations)


def _contribution(view: AmendmentView) -> Contribution:
    return Contribution(view.id, view.number or 0, view.base_blocks, view.standing_blocks)


def consolidate(ctx: Context, command: Consolidate) -> str:
    """The rapporteur makes the next version out of the accepted amendments; returns its id."""
    with ctx.transaction() as work:
        planned = _planned(work, command.recommendation_id)
        agenda, recommendation, plan = planned.agenda, planned.recommendation, planned.plan
        require(work.actor, Permission.RECOMMENDATION_CONSOLIDATE, agenda.subject(work.now))
        if command.amendments is not None:
            raise Invalid.field(
                "amendments",
                "Only a preview tries other amendments than the accepted ones. Decide on them first.",
            )
        resolutions = _signed(command.resolutions, author(work))
        merged, fallen = _worked_in(planned, resolutions)
        if command.digest is not None and command.digest != digest(merged.blocks):
            raise PreviewOutdated
        version = new_version(
            recommendation,
            version_id=ctx.new_id(),
            parent=planned.base,
            person_id=author(work),
            blocks=merged.blocks,
            provenance=merged.provenance,
            note=normalise(command.note, field="note"),
            now=work.now,
        )
        work.versions.add(version)
        compromises.let_fall(work, agenda, planned.accepted, frozenset(plan.covered))
        taken = [a for a in planned.accepted if a.id not in {*plan.covered, *fallen}]
        for amendment in taken:
            amendment.incorporated_in = version.id
            work.record(AmendmentIncorporated(amendment.id, version.id), agenda_id=agenda.id)
        for amendment in planned.accepted:
            if amendment.id in fallen:
                _fall(work, agenda, amendment, said_already=not plan.operations[amendment.id])
        for resolution in resolutions:
            work.record(_settled(recommendation.id, version.id, resolution), agenda_id=agenda.id)
        work.record(
            RecommendationConsolidated(
                recommendation.id, version.id, version.digest, tuple(a.id for a in taken)
            ),
            agenda_id=agenda.id,
        )
        follow(work, agenda, recommendation, planned.base, version)
        return version.id


def _planned(work: UnitOfWork, recommendation_id: str) -> _Work:
    """Collect the accepted amendments, each carried over to the current version where it was made on an older one.

    Nobody decides on any amendment meanwhile: what becomes of one depends on what is decided on its compromise.
    """
    recommendation, agenda = locked(work, recommendation_id, share=False)
    base = work.versions.get(recommendation.current_version_id)
    accepted = work.amendments.all(
        recommendation_id=recommendation.id, state=ACCEPTED, incorporated_in=None, order="number", lock=True
    )
    bases = {v.id: v.blocks for v in work.versions.all(id=frozenset(a.base_version_id for a in accepted))}
    plan = consolidation.plan(
        base.blocks,
        base.provenance,
        (Contribution(a.id, a.number or 0, bases[a.base_version_id], a.standing_blocks) for a in accepted),
        compromises.covering(work, accepted),
    )
    return _Work(recommendation, agenda, base, accepted, plan)


def _worked_in(planned: _Work, resolutions: tuple[Resolution, ...]) -> tuple[Merged, tuple[str, ...]]:
    """Return the next text, and the amendments of which nothing is left; refuses while something stands in the way."""
    if not planned.accepted:
        raise NothingToMerge
    if planned.plan.blocked:
        raise CannotRebase(current=planned.base.number)
    result = work_in(planned.plan, resolutions)
    if result.faults:
        raise Invalid(errors=result.faults)
    if result.merged is None:
        raise OpenCollisions(pairs=pairs(planned.plan, result.unresolved))
    return result.merged, result.fallen


def _signed(resolutions: tuple[Resolution, ...], person_id: str) -> tuple[Resolution, ...]:
    """Return the resolutions, their words in the one form, in the name of who decides: nobody makes a resolver up."""
    return tuple(replace(r, resolver=person_id, replacement=_words(r.replacement)) for r in resolutions)


def _words(written: str | None) -> str | None:
    return normalise(written, field="resolutions") if written is not None else None


def _settled(recommendation_id: str, version_id: str, resolution: Resolution) -> CollisionSettled:
    return CollisionSettled(
        recommendation_id,
        version_id,
        resolution.amendments,
        resolution.prefer,
        resolution.block,
        resolution.replacement,
        resolution.in_order,
    )


def _fall(work: UnitOfWork, agenda: Agenda, amendment: Amendment, *, said_already: bool) -> None:
    reason = (OwnReason.SAID_ALREADY if said_already else OwnReason.GIVEN_WAY).value
    amendment.act(AmendmentAction.FALL)
    # The reason of the acceptance before stands in the record; here it would seem to be that of the fall.
    amendment.explain(reason)
    work.record(
        AmendmentMoved(amendment.id, AmendmentAction.FALL.value, AmendmentState.FALLEN.value, reason),
        agenda_id=agenda.id,
    )
    if not said_already:
        compromises.follow(work, agenda, amendment, accepted_before=True)
