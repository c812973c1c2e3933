from collections.abc import Sequence
from dataclasses import replace

import pytest

from service.domain.errors import StaleBase
from service.domain.recommendations import (
    Addressee,
    Recommendation,
    Version,
    check_base,
    check_text,
    new_version,
)
from service.domain.text import Block, BlockKind, digest
from tests.domain.actors import NOW
from tests.domain.faults import fields_refused

TITLE, ASK = Block("t", BlockKind.HEADING, "Title", 1), Block("a", BlockKind.PARAGRAPH, "The ask.")
SECOND = Block("b", BlockKind.HEADING, "Why", 2)


def a_recommendation() -> Recommendation:
    return Recommendation("r1", "g1", 1, Addressee.CITIES, "Theme", "Title", "v1", 1)


def a_version(
    recommendation: Recommendation, parent: Version | None, blocks: tuple[Block, ...] = (TITLE, ASK)
) -> Version:
    return new_version(
        recommendation,
        version_id="v1" if parent is None else "v2",
        parent=parent,
        person_id="ada",
        blocks=blocks,
        provenance={},
        note="",
        now=NOW,
    )


def test_a_title_and_an_ask_are_enough() -> None:
    assert check_text([TITLE, replace(ASK, text=" The  ask. ")]) == (TITLE, ASK)
    assert check_text([TITLE, ASK, SECOND]) == (TITLE, ASK, SECOND)


@pytest.mark.parametrize(
    ("blocks", "field"),
    [
        ([], "blocks"),
        ([TITLE], "blocks"),
        ([ASK, TITLE], "blocks.0.kind"),
        ([SECOND, ASK], "blocks.0.kind"),
        ([TITLE, ASK, replace(TITLE, id="u")], "blocks.2.level"),
        ([TITLE, replace(ASK, text="")], "blocks.1.text"),
    ],
)
def test_a_text_that_is_no_recommendation_is_refused(blocks: Sequence[Block], field: str) -> None:
    assert fields_refused(lambda: check_text(blocks)) == [field]


def test_a_version_becomes_the_current_one_and_gives_the_title() -> None:
    recommendation = a_recommendation()
    first = a_version(recommendation, None)
    blocks = (replace(TITLE, text="Another"), ASK)
    second = a_version(recommendation, first, blocks)
    assert (first.number, first.parent_id, second.number, second.parent_id) == (1, None, 2, "v1")
    assert second.digest == digest(blocks)
    assert (recommendation.current_version_id, recommendation.current_version_number) == ("v2", 2)
    assert recommendation.title == "Another"


def test_work_on_an_older_text_is_told_where_the_text_is() -> None:
    recommendation = a_recommendation()
    first = a_version(recommendation, None)
    check_base(recommendation, first)
    a_version(recommendation, first)
    with pytest.raises(StaleBase) as refused:
        check_base(recommendation, first)
    assert refused.value.values == {"current": 2, "base": 1}
