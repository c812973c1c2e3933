"""Which tokens of two sequences are the same: the fewest insertions and deletions, in bounded work.

No clock is read, so the answer is the same everywhere. Up to `MAX_CELLS` cells the answer is optimal.
Beyond that both sequences are cut at places that their own content chooses, so that an insertion near the
beginning does not shift every cut, and what still does not fit is cut in proportion: exact always, only
longer than it might be.
"""

import zlib
from bisect import bisect_left
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from rapidfuzz.distance import Indel

MAX_CELLS: Final = 1 << 28
_CHUNK: Final = 64

Change = tuple[int, int, int, int]
"""A stretch that differs: start and end in the one sequence, start and end in the other."""


def changes(before: Sequence[str], after: Sequence[str], max_cells: int = MAX_CELLS) -> list[Change]:
    """Return the stretches in which two token sequences differ, in order; no two of them touch."""
    numbers: dict[str, int] = {}
    old = [numbers.setdefault(token, len(numbers)) for token in before]
    new = [numbers.setdefault(token, len(numbers)) for token in after]
    return _touching_joined(_bounded(old, new, numbers, max_cells))


def longest_rise(numbers: Sequence[int]) -> set[int]:
    """Return the members of one longest strictly rising subsequence; the numbers are distinct."""
    tails: list[int] = []
    heads: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        at = bisect_left(heads, number)
        before[number] = tails[at - 1] if at else None
        heads[at : at + 1] = [number]
        tails[at : at + 1] = [number]
    member = tails[-1] if tails else None
    rise: set[int] = set()
    while member is not None:
        rise.add(member)
        member = before[member]
    return rise


def _trimmed(old: Sequence[Hashable], new: Sequence[Hashable]) -> tuple[int, int]:
    shorter = min(len(old), len(new))
    head = next((i for i in range(shorter) if old[i] != new[i]), shorter)
    rest = shorter - head
    tail = next((i for i in range(rest) if old[-1 - i] != new[-1 - i]), rest)
    return head, tail


def _optimal(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Change]:
    codes = Indel.opcodes(old, new)
    return _touching_joined(
        (c.src_start, c.src_end, c.dest_start, c.dest_end) for c in codes if c.tag != "equal"
    )


def _touching_joined(changes: Iterable[Change]) -> list[Change]:
    found: list[Change] = []
    for a, b, c, d in changes:
        if found and (found[-1][1], found[-1][3]) == (a, c):
            found[-1] = (found[-1][0], b, found[-1][2], d)
        else:
            found.append((a, b, c, d))
    return found


def _bounded(old: list[int], new: list[int], numbers: Mapping[str, int], max_cells: int) -> Iterator[Change]:
    head, tail = _trimmed(old, new)
    old, new = old[head : len(old) - tail], new[head : len(new) - tail]
    if not old and not new:
        return
    fits = len(old) * len(new) <= max_cells
    inner = _optimal(old, new) if fits else _chunked(old, new, _seams(numbers), max_cells)
    for a, b, c, d in inner:
        yield a + head, b + head, c + head, d + head


def _seams(numbers: Mapping[str, int]) -> frozenset[int]:
    return frozenset(
        number
        for token, number in numbers.items()
        if zlib.crc32(token.encode("utf-8", "replace")) % _CHUNK == 0
    )


def _chunked(old: list[int], new: list[int], seams: frozenset[int], max_cells: int) -> Iterator[Change]:
    old_chunks, new_chunks = _chunks(old, seams), _chunks(new, seams)
    old_at, new_at = _starts(old_chunks), _starts(new_chunks)
    if min(len(old_chunks), len(new_chunks)) == 1 or len(old_chunks) * len(new_chunks) > max_cells:
        yield from _proportional(old, new, max_cells)
        return
    for a, b, c, d in _optimal(old_chunks, new_chunks):
        left, right = old[old_at[a] : old_at[b]], new[new_at[c] : new_at[d]]
        fits = len(left) * len(right) <= max_cells
        for i, j, k, m in _optimal(left, right) if fits else _proportional(left, right, max_cells):
            yield i + old_at[a], j + old_at[a], k + new_at[c], m + new_at[c]


def _proportional(old: list[int], new: list[int], max_cells: int) -> Iterator[Change]:
    parts = 1
    while (len(old) // parts + 1) * (len(new) // parts + 1) > max_cells:
        parts *= 2
    for part in range(parts):
        a, b = len(old) * part // parts, len(old) * (part + 1) // parts
        c, d = len(new) * part // parts, len(new) * (part + 1) // parts
        for i, j, k, m in _optimal(old[a:b], new[c:d]):
            yield i + a, j + a, k + c, m + c


def _chunks(tokens: list[int], seams: frozenset[int]) -> list[tuple[int, ...]]:
    chunks: list[tuple[int, ...]] = []
    begun = 0
    for at, token in enumerate(tokens, start=1):
        if token in seams or at == len(tokens):
            chunks.append(tuple(tokens[begun:at]))
            begun = at
    return chunks


def _starts(chunks: list[tuple[int, ...]]) -> list[int]:
    starts = [0]
    for chunk in chunks:
        starts.append(starts[-1] + len(chunk))
    return starts
