"""Strategies by addressee: what each of them is asked to do, and by when, wherever it stands in the paper."""

from collections.abc import Sequence
from dataclasses import replace

from service.adapters.pdf import design, wording
from service.adapters.pdf.front import chapter_head
from service.adapters.pdf.pages import Chapter
from service.adapters.pdf.paragraphs import Paragraph
from service.adapters.pdf.pieces import Hanging, Piece, Stack
from service.adapters.pdf.structure import Element
from service.adapters.pdf.voice import Voice, begun
from service.domain.anatomy import by_addressee, refused
from service.domain.publication import Recommendation, Snapshot, Standing

INDENT = 26.0


def chapter(snapshot: Snapshot, tree: Element, voice: Voice) -> Chapter:
    """Return the asks in full by addressee, in the order in which the paper first names these."""
    sect = tree.add("Sect")
    title = voice.say("What each addressee is asked to do")
    pieces = chapter_head(voice, sect, voice.say("By addressee"), title, "addressees")
    for addressee, group in by_addressee(snapshot):
        pieces += _group(voice.house(addressee), design.colour_of(addressee), group, sect, voice)
    if missed := refused(snapshot):
        nobody = voice.say("Not adopted: nobody is asked to act on this")
        pieces += _group(nobody, design.GREY, missed, sect, voice)
    return Chapter(tuple(pieces))


def _group(
    title: str, colour: str, asks: Sequence[Recommendation], sect: Element, voice: Voice
) -> list[Piece]:
    style = replace(design.SUBHEADING, colour=colour)
    heading = Paragraph(title, style, sect.add("H3", lang=voice.lang))
    listed = sect.add("L", numbering="Decimal")
    return [heading, *(_asked(ask, listed.add("LI"), voice) for ask in asks)]


def _asked(ask: Recommendation, item: Element, voice: Voice) -> Piece:
    number = replace(design.NUMBER, colour=design.colour_for(ask), size=9.6, leading=13.2)
    label = Paragraph(str(ask.number), number, item.add("Lbl"))
    body = item.add("LBody")
    standing = ask.outcome.standing
    label_style, own = design.LABEL, voice.lang
    to = voice.say("To %(addressee)s", {"addressee": voice.known(ask.addressee)})
    notes = [[label_style.words(to, language=own)]] if standing is Standing.NOT_ADOPTED else []
    if ask.due:
        notes.append(wording.mixed(voice, label_style, "By when: %(due)s", {"due": ask.due}))
    if standing is Standing.UNDECIDED:
        notes.append([label_style.words(begun(wording.missed(voice, ask)), language=own)])
    # The notes are never left to the next page alone.
    style = replace(design.BRIEF, divides=True, stays=bool(notes))
    text = style.words(ask.ask, target=f"#recommendation-{ask.number}")
    lines: list[Piece] = [Paragraph([text], style, body.add("P"))]
    if notes:
        lines.append(Paragraph(wording.joined(notes, label_style), label_style, body.add("P")))
    return Hanging(label, Stack(lines), INDENT, after=7)
