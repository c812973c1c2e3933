"""The annexes that an edition has only where there is something for them: their letters follow one another."""

from collections.abc import Callable
from string import ascii_uppercase

from service.adapters.pdf import basis, differences, witness
from service.adapters.pdf.front import Entry
from service.adapters.pdf.pages import Chapter
from service.adapters.pdf.structure import Element
from service.domain.publication import Snapshot

_FURTHER: tuple[
    tuple[str, str, Callable[[Snapshot], bool], Callable[[Snapshot, Element, str], Chapter]], ...
] = (
    ("basis", "What rests on what", basis.holds, basis.evidence),
    ("changes", "What has changed since the last edition", differences.holds, differences.changes),
    ("record", "What the record proves", witness.holds, witness.record),
)


def further(snapshot: Snapshot, tree: Element, *, first: str) -> list[tuple[Entry, Chapter]]:
    """Return the annexes from the letter `first` on, each with its line of the contents."""
    wanted = [(anchor, title, made) for anchor, title, holds, made in _FURTHER if holds(snapshot)]
    letters = ascii_uppercase[ascii_uppercase.index(first) :]
    return [
        (Entry(anchor, letter, title), made(snapshot, tree, f"Annex {letter}"))
        for letter, (anchor, title, made) in zip(letters, wanted, strict=False)
    ]
