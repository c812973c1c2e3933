"""A rendition as Markdown: CommonMark with tables, in which whatever looks like a sign in the texts stays text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from service.domain.renditions.tree import (
    Cell,
    Fold,
    Heading,
    Line,
    Listing,
    Manner,
    Notice,
    Paragraph,
    Piece,
    Rendition,
    Section,
    Table,
    Terms,
    Words,
    line,
)
from service.domain.text.looks import Look
from service.domain.text.spans import SpanState
from service.web.rendition_html import may_lead, seen

# What is a sign of Markdown, or of what many readers of it add, anywhere in a line.
_SIGNS = re.compile(r"[\\`*_\[\]<>&#|~$@]")
_ADDRESS = re.compile(r"(?<=[a-z]):(?=//)|(?<=www)\.", re.IGNORECASE)
# What is one only where a line begins.
_BEGINS = re.compile(r"[-+=]|[0-9]{1,9}(?=[.)])")
_SPACES = re.compile(r"[ \t\r\n\f\v\x85\u2028\u2029]+")
_TAGS = {SpanState.INSERTED: "ins", SpanState.REMOVED: "del"}


def markdown_of(rendition: Rendition) -> str:
    """Return the file; the same for the same rendition."""
    blocks = _blocks(rendition)
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _blocks(rendition: Rendition) -> Iterator[Sequence[str]]:
    cover = rendition.cover
    yield [f"# {_words(cover.title)}"]
    for words in (cover.programme, *cover.lines, *cover.status):
        yield [_words(words)]
    for notice in rendition.notices:
        yield from _piece(notice)
    yield [f"## {_escaped(rendition.labels.contents)}"]
    entries = (line(*one.kicker, ": ", *one.title) for one in rendition.sections)
    yield [f"- {_words(words)}" for words in entries]
    for section in rendition.sections:
        yield from _section(section)


def _section(section: Section) -> Iterator[Sequence[str]]:
    yield [f"## {_words(line(*section.kicker, ': ', *section.title))}"]
    for piece in section.pieces:
        yield from _piece(piece)


def _piece(piece: Piece) -> Iterator[Sequence[str]]:
    match piece:
        case Paragraph():
            quoted = "> " if piece.manner in {Manner.QUOTE, Manner.ASK} else ""
            yield [f"{quoted}{_words(piece.words)}"]
        case Heading():
            yield [f"{'#' * piece.level} {_words(piece.words)}"]
        case Listing():
            yield list(_listing(piece))
        case Terms():
            yield [f"- {_entry(term, told)}" for term, told in piece.entries]
        case Table():
            yield [_words(_strong(piece.caption))]
            yield list(_table(piece))
        case Notice() | Fold():
            inside = [[_words(_strong(piece.title))], *(one for part in piece.pieces for one in _piece(part))]
            yield _quoted(inside)


def _quoted(blocks: Sequence[Sequence[str]]) -> list[str]:
    lines: list[str] = []
    for block in blocks:
        lines += ([">"] if lines else []) + [f"> {one}" for one in block]
    return lines


def _entry(term: Line, told: Sequence[Line]) -> str:
    return f"{_words(_strong(term))}: {'; '.join(map(_words, told))}"


def _strong(words: Line) -> Line:
    return tuple(replace(word, look=Look(strong=True)) for word in words)


def _listing(listing: Listing) -> Iterator[str]:
    for at, item in enumerate(listing.items, 1):
        sign = f"{at}. " if listing.numbered else "- "
        blocks = [block for part in item for block in _piece(part)]
        for place, block in enumerate(blocks):
            if place:
                yield ""
            for row, written in enumerate(block):
                yield f"{sign if not (place or row) else ' ' * len(sign)}{written}"


def _table(table: Table) -> Iterator[str]:
    yield f"| {' | '.join(map(_words, table.head))} |"
    yield f"|{' --- |' * len(table.head)}"
    for row in table.rows:
        yield f"| {' | '.join(map(_cell, row))} |"


def _cell(cell: Cell) -> str:
    return "<br>".join(_words(one.words) for one in cell.lines)


def _words(words: Line) -> str:
    """Return words as they stand in a line of their own."""
    written = ""
    for word in words:
        written += _stretch(word, after=written[-1:])
    written = written.strip(" ")
    begun = _BEGINS.match(written)
    if begun is None:
        return written
    # A number is told from that of a list by its sign, any other sign by itself.
    at = begun.end() if begun[0].isdecimal() else 0
    return f"{written[:at]}\\{written[at:]}"


def _stretch(word: Words, after: str) -> str:
    if word.code and "`" not in word.text:
        return f"`{word.text}`"
    if word.text == word.look.href and may_lead(word.text) and "|" not in word.text:
        return f"<{word.text}>"
    inner = _escaped(word.text)
    inside = inner.strip(" ")
    if not inside:
        return inner
    # A sign beside a space would be read as text, so the spaces stand outside.
    start = inner.index(inside)
    before, behind = inner[:start], inner[start + len(inside) :]
    inside = _looking(word, inside, after=(after + before)[-1:])
    if may_lead(word.look.href) and not word.look.href.startswith("#"):
        inside = f"[{inside}](<{_SIGNS.sub(_coded, word.look.href)}>)"
    if word.state in _TAGS:
        inside = f"<{_TAGS[word.state]}>{inside}</{_TAGS[word.state]}>"
    return f"{before}{inside}{behind}"


def _looking(word: Words, inside: str, *, after: str) -> str:
    """Return words in their look: in stars where those cannot be misread beside their neighbours, else in tags."""
    look = word.look
    if not (look.strong or look.emphasis):
        return inside
    if inside[0].isalnum() and inside[-1].isalnum() and after != "*":
        stars = "*" * (2 * look.strong + look.emphasis)
        return f"{stars}{inside}{stars}"
    inside = f"<em>{inside}</em>" if look.emphasis else inside
    return f"<strong>{inside}</strong>" if look.strong else inside


def _escaped(text: str) -> str:
    plain = _SPACES.sub(" ", seen(text))
    return _ADDRESS.sub(r"\\\g<0>", _SIGNS.sub(r"\\\g<0>", plain))


def _coded(sign: re.Match[str]) -> str:
    """Return a sign as an address may hold it without its being read as one."""
    return f"%{ord(sign[0]):02X}" if sign[0] in "|`" else f"\\{sign[0]}"
