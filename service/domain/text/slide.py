"""Where an insertion or a deletion is put when several places mean the same: where a reader would put it.

Between "the Union" and "the European Union" one may insert " European" or "European "; between two
sentences, a third one or the tail of the first with the head of the third. The places at the ends of
sentences win, then those at white space; among equals the last.
"""

from collections.abc import Sequence
from typing import Final

from service.domain.text.align import Change

_ENDS: Final = frozenset(".!?…:;")
_TEXT, _SENTENCE, _WORD, _INNER = 3, 2, 1, 0


def slid(changes: Sequence[Change], old: Sequence[str], new: Sequence[str]) -> list[Change]:
    """Return the changes, in tokens, with pure insertions and deletions at their best places; none touch."""
    result: list[Change] = []
    for at, (a, b, c, d) in enumerate(changes):
        earlier = result[-1] if result else None
        later = changes[at + 1] if at + 1 < len(changes) else None
        if a == b:
            low = earlier[3] + 1 if earlier else 0
            high = later[2] - 1 if later else len(new)
            step = _best(new, c, d, low, high)
        elif c == d:
            low = earlier[1] + 1 if earlier else 0
            high = later[0] - 1 if later else len(old)
            step = _best(old, a, b, low, high)
        else:
            step = 0
        result.append((a + step, b + step, c + step, d + step))
    return result


def _best(tokens: Sequence[str], start: int, end: int, low: int, high: int) -> int:
    """Return by how many tokens the range moves, within `low` to `high`, to lie best."""
    left = right = 0
    while start - left > low and tokens[start - left - 1] == tokens[end - left - 1]:
        left += 1
    while end + right < high and tokens[start + right] == tokens[end + right]:
        right += 1
    if not left and not right:
        return 0
    steps = range(right, -left - 1, -1)
    return max(steps, key=lambda step: _seam(tokens, start + step) + _seam(tokens, end + step))


def _seam(tokens: Sequence[str], at: int) -> int:
    if at in {0, len(tokens)}:
        return _TEXT
    if tokens[at].isspace():
        return _SENTENCE if tokens[at - 1] in _ENDS else _WORD
    if tokens[at - 1].isspace():
        return _SENTENCE if at > 1 and tokens[at - 2] in _ENDS else _WORD
    return _INNER
