"""The imprint: who published what, how to cite it, how it can be read and checked."""

from dataclasses import replace

from service.adapters.pdf import design, fonts, wording
from service.adapters.pdf.data import Data
from service.adapters.pdf.front import chapter_head
from service.adapters.pdf.pages import Chapter
from service.adapters.pdf.paragraphs import Paragraph
from service.adapters.pdf.pieces import Hanging, Piece, Space, Stack
from service.adapters.pdf.structure import Element
from service.adapters.pdf.symbols import QrCode
from service.adapters.pdf.voice import Voice
from service.domain.paper_codes import code_of
from service.domain.publication import Snapshot

QR_SIDE = 72.0
LABELS = 92.0


def imprint(snapshot: Snapshot, tree: Element, verify_url: str, data: Data, voice: Voice) -> Chapter:
    """Return the imprint."""
    sect = tree.add("Sect")
    style = design.IMPRINT
    pieces: list[Piece] = [
        *chapter_head(voice, sect, voice.say("Imprint"), voice.say("About this paper"), "imprint")
    ]
    for label, text, language in _entries(snapshot, verify_url, data, voice):
        named = _label(label, sect, voice)
        told = Paragraph(text, style, sect.add("P", lang=language))
        pieces.append(Hanging(named, told, LABELS, after=6))
    if verify_url:
        named = _label(voice.say("Verification"), sect, voice)
        verify = [style.words(verify_url, target=verify_url)]
        code = voice.say("Code %(code)s", {"code": code_of(data.digest)})
        checked = Stack(
            [
                Paragraph(verify, style, sect.add("P")),
                Paragraph(code, style, sect.add("P", lang=voice.lang)),
                Paragraph(f"sha-256 {data.digest}", style, sect.add("P")),
                Space(6),
                QrCode(verify_url, sect.add("Figure", lang=voice.lang), QR_SIDE, voice),
            ]
        )
        pieces.append(Hanging(named, checked, LABELS, after=6))
    pieces.append(Space(8))
    pieces += [Paragraph(line, style, sect.add("P")) for line in snapshot.imprint if line]
    return Chapter(tuple(pieces))


def _label(text: str, sect: Element, voice: Voice) -> Paragraph:
    style = replace(design.IMPRINT, face=design.IMPRINT.bold, colour=design.INK)
    return Paragraph(text, style, sect.add("P", lang=voice.lang))


def _entries(snapshot: Snapshot, verify_url: str, data: Data, voice: Voice) -> list[tuple[str, str, str]]:
    """Return each label with what it says and, where that is another than the agenda's, its language."""
    year = snapshot.assembled_at.year
    edition = wording.edition(voice, snapshot.edition)
    cite = (
        f"{snapshot.editor} ({year}): {snapshot.title}. {snapshot.subtitle}. "
        f"{snapshot.meeting.name}, {snapshot.meeting.place}. {edition}."
    )
    say, own = voice.say, voice.lang
    entries = [
        (say("Published by"), snapshot.editor, ""),
        (say("How to cite"), cite, ""),
        (say("Language"), _language(snapshot, voice), own),
        (say("Assembled"), voice.moment(snapshot.assembled_at), own),
        (
            say("Accessibility"),
            say(
                "This file is tagged for screen readers (PDF/UA-1) and made for long keeping (PDF/A-3a). "
                "It can be read in order, searched and enlarged; nothing is told by colour alone."
            ),
            own,
        ),
    ]
    if any(map(fonts.is_replaced, set(data.text))):
        text = say(
            "%(sign)s stands for a character that no typeface of this paper has. "
            "Searching, copying and reading aloud give the character itself.",
            {"sign": fonts.REPLACEMENT},
        )
        entries.append((say("Characters"), text, own))
    if not verify_url:
        return [*entries, (say("Status"), f"{wording.not_signed(voice)}.", own)]
    text = say(
        "The file agenda.json, attached to this one, holds everything printed here in a form that programs read."
    )
    return [*entries, (say("Data"), text, own)]


def _language(snapshot: Snapshot, voice: Voice) -> str:
    language = {"language": voice.tongue(snapshot.language)}
    authentic = voice.say("The text in %(language)s is authentic.", language)
    if not voice.lang:
        return authentic
    around = voice.say(
        "The words around it, such as headings and notes, are in English, because they are not translated into "
        "%(language)s.",
        language,
    )
    return f"{authentic} {around}"
