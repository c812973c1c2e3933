from dataclasses import replace

import pytest

from service.adapters.pdf import charts
from service.adapters.pdf.structure import Element
from service.domain.publication import statistics
from tests.adapters.editions import an_edition


def told(tree: Element) -> list[str]:
    """Return what the figures below an element say, in reading order."""
    own = [tree.alt] if tree.alt else []
    return own + [text for kid in tree.kids if isinstance(kid, Element) for text in told(kid)]


def test_each_recommendation_has_a_bar_that_says_in_words_who_stands_where() -> None:
    tree = Element("Sect")

    list(charts.positions(statistics(an_edition()), tree))

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

    assert list(charts.positions(statistics(silent), Element("Sect"))) == []
    assert list(charts.convergence(silent, Element("Sect"))) == []
