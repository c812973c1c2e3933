"""A whole rendition: an edition as a tree, in a language of the pages."""

from collections.abc import Iterator, Sequence

from service.domain.publication import Snapshot
from service.domain.renditions import amendments, annexes, asks, closing, opening, replaced
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
    )


def _sections(writing: Writing) -> Iterator[Section]:
    def annex(letter: str) -> Line:
        return line(writing.voice.say("Annex %(letter)s", {"letter": letter}))

    yield opening.summary(writing)
    yield opening.mandate(writing)
    yield from asks.sections(writing)
    yield annexes.lessons(writing)
    yield annexes.positions(writing, annex("A"))
    yield annexes.figures(writing, annex("B"))
    yield amendments.amendments(writing, annex("C"))
    yield annexes.participants(writing, annex("D"))
    yield annexes.history(writing, annex("E"))
    origins = annexes.origins(writing, annex("F"))
    if origins is not None:
        yield origins
    if writing.snapshot.corrigendum is not None:
        letter = annex("F" if origins is None else "G")
        yield replaced.replaced(writing, letter, writing.snapshot.corrigendum)
    yield closing.closing(writing)
    yield opening.imprint(writing)
