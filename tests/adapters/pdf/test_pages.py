import io
from collections.abc import Sequence

import pikepdf
import pytest

from service.adapters.pdf import design
from service.adapters.pdf.pages import Chapter, Footer, TooTall, lay_out
from service.adapters.pdf.paragraphs import Paragraph
from service.adapters.pdf.pieces import BODY_HEIGHT, Framed, Hanging, Piece, Space, Stack, Together, Wide
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


def pdf_pages(surface: Surface) -> list[bytes]:
    """Return what each page draws."""
    with pikepdf.open(io.BytesIO(surface.close())) as pdf:
        return [page.Contents.read_bytes() for page in pdf.pages]


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
        [Mark("text", BODY_HEIGHT - 30, seen), Mark("head", 20, seen, stays=True), Mark("more", 300, seen)]
    )

    assert seen == [(0, "text"), (1, "head"), (1, "more")]


def test_what_belongs_together_shares_a_page() -> None:
    seen: list[tuple[int, str]] = []

    laid_out([Mark("text", BODY_HEIGHT - 30, seen), Together([Mark("a", 20, seen), Mark("b", 300, seen)])])

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
    text = Stack([Mark("first", BODY_HEIGHT - 10, seen), Mark("second", 300, seen)])

    laid_out([Hanging(Mark("label", 10, seen), text, 20)])

    assert seen == [(0, "label"), (0, "first"), (1, "second")]


def test_what_cannot_be_divided_and_fits_on_no_page_is_refused() -> None:
    with pytest.raises(TooTall):
        laid_out([Space(BODY_HEIGHT + 1)])


def test_a_chapter_of_which_little_is_left_for_a_last_page_is_set_tighter() -> None:
    seen: list[tuple[int, str]] = []
    pieces = [Mark(f"a{i}", BODY_HEIGHT / 4 - 16, seen) for i in range(4)]
    for piece in pieces:
        piece.after = 30

    laid_out(pieces, [*pieces, Mark("much more", BODY_HEIGHT / 2, seen)])

    assert seen == [(0, f"a{i}") for i in range(4)] + [(1, f"a{i}") for i in range(3)] + [
        (2, "a3"),
        (2, "much more"),
    ]


@pytest.mark.parametrize(
    ("before", "behind", "page"), [(450, 280, 1), (300, 430, 0), (600, 100, 0), (10, 700, 0)]
)
def test_a_last_page_with_little_on_it_begins_with_a_heading_where_both_pages_stay_well_filled(
    before: int, behind: int, page: int
) -> None:
    seen: list[tuple[int, str]] = []

    laid_out(
        [
            *(Mark("before", 10, seen) for _ in range(0, before, 10)),
            Mark("heading", 20, seen, stays=True),
            *(Mark("behind", 10, seen) for _ in range(0, behind, 10)),
        ]
    )

    assert (seen[-1], len(seen)) == ((1, "behind"), 1 + (before + behind) // 10)
    assert (page, "heading") in seen


def test_no_row_of_a_table_is_left_alone_on_a_page() -> None:
    seen: list[tuple[int, str]] = []
    rows = [Row.of([Mark(f"r{i}", BODY_HEIGHT / 5, seen)]) for i in range(6)]

    laid_out([Table(Grid((100,), padding=0), rows)])

    assert seen == [(0, f"r{i}") for i in range(4)] + [(1, "r4"), (1, "r5")]


def test_a_table_begins_on_the_next_page_where_this_one_has_room_for_a_single_row() -> None:
    seen: list[tuple[int, str]] = []
    rows = [Row.of([Mark(f"r{i}", 100, seen)]) for i in range(4)]

    laid_out([Mark("text", BODY_HEIGHT - 150, seen), Table(Grid((100,), padding=0), rows)])

    assert seen == [(0, "text"), *((1, f"r{i}") for i in range(4))]


def test_the_name_of_a_group_of_rows_stays_with_them_and_is_repeated_where_they_go_on() -> None:
    seen: list[tuple[int, str]] = []
    height = BODY_HEIGHT / 6
    rows = [
        *(Row.of([Mark(f"a{i}", height, seen)]) for i in range(5)),
        Row.naming(Mark("group b", 20, seen)),
        *(Row.of([Mark(f"b{i}", height, seen)]) for i in range(8)),
    ]

    laid_out([Table(Grid((100,), padding=0), rows)])

    assert seen == [
        *((0, f"a{i}") for i in range(5)),
        (1, "group b"),
        *((1, f"b{i}") for i in range(5)),
        (2, "group b"),
        *((2, f"b{i}") for i in range(5, 8)),
    ]


def test_a_low_first_row_goes_to_the_next_page_whole() -> None:
    text = Paragraph("word " * 60, design.BODY, Element("P"))
    high = text.height(200)
    seen: list[tuple[int, str]] = []
    first = Row.of([Mark("number", 5, seen), text])

    upper = Table(Grid((100, 208), padding=0), [first]).split(308, high - design.BODY.leading)

    assert upper is None


def test_the_name_of_a_group_as_high_as_two_pages_is_divided_and_told_once() -> None:
    name = Paragraph("name " * 3_000, design.BODY, Element("P"))
    seen: list[tuple[int, str]] = []
    rows = [Row.naming(name), *(Row.of([Mark(f"r{i}", BODY_HEIGHT / 4, seen)]) for i in range(5))]

    laid_out([Table(Grid((200,), padding=0), rows)])

    pages = [page for page, _ in seen]
    assert [name for _, name in seen] == [f"r{i}" for i in range(5)]
    assert pages[-1] - pages[0] <= 2


def test_a_framed_call_out_is_not_divided_unless_it_fills_more_than_a_page() -> None:
    seen: list[tuple[int, str]] = []
    call_out = Framed(Stack([Mark("one", 40, seen), Mark("two", 250, seen)]), bar="#000000")

    laid_out([Mark("text", BODY_HEIGHT - 60, seen), call_out])

    assert seen == [(0, "text"), (1, "one"), (1, "two")]


def test_the_pages_of_a_chapter_from_the_second_on_say_how_it_is_called() -> None:
    surface = Surface(Element("Document"))
    tree = surface.tree
    opening = [
        Paragraph("Annex A ", design.KICKER, tree.add("H2"), opens=True),
        Paragraph("Who says what, and much else besides. " * 9, design.TITLE, tree.add("H2"), opens=True),
    ]
    chapter = Chapter((*opening, Space(500), Space(500)))

    lay_out([chapter], surface, Footer("left", "right"))

    assert chapter.head == "Annex A · Who says what, and much …"
    pages = pdf_pages(surface)
    assert [page.count(b"/Type /Pagination") for page in pages] == [3, 4, 4]


def test_the_head_of_a_page_stands_above_what_is_widest_on_it() -> None:
    surface = Surface(Element("Document"))
    opening = [Paragraph("Annex D", design.TITLE, surface.tree.add("H2"), opens=True)]
    wide = Wide(Space(600), 91)

    lay_out([Chapter((*opening, Space(600), wide, Space(600)))], surface, Footer("left", "right"))

    _, second, third = pdf_pages(surface)
    assert [
        f"1 0 0 1 {design.LEFT - reach:.4g}".encode() in page for page, reach in ((second, 91), (third, 0))
    ] == [
        True,
        True,
    ]
