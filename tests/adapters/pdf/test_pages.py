from collections.abc import Sequence

import pytest

from service.adapters.pdf.pages import Chapter, Footer, TooTall, lay_out
from service.adapters.pdf.pieces import BODY_HEIGHT, Hanging, Piece, Space, Stack, Together
from service.adapters.pdf.structure import Element
from service.adapters.pdf.surface import Surface
from service.adapters.pdf.tables import Grid, Row, Table


class Mark(Piece):
    """A piece of a given height that notes on which page it was drawn."""

    def __init__(self, name: str, height: float, seen: list[tuple[int, str]], *, stays: bool = False) -> None:
        self.name, self._height, self._seen, self.stays = name, height, seen, stays

    def height(self, width: float) -> float:  # noqa: ARG002  as high at any width
        return self._height

    def draw(self, surface: Surface, x: float, y: float, width: float) -> None:  # noqa: ARG002  it only notes
        self._seen.append((surface.page, self.name))


def laid_out(*chapters: Sequence[Piece]) -> None:
    lay_out(
        [Chapter(tuple(pieces)) for pieces in chapters], Surface(Element("Document")), Footer("left", "right")
    )


def test_each_chapter_opens_a_page_and_flows_over_as_many_as_it_needs() -> None:
    seen: list[tuple[int, str]] = []

    laid_out([Mark(f"a{i}", BODY_HEIGHT / 2, seen) for i in range(3)], [Mark("b", 10, seen)])

    assert seen == [(0, "a0"), (0, "a1"), (1, "a2"), (2, "b")]


def test_a_heading_goes_with_what_it_announces() -> None:
    seen: list[tuple[int, str]] = []

    laid_out(
        [Mark("text", BODY_HEIGHT - 30, seen), Mark("head", 20, seen, stays=True), Mark("more", 20, seen)]
    )

    assert seen == [(0, "text"), (1, "head"), (1, "more")]


def test_what_belongs_together_shares_a_page() -> None:
    seen: list[tuple[int, str]] = []

    laid_out([Mark("text", BODY_HEIGHT - 30, seen), Together([Mark("a", 20, seen), Mark("b", 20, seen)])])

    assert seen == [(0, "text"), (1, "a"), (1, "b")]


def test_what_is_higher_than_a_page_is_divided_even_if_it_belongs_together() -> None:
    seen: list[tuple[int, str]] = []

    laid_out([Together([Mark(f"a{i}", BODY_HEIGHT / 2, seen) for i in range(3)])])

    assert seen == [(0, "a0"), (0, "a1"), (1, "a2")]


def test_a_table_repeats_its_header_and_divides_between_rows() -> None:
    seen: list[tuple[int, str]] = []
    rows = [Row.of([Mark(f"r{i}", BODY_HEIGHT / 2 - 20, seen)]) for i in range(3)]

    laid_out([Table(Grid((100,), padding=0), rows, header=Row.of([Mark("head", 10, seen)]))])

    assert seen == [(0, "head"), (0, "r0"), (0, "r1"), (1, "head"), (1, "r2")]


def test_a_row_higher_than_a_page_is_divided_inside_its_cells() -> None:
    seen: list[tuple[int, str]] = []
    tall = Stack([Mark(f"line{i}", 100, seen) for i in range(9)])

    laid_out([Table(Grid((100, 100), padding=0), [Row.of([tall, Mark("short", 20, seen)])])])

    assert seen == [(0, f"line{i}") for i in range(6)] + [(0, "short")] + [
        (1, f"line{i}") for i in range(6, 9)
    ]


def test_a_label_stays_with_the_beginning_of_its_text() -> None:
    seen: list[tuple[int, str]] = []
    text = Stack([Mark("first", BODY_HEIGHT - 10, seen), Mark("second", 20, seen)])

    laid_out([Hanging(Mark("label", 10, seen), text, 20)])

    assert seen == [(0, "label"), (0, "first"), (1, "second")]


def test_what_cannot_be_divided_and_fits_on_no_page_is_refused() -> None:
    with pytest.raises(TooTall):
        laid_out([Space(BODY_HEIGHT + 1)])
