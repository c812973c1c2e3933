"""The opening of a rendition: the notices, the cover, the imprint, the asks on one page, mandate and method."""

from collections import Counter
from collections.abc import Iterator

from service.domain.anatomy import anchor_of
from service.domain.figures import statistics
from service.domain.paper_codes import code_of
from service.domain.renditions.tree import (
    Cover,
    Heading,
    Line,
    Listing,
    Manner,
    Notice,
    Paragraph,
    Piece,
    Running,
    Section,
    Terms,
    Words,
    line,
    link,
    said,
    strong,
)
from service.domain.renditions.writing import Writing
from service.domain.text.looks import Look


def notices(writing: Writing) -> Iterator[Notice]:
    """Yield what is to be known before anything else: whether it stands, what is authentic, what is translated."""
    say, facts = writing.voice.say, writing.facts
    if facts.withdrawn:
        text = say("The facility has withdrawn this edition: it no longer stands.")
        yield Notice(line(say("Withdrawn")), (said(text),))
    if facts.newer is not None:
        title = say("Edition %(number)s is newer", {"number": facts.newer})
        yield Notice(line(title), (said(say("A later edition is published. This one stays readable.")),))
    yield Notice(line(say("The signed PDF is the authentic text")), tuple(_authentic(writing)), calm=True)
    if writing.courtesies.any:
        yield Notice(line(_courtesy(writing)), tuple(map(said, _translated(writing))))


def running(writing: Writing) -> Running:
    """Return what each page says where there are pages: that it is a courtesy, of which edition, and its code."""
    edition = writing.voice.say("Edition %(number)s", {"number": writing.snapshot.edition})
    head = _courtesy(writing) if writing.courtesies.any else ""
    return Running(head, f"{writing.snapshot.subtitle} · {edition}", code_of(writing.facts.digest))


def _courtesy(writing: Writing) -> str:
    return writing.voice.say(
        "Courtesy translation; the authentic text is in %(language)s",
        {"language": writing.voice.tongue(writing.snapshot.language)},
    )


def _authentic(writing: Writing) -> Iterator[Piece]:
    say, facts = writing.voice.say, writing.facts
    yield said(
        say(
            "This is the same text in another format, to read and to work with. "
            "It carries no seal, so it proves nothing by itself: what counts is the paper."
        )
    )
    yield Terms(
        (
            (line(say("The paper")), (line(link(facts.paper, facts.paper)),)),
            (line(say("Code of the paper")), (_code(code_of(facts.digest)),)),
            (line(say("Digest of the file")), (_code(facts.file_digest),)),
            (line(say("Digest of the agenda")), (_code(facts.digest),)),
            (line(say("Check a copy of the paper")), (line(link(facts.check, facts.check)),)),
        )
    )


def _translated(writing: Writing) -> Iterator[str]:
    asks, lessons = writing.snapshot.recommendations, writing.snapshot.lessons
    count = sum(writing.courtesies.of(ask) is not None for ask in asks)
    language = writing.voice.tongue(writing.courtesies.language)
    if learnt := sum(writing.courtesies.of_lesson(one) is not None for one in lessons):
        yield writing.voice.tell(
            "%(count)s of %(total)s lessons is translated into %(language)s.",
            "%(count)s of %(total)s lessons are translated into %(language)s.",
            learnt,
            {"total": len(lessons), "language": language},
        )
    yield writing.voice.tell(
        "%(count)s of %(total)s recommendations is translated into %(language)s. "
        "All else stands in the language in which it was written.",
        "%(count)s of %(total)s recommendations are translated into %(language)s. "
        "All else stands in the language in which it was written.",
        count,
        {"total": len(asks), "language": language},
    )


def _code(digest: str) -> Line:
    return (Words(digest, code=True),)


def cover(writing: Writing) -> Cover:
    """Return what stands at the head."""
    snapshot, voice = writing.snapshot, writing.voice
    meeting = snapshot.meeting
    days = voice.days(meeting.starts, meeting.ends)
    edition = voice.say("Edition %(number)s", {"number": snapshot.edition})
    status = [
        line(strong(edition), " · ", writing.its(snapshot.status)),
        line(_language(writing), " ", voice.say("Editor:"), " ", writing.its(snapshot.editor)),
    ]
    if snapshot.demo:
        status.append(line(voice.say("Demonstration: organisations, persons and their words are invented.")))
    return Cover(
        programme=line(writing.its(snapshot.programme), " · ", writing.its(meeting.name)),
        title=line(writing.its(snapshot.title)),
        lines=(line(writing.its(snapshot.subtitle)), line(writing.its(meeting.place), " · ", days)),
        status=tuple(status),
    )


def _language(writing: Writing) -> str:
    language = writing.voice.tongue(writing.snapshot.language)
    return writing.voice.say("The text in %(language)s is authentic.", {"language": language})


def summary(writing: Writing) -> Section:
    """Return the asks with their addressees."""
    voice, asks = writing.voice, writing.snapshot.recommendations
    items = []
    for ask in asks:
        leading = tuple(
            Words(word.text, word.language, Look(word.look.emphasis, word.look.strong, f"#{anchor_of(ask)}"))
            for word in writing.title(ask)
        )
        missed = writing.missed(ask)
        to = Paragraph(line(writing.house(ask.addressee), f" ({missed})" if missed else ""), Manner.LABEL)
        items.append((Paragraph(leading), to))
    pieces: tuple[Piece, ...] = (Listing(tuple(items), numbered=True),)
    if not asks:
        pieces = (said(voice.say("This edition holds no recommendation.")),)
    return Section("summary", line(voice.say("In one page")), line(_counted(writing)), pieces)


def _counted(writing: Writing) -> str:
    """Return how many asks there are, and of how many nobody is asked to do anything."""
    voice = writing.voice
    counts = Counter(writing.missed(ask) for ask in writing.snapshot.recommendations)
    if set(counts) <= {""}:
        return voice.tell("%(count)s ask", "%(count)s asks", counts.total())
    adopted = [voice.tell("%(count)s ask", "%(count)s asks", counts[""])] if counts[""] else []
    others = [
        voice.say("%(state)s: %(count)s", {"state": missed, "count": count})
        for missed, count in counts.items()
        if missed
    ]
    return " · ".join([*adopted, *others])


def mandate(writing: Writing) -> Section:
    """Return why the paper exists and how it was made, with what changed since the last edition."""
    snapshot, voice = writing.snapshot, writing.voice
    pieces: list[Piece] = []
    if snapshot.mandate:
        pieces.append(Paragraph(line(writing.its(snapshot.mandate))))
    if snapshot.method:
        pieces.append(Listing(tuple((Paragraph(line(writing.its(one))),) for one in snapshot.method)))
    pieces.append(said(_figures(writing)))
    if snapshot.changes:
        pieces.append(Heading(line(voice.say("What changed since the last edition"))))
        pieces += [Paragraph(line(writing.its(one))) for one in snapshot.changes]
    title = voice.say("How this text came to be")
    return Section("mandate", line(voice.say("Mandate and method")), line(title), tuple(pieces))


def _figures(writing: Writing) -> str:
    found, voice = statistics(writing.snapshot), writing.voice
    counts = [
        voice.tell("%(count)s organisation", "%(count)s organisations", found.organisations),
        voice.tell("%(count)s partnership", "%(count)s partnerships", found.partnerships),
    ]
    if found.countries:
        counts.append(voice.tell("%(count)s country", "%(count)s countries", found.countries))
    told = [voice.say("No organisation is invited yet.")]
    if found.organisations:
        told = [
            voice.say("Invited: %(counts)s.", {"counts": voice.listed(counts)}),
            voice.tell(
                "%(count)s organisation tabled an amendment that is printed here, or took a position.",
                "%(count)s organisations tabled an amendment that is printed here, or took a position.",
                found.heard,
            ),
        ]
    if found.recommendations:
        told.append(
            voice.tell(
                "%(count)s of %(total)s recommendations is adopted.",
                "%(count)s of %(total)s recommendations are adopted.",
                found.adopted,
                {"total": found.recommendations},
            )
        )
    return " ".join(told)


def imprint(writing: Writing) -> Section:
    """Return who published what, how to cite it, and in which language it counts."""
    snapshot, voice = writing.snapshot, writing.voice
    edition = voice.say("Edition %(number)s", {"number": snapshot.edition})
    cite = line(
        writing.its(
            f"{snapshot.editor} ({snapshot.assembled_at.year}): {snapshot.title}. {snapshot.subtitle}. "
        ),
        writing.its(f"{snapshot.meeting.name}, {snapshot.meeting.place}. "),
        f"{edition}.",
    )
    entries = [
        (line(voice.say("Published by")), (line(writing.its(snapshot.editor)),)),
        (line(voice.say("How to cite")), (cite,)),
        (line(voice.say("Language")), (line(_language(writing)),)),
        (line(voice.say("Assembled")), (line(voice.moment(snapshot.assembled_at)),)),
        (
            line(voice.say("Accessibility")),
            (
                line(
                    voice.say(
                        "Headings, lists and tables are marked as what they are. It can be read in order, searched "
                        "and enlarged; nothing is told by colour alone."
                    )
                ),
            ),
        ),
        (line(voice.say("This edition online")), (line(link(writing.facts.page, writing.facts.page)),)),
    ]
    pieces: list[Piece] = [Terms(tuple(entries))]
    pieces += [Paragraph(line(writing.its(one)), Manner.SMALL) for one in snapshot.imprint if one]
    title = line(voice.say("About this edition"))
    return Section("imprint", line(voice.say("Imprint")), title, tuple(pieces))
