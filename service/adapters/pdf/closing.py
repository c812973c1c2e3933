"""The last page: who stands behind the edition, its digest, and how anyone can check the file."""

from collections.abc import Mapping
from dataclasses import replace

from service.adapters.pdf import design
from service.adapters.pdf.front import chapter_head
from service.adapters.pdf.linebreaking import Words
from service.adapters.pdf.pages import Chapter
from service.adapters.pdf.paragraphs import Paragraph
from service.adapters.pdf.pieces import Framed, Hanging, Piece, Stack, Together
from service.adapters.pdf.structure import Element
from service.adapters.pdf.symbols import QrCode
from service.adapters.pdf.tables import Grid, Row, Table
from service.adapters.pdf.voice import Voice
from service.domain.paper_codes import code_of
from service.domain.publication import Approval, Signatory, Snapshot
from service.domain.renditions import tree
from service.domain.renditions.voice import woven

QR_SIDE = 96.0
PADDING = 18.0
MOST_IN_THE_BOX = 4
TEXT = replace(design.BRIEF, after=4, divides=True)
"""A little smaller than the text before, so that all of it stands on one page."""
COMMAND = "sympolity verify agenda.pdf --trust roots.pem"


def signatures(
    snapshot: Snapshot, approval: Approval, root: Element, verify_url: str, digest: str, *, voice: Voice
) -> Chapter:
    """Return the page of signatures."""
    sect, own = root.add("Sect"), voice.lang
    title = voice.say("How to check this paper")
    pieces = chapter_head(voice, sect, voice.say("Signatures"), title, "signatures")
    sealed = voice.say(
        "This file is sealed. If one byte of it has changed, the check fails. "
        "It also holds the data of everything printed above, so that no one has to trust the print alone."
    )
    pieces.append(Paragraph(sealed, design.BODY, sect.add("P", lang=own)))
    pieces.append(_seal(snapshot, approval, sect, verify_url, digest, voice=voice))
    if len(approval.signatories) > MOST_IN_THE_BOX:
        # The box cannot be divided between pages.
        pieces.append(Paragraph(voice.say("Signed by"), design.SUBHEADING, sect.add("H3", lang=own)))
        pieces += [Paragraph(_signed(one, voice), design.CELL, sect.add("P")) for one in approval.signatories]
    for heading, text in (
        (voice.say("Online"), _online(verify_url, voice)),
        (voice.say("Offline"), _offline(verify_url, voice)),
    ):
        pieces.append(Paragraph(heading, design.SUBHEADING, sect.add("H3", lang=own)))
        pieces.append(Paragraph(text, TEXT, sect.add("P", lang=own)))
    pieces.append(Paragraph(COMMAND, design.LABEL_INK, sect.add("Code")))
    heading = voice.say("What is attached")
    attached: list[Piece] = [Paragraph(heading, design.SUBHEADING, sect.add("H3", lang=own))]
    listed = sect.add("L", numbering="Disc")
    for name, what in _attached(snapshot, voice):
        item = listed.add("LI")
        words = [TEXT.strong(name), TEXT.words(f"{voice.speech.colon}{what}")]
        bullet = Paragraph("–", TEXT, item.add("Lbl"))
        body = Paragraph(words, replace(TEXT, after=0), item.add("LBody", lang=own))
        attached.append(Hanging(bullet, body, 14, after=3))
    pieces.append(Together(attached, before=design.SUBHEADING.before))
    return Chapter(tuple(pieces))


def _attached(snapshot: Snapshot, voice: Voice) -> list[tuple[str, str]]:
    say = voice.say
    files = [
        (
            "agenda.json",
            say(
                "the agenda, its amendments, positions and evidence as data. The digest above is the SHA-256 of its "
                "bytes; the same digest was approved before the file was sealed."
            ),
        ),
        ("rendering.json", say("how this paper was made from it, so that anyone can make it again.")),
        ("agenda.akn.xml", say("the text and its amendments in Akoma Ntoso, the format of parliaments.")),
    ]
    if snapshot.proofs is not None and snapshot.proofs.receipts:
        files.append(("proofs.json", say("for each position, the entry of the record with its proof.")))
    return files


def _how_signed(approval: Approval, voice: Voice) -> str:
    """Say for whom of the signatories a key signs the file itself."""
    without = [one.name for one in approval.signatories if not one.certificate]
    if not without:
        return voice.say(
            "For each of them, a key in their name, which the service keeps for them, also signs this file."
        )
    if len(without) == len(approval.signatories):
        return voice.say(
            "They signed by their accounts, which the seal attests; this file carries no key of their own."
        )
    if len(without) <= MOST_IN_THE_BOX:
        counted = voice.listed(without)
    else:
        counted = voice.say("%(count)s of them", {"count": str(len(without))})
    return voice.say(
        "The seal attests that %(names)s signed by account; for whoever else is named here, a key in their name, "
        "which the service keeps for them, also signs this file.",
        {"names": counted},
    )


def _signed(one: Signatory, voice: Voice) -> str:
    return f"{one.name}, {one.organisation}, {voice.moment(one.signed_at)}"


def _online(verify_url: str, voice: Voice) -> list[Words]:
    return _leading(
        voice,
        "Scan the code, or open %(address)s: it leads to this edition, and says whether it still stands. "
        "Give this file to the page, %(told)s",
        {
            "address": tree.link(verify_url, verify_url),
            "told": tree.Words(voice.say("and it says in plain words what is proven.")),
        },
    )


def _offline(verify_url: str, voice: Voice) -> list[Words]:
    roots = f"{verify_url.rpartition('/')[0]}/roots.pem"
    return _leading(
        voice,
        "Run the command below. It needs no network, trusts only the roots that you give it, and answers 0 for "
        "valid, 1 for broken, 2 for not sealed, 3 where it cannot tell. The roots and their fingerprints are at "
        "%(address)s.",
        {"address": tree.link(roots, roots)},
    )


def _leading(voice: Voice, template: str, values: Mapping[str, tree.Words]) -> list[Words]:
    """Return a sentence in which an address leads to where it says."""
    parts = woven(voice, template, values)
    return [TEXT.words(part.text, target=part.look.href) for part in parts]


def _seal(
    snapshot: Snapshot, approval: Approval, sect: Element, verify_url: str, digest: str, *, voice: Voice
) -> Piece:
    box, own = sect.add("Div"), voice.lang
    style = replace(design.CELL, size=8.2, leading=12.4)
    strong = replace(style, face=style.bold)
    lines: list[Piece] = []

    def line(*words: Words, before: float = 0, balanced: bool = False, language: str = own) -> None:
        set_in = replace(style, before=before, balanced=balanced)
        lines.append(Paragraph(words, set_in, box.add("P", lang=language)))

    def labelled(label: str, text: str, before: float = 0) -> None:
        line(strong.words(f"{label} "), style.words(text), before=before)

    figure = box.add("Figure", lang=own)
    line(strong.words(snapshot.editor), style.words(f", {voice.say('electronic seal')}"))
    if snapshot.demo:
        line(style.words(voice.say("Demonstration seal: it proves nothing outside the demo.")))
    else:
        line(style.words(voice.say("the seal carries its own time, attested by a timestamp authority")))
    if approval.assembled_by:
        when = voice.moment(snapshot.assembled_at)
        labelled(voice.say("Assembled by"), f"{approval.assembled_by}, {when}", before=8)
    if approval.signatories:
        number = {"count": str(len(approval.signatories))}
        if len(approval.signatories) > MOST_IN_THE_BOX:
            labelled(voice.say("Signed by"), voice.say("%(count)s signatories, named below", number))
        else:
            for one in approval.signatories:
                labelled(voice.say("Signed by"), _signed(one, voice))
        line(style.words(_how_signed(approval, voice)))
    elif approval.approved_by and approval.approved_at:
        when = voice.moment(approval.approved_at)
        labelled(voice.say("Approved by"), f"{approval.approved_by}, {when}")
    else:
        line(strong.words(voice.say("Not yet approved")))
    labelled(voice.say("Code of this paper"), code_of(digest), before=8)
    line(strong.words(voice.say("Digest of the agenda (SHA-256)")), before=8)
    line(style.words(digest), balanced=True, language="")
    line(strong.words(voice.say("Checkpoint of the record")), before=8)
    line(style.words(voice.say("Entry %(number)s", {"number": snapshot.record.sequence})))
    line(style.words(snapshot.record.hash), balanced=True, language="")
    code = QrCode(verify_url, figure, QR_SIDE, voice)
    width = design.COLUMN - 2 * PADDING
    grid = Grid((QR_SIDE + 20, width - QR_SIDE - 20 + 8), padding=0)
    return Framed(
        Table(grid, [Row.of([code, Stack(lines)])]), frame=design.RULE, padding=PADDING, before=14, after=6
    )
