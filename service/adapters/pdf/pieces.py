"""Pieces of a page: each knows its height, where it may be divided, and how to draw itself.

A page is the part of a stack of pieces that fits on it; the rest is the next page's stack.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence

from service.adapters.pdf.surface import Surface

BODY_HEIGHT = 672.0
NEARLY = 0.01


class Piece(ABC):
    """Something that takes its place below what comes before it; all measures in points.

    `before` and `after` are the least distances to its neighbours; a piece that `stays` is never the last one on a
    page, because it announces what follows; `reach` is how far it extends into the margin.
    """

    before: float = 0
    after: float = 0
    stays: bool = False
    reach: float = 0

    @abstractmethod
    def height(self, width: float) -> float:
        """Return its height when it is that wide."""

    @abstractmethod
    def draw(self, surface: Surface, x: float, y: float, width: float) -> None:
        """Draw it with its top left corner there."""

    def split(self, width: float, room: float) -> "tuple[Piece, Piece] | None":  # noqa: ARG002  most cannot
        """Return the part that fits into the room and the rest, or None if nothing sensible fits."""
        return None


class Space(Piece):
    """An empty stretch."""

    def __init__(self, points: float) -> None:
        self._points = points

    def height(self, width: float) -> float:  # noqa: ARG002  it is as high at any width
        """Return its height."""
        return self._points

    def draw(self, surface: Surface, x: float, y: float, width: float) -> None:
        """Draw nothing."""


class Stack(Piece):
    """Pieces one below the other; `tight` is the part of the usual distances that stands between them."""

    def __init__(
        self, pieces: Sequence[Piece], *, before: float = 0, after: float = 0, tight: float = 1
    ) -> None:
        self.pieces, self.tight = tuple(pieces), tight
        self.before = before or (self.pieces[0].before if self.pieces else 0)
        self.after = after or (self.pieces[-1].after if self.pieces else 0)

    def height(self, width: float) -> float:
        """Return the height of all, with the distances between them."""
        return sum(piece.height(width) for piece in self.pieces) + sum(
            self._gap(index) for index in range(1, len(self.pieces))
        )

    def _gap(self, index: int) -> float:
        return max(self.pieces[index - 1].after, self.pieces[index].before) * self.tight

    def draw(self, surface: Surface, x: float, y: float, width: float) -> None:
        """Draw all."""
        for index, piece in enumerate(self.pieces):
            if index:
                y += self._gap(index)
            piece.draw(surface, x, y, width)
            y += piece.height(width)

    def split(self, width: float, room: float) -> "tuple[Stack, Stack] | None":
        """Return the pieces that fit and the others; headings go with what they announce."""
        used = 0.0
        for index, piece in enumerate(self.pieces):
            used += self._gap(index) if index else 0
            height = piece.height(width)
            if used + height > room + NEARLY:
                return self._split_at(index, width, room - used)
            used += height
        return None

    def forced(self, width: float, room: float) -> "tuple[Stack, Stack] | None":
        """Divide it where the room ends, even behind what announces something."""
        count = next(
            count
            for count in range(len(self.pieces), -1, -1)
            if self._of(self.pieces[:count]).height(width) <= room + NEARLY
        )
        if count:
            return self._of(self.pieces[:count]), self._of(self.pieces[count:])
        first = self.pieces[0]
        parts = first.forced(width, room) if isinstance(first, Stack) else None
        return (self._of([parts[0]]), self._of([parts[1], *self.pieces[1:]])) if parts else None

    def _split_at(self, index: int, width: float, room: float) -> "tuple[Stack, Stack] | None":
        parts = self.pieces[index].split(width, room) if room > 0 else None
        if parts:
            return self._of([*self.pieces[:index], parts[0]]), self._of([parts[1], *self.pieces[index + 1 :]])
        while index and self.pieces[index - 1].stays:
            index -= 1
        return (self._of(self.pieces[:index]), self._of(self.pieces[index:])) if index else None

    def _of(self, pieces: Sequence[Piece]) -> "Stack":
        return Stack(pieces, tight=self.tight)


class Together(Stack):
    """Pieces that share a page whenever one page can hold them."""

    def split(self, width: float, room: float) -> tuple[Stack, Stack] | None:
        """Refuse to be divided unless a whole page is too small."""
        return super().split(width, room) if self.height(width) > BODY_HEIGHT else None


class Framed(Piece):
    """A stack with a bar at its left, or in a box with a thin frame; up to half a page high it is never divided."""

    def __init__(
        self,
        content: Piece,
        *,
        bar: str = "",
        frame: str = "",
        padding: float = 0,
        before: float = 0,
        after: float = 0,
    ) -> None:
        self._content, self._bar, self._frame, self._padding = content, bar, frame, padding
        self.before, self.after = before, after

    def height(self, width: float) -> float:
        """Return the content's height and the padding."""
        return self._content.height(width - 2 * self._padding) + 2 * self._padding

    def draw(self, surface: Surface, x: float, y: float, width: float) -> None:
        """Draw the frame, then the content."""
        with surface.artifact():
            if self._bar:
                surface.box(x - 15, y - 3, 1.5, self.height(width) + 6, fill=self._bar)
            if self._frame:
                surface.box(x, y, width, self.height(width), stroke=self._frame)
        self._content.draw(surface, x + self._padding, y + self._padding, width - 2 * self._padding)

    def split(self, width: float, room: float) -> "tuple[Piece, Piece] | None":
        """Divide the content if it is high; each part gets its frame."""
        if self.height(width) <= BODY_HEIGHT / 2:
            return None
        parts = self._content.split(width - 2 * self._padding, room - 2 * self._padding)
        if not parts:
            return None
        first, rest = (
            Framed(part, bar=self._bar, frame=self._frame, padding=self._padding) for part in parts
        )
        first.before, rest.after = self.before, self.after
        return first, rest


class Hanging(Piece):
    """A label at the left, such as a number or a bullet, and the text that hangs beside it."""

    def __init__(
        self, label: Piece, content: Piece, indent: float, *, before: float = 0, after: float = 0
    ) -> None:
        self._label, self._content, self._indent = label, content, indent
        self.before, self.after = before, after

    def height(self, width: float) -> float:
        """Return the greater of both heights."""
        return max(self._label.height(self._indent), self._content.height(width - self._indent))

    def draw(self, surface: Surface, x: float, y: float, width: float) -> None:
        """Draw the label, then the text."""
        self._label.draw(surface, x, y, self._indent)
        self._content.draw(surface, x + self._indent, y, width - self._indent)

    def split(self, width: float, room: float) -> "tuple[Piece, Piece] | None":
        """Divide the text; the label stays with its beginning."""
        parts = self._content.split(width - self._indent, room)
        if not parts:
            return None
        return (
            Hanging(self._label, parts[0], self._indent, before=self.before),
            Hanging(Space(0), parts[1], self._indent, after=self.after),
        )


class Marginal(Piece):
    """A stack in the margin beside what follows; it takes no height of its own."""

    stays = True

    def __init__(self, content: Piece, offset: float, width: float) -> None:
        self._content, self._offset, self._width = content, offset, width

    def height(self, width: float) -> float:  # noqa: ARG002  it stands beside, not between
        """Return nothing."""
        return 0

    def draw(self, surface: Surface, x: float, y: float, width: float) -> None:  # noqa: ARG002  as above
        """Draw it to the left of the column."""
        self._content.draw(surface, x - self._offset, y, self._width)


class Wide(Piece):
    """What needs more than the column's width, such as a table of many columns: it reaches into the margin."""

    def __init__(self, content: Piece, reach: float) -> None:
        self._content, self.reach = content, reach
        self.before, self.after, self.stays = content.before, content.after, content.stays

    def height(self, width: float) -> float:
        """Return the content's height."""
        return self._content.height(width + self.reach)

    def draw(self, surface: Surface, x: float, y: float, width: float) -> None:
        """Draw it from the margin on."""
        self._content.draw(surface, x - self.reach, y, width + self.reach)

    def split(self, width: float, room: float) -> "tuple[Piece, Piece] | None":
        """Divide the content; both parts reach as far."""
        parts = self._content.split(width + self.reach, room)
        return (Wide(parts[0], self.reach), Wide(parts[1], self.reach)) if parts else None
