"""Tables: rows of cells, the header repeated on each page, long rows divided where they must be."""

from collections.abc import Sequence
from dataclasses import dataclass

from service.adapters.pdf.pieces import NEARLY, Piece, Space
from service.adapters.pdf.structure import Element
from service.adapters.pdf.surface import Surface


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, one piece for each column."""

    cells: tuple[Piece, ...]

    @classmethod
    def of(cls, cells: Sequence[Piece]) -> "Row":
        """Return a row of these cells."""
        return cls(tuple(cells))


@dataclass(frozen=True, slots=True)
class Grid:
    """How a table is ruled: column widths and the space around its cells, in points, and the rules' colours."""

    columns: tuple[float, ...]
    gutter: float = 8
    padding: float = 4
    rule: str = ""
    header_rule: str = ""


class Table(Piece):
    """Rows under an optional header; the header's cells are drawn again, as furniture, on each further page."""

    def __init__(
        self,
        grid: Grid,
        rows: Sequence[Row],
        *,
        header: Row | None = None,
        before: float = 0,
        after: float = 0,
        repeated: bool = False,
    ) -> None:
        self._grid, self._rows, self._header = grid, tuple(rows), header
        self._repeated = repeated
        self.before, self.after = before, after

    def height(self, width: float) -> float:  # noqa: ARG002  the columns say how wide it is
        """Return the height of header and rows."""
        return self._header_height() + sum(self._row_height(row) for row in self._rows)

    def _header_height(self) -> float:
        return self._row_height(self._header) if self._header else 0.0

    def _widths(self) -> list[float]:
        return [column - self._grid.gutter for column in self._grid.columns]

    def _row_height(self, row: Row) -> float:
        heights = (cell.height(width) for cell, width in zip(row.cells, self._widths(), strict=True))
        return max(heights, default=0.0) + 2 * self._grid.padding

    def split(self, width: float, room: float) -> tuple[Piece, Piece] | None:  # noqa: ARG002  as above
        """Divide it between rows, or inside a row that is higher than half a page."""
        used = self._header_height()
        for index, row in enumerate(self._rows):
            height = self._row_height(row)
            if used + height > room + NEARLY:
                divided = self._divided(row, room - used) if height > room / 2 or not index else None
                if divided:
                    return self._parts(
                        [*self._rows[:index], divided[0]], [divided[1], *self._rows[index + 1 :]]
                    )
                return self._parts(self._rows[:index], self._rows[index:]) if index else None
            used += height
        return None

    def _divided(self, row: Row, room: float) -> tuple[Row, Row] | None:
        inner = room - 2 * self._grid.padding
        first: list[Piece] = []
        rest: list[Piece] = []
        for cell, width in zip(row.cells, self._widths(), strict=True):
            if cell.height(width) <= inner:
                first.append(cell)
                rest.append(Space(0))
                continue
            parts = cell.split(width, inner)
            if not parts:
                return None
            first.append(parts[0])
            rest.append(parts[1])
        return Row.of(first), Row.of(rest)

    def _parts(self, first: Sequence[Row], rest: Sequence[Row]) -> tuple[Piece, Piece]:
        upper = Table(self._grid, first, header=self._header, before=self.before, repeated=self._repeated)
        lower = Table(self._grid, rest, header=self._header, after=self.after, repeated=True)
        return upper, lower

    def draw(self, surface: Surface, x: float, y: float, width: float) -> None:  # noqa: ARG002  as above
        """Draw header, rows and rules."""
        right = x + sum(self._grid.columns) - self._grid.gutter
        if self._header:
            with surface.as_artifact(active=self._repeated):
                self._draw_row(surface, self._header, x, y)
            y += self._header_height()
            self._rule(surface, x, y, right, self._grid.header_rule)
        for row in self._rows:
            self._draw_row(surface, row, x, y)
            y += self._row_height(row)
            self._rule(surface, x, y, right, self._grid.rule)

    def _draw_row(self, surface: Surface, row: Row, x: float, y: float) -> None:
        for cell, column, width in zip(row.cells, self._grid.columns, self._widths(), strict=True):
            cell.draw(surface, x, y + self._grid.padding, width)
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
