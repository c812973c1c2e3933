"""What somebody decided where accepted amendments collide."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from service.domain.errors import Invalid
from service.domain.text.blocks import Block
from service.domain.text.claims import Subject, claims
from service.domain.text.diff import token_changes
from service.domain.text.operations import (
    DeleteBlock,
    Edit,
    InsertBlock,
    JoinBlock,
    Marking,
    Operation,
    SplitBlock,
)
from service.domain.text.provenance import Credit

Hand = dict[Operation, Credit]
"""The operations of one hand, each with whom its words are credited to."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """A decision on collisions between the amendments named; exactly one of three ways.

    - `prefer`: this amendment stands, what collides with it in the others falls.
    - `replacement`: this text of `block` replaces what the amendments make of it; empty strikes the block
    out.
    - `in_order`: what all of them insert in one place stands, in the order in which they are named.

    `block` narrows a decision to one block (the one that the new paragraphs follow, if they collide there).
    `resolver` is the id of who decided.
    """

    amendments: tuple[str, ...]
    resolver: str
    prefer: str | None = None
    block: str | None = None
    replacement: str | None = None
    in_order: bool = False


def sound(
    resolutions: Iterable[Resolution], amendments: Mapping[str, Sequence[Operation]]
) -> list[Resolution]:
    """Return the resolutions in one order, whatever order they came in.

    Raises:
        Invalid: one names an unknown amendment, decides in no way or in several, or contradicts another.
    """
    ordered = sorted(set(resolutions), key=_sorting)
    for resolution in ordered:
        if len(set(resolution.amendments)) < 2 or not set(resolution.amendments) <= set(amendments):  # noqa: PLR2004 — a collision has two sides
            raise Invalid.field(
                "resolutions", "A decision has to name at least two of the amendments at hand."
            )
        ways = (resolution.prefer is not None, resolution.replacement is not None, resolution.in_order)
        if sum(ways) != 1:
            raise Invalid.field(
                "resolutions", "Decide in one way: one amendment stands, or all in order, or a new text."
            )
        if resolution.prefer is not None and resolution.prefer not in resolution.amendments:
            raise Invalid.field(
                "resolutions", "The amendment that stands has to be one of those that collide."
            )
        if resolution.replacement is not None and resolution.block is None:
            raise Invalid.field("resolutions", "Name the paragraph that the new text is for.")
    for one, other in combinations(ordered, 2):
        if _contradict(one, other):
            raise Invalid.field("resolutions", "Two decisions on the same amendments contradict each other.")
    return ordered


def replaced(base: Mapping[str, Block], hands: dict[str, Hand], resolution: Resolution) -> None:
    """Put the resolver's text of a block in the place of what the amendments make of it."""
    name, text = resolution.block or "", resolution.replacement or ""
    credit = Credit(tuple(sorted(resolution.amendments)), resolution.resolver)
    if name not in base:
        _replaced_new(base, hands, resolution, text, credit)
        return
    for owner in resolution.amendments:
        for operation in list(hands[owner]):
            if _rewords(operation, name):
                del hands[owner][operation]
    old = base[name]
    hand: Hand = hands.setdefault(" + ".join(credit.origins), {})
    if not text:
        hand[DeleteBlock(old)] = credit
    for a, b, c, d in token_changes(old.text, text) if text else ():
        hand[Edit(name, a, b, old.text[a:b], text[c:d])] = credit


def _rewords(operation: Operation, name: str) -> bool:
    """Tell whether an operation has a say in what a block reads, which a text in its place settles."""
    if isinstance(operation, JoinBlock):
        return name in {operation.block, operation.into}
    return operation.block == name and isinstance(operation, Edit | Marking | SplitBlock | DeleteBlock)


def _replaced_new(
    base: Mapping[str, Block], hands: dict[str, Hand], resolution: Resolution, text: str, credit: Credit
) -> None:
    held = [claim for o in resolution.amendments for claim in claims(o, base, list(hands[o]))]
    gaps = [claim for claim in held if claim.subject is Subject.GAP]
    home = [gap for gap in gaps if any(op.block == resolution.block for op in gap.operations)]
    if not home or not text:
        raise Invalid.field(
            "resolutions", "None of these amendments has the paragraph %(id)s.", id=resolution.block
        )
    for gap in gaps:
        if gap.block == home[0].block and gap.owner != home[0].owner:
            for operation in gap.operations:
                hands[gap.owner].pop(operation, None)
    hand = hands[home[0].owner]
    for operation in home[0].operations:
        if isinstance(operation, InsertBlock) and operation.block == resolution.block:
            del hand[operation]
            hand[InsertBlock(operation.after, replace(operation.content, text=text, marks=()))] = credit


def _sorting(resolution: Resolution) -> tuple[object, ...]:
    fields = (resolution.prefer, resolution.block, resolution.replacement)
    return (
        resolution.amendments,
        resolution.resolver,
        *(field or "" for field in fields),
        resolution.in_order,
    )


def _contradict(one: Resolution, other: Resolution) -> bool:
    shared = set(one.amendments) & set(other.amendments)
    apart = one.block is not None and other.block is not None and one.block != other.block
    if len(shared) < 2 or apart:  # noqa: PLR2004 — a collision has two sides
        return False
    if one.replacement is not None or other.replacement is not None:
        return one.replacement is not None and other.replacement is not None
    if one.prefer is not None and other.prefer is not None:
        return one.prefer != other.prefer and {one.prefer, other.prefer} <= shared
    return True
