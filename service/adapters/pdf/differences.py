"""What a further edition changes, in its annex and in one line for the cover."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from service.adapters.pdf import amendments, design, wording
from service.adapters.pdf.front import chapter_head
from service.adapters.pdf.pages import Chapter
from service.adapters.pdf.paragraphs import Paragraph
from service.adapters.pdf.pieces import Hanging, Piece
from service.adapters.pdf.structure import Element
from service.adapters.pdf.voice import Voice
from service.domain.corrigenda import Change, Corrigendum
from service.domain.publication import Snapshot
from service.domain.text.display import redline


def changes(snapshot: Snapshot, tree: Element, kicker: str, voice: Voice) -> Chapter:
    """Return which edition this one replaces, why, and every difference."""
    sect = tree.add("Sect")
    title = voice.say("What has changed since the last edition")
    pieces = chapter_head(voice, sect, kicker, title, "changes")
    corrigendum = snapshot.corrigendum
    if corrigendum is None:
        return Chapter(tuple(pieces))
    own = voice.lang
    pieces.append(Paragraph(_replaced(corrigendum, voice), design.BODY, sect.add("P", lang=own)))
    digest = voice.say("Digest of its agenda: sha-256 %(digest)s", {"digest": corrigendum.digest})
    pieces.append(Paragraph(digest, design.LABEL, sect.add("P", lang=own)))
    pieces.append(Paragraph(voice.say("Why"), design.SUBHEADING, sect.add("H3", lang=own)))
    pieces += [
        Paragraph(line, design.BODY, sect.add("P")) for line in corrigendum.reason.splitlines() if line
    ]
    if not corrigendum.changes:
        nothing = voice.say("Nothing else that is printed is different.")
        pieces.append(Paragraph(nothing, design.BODY, sect.add("P", lang=own)))
    told = wording.house_language(voice)
    for about, listed in groupby(corrigendum.changes, key=lambda one: one.about):
        pieces.append(Paragraph(about, design.SUBHEADING, sect.add("H3", lang=told)))
        pieces += _listed(tuple(listed), sect, told, voice)
    return Chapter(tuple(pieces))


def _replaced(corrigendum: Corrigendum, voice: Voice) -> str:
    values = {"number": str(corrigendum.edition), "date": voice.day(corrigendum.released_on)}
    said = [voice.say("This edition replaces edition %(number)s, published on %(date)s.", values)]
    if corrigendum.withdrawn:
        said.append(voice.say("It was withdrawn before this one was assembled."))
    said.append(voice.say("That paper stays readable and can still be checked; what stands is printed here."))
    return " ".join(said)


def _listed(found: Sequence[Change], sect: Element, told: str, voice: Voice) -> list[Piece]:
    pieces: list[Piece] = []
    listed: Element | None = None
    for change in found:
        listed = listed or sect.add("L", numbering="Disc")
        item = listed.add("LI")
        bullet = Paragraph("–", design.SMALL, item.add("Lbl"))
        text = Paragraph(change.what, replace(design.SMALL, after=0), item.add("LBody", lang=told))
        pieces.append(Hanging(bullet, text, 14, after=4))
        if change.before or change.after:
            names = (voice.say("Edition before"), voice.say("This edition"))
            pieces.append(amendments.columns(redline(change.before, change.after), sect, names, voice))
            listed = None
    return pieces
