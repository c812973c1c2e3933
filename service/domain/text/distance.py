"""How far an amendment is from the text that it changes."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from service.domain.text.blocks import Block
from service.domain.text.claims import Claim, claims
from service.domain.text.diff import by_id
from service.domain.text.operations import DeleteBlock, Edit, InsertBlock, Operation


@dataclass(frozen=True, slots=True, order=True)
class Distance:
    """How far an amendment is from the text, exactly; compared in the order of the fields.

    How many blocks it strikes out as a whole; how many characters it deletes and inserts, those of whole blocks
    included; how many other changes it makes, of style, marks and place.
    """

    blocks: int
    characters: int
    others: int


def distance(
    base: Sequence[Block], operations: Sequence[Operation], within: Collection[str | None] | None = None
) -> Distance:
    """Return how far an amendment is from the text.

    Args:
        base: the text.
        operations: what the amendment does.
        within: the blocks that count, and those that are placed right after them; None means all of them.
    """
    return distance_of(claims("", by_id(base), operations), within)


def distance_of(held: Iterable[Claim], within: Collection[str | None] | None = None) -> Distance:
    """Return the same of what an amendment claims."""
    counted = {
        operation
        for claim in held
        if within is None or claim.block in within
        for operation in claim.operations
    }
    struck = [one for one in counted if isinstance(one, DeleteBlock)]
    added = [one for one in counted if isinstance(one, InsertBlock)]
    edits = [one for one in counted if isinstance(one, Edit)]
    characters = sum(len(one.content.text) for one in struck) + sum(len(one.content.text) for one in added)
    characters += sum(len(one.deleted) + len(one.inserted) for one in edits)
    return Distance(len(struck), characters, len(counted) - len(struck) - len(added) - len(edits))
