"""Which amendments are in each other's way, without looking at each pair of them.

Where many amend the same words, nearly each meets each, and naming all those meetings takes long. How many amendments
somebody has to decide on needs no names: claims that say the same are looked at once, and two whose hands are all known
to be in the way are not compared.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from service.domain.text.blocks import Block
from service.domain.text.claims import (
    RANGES,
    Claim,
    CollisionKind,
    Subject,
    claims,
    parted,
    ranges_kind,
    touching,
    whole_kind,
)
from service.domain.text.diff import by_id
from service.domain.text.operations import Operation


@dataclass(frozen=True, slots=True)
class _Same:
    """What several hands claim alike: one of their claims, which are none in each other's way, and whose they are."""

    claim: Claim
    owners: frozenset[str]


def contested(base: Sequence[Block], amendments: Mapping[str, Sequence[Operation]]) -> frozenset[str]:
    """Return the amendments that meet another in a way that blocks the merge of both.

    Args:
        base: the text all of them amend.
        amendments: amendment id to its operations, as `diff` made them from that base.
    """
    found = set[str]()
    _look(base, amendments, lambda _: found)
    return frozenset(found)


def contested_at(
    base: Sequence[Block], amendments: Mapping[str, Sequence[Operation]]
) -> Mapping[str | None, frozenset[str]]:
    """Return the same block by block: which amendments are in each other's way there, None for the very beginning.

    Args:
        base: the text all of them amend.
        amendments: amendment id to its operations, as `diff` made them from that base.
    """
    found = defaultdict[str | None, set[str]](set)
    _look(base, amendments, found.__getitem__)
    return {name: frozenset(hands) for name, hands in found.items() if hands}


def _look(
    base: Sequence[Block],
    amendments: Mapping[str, Sequence[Operation]],
    found_at: Callable[[str | None], set[str]],
) -> None:
    """Add those that are in each other's way to what was found at their block."""
    known = by_id(base)
    ranges, others = parted(c for owner in amendments for c in claims(owner, known, amendments[owner]))
    for name, held in ranges.items():
        found = found_at(name)
        alike = _alike(held)
        strikes = _alike(c for c in others.get(name, ()) if c.subject is Subject.STRIKE)
        for one, other in product(strikes, alike):
            found |= _several(one.owners | other.owners)
        _clashing_ranges(known[name].text, alike, found)
    for place, held in others.items():
        _clashing_wholes(_alike(held), found_at(place))


def _alike(held: Iterable[Claim]) -> list[_Same]:
    groups: dict[object, list[Claim]] = defaultdict(list)
    for claim in held:
        where = (claim.start, claim.end, claim.words) if claim.subject in RANGES else None
        groups[claim.subject, where, claim.value].append(claim)
    return [_Same(same[0], frozenset(claim.owner for claim in same)) for same in groups.values()]


def _clashing_ranges(text: str, alike: Sequence[_Same], found: set[str]) -> None:
    owners = {id(one.claim): one.owners for one in alike}
    for first, second in touching([one.claim for one in alike]):
        hands = owners[id(first)] | owners[id(second)]
        if not hands <= found and _blocks(ranges_kind(first, second, text)):
            found |= _several(hands)


def _clashing_wholes(alike: Sequence[_Same], found: set[str]) -> None:
    for one, other in combinations(alike, 2):
        hands = one.owners | other.owners
        if hands <= found or not _blocks(whole_kind(one.claim, other.claim)):
            continue
        # Hands that lay both claims, such as to move a block and to join another to it, agree.
        if one.claim.subject is other.claim.subject or one.owners != other.owners:
            found |= _several(hands)


def _blocks(kind: CollisionKind | None) -> bool:
    return kind is not None and kind.blocks_merge


def _several(hands: frozenset[str]) -> frozenset[str]:
    """Return hands if they are more than one: nobody is in their own way."""
    return hands if len(hands) > 1 else frozenset()
