"""Parts of a rendition, set as on paper: the same tree that HTML and Markdown are written from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from service.adapters.pdf import design, linebreaking
from service.adapters.pdf.pages import Chapter
from service.adapters.pdf.paragraphs import Paragraph, Style
from service.adapters.pdf.pieces import Framed, Hanging, Marginal, Piece, Space, Stack, Wide
from service.adapters.pdf.recommendations import BULLET_INDENT, TALLEST_MARGIN, may_lead
from service.adapters.pdf.structure import Element
from service.adapters.pdf.surface import Heading as Outlined
from service.adapters.pdf.symbols import RADIUS, Symbol
from service.adapters.pdf.tables import Grid, Row, Table, header_cells
from service.domain.renditions import tree
from service.domain.renditions.annexes import SIGNS
from service.domain.renditions.tree import Kind, Line, Manner, Section, Words
from service.domain.text.spans import SpanState

NAMED = 150.0
NAME, LAST = 0.25, 0.44
TERM = 118.0
HALF = design.COLUMN / 2
MOST_COLUMNS = 18
SIGN_COLUMN = 20.0
HIGHEST = 3
_STANCES = {sign: stance for stance, sign in SIGNS.items()}
_STYLES: dict[Manner, Style] = {
    Manner.TEXT: design.BODY,
    Manner.LEAD: design.BODY,
    Manner.ASK: replace(design.ASK, before=0, after=0),
    Manner.QUOTE: design.QUOTE,
    Manner.SMALL: design.SMALL,
    Manner.FINE: replace(design.FINE, before=8),
    Manner.LABEL: replace(design.LABEL, after=3),
    Manner.CODE: replace(design.LABEL_INK, after=3),
}
_MARKS = {SpanState.INSERTED: "underline", SpanState.REMOVED: "strike"}


def plain(line: Line) -> str:
    """Return what a line says."""
    return "".join(word.text for word in line)


@dataclass(frozen=True, slots=True)
class Setter:
    """Sets the parts of a rendition whose own words are in this language."""

    language: str

    def chapter(self, section: Section, root: Element) -> Chapter:
        """Return a section as a chapter of its own."""
        sect = root.add("Sect")
        pieces = self.head(sect, section.kicker, section.title, section.anchor)
        pieces += self.pieces(section.pieces, sect)
        return Chapter(tuple(pieces))

    def head(self, sect: Element, kicker: Line, title: Line, anchor: str) -> list[Piece]:
        """Return the line above a title, and the title, read as one heading."""
        heading = sect.add("H2")
        outlined = Outlined(0, plain(title), anchor)
        above = [*self.words(kicker, design.KICKER), design.KICKER.words(" ")]
        return [
            Paragraph(above, design.KICKER, heading, anchor=anchor, heading=outlined, opens=True),
            Paragraph(self.words(title, design.TITLE), design.TITLE, heading, opens=True),
        ]

    def words(self, line: Line, style: Style) -> list[linebreaking.Words]:
        """Return a line in a look, each stretch in its own language where that is another."""
        return [self._stretch(word, style) for word in line if word.text]

    def _stretch(self, word: Words, style: Style) -> linebreaking.Words:
        mark = _MARKS.get(word.state, "")
        if word.state is SpanState.REMOVED:
            style = replace(style, colour=design.RUST)
        strong = word.look.strong or (word.state is SpanState.INSERTED and not word.look.emphasis)
        setting = style.strong if strong else style.emphasis if word.look.emphasis else style.words
        href = word.look.href
        leads = bool(word.text.strip()) and (href.startswith("#") or may_lead(href))
        made = setting(word.text, mark=mark, target=href if leads else "")
        return replace(made, language=word.language if word.language not in {"", self.language} else "")

    def paragraph(self, line: Line, style: Style, element: Element) -> Paragraph:
        """Return a line as a paragraph; one that is in one other language is an element of that language."""
        spoken = {word.language for word in line if word.text.strip()}
        if len(spoken) == 1 and (one := spoken.pop()) not in {"", self.language}:
            element.lang = one
            line = tuple(replace(word, language="") for word in line)
        return Paragraph(self.words(line, style), style, element)

    def pieces(self, parts: Sequence[tree.Piece], sect: Element) -> Iterator[Piece]:
        """Yield parts one below the other."""
        for part in parts:
            yield from self._piece(part, sect)

    def _piece(self, part: tree.Piece, sect: Element) -> Iterator[Piece]:
        match part:
            case tree.Paragraph():
                yield from self._paragraph(part, sect)
            case tree.Heading():
                style = design.SUBHEADING if part.level <= HIGHEST else design.MINOR
                yield self.paragraph(part.words, style, sect.add(f"H{part.level}"))
            case tree.Listing():
                yield from self._listing(part, sect)
            case tree.Terms():
                yield self._beside(part, sect) if part.beside else self._terms(part, sect)
            case tree.Table():
                yield from self._table(part, sect)
            case tree.Fold() | tree.Notice():
                yield from self._apart(part, sect)

    def _paragraph(self, part: tree.Paragraph, sect: Element) -> Iterator[Piece]:
        style = _STYLES[part.manner]
        if any(word.sign for word in part.words):
            yield from self._legend(part.words, sect)
        elif part.manner is Manner.ASK:
            text = self.paragraph(part.words, style, sect.add("P"))
            yield Framed(text, bar=design.ACCENT, before=8, after=12)
        elif part.manner is Manner.QUOTE:
            text = self.paragraph(part.words, style, sect.add("BlockQuote").add("P"))
            yield Hanging(Stack(()), text, BULLET_INDENT, before=text.before, after=text.after)
        else:
            yield self.paragraph(part.words, style, sect.add("P"))

    def _legend(self, line: Line, sect: Element) -> Iterator[Piece]:
        """Yield each sign beside the words that it stands for; the signs of a rendition are followed by their word."""
        signs = [at for at, word in enumerate(line) if word.sign]
        for start, word in zip(signs, (line[at + 1] for at in signs), strict=True):
            text = sect.add("P")
            told = word.text.strip()
            sign = Symbol(_STANCES[line[start].sign], text.add("Figure"), told, centred=False)
            beside = self.paragraph((replace(word, text=told),), design.CELL, text)
            yield Hanging(sign, beside, 4 * RADIUS, after=2)

    def _listing(self, part: tree.Listing, sect: Element) -> Iterator[Piece]:
        listed = sect.add("L", numbering="Decimal" if part.numbered else "Disc")
        for number, item in enumerate(part.items, 1):
            element = listed.add("LI")
            label = Paragraph(
                str(number) if part.numbered else "–",
                replace(design.SMALL, colour=design.ACCENT) if part.numbered else design.SMALL,
                element.add("Lbl"),
            )
            body = Stack(list(self.pieces(item, element.add("LBody"))))
            yield Hanging(label, body, BULLET_INDENT + 4 * part.numbered, after=5)

    def _terms(self, part: tree.Terms, sect: Element) -> Piece:
        table = sect.add("Table")
        body = table.add("TBody")
        rows = []
        for term, told in part.entries:
            row = body.add("TR")
            name = replace(design.CELL, face=design.CELL.bold)
            head = self.paragraph(term, name, row.add("TH", scope="Row"))
            cell = row.add("TD")
            rows.append(
                Row.of([head, Stack([self.paragraph(one, design.CELL, cell.add("P")) for one in told])])
            )
        grid = Grid((TERM, design.COLUMN - TERM + 8), padding=3.2, rule=design.HAIRLINE)
        return Table(grid, rows, after=8)

    def _beside(self, part: tree.Terms, sect: Element) -> Piece:
        margin = sect.add("Div")
        pieces: list[Piece] = []
        for term, told in part.entries:
            label = replace(design.LABEL_STRONG, stays=True)
            pieces.append(self.paragraph(term, label, margin.add("P")))
            pieces += [self.paragraph(one, design.LABEL, margin.add("P")) for one in told]
            pieces.append(Space(10))
        facts = Stack(pieces)
        fits = facts.height(design.MARGIN_WIDTH) <= TALLEST_MARGIN
        return Marginal(facts, design.MARGIN_OFFSET, design.MARGIN_WIDTH) if fits else facts

    def _apart(self, part: tree.Fold | tree.Notice, sect: Element) -> Iterator[Piece]:
        yield self.paragraph(part.title, design.SUBHEADING, sect.add("H3"))
        yield from self.pieces(part.pieces, sect)

    def _table(self, part: tree.Table, sect: Element) -> Iterator[Piece]:
        columns = len(part.head) - 1
        if part.kind is not Kind.MATRIX or columns <= MOST_COLUMNS:
            yield from self._one_table(part, sect)
            return
        for start in range(1, columns + 1, MOST_COLUMNS):
            some = slice(start, start + MOST_COLUMNS)
            rows = tuple((row[0], *row[some]) for row in part.rows)
            yield from self._one_table(replace(part, head=(part.head[0], *part.head[some]), rows=rows), sect)

    def _one_table(self, part: tree.Table, sect: Element) -> Iterator[Piece]:
        grid, reach = _grid(part)
        if part.kind is not Kind.COLUMNS or part.titled:
            style = replace(design.LABEL_STRONG, before=14, after=4, stays=True)
            yield Wide(self.paragraph(part.caption, style, sect.add("P")), reach)
        if not part.rows:
            return
        numbers = part.kind in {Kind.NUMBERS, Kind.MATRIX}
        table = sect.add("Table")
        body, heads = header_cells(table, len(part.head))
        aligned = {Kind.NUMBERS: "right", Kind.MATRIX: "centre"}.get(part.kind, "left")
        style = design.LABEL if part.kind is Kind.COLUMNS else design.CELL_HEAD
        header = [
            self.paragraph(one, replace(style, align=aligned if at and numbers else "left"), head)
            for at, (one, head) in enumerate(zip(part.head, heads, strict=True))
        ]
        rows = [self._row(part, row, body.add("TR"), aligned) for row in part.rows]
        yield Wide(Table(grid, rows, header=Row.of(header), after=10), reach)

    def _row(self, part: tree.Table, row: Sequence[tree.Cell], element: Element, aligned: str) -> Row:
        cells: list[Piece] = []
        for at, cell in enumerate(row):
            names = at == 0 and part.kind is not Kind.COLUMNS
            into = element.add("TH", scope="Row") if names else element.add("TD")
            cells.append(self._cell(part.kind, cell, into, "left" if names else aligned))
        return Row.of(cells)

    def _cell(self, kind: Kind, cell: tree.Cell, element: Element, aligned: str) -> Piece:
        (first, *_) = cell.lines
        if sign := next((word.sign for word in first.words), ""):
            return Symbol(_STANCES[sign], element.add("Figure"), plain(first.words))
        style = design.REDLINE if kind is Kind.COLUMNS else replace(design.CELL, align=aligned)
        lines: list[Piece] = []
        for one in cell.lines:
            small = one.manner is Manner.LABEL
            set_in = replace(style, colour=design.GREY) if small else style
            lines.append(self.paragraph(one.words, set_in, element.add("P")))
        return Stack(lines) if len(lines) > 1 else lines[0]


def _grid(part: tree.Table) -> tuple[Grid, float]:
    """Return how a table is ruled, and how far it reaches into the margin."""
    count = len(part.head)
    if part.kind is Kind.COLUMNS:
        return Grid((HALF + 4, HALF + 4), gutter=16, padding=2), 0.0
    width = design.COLUMN + design.MARGIN_OFFSET
    if part.kind is Kind.MATRIX:
        columns = (width - SIGN_COLUMN * (count - 1) + 1, *[SIGN_COLUMN] * (count - 1))
        return Grid(columns, 1, 2.8, design.HAIRLINE, design.RULE), design.MARGIN_OFFSET
    gutter = 6.0
    if part.kind is Kind.PLAIN:
        others = (width + gutter) * (1 - NAME - LAST) / max(count - 2, 1)
        columns = ((width + gutter) * NAME, *[others] * (count - 2), (width + gutter) * LAST)
        return Grid(columns, gutter, 2.6, design.HAIRLINE, design.RULE), design.MARGIN_OFFSET
    first = min(NAMED, (width + gutter) / count * 1.4)
    others = (width + gutter - first) / (count - 1)
    return Grid(
        (first, *[others] * (count - 1)), gutter, 3.0, design.HAIRLINE, design.RULE
    ), design.MARGIN_OFFSET
