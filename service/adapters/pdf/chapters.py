"""The chapters of a paper, from the asks on one page to the signatures, and the lines of its contents."""

from collections.abc import Callable, Mapping, Sequence

from service.adapters.pdf import (
    addressees,
    amendments,
    annexes,
    basis,
    closing,
    design,
    differences,
    front,
    recommendations,
    witness,
    wording,
)
from service.adapters.pdf.front import Entry
from service.adapters.pdf.pages import Chapter
from service.adapters.pdf.structure import Element
from service.domain import anatomy
from service.domain.anatomy import Part, Place
from service.domain.figures import statistics
from service.domain.publication import Approval, Snapshot, Standing

_Making = Callable[[Snapshot, Element, str], Chapter]
# How the contents call each part, and how it is made; a recommendation is called by its title.
_PARTS: Mapping[Part, tuple[str, _Making]] = {
    Part.SUMMARY: ("The asks", lambda snapshot, tree, _: front.summary(snapshot, tree)),
    Part.MANDATE: ("Mandate and method", lambda snapshot, tree, _: front.mandate(snapshot, tree)),
    Part.ADDRESSEES: (addressees.TITLE, lambda snapshot, tree, _: addressees.chapter(snapshot, tree)),
    Part.LESSONS: ("Lessons learnt", lambda snapshot, tree, _: annexes.lessons(snapshot, tree)),
    Part.POSITIONS: ("Who says what", annexes.positions),
    Part.FIGURES: ("In figures", annexes.figures),
    Part.AMENDMENTS: ("Every amendment, and what became of it", amendments.amendments),
    Part.PARTICIPANTS: (annexes.INVITED, annexes.participants),
    Part.HISTORY: ("How this edition came about", annexes.history),
    Part.ORIGINS: ("Where the words come from", annexes.origins),
    Part.BASIS: ("What rests on what", basis.evidence),
    Part.CHANGES: ("What has changed since the last edition", differences.changes),
    Part.RECORD: ("What the record proves", witness.record),
}
_SIGNATURES = "Signatures, and how to check this paper"


def places(snapshot: Snapshot, *, draft: bool) -> tuple[Place, ...]:
    """Return the parts of a paper in their order; a draft is signed by nobody."""
    return tuple(one for one in anatomy.places(snapshot) if not (draft and one.part is Part.SIGNATURES))


def chapters(
    snapshot: Snapshot, approval: Approval, tree: Element, verify_url: str, digest: str
) -> list[Chapter]:
    """Return a chapter for each part; without an address where it is checked, they are those of a draft.

    `digest` is that of the snapshot.
    """
    tallies = {tally.recommendation: tally for tally in statistics(snapshot).tallies}
    made = []
    for place in places(snapshot, draft=not verify_url):
        if place.ask is not None:
            tally = tallies[place.ask.number]
            made.append(recommendations.section(snapshot, place.ask, tally, tree.add("Sect")))
        elif place.part is Part.SIGNATURES:
            made.append(closing.signatures(snapshot, approval, tree, verify_url, digest))
        else:
            _, making = _PARTS[place.part]
            made.append(making(snapshot, tree, f"Annex {place.letter}"))
    return made


def entries(listed: Sequence[Place]) -> list[Entry]:
    """Return the lines of the contents."""
    return [_entry(place) for place in listed]


def _entry(place: Place) -> Entry:
    if place.ask is not None:
        # A draft, in which nothing is decided, says so above each text.
        refused = place.ask.outcome.standing is Standing.NOT_ADOPTED
        title = f"{place.ask.title} ({wording.missed(place.ask)})" if refused else place.ask.title
        return Entry(place.anchor, str(place.ask.number), title, design.colour_for(place.ask))
    called = _SIGNATURES if place.part is Part.SIGNATURES else _PARTS[place.part][0]
    return Entry(place.anchor, place.letter, called)
