from dataclasses import replace

import pytest

from service.adapters.pdf import addressees, design
from service.adapters.pdf.render import render
from service.adapters.pdf.structure import Element
from service.adapters.pdf.voice import voice_of
from service.domain.publication import Snapshot
from tests.adapters.editions import VERIFY_URL, an_approval, an_edition
from tests.adapters.pdf.reading import Node, read


def chapter(tree: Node) -> Node:
    """Return the chapter of what each addressee is asked."""
    return next(
        sect
        for sect in tree.every("Sect")
        if any("What each addressee is asked to do" in head.text for head in sect.every("H2"))
    )


@pytest.fixture(scope="module")
def edition() -> Snapshot:
    """An edition of five asks, of which the third was not adopted, and the fourth is not decided yet."""
    whole = an_edition(asks=5, organisations=1, amendments=0, lessons=0)
    first, second, third, fourth, fifth = whole.recommendations
    failed = replace(third, due="", outcome=replace(third.outcome, passed=False))
    open_ = replace(fourth, outcome=replace(fourth.outcome, passed=False, decided=False))
    return replace(whole, recommendations=(first, second, failed, open_, fifth))


@pytest.fixture(scope="module")
def paper(edition: Snapshot) -> Node:
    return read(render(edition, an_approval(), verify_url=VERIFY_URL))


def test_each_addressee_finds_what_it_is_asked_in_full_and_by_when(edition: Snapshot, paper: Node) -> None:
    sect = chapter(paper)

    assert [head.text.strip() for head in sect.every("H3")] == [
        "EU Delegations",
        "Cities",
        "EU headquarters",
        "Not adopted: nobody is asked to act on this",
    ]
    assert [[label.text.strip() for label in listed.every("Lbl")] for listed in sect.every("L")] == [
        ["1", "5"],
        ["2"],
        ["4"],
        ["3"],
    ]
    notes = [list(body.every("P"))[-1].text.strip() for body in sect.every("LBody")]
    assert notes == [
        *["By when: the 2024 mid-term review"] * 3,
        "By when: the 2024 mid-term review · Not decided yet",
        "To Other actors",
    ]
    assert [" ".join(link.text.split()) for link in sect.every("Link")] == [
        edition.recommendations[0].ask
    ] * 5


def test_what_was_not_adopted_says_so_wherever_it_stands(edition: Snapshot, paper: Node) -> None:
    heads = [" ".join(head.text.split()) for head in paper.every("H2")]
    third, fourth = edition.recommendations[2:4]
    assert [head for head in heads if "· not" in head] == [
        f"Recommendation 3 · not adopted {third.title}",
        f"Recommendation 4 · not decided yet {fourth.title}",
    ]
    assert "In one page Three asks adopted, one not adopted, one not decided yet" in heads
    contents = [" ".join(one.text.split()) for one in paper.every("TOCI")]
    assert ["(not adopted)" in one for one in contents[2:7]] == [False, False, True, False, False]
    told = [" ".join(one.text.split()) for one in paper.every("P")]
    assert [one for one in told if one.startswith("This text ")] == [
        "This text was put to the organisations and was not adopted: nobody is asked to act on it.",
        "This text is not decided yet.",
    ]


def test_by_when_is_never_left_to_the_next_page_alone(edition: Snapshot) -> None:
    *_, last = addressees.chapter(edition, Element("Document"), voice_of("en")).pieces
    height = last.height(design.COLUMN)

    assert last.split(design.COLUMN, height - 1) is None
