"""The accepted amendments worked into their base: a function of the set, never of anybody's order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from service.domain.errors import OpenCollisions
from service.domain.text.apply import check
from service.domain.text.blocks import Block
from service.domain.text.claims import Claim, Clash, CollisionKind, claims, clashes
from service.domain.text.collisions import Collision, in_order
from service.domain.text.diff import by_id
from service.domain.text.operations import Operation
from service.domain.text.provenance import Credit, Provenance
from service.domain.text.resolutions import Hand, Resolution, replaced, sound
from service.domain.text.weave import weave


@dataclass(frozen=True, slots=True)
class Merged:
    """The consolidated text, who brought which words, and the collisions that needed no decision."""

    blocks: tuple[Block, ...]
    provenance: Provenance
    collisions: tuple[Collision, ...]


@dataclass(slots=True)
class _Table:
    base: Mapping[str, Block]
    hands: dict[str, Hand]
    ranks: dict[Operation, int] = field(default_factory=dict)
    together: set[tuple[Claim, Claim]] = field(default_factory=set)

    def held(self, owners: Iterable[str]) -> list[Claim]:
        return [
            claim for owner in sorted(owners) for claim in claims(owner, self.base, list(self.hands[owner]))
        ]

    def clashes(self, owners: Iterable[str]) -> list[Clash]:
        return list(clashes(self.base, self.held(owners)))

    def is_open(self, clash: Clash) -> bool:
        return clash.kind.blocks_merge and (clash.first, clash.second) not in self.together


def merge(
    base: Sequence[Block],
    amendments: Mapping[str, Sequence[Operation]],
    resolutions: Iterable[Resolution] = (),
    *,
    base_provenance: Provenance | None = None,
) -> Merged:
    """Return the base with all amendments worked in.

    Args:
        base: the text that all of them amend.
        amendments: amendment id to its operations, as `diff` made them from that base.
        resolutions: what somebody decided where amendments collide.
        base_provenance: who brought the words of the base, when that is known.

    Raises:
        OpenCollisions: amendments collide and no resolution settles it.
        PreconditionFailed: operations were made for another base.
        Invalid: a resolution does not make sense.
    """
    known = by_id(base)
    check(base, *(amendments[owner] for owner in sorted(amendments)))
    hands = {o: dict.fromkeys(amendments[o], Credit((o,))) for o in sorted(amendments)}
    table = _Table(known, hands)
    settled = sound(resolutions, amendments)
    for resolution in settled:
        if resolution.replacement is not None:
            replaced(known, table.hands, resolution)
    for resolution in settled:
        if resolution.replacement is None:
            _settle(table, resolution)
    held = table.held(table.hands)
    found = list(clashes(known, held))
    left = sorted({(c.first.owner, c.second.owner) for c in found if table.is_open(c)})
    if left:
        raise OpenCollisions(pairs=", ".join(f"{one} and {other}" for one, other in left))
    woven = weave(base, _credited(table, held), base_provenance)
    return Merged(woven.blocks, woven.provenance, in_order(base, found))


def _settle(table: _Table, resolution: Resolution) -> None:
    for clash in table.clashes(set(resolution.amendments)):
        owners = {clash.first.owner, clash.second.owner}
        elsewhere = resolution.block is not None and clash.first.block != resolution.block
        if not clash.kind.blocks_merge or elsewhere:
            continue
        if resolution.prefer in owners:
            winner, loser = clash.first, clash.second
            if loser.owner == resolution.prefer:
                winner, loser = loser, winner
            for operation in loser.operations:
                table.hands[loser.owner].pop(operation, None)
            _credit_resolver(table.hands[winner.owner], winner, resolution.resolver)
        elif resolution.in_order and clash.kind is CollisionKind.SAME_GAP:
            table.together.add((clash.first, clash.second))
            for claim in (clash.first, clash.second):
                rank = resolution.amendments.index(claim.owner)
                table.ranks.update(dict.fromkeys(claim.operations, rank))


def _credit_resolver(hand: Hand, claim: Claim, resolver: str) -> None:
    for operation in claim.operations:
        hand[operation] = Credit(hand[operation].origins, resolver)


def _credited(table: _Table, held: Iterable[Claim]) -> list[tuple[Operation, Credit]]:
    """Return every operation once, identical ones with the credit of all who brought them."""
    units: dict[object, list[Claim]] = {}
    for claim in held:
        if not claim.chief:
            continue
        what = (claim.subject, claim.block, claim.start, claim.end, claim.value)
        units.setdefault(what, []).append(claim)
    rows: list[tuple[int, str, list[tuple[Operation, Credit]]]] = []
    for same in units.values():
        first = same[0]
        credits_of = zip(*([table.hands[c.owner][op] for op in c.operations] for c in same), strict=True)
        credited = [(op, _shared(brought)) for op, brought in zip(first.operations, credits_of, strict=True)]
        rows.append((table.ranks.get(first.operations[0], 0), first.owner, credited))
    return [pair for _, _, unit in sorted(rows, key=lambda row: row[:2]) for pair in unit]


def _shared(held: Sequence[Credit]) -> Credit:
    if len(held) == 1:
        return held[0]
    origins = {origin for credit in held for origin in credit.origins}
    resolvers = sorted({credit.resolver for credit in held if credit.resolver is not None})
    return Credit(tuple(sorted(origins)), resolvers[0] if resolvers else None)
