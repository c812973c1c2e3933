"""The annex that says which claim rests on which evidence."""

from collections.abc import Sequence
from dataclasses import replace

from service.adapters.pdf import design, wording
from service.adapters.pdf.front import chapter_head
from service.adapters.pdf.linebreaking import Words
from service.adapters.pdf.pages import Chapter
from service.adapters.pdf.paragraphs import Paragraph
from service.adapters.pdf.pieces import Piece, Stack, Together
from service.adapters.pdf.recommendations import may_lead
from service.adapters.pdf.structure import Element
from service.adapters.pdf.tables import Grid, Row, Table, header_cells
from service.adapters.pdf.voice import Voice
from service.domain.anatomy import claims, unnamed
from service.domain.publication import Evidence, Recommendation, Snapshot

CLAIM = 0.5


def evidence(snapshot: Snapshot, tree: Element, kicker: str, voice: Voice) -> Chapter:
    """Return, by recommendation, the paragraphs that evidence was named for, and that evidence."""
    sect = tree.add("Sect")
    pieces = chapter_head(voice, sect, kicker, voice.say("What rests on what"), "basis")
    note = voice.say(
        "At the left the words that are underpinned, at the right the source, the page and what it says there."
    )
    pieces.append(Paragraph(note, design.BODY, sect.add("P", lang=voice.lang)))
    for ask in snapshot.recommendations:
        if ask.evidence:
            pieces += _of_one(ask, sect, voice)
    without = [str(ask.number) for ask in snapshot.recommendations if not ask.evidence]
    if without:
        text = voice.tell(
            "Recommendation for which no evidence was given: %(numbers)s.",
            "Recommendations for which no evidence was given: %(numbers)s.",
            len(without),
            {"numbers": ", ".join(without)},
        )
        pieces.append(Paragraph(text, replace(design.SMALL, before=14), sect.add("P", lang=voice.lang)))
    return Chapter(tuple(pieces))


def _of_one(ask: Recommendation, sect: Element, voice: Voice) -> list[Piece]:
    heading = Paragraph(
        wording.titled(voice, design.SUBHEADING, ask),
        replace(design.SUBHEADING, balanced=True),
        sect.add("H3"),
    )
    table = sect.add("Table")
    body, (left, right) = header_cells(table, 2)
    left.lang = right.lang = voice.lang
    header = Row.of(
        [
            Paragraph(voice.say("Claim"), design.LABEL, left),
            Paragraph(voice.say("Evidence"), design.LABEL, right),
        ]
    )
    rows = []
    for claim, listed in claims(ask):
        row = body.add("TR")
        words = replace(design.SMALL, after=0)
        cell = row.add("TD")
        said: Piece = (
            Paragraph(claim, words, cell)
            if claim
            else Paragraph(
                [words.emphasis(voice.say("The recommendation as a whole"), language=voice.lang)],
                replace(words, colour=design.GREY),
                cell,
            )
        )
        rows.append(Row.of([said, _cited(listed, row.add("TD"), voice)]))
    width = design.COLUMN + 8
    grid = Grid(
        (width * CLAIM, width * (1 - CLAIM)),
        gutter=16,
        padding=4,
        rule=design.HAIRLINE,
        header_rule=design.RULE,
    )
    pieces: list[Piece] = [
        Together([heading, Table(grid, rows, header=header)], before=design.SUBHEADING.before)
    ]
    bare = unnamed(ask)
    if bare:
        text = voice.tell(
            "Paragraph that no evidence names: %(numbers)s.",
            "Paragraphs that no evidence names: %(numbers)s.",
            len(bare),
            {"numbers": ", ".join(map(str, bare))},
        )
        pieces.append(Paragraph(text, replace(design.FINE, before=5), sect.add("P", lang=voice.lang)))
    return pieces


def _cited(listed: Sequence[Evidence], cell: Element, voice: Voice) -> Piece:
    style = replace(design.CELL, after=3)
    return Stack([Paragraph(_citation(one, voice), style, cell.add("P")) for one in listed])


def _citation(one: Evidence, voice: Voice) -> list[Words]:
    style = design.CELL
    where = wording.source(voice, one)
    words = [style.strong(f"{one.number} "), style.words(one.title, language=one.language)]
    if where:
        words.append(replace(style, colour=design.GREY).words(f". {where}"))
    if one.quotation:
        words += [
            style.words(voice.speech.colon),
            style.words(wording.quoted(voice, one), language=one.language),
        ]
    if one.url:
        words += [style.words(" "), style.words(one.url, target=one.url if may_lead(one.url) else "")]
    return words
