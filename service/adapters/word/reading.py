"""Reads a Word document: its paragraphs with what was inserted, struck out and kept, and what it says of itself.

Word processors write the same thing in many ways. Names count, whichever edition of the format they are of; what is
not known is looked into, because words may stand inside.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from service.adapters.word import fields, parts
from service.adapters.word.package import Package
from service.domain.word import Change, Ignored, Paper, Paragraph, Run, too_large
from service.domain.word.tracked import MOST_PARAGRAPHS, damaged, merged, not_a_document

_CAME: Final = frozenset({"ins", "moveTo"})
_WENT: Final = frozenset({"del", "moveFrom"})
# What stands for a sign.
_SIGNS: Final[Mapping[str, str]] = {
    "tab": " ", "ptab": " ", "br": " ", "cr": " ", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad",
}  # fmt: skip
_IGNORED: Final[Mapping[str, Ignored]] = {
    "drawing": Ignored.PICTURE, "pict": Ignored.PICTURE, "object": Ignored.PICTURE, "AlternateContent": Ignored.PICTURE,
    "oMath": Ignored.PICTURE, "oMathPara": Ignored.PICTURE, "altChunk": Ignored.PICTURE, "tbl": Ignored.TABLE,
    "commentReference": Ignored.COMMENT, "footnoteReference": Ignored.NOTE, "endnoteReference": Ignored.NOTE,
}  # fmt: skip
# Properties, and what is written above or instead of words.
_PASSED_OVER: Final = frozenset(
    {"pPr", "rPr", "sectPr", "rt", "rubyPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr"}
)
_TEXTS: Final = frozenset({"t", "delText"})
_INSTRUCTIONS: Final = frozenset({"instrText", "delInstrText"})
_DEEPEST: Final = 60
# Halves of signs, and signs that only a font knows.
_PRIVATE: Final = range(0xD800, 0xF900)


def paper_of(content: bytes) -> Paper:
    """Return what stands in a document.

    Raises:
        Invalid: it is no Word document, damaged, or larger than any text with its changes.
    """
    package = Package(content)
    main = next((target for kind, target in package.related().values() if kind == "officeDocument"), "")
    document = package.tree(main)
    body = (
        next((one for one in document if parts.name(one) == "body"), None) if document is not None else None
    )
    if document is None or parts.name(document) != "document":
        raise not_a_document()
    if body is None:
        raise damaged()
    reader = _Reader(parts.Looks(package, main))
    paragraphs = tuple(reader.paragraphs(body))
    return Paper(parts.stamp(package), paragraphs, {what.value: n for what, n in reader.ignored.items()})


@dataclass(slots=True)
class _Reader:
    """Takes one paragraph after the other; fields may begin in one and end in another."""

    looks: parts.Looks
    ignored: Counter[Ignored] = field(default_factory=Counter)
    field: fields.Fields = field(default_factory=fields.Fields)
    read: int = 0
    seen: int = 0

    def paragraphs(self, within: etree._Element, depth: int = 0) -> Iterator[Paragraph]:
        """Yield the paragraphs of a body, those in controls and the like included, those of tables left out."""
        if depth > _DEEPEST:
            raise damaged()
        for one in within:
            name = parts.name(one)
            if name == "p":
                yield self._paragraph(one)
            elif name in _IGNORED:
                self.ignored[_IGNORED[name]] += 1
            elif name not in _PASSED_OVER:
                yield from self.paragraphs(one, depth + 1)

    def _paragraph(self, p: etree._Element) -> Paragraph:
        self.seen += 1
        properties = next((one for one in p if parts.name(one) == "pPr"), None)
        names: list[str] = []
        runs = merged(self._runs(p, Change.KEPT, "", names, 0))
        if any(run.text.strip() for run in runs):
            self.read += 1
        if self.read > MOST_PARAGRAPHS or self.seen > 10 * MOST_PARAGRAPHS:
            raise too_large()
        style, end = (
            ("", Change.KEPT) if properties is None else (self.looks.style(properties), _end(properties))
        )
        return Paragraph(runs, end, tuple(names), style)

    def _runs(
        self, within: etree._Element, change: Change, href: str, names: list[str], depth: int
    ) -> Iterator[Run]:
        if depth > _DEEPEST:
            raise damaged()
        for one in within:
            name = parts.name(one)
            if name == "bookmarkStart":
                names.append(parts.value(one, "name"))
            elif name in _IGNORED:
                self.ignored[_IGNORED[name]] += change.is_there
            elif name == "r":
                yield from self._words(one, change, href)
            elif name == "hyperlink":
                yield from self._runs(one, change, self.looks.target(one) or href, names, depth + 1)
            elif name == "fldSimple":
                target = fields.target(parts.value(one, "instr")) or href
                yield from self._runs(one, change, target, names, depth + 1)
            elif name not in _PASSED_OVER:
                yield from self._runs(one, _within(name, change), href, names, depth + 1)

    def _words(self, r: etree._Element, change: Change, href: str) -> Iterator[Run]:
        properties = next((one for one in r if parts.name(one) == "rPr"), None)
        text = "".join(self._text(r, change))
        if text:
            yield Run(text, change, self.looks.look(properties, href or self.field.href))

    def _text(self, r: etree._Element, change: Change) -> Iterator[str]:
        for one in r:
            name = parts.name(one)
            if name == "fldChar":
                self.field.turn(parts.value(one, "fldCharType"))
            elif name in _INSTRUCTIONS:
                self.field.tell(one.text or "")
            elif not self.field.instructs:
                yield from self._said(one, name, change)

    def _said(self, one: etree._Element, name: str, change: Change) -> Iterator[str]:
        """Yield what an element of a run says."""
        if name in _TEXTS:
            yield one.text or ""
        elif name in _SIGNS:
            yield _SIGNS[name]
        elif name == "sym":
            yield self._sign(one, change)
        elif name in _IGNORED:
            self.ignored[_IGNORED[name]] += change.is_there
        elif name == "ruby":
            base = parts.child(one, "rubyBase")
            for run in base if base is not None else ():
                yield from self._text(run, change)

    def _sign(self, sym: etree._Element, change: Change) -> str:
        """Return a sign that is named by its number, unless only its font knows what it is."""
        try:
            number = int(parts.value(sym, "char"), 16)
            sign = chr(number)
        except (ValueError, OverflowError):
            return ""
        if number in _PRIVATE:
            self.ignored[Ignored.SYMBOL] += change.is_there
            return ""
        return sign


def _within(name: str, around: Change) -> Change:
    """Return what becomes of words inside an element: what was inserted and struck out again is dropped."""
    if name in _CAME:
        return (
            Change.INSERTED
            if around is Change.KEPT
            else Change.DROPPED
            if around is Change.DELETED
            else around
        )
    if name in _WENT:
        return (
            Change.DELETED
            if around is Change.KEPT
            else Change.DROPPED
            if around is Change.INSERTED
            else around
        )
    return around


def _end(properties: etree._Element) -> Change:
    """Return what became of the end of a paragraph."""
    marks = next((one for one in properties if parts.name(one) == "rPr"), None)
    found = {parts.name(one) for one in marks} if marks is not None else set()
    came, went = bool(found & _CAME), bool(found & _WENT)
    if came and went:
        return Change.DROPPED
    return Change.INSERTED if came else Change.DELETED if went else Change.KEPT
