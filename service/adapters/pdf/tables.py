"""Tables: rows of cells, the header repeated on each page, long rows divided where they must be."""

from collections.abc import Sequence
from dataclasses import dataclass

from service.adapters.pdf.pieces import BODY_HEIGHT, NEARLY, Piece, Space
from service.adapters.pdf.structure import Element
from service.adapters.pdf.surface import Surface

FEWEST_ROWS = 2
TALL_ROW = BODY_HEIGHT / 4
ABOVE_GROUP = 7.0


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, one piece for each column; the one cell of a `group` names the rows that follow."""

    cells: tuple[Piece, ...]
    group: bool = False

    @classmethod
    def of(cls, cells: Sequence[Piece]) -> "Row":
        """Return a row of these cells."""
        return cls(tuple(cells))

    @classmethod
    def naming(cls, cell: Piece) -> "Row":
        """Return a row of one cell that names those that follow."""
        return cls((cell,), group=True)


@dataclass(frozen=True, slots=True)
class Grid:
    """How a table is ruled: column widths and the space around its cells, in points, and the rules' colours."""

    columns: tuple[float, ...]
    gutter: float = 8
    padding: float = 4
    rule: str = ""
    header_rule: str = ""


class Table(Piece):
    """Rows under an optional header; the header's cells are drawn again, as furniture, on each further page.

    So is the name of the group that goes on there.
    """

    def __init__(
        self,
        grid: Grid,
        rows: Sequence[Row],
        *,
        header: Row | None = None,
        before: float = 0,
        after: float = 0,
        repeated: bool = False,
        group: Row | None = None,
    ) -> None:
        self._grid, self._rows, self._header = grid, tuple(rows), header
        self._repeated, self._group = repeated, group
        self._heights: dict[int, float] = {}
        self.before, self.after = before, after

    def height(self, width: float) -> float:  # noqa: ARG002  the columns say how wide it is
        """Return the height of header and rows."""
        return self._header_height() + sum(self._row_height(row) for row in self._rows)

    def _header_height(self) -> float:
        return sum(self._row_height(row) for row in (self._header, self._group) if row)

    def _width(self) -> float:
        return sum(self._grid.columns) - self._grid.gutter

    def _widths(self, row: Row) -> list[float]:
        if row.group:
            return [self._width()]
        return [column - self._grid.gutter for column in self._grid.columns]

    def _row_height(self, row: Row) -> float:
        if id(row) not in self._heights:
            heights = (cell.height(width) for cell, width in zip(row.cells, self._widths(row), strict=True))
            above = ABOVE_GROUP if row.group else 0.0
            self._heights[id(row)] = max(heights, default=0.0) + 2 * self._grid.padding + above
        return self._heights[id(row)]

    def split(self, width: float, room: float) -> tuple[Piece, Piece] | None:  # noqa: ARG002  as above
        """Divide it between rows, or inside a row that is high; no row is left alone."""
        used = self._header_height()
        for index, row in enumerate(self._rows):
            height = self._row_height(row)
            if used + height > room + NEARLY:
                divides = height > TALL_ROW or (not index and room > BODY_HEIGHT / 2)
                divided = self._divided(row, room - used) if divides else None
                if divided:
                    return self._parts(
                        [*self._rows[:index], divided[0]], [divided[1], *self._rows[index + 1 :]]
                    )
                place = self._place(index, room)
                return self._parts(self._rows[:place], self._rows[place:]) if place else None
            used += height
        return None

    def _place(self, index: int, room: float) -> int:
        """Return before which row it is divided best, when this one fits no more; 0 where nowhere is good."""
        if index == len(self._rows) - 1 and index > FEWEST_ROWS:
            index -= 1
        while index and self._rows[index - 1].group:
            index -= 1
        return 0 if index < FEWEST_ROWS < len(self._rows) and room < BODY_HEIGHT / 2 else index

    def _divided(self, row: Row, room: float) -> tuple[Row, Row] | None:
        inner = room - 2 * self._grid.padding - (ABOVE_GROUP if row.group else 0.0)
        first: list[Piece] = []
        rest: list[Piece] = []
        for cell, width in zip(row.cells, self._widths(row), strict=True):
            if cell.height(width) <= inner:
                first.append(cell)
                rest.append(Space(0))
                continue
            parts = cell.split(width, inner)
            if not parts:
                return None
            first.append(parts[0])
            rest.append(parts[1])
        return Row(tuple(first), row.group), Row(tuple(rest), row.group)

    def _parts(self, first: Sequence[Row], rest: Sequence[Row]) -> tuple[Piece, Piece]:
        upper = Table(
            self._grid,
            first,
            header=self._header,
            before=self.before,
            repeated=self._repeated,
            group=self._group,
        )
        named = next((row for row in reversed(first) if row.group), self._group)
        # A name that takes much of a page is not told again.
        goes_on = named if named and not rest[0].group and self._row_height(named) <= TALL_ROW else None
        lower = Table(self._grid, rest, header=self._header, after=self.after, repeated=True, group=goes_on)
        return upper, lower

    def draw(self, surface: Surface, x: float, y: float, width: float) -> None:  # noqa: ARG002  as above
        """Draw header, rows and rules."""
        right = x + sum(self._grid.columns) - self._grid.gutter
        if self._header:
            with surface.as_artifact(active=self._repeated):
                self._draw_row(surface, self._header, x, y, on_the_rule=True)
            y += self._row_height(self._header)
            self._rule(surface, x, y, right, self._grid.header_rule)
        if self._group:
            with surface.as_artifact(active=True):
                self._draw_row(surface, self._group, x, y)
            y += self._row_height(self._group)
            self._rule(surface, x, y, right, self._grid.rule)
        for row in self._rows:
            self._draw_row(surface, row, x, y)
            y += self._row_height(row)
            self._rule(surface, x, y, right, self._grid.rule)

    def _draw_row(self, surface: Surface, row: Row, x: float, y: float, *, on_the_rule: bool = False) -> None:
        if row.group:
            row.cells[0].draw(surface, x, y + self._grid.padding + ABOVE_GROUP, self._width())
            return
        for cell, column, width in zip(row.cells, self._grid.columns, self._widths(row), strict=True):
            down = self._row_height(row) - 2 * self._grid.padding - cell.height(width) if on_the_rule else 0.0
            cell.draw(surface, x, y + self._grid.padding + down, width)
            x += column

    @staticmethod
    def _rule(surface: Surface, x: float, y: float, right: float, colour: str) -> None:
        if colour:
            with surface.artifact():
                surface.rule(x, y, right, y, colour=colour)


def header_cells(table: Element, count: int) -> tuple[Element, list[Element]]:
    """Return the body of a table's structure and its column headers, in order."""
    row = table.add("THead").add("TR")
    headers = [row.add("TH", scope="Column") for _ in range(count)]
    return table.add("TBody"), headers
