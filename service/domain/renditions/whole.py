"""A whole rendition: an edition as a tree, in a language of the pages."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from service.domain.anatomy import Part, places
from service.domain.figures import statistics
from service.domain.publication import (
    Snapshot,
)
from service.domain.renditions import (
    addressees,
    amendments,
    annexes,
    asks,
    basis,
    closing,
    lessons,
    opening,
    replaced,
    witness,
)
from service.domain.renditions.courtesy import Courtesy, courtesies
from service.domain.renditions.facts import Facts
from service.domain.renditions.tree import Labels, Line, Rendition, Section, line
from service.domain.renditions.voice import Voice
from service.domain.renditions.writing import Writing


def rendition(
    snapshot: Snapshot, facts: Facts, voice: Voice, *, language: str = "", offered: Sequence[Courtesy] = ()
) -> Rendition:
    """Return an edition as a tree.

    Args:
        snapshot: what the edition prints.
        facts: what is told of it beside that.
        voice: who says the rendition's own words.
        language: into which its texts are translated where somebody did; without one it is the edition's own.
        offered: the courtesy translations that there are.
    """
    tongue = courtesies(snapshot.language, language or snapshot.language, offered)
    writing = Writing(snapshot, facts, voice, tongue)
    return Rendition(
        language=voice.tag,
        title=f"{snapshot.title} · {voice.say('Edition %(number)s', {'number': snapshot.edition})}",
        editor=snapshot.editor,
        cover=opening.cover(writing),
        notices=tuple(opening.notices(writing)),
        sections=tuple(_sections(writing)),
        labels=Labels(
            contents=voice.say("Contents"),
            added=voice.say("added:"),
            removed=voice.say("removed:"),
            notices=voice.say("About this file"),
            skip=voice.say("Skip to the content"),
        ),
        running=opening.running(writing),
    )


# Where each annex is made; the letter is that of the paper's.
_ANNEXES: Mapping[Part, Callable[[Writing, Line], Section]] = {
    Part.POSITIONS: annexes.positions,
    Part.FIGURES: annexes.figures,
    Part.AMENDMENTS: amendments.amendments,
    Part.PARTICIPANTS: annexes.participants,
    Part.HISTORY: annexes.history,
    Part.ORIGINS: annexes.origins,
    Part.BASIS: basis.basis,
    Part.CHANGES: replaced.replaced,
    Part.RECORD: witness.record,
}
_OTHERS: Mapping[Part, Callable[[Writing], Section]] = {
    Part.SUMMARY: opening.summary,
    Part.MANDATE: opening.mandate,
    Part.ADDRESSEES: addressees.addressees,
    Part.LESSONS: lessons.lessons,
    Part.SIGNATURES: closing.closing,
}


def _sections(writing: Writing) -> Iterator[Section]:
    tallies = {tally.recommendation: tally for tally in statistics(writing.snapshot).tallies}
    for place in places(writing.snapshot):
        if place.ask is not None:
            yield asks.section(writing, place.ask, tallies[place.ask.number])
        elif place.letter:
            kicker = writing.voice.say("Annex %(letter)s", {"letter": place.letter})
            yield _ANNEXES[place.part](writing, line(kicker))
        else:
            yield _OTHERS[place.part](writing)
    yield opening.imprint(writing)
