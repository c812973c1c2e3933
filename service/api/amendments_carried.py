"""/amendments/{id}/rebase: an amendment whose text has moved on, carried over to the current version."""

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from msgspec import Struct

from service.api.amendments import TAGS, Amendment, current
from service.api.asking import Asking
from service.api.conditions import Condition
from service.api.lists import Id
from service.api.schemas import Request, refuses
from service.api.schemas_text import Block, BlocksIn, Operation, blocks, operation, written
from service.domain.errors import (
    CannotRebase,
    EmptyChange,
    ForeignOrganisation,
    IllegalMove,
    Invalid,
    PhaseClosed,
)
from service.domain.text import Outcome
from service.workflows import amendments_carried


class CarriedOperation(Struct, frozen=True):
    """One change as it was proposed, what became of it on the newer text, and the newer changes that it met."""

    operation: Operation
    outcome: Outcome
    met: tuple[Operation, ...]


class CarriedOver(Struct, frozen=True):
    """An amendment beside the current version. `blocks` is null when a person has to write it anew."""

    outcome: Outcome
    operations: tuple[CarriedOperation, ...]
    base_blocks: tuple[Block, ...]
    amended_blocks: tuple[Block, ...]
    current_blocks: tuple[Block, ...]
    current_version: int
    blocks: tuple[Block, ...] | None


class Rebase(Request, frozen=True):
    """The wording on the current version; left out, the changes are carried over as they are."""

    blocks: BlocksIn | None = None


@get("/amendments/{amendment_id:str}/rebase", tags=TAGS, sync_to_thread=True)
def preview_rebase(amendment_id: Id, ctx: Asking) -> CarriedOver:
    """Show what would become of each change of an amendment on the current version; nothing is changed."""
    found = amendments_carried.preview_rebase(ctx, amendment_id)
    merged = found.rebased.blocks
    return CarriedOver(
        found.rebased.outcome,
        tuple(
            CarriedOperation(operation(r.operation), r.outcome, tuple(operation(met) for met in r.met))
            for r in found.rebased.operations
        ),
        blocks(found.base_blocks),
        blocks(found.mine),
        blocks(found.current),
        found.current_version,
        blocks(merged) if merged is not None else None,
    )


@post(
    "/amendments/{amendment_id:str}/rebase",
    tags=TAGS,
    opt=refuses(PhaseClosed, ForeignOrganisation, CannotRebase, EmptyChange, IllegalMove, Invalid),
    status_code=200,
    sync_to_thread=True,
)
def carry_amendment_over(
    amendment_id: Id,
    data: JSONBody[Rebase],
    ctx: Asking,
    condition: NamedDependency[Condition],
) -> Amendment:
    """Carry an amendment over to the current version; its earlier wording is kept."""
    condition.honoured(lambda: current(ctx, amendment_id))
    wording = written(data.blocks) if data.blocks is not None else None
    amendments_carried.carry_over(ctx, amendments_carried.CarryOver(amendment_id, wording))
    return current(ctx, amendment_id)


ROUTES = [preview_rebase, carry_amendment_over]
