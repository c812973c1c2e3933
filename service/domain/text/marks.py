"""Emphasis, strong emphasis and links: ranges beside a block's text, never inside it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise


class MarkKind(StrEnum):
    """What a marked range is."""

    EMPHASIS = "emphasis"
    STRONG = "strong"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked range of a block's text; offsets are code points, `href` is a link's address."""

    kind: MarkKind
    start: int
    end: int
    href: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", MarkKind(self.kind))
        object.__setattr__(self, "href", self.href or None)

    @property
    def value(self) -> str:
        """What the range is marked with: a link's address, or nothing more than the kind."""
        return self.href or ""


def canonical(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Return the one form of these marks: sorted, equal neighbours joined, marks over nothing dropped."""
    joined: list[Mark] = []
    for mark in sorted(marks, key=lambda m: (m.kind, m.value, m.start, m.end)):
        last = joined[-1] if joined else None
        if mark.start == mark.end:
            continue
        if last and (last.kind, last.href) == (mark.kind, mark.href) and mark.start <= last.end:
            joined[-1] = Mark(mark.kind, last.start, max(last.end, mark.end), mark.href)
        else:
            joined.append(mark)
    return tuple(sorted(joined, key=lambda m: (m.start, m.end, m.kind, m.value)))


def cut(marks: Iterable[Mark], start: int, end: int, to: int = 0) -> list[Mark]:
    """Return the marks within a range, moved so that the range begins at `to`."""
    return [
        Mark(m.kind, max(m.start, start) - start + to, min(m.end, end) - start + to, m.href)
        for m in marks
        if m.start < end and start < m.end
    ]


def overlay(marks: Iterable[Mark], kind: MarkKind, start: int, end: int, value: str | None) -> list[Mark]:
    """Return the marks with a range set to `value`; None takes the marks of that kind off the range."""
    rest: list[Mark] = []
    for mark in marks:
        if mark.kind is not kind or mark.end <= start or end <= mark.start:
            rest.append(mark)
            continue
        if mark.start < start:
            rest.append(Mark(kind, mark.start, start, mark.href))
        if end < mark.end:
            rest.append(Mark(kind, end, mark.end, mark.href))
    if value is not None:
        rest.append(Mark(kind, start, end, value))
    return rest


def values(
    marks: Sequence[Mark], kind: MarkKind, start: int, end: int
) -> Iterator[tuple[int, int, str | None]]:
    """Yield the stretches of a range with the value each carries, or None where nothing is marked."""
    points = {start, end}
    for mark in marks:
        if mark.kind is kind:
            points.update(p for p in (mark.start, mark.end) if start < p < end)
    for left, right in pairwise(sorted(points)):
        found = (m.value for m in marks if m.kind is kind and m.start <= left < m.end)
        yield left, right, next(found, None)


def differences(
    before: Sequence[Mark], after: Sequence[Mark], length: int
) -> Iterator[tuple[MarkKind, int, int, str | None, str | None]]:
    """Yield (kind, start, end, old value, new value) where two markings of the same characters differ."""
    for kind in MarkKind:
        if not any(m.kind is kind for m in (*before, *after)):
            continue
        for start, end, old in values(before, kind, 0, length):
            for left, right, new in values(after, kind, start, end):
                if old != new:
                    yield kind, left, right, old, new
