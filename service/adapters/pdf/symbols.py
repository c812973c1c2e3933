"""Drawn signs: the seven stances, told apart by shape and not by colour alone, and the code to scan."""

from collections.abc import Callable, Mapping

import segno

from service.adapters.pdf import design
from service.adapters.pdf.pieces import Piece
from service.adapters.pdf.structure import Element
from service.adapters.pdf.surface import PAGE_HEIGHT, Surface
from service.adapters.pdf.voice import Voice

RADIUS = 3.1


class Symbol(Piece):
    """The sign of a stance, centred in its cell; a reader who hears the page is `told` the stance in words."""

    def __init__(
        self, stance: str, element: Element, told: str, *, line: float = 10.6, centred: bool = True
    ) -> None:
        self._stance, self._element, self._line, self._centred = stance, element, line, centred
        element.alt = told

    def height(self, width: float) -> float:  # noqa: ARG002  as high as a line
        """Return the height of a line."""
        return self._line

    def draw(self, surface: Surface, x: float, y: float, width: float) -> None:
        """Draw the sign."""
        centre = x + (width / 2 if self._centred else RADIUS)
        middle = y + self._line / 2
        bottom = PAGE_HEIGHT - middle
        self._element.bbox = (centre - 4, bottom - 4, centre + 4, bottom + 4)
        with surface.content_of(self._element):
            _SIGNS.get(self._stance, _no_record)(surface, centre, middle)


def _endorsed(surface: Surface, x: float, y: float) -> None:
    surface.disc(x, y, RADIUS, fill=design.ACCENT)


def _reserved(surface: Surface, x: float, y: float) -> None:
    surface.disc(x, y, RADIUS - 0.3, fill=design.WHITE, stroke=design.ACCENT)


def _no_objection(surface: Surface, x: float, y: float) -> None:
    surface.disc(x, y, RADIUS - 0.3, fill=design.WHITE, stroke=design.ACCENT)
    surface.disc(x, y, 1.1, fill=design.ACCENT)


def _objection(surface: Surface, x: float, y: float) -> None:
    reach = RADIUS + 0.6
    surface.polygon([(x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y)], fill=design.RUST)


def _abstained(surface: Surface, x: float, y: float) -> None:
    surface.box(x - 2.6, y - 2.6, 5.2, 5.2, fill=design.WHITE, stroke=design.GREY)


def _recused(surface: Surface, x: float, y: float) -> None:
    surface.rule(x - 2.6, y - 2.6, x + 2.6, y + 2.6, colour=design.GREY, thickness=0.9)
    surface.rule(x - 2.6, y + 2.6, x + 2.6, y - 2.6, colour=design.GREY, thickness=0.9)


def _no_record(surface: Surface, x: float, y: float) -> None:
    surface.rule(x - 3.4, y + 2, x + 3.4, y + 2, colour=design.RULE, thickness=0.6)


_SIGNS: Mapping[str, Callable[[Surface, float, float], None]] = {
    "endorsed": _endorsed,
    "endorsed_with_reservation": _reserved,
    "no_objection": _no_objection,
    "objection": _objection,
    "abstained": _abstained,
    "recused": _recused,
    "no_record": _no_record,
}


class QrCode(Piece):
    """A code to scan that leads to an address."""

    def __init__(self, address: str, element: Element, side: float, voice: Voice) -> None:
        self._matrix = segno.make(address, error="m", micro=False).matrix
        self._element, self._side = element, side
        element.alt = voice.say("Code to scan; it leads to %(address)s", {"address": address})

    def height(self, width: float) -> float:  # noqa: ARG002  it is square
        """Return its side."""
        return self._side

    def draw(self, surface: Surface, x: float, y: float, width: float) -> None:  # noqa: ARG002  as above
        """Draw its modules, those of a row that touch as one."""
        module = self._side / len(self._matrix)
        bottom = PAGE_HEIGHT - y - self._side
        self._element.bbox = (x, bottom, x + self._side, bottom + self._side)
        with surface.content_of(self._element):
            for row, modules in enumerate(self._matrix):
                column = 0
                while column < len(modules):
                    length = 0
                    while column + length < len(modules) and modules[column + length]:
                        length += 1
                    if length:
                        surface.box(
                            x + column * module, y + row * module, length * module, module, fill=design.INK
                        )
                    column += length or 1
