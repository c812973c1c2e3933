"""Which changes are shown as one: an exact difference, cleaned for whoever reads it.

A difference that is as small as can be leaves words standing between changes where they help nobody: a white space, an
“of”, a word that happens to be in both sentences. First, changes that can be moved to touch each other without changing
their cost are. Then as many gaps are closed as a semantic clean-up of diff-match-patch would close, but the shortest
ones, never over the end of a sentence, and never so many that the difference grows by more than a quarter, in
characters or in words and signs; white space is no reading matter. The passages of a text are cleaned together: what
one of them does not need of that quarter, another may.
"""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, islice
from typing import Final

from service.domain.text.align import Change

_ALLOWANCE: Final = 4
_LONGEST_SLIDE: Final = 64
_LONGEST_GAP: Final = 8
_ENDS: Final = frozenset(".!?…。؟।")
_END: Final = "."


@dataclass(frozen=True, slots=True)
class Difference:
    """The exact changes between two sequences of tokens."""

    changes: Sequence[Change]
    old: Sequence[str]
    new: Sequence[str]


def readable(changes: Sequence[Change], old: Sequence[str], new: Sequence[str]) -> list[Change]:
    """Return the changes, in tokens, as they are shown: exact still, in order, none touching another."""
    return readable_together([Difference(changes, old, new)])[0]


def readable_together(differences: Sequence[Difference]) -> list[list[Change]]:
    """Return the changes of each passage of a text as they are shown when all of them are read as one text."""
    touching = [joined(one.changes, one.old, one.new) for one in differences]
    limit = sum(map(len, touching)) - sum(_left_by_cleanup(one.changes) for one in differences)
    if limit <= 0:
        return touching
    gaps = _Gaps(
        [Difference(found, one.old, one.new) for found, one in zip(touching, differences, strict=True)]
    )
    gaps.close(limit)
    return gaps.changes()


def joined(changes: Sequence[Change], old: Sequence[str], new: Sequence[str]) -> list[Change]:
    """Return the changes with those made one that touch when one of them is moved over equal tokens."""
    found: list[Change] = []
    for change in changes:
        last = change
        while found and (one := _touching(found[-1], last, old, new)):
            found.pop()
            last = one
        found.append(last)
    return found


def _touching(left: Change, right: Change, old: Sequence[str], new: Sequence[str]) -> Change | None:
    gap = right[0] - left[1]
    if gap > _LONGEST_SLIDE:
        return None
    if _slides(right, gap, old, new, -1):
        return left[0], right[1] - gap, left[2], right[3] - gap
    if _slides(left, gap, old, new, 1):
        return left[0] + gap, right[1], left[2] + gap, right[3]
    return None


def _slides(change: Change, gap: int, old: Sequence[str], new: Sequence[str], way: int) -> bool:
    """Say whether an insertion or a deletion means the same that many tokens further."""
    a, b, c, d = change
    if a < b and c < d:
        return False
    tokens, start, end = (new, c, d) if a == b else (old, a, b)
    if way > 0:
        return all(tokens[start + step] == tokens[end + step] for step in range(gap))
    return all(tokens[start - step] == tokens[end - step] for step in range(1, gap + 1))


def _left_by_cleanup(changes: Sequence[Change]) -> int:
    """Return how many changes a semantic clean-up leaves: it closes gaps no wider than both of their sides."""
    left: list[Change] = []
    for change in changes:
        wide = change
        while left and wide[0] - left[-1][1] <= min(_wider(left[-1]), _wider(wide)):
            one = left.pop()
            wide = one[0], wide[1], one[2], wide[3]
        left.append(wide)
    return len(left)


@dataclass(order=True, slots=True)
class _Gap:
    """What closing the gap between two changes costs, and what stands there then."""

    cost: tuple[int, int]
    place: int
    left: int = field(compare=False)
    right: int = field(compare=False)
    made_of: tuple[Change, Change] = field(compare=False)
    becomes: Change = field(compare=False)


class _Gaps:
    """The gaps between changes, closed one by one, the cheapest first.

    The passages stand one after the other, with the end of a sentence between them that no change reaches over.
    """

    def __init__(self, differences: Sequence[Difference]) -> None:
        self._starts: list[tuple[int, int]] = []
        self._counts = [len(one.changes) for one in differences]
        self._old: list[str] = []
        self._new: list[str] = []
        self._shown: list[Change | None] = []
        for one in differences:
            x, y = len(self._old), len(self._new)
            self._starts.append((x, y))
            self._shown += [(a + x, b + x, c + y, d + y) for a, b, c, d in one.changes]
            self._old += (*one.old, _END)
            self._new += (*one.new, _END)
        self._next = [*range(1, len(self._shown)), -1]
        self._previous = list(range(-1, len(self._shown) - 1))
        self._old_at = list(accumulate(map(len, self._old), initial=0))
        self._new_at = list(accumulate(map(len, self._new), initial=0))
        self._old_said = list(accumulate((not token.isspace() for token in self._old), initial=0))
        self._new_said = list(accumulate((not token.isspace() for token in self._new), initial=0))
        self._letters = sum(self._size(change) for change in self._shown if change) // _ALLOWANCE
        self._words = sum(self._said(change) for change in self._shown if change) // _ALLOWANCE

    def changes(self) -> list[list[Change]]:
        """Return the changes that are left of each passage."""
        left = iter(self._shown)
        return [
            [(a - x, b - x, c - y, d - y) for a, b, c, d in filter(None, islice(left, count))]
            for count, (x, y) in zip(self._counts, self._starts, strict=True)
        ]

    def close(self, limit: int) -> None:
        """Close up to `limit` gaps."""
        found = (self._gap(at) for at in range(len(self._shown)))
        gaps = [gap for gap in found if gap]
        heapq.heapify(gaps)
        closed = 0
        while gaps and closed < limit:
            gap = heapq.heappop(gaps)
            if self._stands(gap) and self._pays(gap):
                closed += 1
                self._merge(gap)
                for at in (self._previous[gap.left], gap.left):
                    changed = self._gap(at) if at >= 0 else None
                    if changed:
                        heapq.heappush(gaps, changed)

    def _gap(self, left: int) -> _Gap | None:
        right = self._next[left]
        before, after = self._shown[left], self._shown[right]
        if right < 0 or before is None or after is None:
            return None
        gap = after[0] - before[1]
        if gap > _LONGEST_GAP or not _ENDS.isdisjoint(self._old[before[1] : after[0]]):
            return None
        one = self._trimmed((before[0], after[1], before[2], after[3]))
        letters = self._size(one) - self._size(before) - self._size(after)
        words = self._said(one) - self._said(before) - self._said(after)
        return _Gap((letters, words), before[1], left, right, (before, after), one)

    def _stands(self, gap: _Gap) -> bool:
        return self._next[gap.left] == gap.right and gap.made_of == (
            self._shown[gap.left],
            self._shown[gap.right],
        )

    def _pays(self, gap: _Gap) -> bool:
        letters, words = gap.cost
        if letters > self._letters or words > self._words:
            return False
        self._letters -= letters
        self._words -= words
        return True

    def _merge(self, gap: _Gap) -> None:
        self._shown[gap.left], self._shown[gap.right] = gap.becomes, None
        following = self._next[gap.right]
        self._next[gap.left] = following
        if following >= 0:
            self._previous[following] = gap.left

    def _trimmed(self, change: Change) -> Change:
        a, b, c, d = change
        while a < b and c < d and self._old[a] == self._new[c]:
            a, c = a + 1, c + 1
        while a < b and c < d and self._old[b - 1] == self._new[d - 1]:
            b, d = b - 1, d - 1
        return a, b, c, d

    def _said(self, change: Change) -> int:
        """Return how many words and signs a change takes out and brings in."""
        a, b, c, d = change
        return self._old_said[b] - self._old_said[a] + self._new_said[d] - self._new_said[c]

    def _size(self, change: Change) -> int:
        a, b, c, d = change
        return self._old_at[b] - self._old_at[a] + self._new_at[d] - self._new_at[c]


def _wider(change: Change) -> int:
    a, b, c, d = change
    return max(b - a, d - c)
