"""Merkle trees after RFC 6962, section 2.1: the root of a list, and proofs that anyone can check against it.

A hash is 32 bytes. A leaf's is SHA-256 over 0x00 and its bytes, a node's SHA-256 over 0x01 and the two hashes below
it. A complete subtree is named by its level (0 for a leaf) and its number from the left, both from 0.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

EMPTY = hashlib.sha256().digest()
"""The root of an empty list."""

Place = tuple[int, int]
Stretch = tuple[int, int]
"""The leaves below one node: from the first, counted from 0, up to but without the last."""


def leaf_hash(content: bytes) -> bytes:
    """Return the hash of a leaf."""
    return hashlib.sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of a node above two others."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Frontier:
    """What a tree goes on from: its size, and the hashes of its largest complete subtrees from the left."""

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def append(self, leaf: bytes) -> tuple["Frontier", tuple[bytes, ...]]:
        """Return the tree with one more leaf, and the hashes of the subtrees it completes, the leaf's own first."""
        completed, peaks, size = [leaf], list(self.peaks), self.size
        while size & 1:
            completed.append(node_hash(peaks.pop(), completed[-1]))
            size >>= 1
        return Frontier(self.size + 1, (*peaks, completed[-1])), tuple(completed)

    def extend(self, leaves: Iterable[bytes]) -> "Frontier":
        """Return the tree with more leaves."""
        size, peaks = self.size, list(self.peaks)
        for leaf in leaves:
            top, rest = leaf, size
            while rest & 1:
                top = node_hash(peaks.pop(), top)
                rest >>= 1
            peaks.append(top)
            size += 1
        return Frontier(size, tuple(peaks))

    @property
    def root(self) -> bytes:
        """The tree's root."""
        return _joined(self.peaks) if self.peaks else EMPTY


def _joined(peaks: Sequence[bytes]) -> bytes:
    """Return the hash above complete subtrees that stand side by side, each smaller than the one before."""
    top = peaks[-1]
    for peak in reversed(peaks[:-1]):
        top = node_hash(peak, top)
    return top


def _split(size: int) -> int:
    """Return the largest power of two below a size of at least two."""
    return 1 << (size - 1).bit_length() - 1


def inclusion(index: int, size: int) -> tuple[Stretch, ...]:
    """Return the stretches whose hashes prove that a leaf stands at `index` (from 0) of the first `size` leaves."""
    found: list[Stretch] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((start, middle))
            start = middle
    return tuple(reversed(found))


def consistency(first: int, second: int) -> tuple[Stretch, ...]:
    """Return the stretches whose hashes prove that `second` leaves begin with the `first`, which are at least one."""
    found: list[Stretch] = []
    start, end, whole = 0, second, True
    while first != end:
        middle = start + _split(end - start)
        if first <= middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((start, middle))
            start, whole = middle, False
    if not whole:
        found.append((start, end))
    return tuple(reversed(found))


def places(stretch: Stretch) -> tuple[Place, ...]:
    """Return the complete subtrees that a stretch consists of, from the left."""
    start, end = stretch
    found = []
    while start < end:
        level = (end - start).bit_length() - 1
        found.append((level, start >> level))
        start += 1 << level
    return tuple(found)


def completed_by(place: Place) -> int:
    """Return the number, from 1, of the leaf that completes a subtree."""
    level, number = place
    return (number + 1) << level


def proof(stretches: Iterable[Stretch], known: Mapping[Place, bytes]) -> tuple[bytes, ...]:
    """Return the hash of each stretch, out of those of the complete subtrees that `places` names."""
    return tuple(_joined([known[place] for place in places(stretch)]) for stretch in stretches)


class Tree:
    """All hashes of a list whose leaves are at hand, for whoever proves many of them."""

    def __init__(self, leaves: Iterable[bytes]) -> None:
        levels = [list(leaves)]
        while len(below := levels[-1]) > 1:
            levels.append(
                [node_hash(left, right) for left, right in zip(below[::2], below[1::2], strict=False)]
            )
        self._levels = levels

    def inclusion(self, index: int, size: int) -> tuple[bytes, ...]:
        """Return the proof that a leaf stands at `index` (from 0) of the first `size` leaves."""
        return tuple(
            _joined([self._levels[level][number] for level, number in places(stretch)])
            for stretch in inclusion(index, size)
        )


def is_included(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Tell whether a proof shows that the leaf with this hash stands at `index` (from 0) under the root."""
    if not 0 <= index < size:
        return False
    place, last, top = index, size - 1, leaf
    for hash_ in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            top = node_hash(hash_, top)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            top = node_hash(top, hash_)
        place, last = place >> 1, last >> 1
    return last == 0 and top == root


def is_consistent(first: int, second: int, roots: tuple[bytes, bytes], path: Sequence[bytes]) -> bool:
    """Tell whether a proof shows that the second tree begins with the first, which has at least one leaf.

    Args:
        first: how many leaves the first tree has.
        second: how many the second has.
        roots: of the first and of the second.
        path: the proof.
    """
    if first == second:
        return not path and roots[0] == roots[1]
    if not 0 < first < second or not path:
        return False
    place, last = first - 1, second - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    # A first tree that is complete is a node of the second, so the proof need not repeat it.
    begin, *others = path if place else (roots[0], *path)
    older = newer = begin
    for hash_ in others:
        if last == 0:
            return False
        if place & 1 or place == last:
            older, newer = node_hash(hash_, older), node_hash(hash_, newer)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            newer = node_hash(newer, hash_)
        place, last = place >> 1, last >> 1
    return last == 0 and (older, newer) == roots
