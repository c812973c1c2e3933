"""A rendition as plain text, to be compared; and its words, to be found again."""

from collections.abc import Iterator

from service.domain.renditions import Rendition
from service.domain.renditions.tree import (
    Fold,
    Heading,
    Line,
    Listing,
    Notice,
    Paragraph,
    Piece,
    Section,
    Table,
    Terms,
    Words,
)


def plain(words: Line) -> str:
    """Return what a line says."""
    return "".join(word.text for word in words)


def lines_of(piece: Piece) -> Iterator[Line]:
    """Yield every line of a piece."""
    match piece:
        case Paragraph() | Heading():
            yield piece.words
        case Terms():
            yield from (words for term, told in piece.entries for words in (term, *told))
        case Table():
            yield from (piece.caption, *piece.head)
            yield from (one.words for row in piece.rows for cell in row for one in cell.lines)
        case Listing():
            yield from (words for item in piece.items for part in item for words in lines_of(part))
        case Notice() | Fold():
            yield from (piece.title, *(words for part in piece.pieces for words in lines_of(part)))


def lines_in(section: Section) -> Iterator[Line]:
    """Yield every line of a section."""
    yield from (section.kicker, section.title)
    for piece in section.pieces:
        yield from lines_of(piece)


def told(section: Section) -> list[str]:
    """Return what a section says, line by line."""
    return [plain(words) for words in lines_in(section)]


def words_in(whole: Rendition) -> Iterator[Words]:
    """Yield every stretch of words of a rendition."""
    cover = whole.cover
    for words in (cover.programme, cover.title, *cover.lines, *cover.status):
        yield from words
    for notice in whole.notices:
        for words in lines_of(notice):
            yield from words
    for section in whole.sections:
        for words in lines_in(section):
            yield from words


def section(whole: Rendition, anchor: str) -> Section:
    """Return the section with this address."""
    return next(one for one in whole.sections if one.anchor == anchor)
