"""What a further edition changes, in its annex and in one line for the cover."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from service.adapters.pdf import amendments, design
from service.adapters.pdf.front import chapter_head
from service.adapters.pdf.pages import Chapter
from service.adapters.pdf.paragraphs import Paragraph
from service.adapters.pdf.pieces import Hanging, Piece
from service.adapters.pdf.structure import Element
from service.domain.corrigenda import Change, Corrigendum
from service.domain.dates import day
from service.domain.publication import Snapshot
from service.domain.text.display import redline


def changes(snapshot: Snapshot, tree: Element, kicker: str) -> Chapter:
    """Return which edition this one replaces, why, and every difference."""
    sect = tree.add("Sect")
    pieces = chapter_head(sect, kicker, "What has changed since the last edition", "changes")
    corrigendum = snapshot.corrigendum
    if corrigendum is None:
        return Chapter(tuple(pieces))
    pieces.append(Paragraph(_replaced(corrigendum), design.BODY, sect.add("P")))
    digest = f"Digest of its agenda: sha-256 {corrigendum.digest}"
    pieces.append(Paragraph(digest, design.LABEL, sect.add("P")))
    pieces.append(Paragraph("Why", design.SUBHEADING, sect.add("H3")))
    pieces += [
        Paragraph(line, design.BODY, sect.add("P")) for line in corrigendum.reason.splitlines() if line
    ]
    if not corrigendum.changes:
        pieces.append(Paragraph("Nothing else that is printed is different.", design.BODY, sect.add("P")))
    for about, listed in groupby(corrigendum.changes, key=lambda one: one.about):
        pieces.append(Paragraph(about, design.SUBHEADING, sect.add("H3")))
        pieces += _listed(tuple(listed), sect)
    return Chapter(tuple(pieces))


def _replaced(corrigendum: Corrigendum) -> str:
    withdrawn = " It was withdrawn before this one was assembled." if corrigendum.withdrawn else ""
    return (
        f"This edition replaces edition {corrigendum.edition}, published on {day(corrigendum.released_on)}."
        f"{withdrawn} That paper stays readable and can still be checked; what stands is printed here."
    )


def _listed(found: Sequence[Change], sect: Element) -> list[Piece]:
    pieces: list[Piece] = []
    listed: Element | None = None
    for change in found:
        listed = listed or sect.add("L", numbering="Disc")
        item = listed.add("LI")
        bullet = Paragraph("–", design.SMALL, item.add("Lbl"))
        text = Paragraph(change.what, replace(design.SMALL, after=0), item.add("LBody"))
        pieces.append(Hanging(bullet, text, 14, after=4))
        if change.before or change.after:
            names = ("Edition before", "This edition")
            pieces.append(amendments.columns(redline(change.before, change.after), sect, names))
            listed = None
    return pieces
