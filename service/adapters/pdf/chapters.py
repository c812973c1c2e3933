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
from service.adapters.pdf.voice import Voice
from service.domain import anatomy
from service.domain.anatomy import Part, Place
from service.domain.figures import statistics
from service.domain.publication import Approval, Snapshot, Standing

_Making = Callable[[Snapshot, Element, str, Voice], Chapter]
# How the annexes are made, and the other parts but for recommendations and signatures.
_ANNEXES: Mapping[Part, _Making] = {
    Part.POSITIONS: annexes.positions,
    Part.FIGURES: annexes.figures,
    Part.AMENDMENTS: amendments.amendments,
    Part.PARTICIPANTS: annexes.participants,
    Part.HISTORY: annexes.history,
    Part.ORIGINS: annexes.origins,
    Part.BASIS: basis.evidence,
    Part.CHANGES: differences.changes,
    Part.RECORD: witness.record,
}
_OTHERS: Mapping[Part, Callable[[Snapshot, Element, Voice], Chapter]] = {
    Part.SUMMARY: front.summary,
    Part.MANDATE: front.mandate,
    Part.ADDRESSEES: addressees.chapter,
    Part.LESSONS: annexes.lessons,
}


def called(part: Part, voice: Voice) -> str:
    """Return how the contents call a part; a recommendation is called by its title."""
    say = voice.say
    return {
        Part.SUMMARY: say("The asks"),
        Part.MANDATE: say("Mandate and method"),
        Part.ADDRESSEES: say("What each addressee is asked to do"),
        Part.LESSONS: say("Lessons learnt"),
        Part.POSITIONS: say("Who says what"),
        Part.FIGURES: say("In figures"),
        Part.AMENDMENTS: say("Every amendment, and what became of it"),
        Part.PARTICIPANTS: say("Who was invited"),
        Part.HISTORY: say("How this edition came about"),
        Part.ORIGINS: say("Where the words come from"),
        Part.BASIS: say("What rests on what"),
        Part.CHANGES: say("What has changed since the last edition"),
        Part.RECORD: say("What the record proves"),
        Part.SIGNATURES: say("Signatures, and how to check this paper"),
    }[part]


def places(snapshot: Snapshot, *, draft: bool) -> tuple[Place, ...]:
    """Return the parts of a paper in their order; a draft is signed by nobody."""
    return tuple(one for one in anatomy.places(snapshot) if not (draft and one.part is Part.SIGNATURES))


def chapters(
    snapshot: Snapshot, approval: Approval, tree: Element, verify_url: str, digest: str, *, voice: Voice
) -> list[Chapter]:
    """Return a chapter for each part; without an address where it is checked, they are those of a draft.

    `digest` is that of the snapshot.
    """
    tallies = {tally.recommendation: tally for tally in statistics(snapshot).tallies}
    made = []
    for place in places(snapshot, draft=not verify_url):
        if place.ask is not None:
            tally = tallies[place.ask.number]
            made.append(recommendations.section(snapshot, place.ask, tally, tree.add("Sect"), voice))
        elif place.part is Part.SIGNATURES:
            made.append(closing.signatures(snapshot, approval, tree, verify_url, digest, voice=voice))
        elif place.letter:
            kicker = voice.say("Annex %(letter)s", {"letter": place.letter})
            made.append(_ANNEXES[place.part](snapshot, tree, kicker, voice))
        else:
            made.append(_OTHERS[place.part](snapshot, tree, voice))
    return made


def entries(listed: Sequence[Place], voice: Voice) -> list[Entry]:
    """Return the lines of the contents."""
    return [_entry(place, voice) for place in listed]


def _entry(place: Place, voice: Voice) -> Entry:
    if place.ask is not None:
        # A draft, in which nothing is decided, says so above each text.
        refused = place.ask.outcome.standing is Standing.NOT_ADOPTED
        title = f"{place.ask.title} ({wording.missed(voice, place.ask)})" if refused else place.ask.title
        return Entry(place.anchor, str(place.ask.number), title, design.colour_for(place.ask))
    return Entry(place.anchor, place.letter, called(place.part, voice), language=voice.lang)
