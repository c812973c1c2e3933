"""The last page: who stands behind the edition, its digest, and how anyone can check the file."""

from dataclasses import replace

from service.adapters.pdf import design, wording
from service.adapters.pdf.front import chapter_head
from service.adapters.pdf.linebreaking import Words
from service.adapters.pdf.pages import Chapter
from service.adapters.pdf.paragraphs import Paragraph
from service.adapters.pdf.pieces import Framed, Hanging, Piece, Stack, Together
from service.adapters.pdf.structure import Element
from service.adapters.pdf.symbols import QrCode
from service.adapters.pdf.tables import Grid, Row, Table
from service.domain.paper_codes import code_of
from service.domain.publication import Approval, Signatory, Snapshot

QR_SIDE = 96.0
PADDING = 18.0
MOST_IN_THE_BOX = 4
TEXT = replace(design.BRIEF, after=4, divides=True)
"""A little smaller than the text before, so that all of it stands on one page."""
OFFLINE = (
    "Run the command below. It needs no network, trusts only the roots that you give it, and answers 0 for "
    "valid, 1 for broken, 2 for not sealed, 3 where it cannot tell. The roots and their fingerprints are at "
)
COMMAND = "sympolity verify agenda.pdf --trust roots.pem"


def signatures(
    snapshot: Snapshot, approval: Approval, tree: Element, verify_url: str, digest: str
) -> Chapter:
    """Return the page of signatures."""
    sect = tree.add("Sect")
    pieces = chapter_head(sect, "Signatures", "How to check this paper", "signatures")
    pieces.append(
        Paragraph(
            "This file is sealed. If one byte of it has changed, the check fails. "
            "It also holds the data of everything printed above, so that no one has to trust the print alone.",
            design.BODY,
            sect.add("P"),
        )
    )
    pieces.append(_seal(snapshot, approval, sect, verify_url, digest))
    if len(approval.signatories) > MOST_IN_THE_BOX:
        # The box cannot be divided between pages.
        pieces.append(Paragraph("Signed by", design.SUBHEADING, sect.add("H3")))
        pieces += [Paragraph(_signed(one), design.CELL, sect.add("P")) for one in approval.signatories]
    paragraphs: list[tuple[str, str | list[Words]]] = [
        ("Online", _online(verify_url)),
        ("Offline", _offline(verify_url)),
    ]
    for title, text in paragraphs:
        pieces.append(Paragraph(title, design.SUBHEADING, sect.add("H3")))
        pieces.append(Paragraph(text, TEXT, sect.add("P")))
    pieces.append(Paragraph(COMMAND, design.LABEL_INK, sect.add("Code")))
    attached: list[Piece] = [Paragraph("What is attached", design.SUBHEADING, sect.add("H3"))]
    listed = sect.add("L", numbering="Disc")
    for name, what in _attached(snapshot):
        item = listed.add("LI")
        words = [TEXT.strong(name), TEXT.words(f": {what}")]
        bullet = Paragraph("–", TEXT, item.add("Lbl"))
        body = Paragraph(words, replace(TEXT, after=0), item.add("LBody"))
        attached.append(Hanging(bullet, body, 14, after=3))
    pieces.append(Together(attached, before=design.SUBHEADING.before))
    return Chapter(tuple(pieces))


def _attached(snapshot: Snapshot) -> list[tuple[str, str]]:
    proofs = [("proofs.json", "for each position, the entry of the record with its proof.")]
    return [
        (
            "agenda.json",
            (
                "the agenda, its amendments, positions and evidence as data. The digest above is the SHA-256 of its "
                "bytes; the same digest was approved before the file was sealed."
            ),
        ),
        ("rendering.json", "how this paper was made from it, so that anyone can make it again."),
        ("agenda.akn.xml", "the text and its amendments in Akoma Ntoso, the format of parliaments."),
        *(proofs if snapshot.proofs is not None and snapshot.proofs.receipts else []),
    ]


def _how_signed(approval: Approval) -> str:
    """Say for whom of the signatories a key signs the file itself."""
    without = [one.name for one in approval.signatories if not one.certificate]
    if not without:
        return (
            "For each of them, a key in their name, which the service keeps for them, also signs this file."
        )
    if len(without) == len(approval.signatories):
        return "They signed by their accounts, which the seal attests; this file carries no key of their own."
    counted = wording.listed(without) if len(without) <= MOST_IN_THE_BOX else f"{len(without)} of them"
    return (
        f"The seal attests that {counted} signed by account; for whoever else is named here, a key in their name, "
        "which the service keeps for them, also signs this file."
    )


def _signed(one: Signatory) -> str:
    return f"{one.name}, {one.organisation}, {wording.moment(one.signed_at)}"


def _online(verify_url: str) -> list[Words]:
    style = TEXT
    return [
        style.words("Scan the code, or open "),
        style.words(verify_url, target=verify_url),
        style.words(
            ": it leads to this edition, and says whether it still stands. Give this file to the page, "
        ),
        style.words("and it says in plain words what is proven."),
    ]


def _offline(verify_url: str) -> list[Words]:
    roots = f"{verify_url.rpartition('/')[0]}/roots.pem"
    return [TEXT.words(OFFLINE), TEXT.words(roots, target=roots), TEXT.words(".")]


def _seal(snapshot: Snapshot, approval: Approval, sect: Element, verify_url: str, digest: str) -> Piece:
    box = sect.add("Div")
    style = replace(design.CELL, size=8.2, leading=12.4)
    strong = replace(style, face=style.bold)
    lines: list[Piece] = []

    def line(*words: Words, before: float = 0, balanced: bool = False) -> None:
        lines.append(Paragraph(words, replace(style, before=before, balanced=balanced), box.add("P")))

    figure = box.add("Figure")
    seal = "the seal carries its own time, attested by a timestamp authority"
    line(strong.words(snapshot.editor), style.words(", electronic seal"))
    line(style.words("Demonstration seal: it proves nothing outside the demo." if snapshot.demo else seal))
    if approval.assembled_by:
        when = wording.moment(snapshot.assembled_at)
        line(strong.words("Assembled by "), style.words(f"{approval.assembled_by}, {when}"), before=8)
    if approval.signatories:
        if len(approval.signatories) > MOST_IN_THE_BOX:
            line(
                strong.words("Signed by "),
                style.words(f"{len(approval.signatories)} signatories, named below"),
            )
        else:
            for one in approval.signatories:
                line(strong.words("Signed by "), style.words(_signed(one)))
        line(style.words(_how_signed(approval)))
    elif approval.approved_by and approval.approved_at:
        when = wording.moment(approval.approved_at)
        line(strong.words("Approved by "), style.words(f"{approval.approved_by}, {when}"))
    else:
        line(strong.words("Not yet approved"))
    line(strong.words("Code of this paper "), style.words(code_of(digest)), before=8)
    line(strong.words("Digest of the agenda (SHA-256)"), before=8)
    line(style.words(digest), balanced=True)
    line(strong.words("Checkpoint of the record"), before=8)
    line(style.words(f"Entry {snapshot.record.sequence:,}"))
    line(style.words(snapshot.record.hash), balanced=True)
    code = QrCode(verify_url, figure, QR_SIDE)
    width = design.COLUMN - 2 * PADDING
    grid = Grid((QR_SIDE + 20, width - QR_SIDE - 20 + 8), padding=0)
    return Framed(
        Table(grid, [Row.of([code, Stack(lines)])]), frame=design.RULE, padding=PADDING, before=14, after=6
    )
