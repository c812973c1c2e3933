from dataclasses import replace

import pytest

from service.adapters.pdf import charts
from service.adapters.pdf.paragraphs import Paragraph
from service.adapters.pdf.structure import Element
from service.adapters.pdf.voice import voice_of
from service.domain.figures import statistics
from tests.adapters.editions import an_edition

ENGLISH = voice_of("en")


def told(tree: Element) -> list[str]:
    """Return what the figures below an element say, in reading order."""
    own = [tree.alt] if tree.alt else []
    return own + [text for kid in tree.kids if isinstance(kid, Element) for text in told(kid)]


def test_each_recommendation_has_a_bar_that_says_in_words_who_stands_where() -> None:
    tree = Element("Sect")

    edition = an_edition()

    list(charts.positions(edition, statistics(edition), tree, ENGLISH))

    assert told(tree)[0] == (
        "Recommendation 1: 7 endorsed, 1 endorsed with reservation, 1 no objection, 1 objection, 1 abstained, "
        "1 no record."
    )
    assert len(told(tree)) == 3


def test_each_version_has_a_bar_that_says_how_many_amendments_it_met() -> None:
    edition = an_edition(asks=1, amendments=4)
    (ask,) = edition.recommendations
    moved = replace(ask, amendments=(*ask.amendments[:3], replace(ask.amendments[3], base_version=4)))
    tree = Element("Sect")

    list(charts.convergence(replace(edition, recommendations=(moved,)), tree, ENGLISH))

    assert told(tree) == [
        "Version 2: 3 amendments. 1 adopted, 1 not adopted, 1 undecided.",
        "Version 3: 0 amendments. None.",
        "Version 4: 1 amendment. 1 not adopted.",
    ]


@pytest.mark.parametrize("organisations", [0, 3])
def test_where_nothing_was_said_there_is_no_chart(organisations: int) -> None:
    silent = an_edition(asks=0, organisations=organisations, amendments=0)

    assert list(charts.positions(silent, statistics(silent), Element("Sect"), ENGLISH)) == []
    assert list(charts.convergence(silent, Element("Sect"), ENGLISH)) == []


@pytest.mark.parametrize(
    ("counted", "told"),
    [
        ((10, 12), ["Shown are all 12 organisations invited; 10 of them count for adoption."]),
        ((10, 9), ["Shown are all 12 organisations invited; 9 or 10 of them count for adoption."]),
        ((0, 12), []),
    ],
)
def test_the_chart_says_how_many_of_those_shown_count(counted: tuple[int, int], told: list[str]) -> None:
    edition = an_edition(asks=2)
    asks = tuple(
        replace(ask, outcome=replace(ask.outcome, counted=number))
        for ask, number in zip(edition.recommendations, counted, strict=True)
    )
    _, *pieces = charts.positions(
        replace(edition, recommendations=asks), statistics(edition), Element("Sect"), ENGLISH
    )

    assert [one.words[0].text for one in pieces if isinstance(one, Paragraph)] == told


def test_how_the_text_settled_is_shown_only_where_there_was_more_than_one_version() -> None:
    assert list(charts.convergence(an_edition(asks=1, amendments=4), Element("Sect"), ENGLISH)) == []


def test_each_bar_tells_of_the_amendments_that_last_stood_on_its_version() -> None:
    edition, tree = an_edition(asks=1, amendments=2), Element("Sect")
    (ask,) = edition.recommendations
    carried, other = (
        replace(one, base_version=base, state="rejected")
        for one, base in zip(ask.amendments, (1, 2), strict=True)
    )
    moved = replace(edition, recommendations=(replace(ask, amendments=(carried, other)),))

    list(charts.convergence(moved, tree, ENGLISH))

    assert told(tree) == [f"Version {number}: 1 amendment. 1 not adopted." for number in (1, 2)]


@pytest.mark.parametrize(
    ("counts", "lengths"),
    [
        ((90, 1, 9), [86.0, 5.0, 9.0]),
        ((50, 50), [50.0, 50.0]),
        ((98, 1, 1), [90.0, 5.0, 5.0]),
        ((), []),
    ],
)
def test_no_part_of_a_bar_is_too_short_to_be_told(counts: tuple[int, ...], lengths: list[float]) -> None:
    parts = [charts.Part("", count, lambda *_: None) for count in counts]

    assert charts.Bar(parts, sum(counts), "").lengths(100) == lengths
