"""How a stretch of text looks: emphasised, bold, a link, in any combination."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from service.domain.text.marks import Mark, MarkKind


@dataclass(frozen=True, slots=True)
class Look:
    """The marks that lie on a stretch of text; `href` is empty where there is no link."""

    emphasis: bool = False
    strong: bool = False
    href: str = ""


PLAIN: Final = Look()


def look(marks: Sequence[Mark], start: int, end: int) -> Look:
    """Return how a stretch looks, from the marks that lie over all of it."""
    over = [mark for mark in marks if mark.start <= start and end <= mark.end]
    kinds = {mark.kind for mark in over}
    href = next((mark.href for mark in over if mark.href), None)
    return Look(MarkKind.EMPHASIS in kinds, MarkKind.STRONG in kinds, href or "")


def seams(marks: Sequence[Mark], start: int, end: int) -> set[int]:
    """Return where the look of a range may change, its two ends included."""
    return {start, end} | {at for mark in marks for at in (mark.start, mark.end) if start < at < end}


def stretches(marks: Sequence[Mark], start: int, end: int) -> Iterator[tuple[int, int, Look]]:
    """Yield the stretches of a range with how each looks."""
    for left, right in pairwise(sorted(seams(marks, start, end))):
        yield left, right, look(marks, left, right)
