from dataclasses import replace

import pytest

from service.adapters.pdf import charts
from service.adapters.pdf.paragraphs import Paragraph
from service.adapters.pdf.pieces import Stack
from service.adapters.pdf.structure import Element
from service.domain.figures import statistics
from tests.adapters.editions import an_edition


def told(tree: Element) -> list[str]:
    """Return what the figures below an element say, in reading order."""
    own = [tree.alt] if tree.alt else []
    return own + [text for kid in tree.kids if isinstance(kid, Element) for text in told(kid)]


def test_each_recommendation_has_a_bar_that_says_in_words_who_stands_where() -> None:
    tree = Element("Sect")

    edition = an_edition()

    list(charts.positions(edition, statistics(edition), tree))

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

    list(charts.convergence(replace(edition, recommendations=(moved,)), tree))

    assert told(tree) == [
        "Version 2: 3 amendments. 1 adopted, 1 not adopted, 1 undecided.",
        "Version 3: 0 amendments. None.",
        "Version 4: 1 amendment. 1 not adopted.",
    ]


@pytest.mark.parametrize("organisations", [0, 3])
def test_where_nothing_was_said_there_is_no_chart(organisations: int) -> None:
    silent = an_edition(asks=0, organisations=organisations, amendments=0)

    assert list(charts.positions(silent, statistics(silent), Element("Sect"))) == []
    assert list(charts.convergence(silent, Element("Sect"))) == []


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
    (together, *_) = charts.positions(
        replace(edition, recommendations=asks), statistics(edition), Element("Sect")
    )

    assert isinstance(together, Stack)
    notes = [one.words[0].text for one in together.pieces[1:2] if isinstance(one, Paragraph)]
    assert notes == told
