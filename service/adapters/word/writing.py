"""Writes a text as a Word document: a bookmark for each block, tracked changes, and which version it is."""

import unicodedata
from collections.abc import Iterator
from io import BytesIO
from itertools import count
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as Opened
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as Written
from lxml import etree

from service.adapters.word import styles
from service.domain.text import Look
from service.domain.word import Change, Paragraph, Run, Sheet, Stamp, written

_PROPERTIES: Final = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_CUSTOM: Final = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES: Final = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT: Final = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_SINCE: Final = (1980, 1, 1, 0, 0, 0)
_THUMBNAIL: Final = "thumbnail"
_INDENT: Final = 360


def docx_of(sheet: Sheet) -> bytes:
    """Return a text, and what somebody would change in it, as a document."""
    document = Document()
    _clear_thumbnail(document)
    _describe(document, sheet)
    styles.dress(document, sheet.language)
    _track(document)
    _stamp(document, sheet.stamp)
    _frame(document, sheet)
    writer = _Writer(document, sheet)
    for paragraph in written(sheet.base, sheet.blocks):
        writer.write(paragraph)
    packed = BytesIO()
    document.save(packed)
    return _steady(packed.getvalue())


class _Writer:
    """Writes one paragraph after the other; every change and every bookmark gets a number of its own."""

    def __init__(self, document: Opened, sheet: Sheet) -> None:
        self._document = document
        self._author = sheet.author
        self._at = sheet.at.strftime("%Y-%m-%dT%H:%M:%SZ")
        self._number = count(1)

    def write(self, paragraph: Paragraph) -> None:
        """Write a paragraph at the end of the document."""
        made = self._document.add_paragraph(style=styles.NAMES[paragraph.style])
        p = made._p  # noqa: SLF001 - what python-docx has no words for is written into its element
        rtl = is_rtl("".join(run.text for run in paragraph.runs))
        self._properties(made, paragraph, rtl=rtl)
        marks = [(name, str(next(self._number))) for name in paragraph.names]
        for name, number in marks:
            p.append(_element("w:bookmarkStart", id=number, name=name))
        for run in paragraph.runs:
            p.append(self._changed(run, made, rtl=rtl))
        for _, number in marks:
            p.append(_element("w:bookmarkEnd", id=number))

    def _properties(self, made: Written, paragraph: Paragraph, *, rtl: bool) -> None:
        """Say of which level a paragraph is, in which direction it runs, and what became of its end and its style."""
        properties = made._p.get_or_add_pPr()  # noqa: SLF001 - as above
        if rtl:
            properties.append(_element("w:bidi"))
        if paragraph.level > 1 and paragraph.style in {"quote", "body"}:
            properties.append(_element("w:ind", left=str(_INDENT * paragraph.level)))
        if paragraph.end is not Change.KEPT:
            end = OxmlElement("w:rPr")
            end.append(self._revision("w:ins" if paragraph.end is Change.INSERTED else "w:del"))
            properties.append(end)
        if paragraph.was:
            was = self._revision("w:pPrChange")
            old = OxmlElement("w:pPr")
            old.append(_element("w:pStyle", val=styles.id_of(self._document, paragraph.was)))
            was.append(old)
            properties.append(was)

    def _changed(self, run: Run, made: Written, *, rtl: bool) -> etree._Element:
        """Return words as they stand in a paragraph: in a link, and in what says that they came or went."""
        words = self._words(run, rtl=rtl)
        if run.change is not Change.KEPT:
            around = self._revision("w:ins" if run.change is Change.INSERTED else "w:del")
            around.append(words)
            words = around
        if run.look.href:
            target = made.part.relate_to(run.look.href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            link = OxmlElement("w:hyperlink")
            link.set(qn("r:id"), target)
            link.append(words)
            return link
        return words

    def _words(self, run: Run, *, rtl: bool) -> etree._Element:
        words = OxmlElement("w:r")
        looks = OxmlElement("w:rPr")
        _dress(looks, run.look, rtl=rtl and not _is_latin(run.text))
        if run.was is not None:
            change = self._revision("w:rPrChange")
            before = OxmlElement("w:rPr")
            _dress(before, run.was, rtl=rtl and not _is_latin(run.text))
            change.append(before)
            looks.append(change)
        if len(looks):
            words.append(looks)
        text = OxmlElement("w:delText" if run.change is Change.DELETED else "w:t")
        text.set(qn("xml:space"), "preserve")
        text.text = run.text
        words.append(text)
        return words

    def _revision(self, name: str) -> etree._Element:
        return _element(name, id=str(next(self._number)), author=self._author, date=self._at)


def is_rtl(text: str) -> bool:
    """Tell whether a text runs from right to left: its first letter does."""
    strong = (kind for kind in map(unicodedata.bidirectional, text) if kind in {"L", "R", "AL"})
    return next(strong, "L") != "L"


def _is_latin(text: str) -> bool:
    return any(unicodedata.bidirectional(sign) == "L" for sign in text) and not any(
        unicodedata.bidirectional(sign) in {"R", "AL"} for sign in text
    )


def _dress(properties: etree._Element, look: Look, *, rtl: bool) -> None:
    """Say how words look, in the order that the format asks for."""
    names = [("w:rStyle", bool(look.href)), ("w:b", look.strong), ("w:bCs", look.strong)]
    names += [("w:i", look.emphasis), ("w:iCs", look.emphasis), ("w:rtl", rtl)]
    for name in (name for name, said in names if said):
        properties.append(_element(name, val=styles.LINK) if name == "w:rStyle" else _element(name))


def _element(tag: str, /, **attributes: str) -> etree._Element:
    made: etree._Element = OxmlElement(tag)
    for attribute, value in attributes.items():
        made.set(qn(f"w:{attribute}"), value)
    return made


def _describe(document: Opened, sheet: Sheet) -> None:
    told = document.core_properties
    told.title = sheet.title[:255]
    told.author = told.last_modified_by = sheet.author[:255]
    told.comments = told.keywords = told.subject = ""
    told.language = sheet.language
    told.created = told.modified = sheet.at.replace(tzinfo=None)
    told.revision = 1


def _track(document: Opened) -> None:
    """Let the word processor track what is changed from now on."""
    settings = document.settings.element
    # The format has an order, in which this stands before the tab stops.
    settings.find(qn("w:defaultTabStop")).addprevious(OxmlElement("w:trackRevisions"))


def _stamp(document: Opened, stamp: Stamp) -> None:
    """Write down which text this is, where people can see it: among the properties of the document."""
    root = etree.Element(f"{{{_CUSTOM}}}Properties", nsmap={None: _CUSTOM, "vt": _TYPES})
    for number, (name, value) in enumerate(_told(stamp), start=2):
        made = etree.SubElement(root, f"{{{_CUSTOM}}}property", fmtid=_FORMAT, pid=str(number), name=name)
        etree.SubElement(made, f"{{{_TYPES}}}lpwstr").text = value
    blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    package = document.part.package
    part = Part(PackURI("/docProps/custom.xml"), _PROPERTIES, blob, package)
    package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)


def _told(stamp: Stamp) -> Iterator[tuple[str, str]]:
    yield "Recommendation", stamp.recommendation
    yield "Version", stamp.version
    yield "Version number", str(stamp.number)
    yield "Version digest", stamp.digest
    if stamp.amendment:
        yield "Amendment", stamp.amendment


def _frame(document: Opened, sheet: Sheet) -> None:
    """Write what stands on every page."""
    section = document.sections[0]
    for words, place in ((sheet.head, section.header), (sheet.foot, section.footer)):
        paragraph = place.paragraphs[0]
        paragraph.text = words
        if is_rtl(words):
            paragraph._p.get_or_add_pPr().append(_element("w:bidi"))  # noqa: SLF001 - as above


def _clear_thumbnail(document: Opened) -> None:
    """Take off the picture that the library's own template brings along."""
    relations = document.part.package.rels
    for key in [key for key, one in relations.items() if one.reltype.endswith(_THUMBNAIL)]:
        del relations[key]


def _steady(packed: bytes) -> bytes:
    """Return the same archive without the moment at which it was packed."""
    steady = BytesIO()
    with ZipFile(BytesIO(packed)) as source, ZipFile(steady, "w", ZIP_DEFLATED) as target:
        for part in source.infolist():
            kept = ZipInfo(part.filename, _SINCE)
            kept.compress_type = ZIP_DEFLATED
            target.writestr(kept, source.read(part))
    return steady.getvalue()
