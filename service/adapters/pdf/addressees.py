"""Strategies by addressee: what each of them is asked to do, and by when, wherever it stands in the paper."""

from collections.abc import Sequence
from dataclasses import replace

from service.adapters.pdf import design, wording
from service.adapters.pdf.front import chapter_head
from service.adapters.pdf.pages import Chapter
from service.adapters.pdf.paragraphs import Paragraph
from service.adapters.pdf.pieces import Hanging, Piece, Stack
from service.adapters.pdf.structure import Element
from service.domain.anatomy import by_addressee, refused
from service.domain.publication import Recommendation, Snapshot, Standing

TITLE = "What each addressee is asked to do"
NOT_ADOPTED = "Not adopted: nobody is asked to act on this"
INDENT = 26.0


def chapter(snapshot: Snapshot, tree: Element) -> Chapter:
    """Return the asks in full by addressee, in the order in which the paper first names these."""
    sect = tree.add("Sect")
    pieces = chapter_head(sect, "By addressee", TITLE, "addressees")
    for addressee, group in by_addressee(snapshot):
        pieces += _group(addressee, design.colour_of(addressee), group, sect)
    if missed := refused(snapshot):
        pieces += _group(NOT_ADOPTED, design.GREY, missed, sect)
    return Chapter(tuple(pieces))


def _group(title: str, colour: str, asks: Sequence[Recommendation], sect: Element) -> list[Piece]:
    heading = Paragraph(title, replace(design.SUBHEADING, colour=colour), sect.add("H3"))
    listed = sect.add("L", numbering="Decimal")
    return [heading, *(_asked(ask, listed.add("LI")) for ask in asks)]


def _asked(ask: Recommendation, item: Element) -> Piece:
    number = replace(design.NUMBER, colour=design.colour_for(ask), size=9.6, leading=13.2)
    label = Paragraph(str(ask.number), number, item.add("Lbl"))
    body = item.add("LBody")
    standing = ask.outcome.standing
    notes = [f"To {ask.addressee}"] if standing is Standing.NOT_ADOPTED else []
    notes += [f"By when: {ask.due}"] if ask.due else []
    notes += [wording.sentence(wording.missed(ask))] if standing is Standing.UNDECIDED else []
    # The notes are never left to the next page alone.
    style = replace(design.BRIEF, divides=True, stays=bool(notes))
    text = style.words(ask.ask, target=f"#recommendation-{ask.number}")
    lines: list[Piece] = [Paragraph([text], style, body.add("P"))]
    if notes:
        lines.append(Paragraph(" · ".join(notes), design.LABEL, body.add("P")))
    return Hanging(label, Stack(lines), INDENT, after=7)
