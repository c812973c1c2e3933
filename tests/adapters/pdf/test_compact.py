"""Asks that are many stand in two columns."""

from dataclasses import replace

import pytest

from service.adapters.pdf import compact, design
from service.adapters.pdf.pages import Chapter, Footer, lay_out
from service.adapters.pdf.pieces import BODY_HEIGHT, Piece, Wide
from service.adapters.pdf.render import render
from service.adapters.pdf.structure import Element
from service.adapters.pdf.surface import Surface
from service.adapters.pdf.voice import voice_of
from service.domain.publication import Recommendation, Snapshot
from tests.adapters.editions import VERIFY_URL, an_approval, an_edition
from tests.adapters.pdf.reading import read

FIRST = 600.0


def an_agenda(asks: int) -> Snapshot:
    return an_edition(asks=asks, organisations=0, amendments=0, lessons=0)


def labels(listed: Element) -> int:
    return sum(kid.tag == "LI" for kid in listed.kids if isinstance(kid, Element))


def set_in_columns(asks: tuple[Recommendation, ...]) -> tuple[Element, list[Piece], bool]:
    return compact.columns(asks, Element("Sect"), FIRST, voice_of("en"))


def test_fifty_asks_stand_on_one_page() -> None:
    listed, pieces, one_page = set_in_columns(an_agenda(50).recommendations)

    assert (labels(listed), len(pieces), one_page) == (50, 1, True)
    assert pieces[0].height(design.COLUMN) <= FIRST


@pytest.mark.parametrize("asks", [70, 131])
def test_more_asks_flow_over_as_few_pages_as_they_need(asks: int) -> None:
    listed, pieces, one_page = set_in_columns(an_agenda(asks).recommendations)

    assert (labels(listed), one_page) == (asks, False)
    assert len(pieces) == 2 + (asks > 100)
    assert all(isinstance(piece, Wide) for piece in pieces)
    assert all(piece.height(design.COLUMN) <= BODY_HEIGHT for piece in pieces)


def test_a_title_higher_than_a_page_is_set_all_the_same() -> None:
    first, *others = an_agenda(20).recommendations
    endless = replace(first, title="City-to-city partnership " * 600)
    chapter = Chapter(tuple(set_in_columns((*others, endless))[1]))
    surface = Surface(Element("Document"))

    lay_out([chapter], surface, Footer("left", "right"))

    assert surface.page == 5


def test_each_ask_is_read_with_its_number_and_addressee_in_order() -> None:
    agenda = an_agenda(25)
    first, second, *others = agenda.recommendations
    missed = replace(second, outcome=replace(second.outcome, passed=False))
    paper = read(
        render(
            replace(agenda, recommendations=(first, missed, *others)), an_approval(), verify_url=VERIFY_URL
        )
    )

    items = [
        " ".join(item.text.split())
        for item in next(one for one in paper.every("L") if len(list(one.every("LI"))) == 25).every("LI")
    ]
    assert items[:2] == [
        f"1 {first.title} · EU Delegations",
        f"2 {second.title} · Cities, not adopted",
    ]
    assert [item.split()[0] for item in items] == [str(number) for number in range(1, 26)]
