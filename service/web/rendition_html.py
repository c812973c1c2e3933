"""A rendition as one HTML file that needs nothing else: no script, no font, no picture, no address but its links."""

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from html import escape
from itertools import groupby
from pathlib import Path

from service.domain.renditions.tree import (
    Cell,
    Fold,
    Heading,
    Kind,
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
)
from service.domain.text.spans import SpanState

STYLE = Path(__file__).parent / "rendition.css"
_SAFE = re.compile(r"(https?://|mailto:)[^\s<>\"\\]+|#[a-z0-9-]+", re.ASCII)
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_NAMES: Mapping[Manner, tuple[str, str]] = {
    manner: ("blockquote", "")
    if manner is Manner.QUOTE
    else ("p", "" if manner is Manner.TEXT else manner.value)
    for manner in Manner
}


@cache
def style() -> str:
    """Return the style that stands in every file."""
    return STYLE.read_text(encoding="utf-8")


@cache
def policy() -> str:
    """Return what the file may do: show itself in exactly its own style, and nothing else."""
    digest = b64encode(hashlib.sha256(style().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def may_lead(href: str) -> bool:
    """Tell whether a link of a rendition may lead there: to the open web, to a mail, or within the file."""
    return _SAFE.fullmatch(href) is not None


def seen(text: str) -> str:
    """Return text without what nobody sees and no file should hold."""
    return _UNSEEN.sub("", text)


def html_of(rendition: Rendition, direction: str) -> str:
    """Return the file; the same for the same rendition."""
    return "\n".join(_Writer(rendition).file(direction)) + "\n"


class _Writer:
    """Writes one file."""

    def __init__(self, rendition: Rendition) -> None:
        self._whole = rendition

    def file(self, direction: str) -> Iterator[str]:
        whole, labels = self._whole, self._whole.labels
        yield "<!doctype html>"
        yield f'<html lang="{escape(whole.language)}" dir="{direction}">'
        yield '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        yield f'<meta http-equiv="Content-Security-Policy" content="{escape(policy())}">'
        yield f'<meta name="author" content="{escape(whole.editor)}"><meta name="referrer" content="no-referrer">'
        yield f"<title>{escape(whole.title)}</title>"
        yield f"<style>{style()}</style></head>"
        yield f'<body><a class="skip" href="#text">{escape(labels.skip)}</a>'
        yield from self._cover()
        yield f'<aside class="page" aria-label="{escape(labels.notices)}">'
        yield from map(self._piece, whole.notices)
        yield "</aside>"
        yield from self._contents()
        yield '<main id="text" class="page" tabindex="-1">'
        for section in whole.sections:
            yield from self._section(section)
        yield "</main></body></html>"

    def _cover(self) -> Iterator[str]:
        cover = self._whole.cover
        yield '<header><div class="cover"><div class="page">'
        yield self._set("p", "programme", cover.programme)
        yield self._set("h1", "", cover.title)
        yield from (self._set("p", "", one) for one in cover.lines)
        yield '</div></div><div class="band"><div class="page">'
        yield from (self._set("p", "", one) for one in cover.status)
        yield "</div></div></header>"

    def _contents(self) -> Iterator[str]:
        yield '<nav class="page" aria-labelledby="contents">'
        yield f'<h2 id="contents">{escape(self._whole.labels.contents)}</h2><ul>'
        for section in self._whole.sections:
            title = self._set("a", "", section.title, f' href="#{section.anchor}"')
            yield f'<li><span class="kicker">{self._words(section.kicker)}</span> {title}</li>'
        yield "</ul></nav>"

    def _section(self, section: Section) -> Iterator[str]:
        anchor = section.anchor
        yield f'<section id="{anchor}" class="{section.kind.value}" aria-labelledby="{anchor}-title">'
        kicker = f'<span class="kicker">{self._words(section.kicker)}<span class="hidden">: </span></span>'
        yield f'<h2 id="{anchor}-title">{kicker}{self._set("span", "", section.title)}</h2>'
        yield from map(self._piece, section.pieces)
        yield "</section>"

    def _piece(self, piece: Piece) -> str:
        match piece:
            case Paragraph():
                return self._paragraph(piece)
            case Heading():
                return self._set(f"h{piece.level}", "", piece.words)
            case Listing():
                element = "ol" if piece.numbered else "ul"
                items = "".join(f"<li>{self._pieces(item)}</li>" for item in piece.items)
                return f"<{element}>{items}</{element}>"
            case Terms():
                return self._terms(piece)
            case Table():
                return self._table(piece)
            case Notice() | Fold():
                return self._apart(piece)

    def _apart(self, piece: Notice | Fold) -> str:
        inside = self._pieces(piece.pieces)
        if isinstance(piece, Fold):
            return f'<details>{self._set("summary", "", piece.title)}<div class="folded">{inside}</div></details>'
        name = "notice calm" if piece.calm else "notice"
        return f'<div class="{name}">{self._set("h2", "", piece.title)}{inside}</div>'

    def _pieces(self, pieces: Sequence[Piece]) -> str:
        return "".join(map(self._piece, pieces))

    def _paragraph(self, piece: Paragraph) -> str:
        element, name = _NAMES[piece.manner]
        return self._set(element, name, piece.words, running=piece.manner is not Manner.LABEL)

    def _terms(self, piece: Terms) -> str:
        entries = "".join(
            f"<dt>{self._words(term)}</dt>{''.join(self._set('dd', '', one) for one in told)}"
            for term, told in piece.entries
        )
        return f'<dl class="beside">{entries}</dl>' if piece.beside else f"<dl>{entries}</dl>"

    def _table(self, table: Table) -> str:
        head = "".join(self._set("th", "", one, ' scope="col"') for one in table.head)
        rows = "".join(self._row(table, row) for row in table.rows)
        whole = (
            f'<table class="{table.kind.value}">{self._set("caption", "", table.caption)}'
            f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        )
        # Columns of text fit into any window; another table is moved within its frame, by keyboard, too.
        if table.kind is Kind.COLUMNS:
            return whole
        label = escape(_plain(table.caption))
        return f'<div class="scroll" tabindex="0" role="group" aria-label="{label}">{whole}</div>'

    def _row(self, table: Table, row: Sequence[Cell]) -> str:
        cells = []
        for at, one in enumerate(row):
            if at == 0 and table.kind is not Kind.COLUMNS:
                cells.append(f'<th scope="row">{self._cell(one)}</th>')
            else:
                running = table.kind is Kind.COLUMNS
                cells.append(f"<td>{self._pieces(one.lines) if running else self._cell(one)}</td>")
        return f"<tr>{''.join(cells)}</tr>"

    def _cell(self, cell: Cell) -> str:
        return "<br>".join(self._words(one.words) for one in cell.lines)

    def _set(self, element: str, name: str, words: Line, more: str = "", *, running: bool = False) -> str:
        """Return words in an element, which says their language where they have one in common.

        A running text begins at the side of its own direction; labels and titles stay where those of the file are.
        """
        marks = f' class="{name}"' if name else ""
        spoken = {word.language for word in words if word.text.strip()}
        if len(spoken) == 1 and (language := spoken.pop()):
            inner, foreign = self._words(words, language), self._foreign(language)
            if running:
                return f"<{element}{marks}{foreign}{more}>{inner}</{element}>"
            return f"<{element}{marks}{more}><span{foreign}>{inner}</span></{element}>"
        return f"<{element}{marks}{more}>{self._words(words)}</{element}>"

    def _words(self, words: Line, around: str = "") -> str:
        """Return words in a row; those of one other language stand together, so that they are read in its direction."""
        written = ""
        for language, group in groupby(words, key=_spoken):
            if language in {"", around}:
                written += "".join(self._stretch(word, around) for word in group)
            else:
                inner = "".join(self._stretch(word, language) for word in group)
                written += f"<span{self._foreign(language)}>{inner}</span>"
        return written

    def _foreign(self, language: str) -> str:
        """Return the marks of what others wrote: their language, where it is another, and a direction of its own."""
        return ' dir="auto"' if language == self._whole.language else f' lang="{escape(language)}" dir="auto"'

    def _stretch(self, word: Words, around: str) -> str:
        inner = escape(seen(word.text))
        if word.sign:
            hidden = "" if word.sign == word.text else f'<span class="hidden">{inner}</span>'
            return f'<span class="sign" aria-hidden="true">{escape(word.sign)}</span>{hidden}'
        if word.code:
            inner = f"<code>{inner}</code>"
        if word.look.emphasis:
            inner = f"<em>{inner}</em>"
        if word.look.strong:
            inner = f"<strong>{inner}</strong>"
        if may_lead(word.look.href):
            inner = f'<a href="{escape(word.look.href)}">{inner}</a>'
        if word.name or (word.language and word.language != around):
            foreign = self._foreign(word.language) if word.language else ""
            inner = f"<span{foreign}>{inner}</span>" if foreign else f"<bdi>{inner}</bdi>"
        return self._fate(word.state, inner)

    def _fate(self, state: SpanState, inner: str) -> str:
        """Return words that come or go as such, and said so to who hears them."""
        if state is SpanState.KEPT:
            return inner
        element, label = ("ins", self._whole.labels.added)
        if state is SpanState.REMOVED:
            element, label = ("del", self._whole.labels.removed)
        return f'<{element}><span class="hidden">{escape(label)} </span>{inner}</{element}>'


def _spoken(word: Words) -> str:
    """Return the language that a word shares with its neighbours; whatever is told of its fate is in the file's own."""
    return "" if word.name or word.state is not SpanState.KEPT else word.language


def _plain(words: Line) -> str:
    return "".join(word.text for word in words)
