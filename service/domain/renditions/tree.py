"""What a rendition is made of: few kinds of pieces, and words that know their language, their look and their fate."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from service.domain.text.looks import PLAIN, Look
from service.domain.text.spans import SpanState


class Manner(StrEnum):
    """How a paragraph is set."""

    TEXT = "text"
    LEAD = "lead"
    ASK = "ask"
    QUOTE = "quote"
    SMALL = "small"
    FINE = "fine"
    LABEL = "label"
    CODE = "code"


class Kind(StrEnum):
    """How a section or a table is set."""

    PLAIN = "plain"
    RECOMMENDATION = "recommendation"
    NUMBERS = "numbers"
    MATRIX = "matrix"
    COLUMNS = "columns"


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of words.

    `language` is that of their authors, or empty where they are the rendition's own; `name` marks a name, which has a
    direction of its own, `code` what is copied rather than read; `sign` is drawn in their place where there is little
    room.
    """

    text: str
    language: str = ""
    look: Look = PLAIN
    state: SpanState = SpanState.KEPT
    name: bool = False
    code: bool = False
    sign: str = ""


Line = tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words that are set together."""

    words: Line
    manner: Manner = Manner.TEXT


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below that of its section; level 3 is the highest there is."""

    words: Line
    level: int = 3


@dataclass(frozen=True, slots=True)
class Listing:
    """Things in a row, each of one or several pieces; `numbered` from 1, or with bullets."""

    items: tuple[tuple["Piece", ...], ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms, each with what is said of it; `beside` the text where there is room."""

    entries: tuple[tuple[Line, tuple[Line, ...]], ...]
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table."""

    lines: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table under its caption; the first cell of each row names it, except in one of columns.

    Columns whose caption is told by what stands above them anyway are not `titled`.
    """

    caption: Line
    head: tuple[Line, ...]
    rows: tuple[tuple[Cell, ...], ...]
    kind: Kind = Kind.PLAIN
    titled: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """What is to be known before the rest is read; a `calm` one is no warning."""

    title: Line
    pieces: tuple["Piece", ...]
    calm: bool = False


@dataclass(frozen=True, slots=True)
class Fold:
    """What is looked up where somebody wants to."""

    title: Line
    pieces: tuple["Piece", ...]


# A notice has all that a fold has, so a fold is tried first where one is read back.
Piece = Paragraph | Heading | Listing | Terms | Table | Fold | Notice


@dataclass(frozen=True, slots=True)
class Section:
    """A part with a heading: `anchor` is its address within the rendition, `kicker` stands above its title."""

    anchor: str
    kicker: Line
    title: Line
    pieces: tuple[Piece, ...]
    kind: Kind = Kind.PLAIN


@dataclass(frozen=True, slots=True)
class Cover:
    """What stands at the head."""

    programme: Line
    title: Line
    lines: tuple[Line, ...]
    status: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Labels:
    """What stands around the parts: over their list, before words that were added or removed, and for the keyboard."""

    contents: str
    added: str
    removed: str
    notices: str
    skip: str


@dataclass(frozen=True, slots=True)
class Running:
    """What runs at the head of each page where there are pages, and at the foot of it, before and after."""

    head: str
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Rendition:
    """A whole edition; `language` is that of its own words."""

    language: str
    title: str
    editor: str
    cover: Cover
    notices: tuple[Notice, ...]
    sections: tuple[Section, ...]
    labels: Labels
    running: Running


def line(*parts: str | Words) -> Line:
    """Return a line of words; a string is the rendition's own."""
    return tuple(Words(part) if isinstance(part, str) else part for part in parts if part)


def strong(text: str) -> Words:
    """Return words of the rendition's own that stand out."""
    return Words(text, look=Look(strong=True))


def link(text: str, address: str) -> Words:
    """Return words of the rendition's own that lead somewhere."""
    return Words(text, look=Look(href=address))


def cell(*lines: Line) -> Cell:
    """Return a cell with these lines, one below the other."""
    return Cell(tuple(Paragraph(words) for words in lines))


def said(text: str) -> Paragraph:
    """Return a paragraph of the rendition's own words."""
    return Paragraph(line(text))


def joined(parts: Iterable[Line], between: str) -> Line:
    """Return lines as one, with something between each."""
    found: list[Words] = []
    for part in parts:
        found += [Words(between), *part] if found else part
    return tuple(found)
