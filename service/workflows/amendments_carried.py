"""Use cases of an amendment whose text has moved on: seeing what became of it, carrying it over."""

from dataclasses import dataclass

from service.domain.amendments import OPEN, Amendment, AmendmentRevision, AmendmentState, changes, wording
from service.domain.errors import CannotRebase
from service.domain.events import AmendmentRebased
from service.domain.permissions import visible_to
from service.domain.recommendations import Version
from service.domain.text import Block, Rebased, rebase
from service.store.uow import UnitOfWork
from service.workflows import compromises, reading
from service.workflows.amendments import impossible, own, record
from service.workflows.context import Context
from service.workflows.recommendations import author, with_ids


@dataclass(frozen=True, slots=True)
class CarryOver:
    """An amendment to carry over to the current version, in the author's words if given."""

    amendment_id: str
    blocks: tuple[Block, ...] | None = None


@dataclass(frozen=True, slots=True)
class Carried:
    """An amendment beside the current version: what it was made on, what it says, and the two brought together."""

    rebased: Rebased
    base_blocks: tuple[Block, ...]
    mine: tuple[Block, ...]
    current: tuple[Block, ...]
    current_version: int


def carry_over(ctx: Context, command: CarryOver) -> None:
    """An author carries an amendment over to the current version; the earlier wording is kept."""
    with ctx.transaction() as work:
        amendment, _ = own(work, command.amendment_id, compromises.carrying_over)
        if amendment.state not in OPEN | {AmendmentState.DRAFT}:
            raise impossible(amendment, "carry over")
        base, current = _both_versions(work, amendment)
        if base.id == current.id:
            # What was tabled keeps its words while the text that it amends stands.
            raise impossible(amendment, "carry over")
        carried = rebase(base.blocks, amendment.blocks, current.blocks).blocks
        rewritten = with_ids(ctx, command.blocks, current.blocks) if command.blocks is not None else carried
        if rewritten is None:
            raise CannotRebase(current=current.number)
        blocks, operations = changes(current.blocks, rewritten)
        if amendment.number is not None:
            _keep_wording(ctx, work, amendment)
        same = carried is not None and wording(current.blocks, blocks) == wording(current.blocks, carried)
        lapsed = () if same else _let_signatures_lapse(work, amendment)
        amendment.blocks, amendment.operations = blocks, operations
        amendment.base_version_id, amendment.base_version_number = current.id, current.number
        record(work, amendment, AmendmentRebased(amendment.id, base.id, current.id, lapsed))


def _keep_wording(ctx: Context, work: UnitOfWork, amendment: Amendment) -> None:
    """Keep the wording that is about to be replaced; that of a draft is nobody's but its authors'."""
    parent = work.amendment_revisions.find(amendment_id=amendment.id, number=amendment.rebased)
    work.amendment_revisions.add(
        AmendmentRevision(
            ctx.new_id(),
            amendment.id,
            amendment.rebased + 1,
            amendment.base_version_id,
            amendment.blocks,
            author(work),
            work.now,
            parent.id if parent is not None else None,
        )
    )
    amendment.rebased += 1


def _let_signatures_lapse(work: UnitOfWork, amendment: Amendment) -> tuple[str, ...]:
    """Take off the names of those who signed other words, and return their ids; they may sign these."""
    signatures = work.signatures.all(amendment_id=amendment.id)
    for signature in signatures:
        work.signatures.remove(signature)
    return tuple(signature.organisation_id for signature in signatures)


def preview_rebase(ctx: Context, amendment_id: str) -> Carried:
    """Show an amendment beside the current version, each of its changes with what became of it."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        amendment = reading.amendment(ctx, amendment_id)
        current = reading.current_version(ctx, amendment.recommendation_id)
        return Carried(
            rebase(amendment.base_blocks, amendment.blocks, current.blocks),
            amendment.base_blocks,
            amendment.blocks,
            current.blocks,
            current.number,
        )


def _both_versions(work: UnitOfWork, amendment: Amendment) -> tuple[Version, Version]:
    recommendation = work.recommendations.get(amendment.recommendation_id)
    return work.versions.get(amendment.base_version_id), work.versions.get(recommendation.current_version_id)
