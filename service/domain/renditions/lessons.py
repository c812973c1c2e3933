"""The lessons learnt in a rendition: in the language that it is read in, each with its own words at hand."""

from collections.abc import Iterator

from service.domain.publication import Lesson
from service.domain.renditions.courtesy import Courtesy
from service.domain.renditions.tree import Fold, Listing, Manner, Paragraph, Piece, Section, Words, line, said
from service.domain.renditions.voice import woven
from service.domain.renditions.writing import Writing, pieces_of


def lessons(writing: Writing) -> Section:
    """Return the shared list of lessons learnt."""
    voice, found = writing.voice, writing.snapshot.lessons
    items = tuple(tuple(_item(writing, one)) for one in found)
    pieces: tuple[Piece, ...] = (Listing(items, numbered=True),)
    if not found:
        pieces = (said(voice.say("No lesson was put on the shared list.")),)
    title = voice.tell("%(count)s lesson", "%(count)s lessons", len(found))
    return Section("lessons", line(voice.say("Lessons learnt")), line(title), pieces)


def _item(writing: Writing, lesson: Lesson) -> Iterator[Piece]:
    own = Paragraph(line(writing.its(lesson.text, lesson.language)))
    if (courtesy := writing.courtesies.of_lesson(lesson)) is None:
        yield own
    else:
        yield from pieces_of(courtesy.blocks, courtesy.language)
        yield from _authentic(writing, lesson, courtesy, own)
    if lesson.evidence:
        yield writing.listed(lesson.evidence)


def _authentic(writing: Writing, lesson: Lesson, courtesy: Courtesy, own: Piece) -> Iterator[Piece]:
    voice = writing.voice
    language = voice.tongue(lesson.language or writing.snapshot.language)
    yield Paragraph(
        woven(
            voice,
            "Courtesy translation, approved by %(who)s on %(date)s; the authentic text is in %(language)s. "
            "Digest of these words: %(digest)s",
            {
                "who": Words(courtesy.organisation, name=True),
                "date": voice.day(courtesy.approved_at.date()),
                "language": language,
                "digest": Words(courtesy.digest, code=True),
            },
        ),
        Manner.FINE,
    )
    yield Fold(line(voice.say("The authentic text in %(language)s", {"language": language})), (own,))
