"""How the paper tells where its text comes from, and what is where."""

from dataclasses import replace

import pytest

from service.adapters.pdf import design, front
from service.adapters.pdf.front import Entry
from service.adapters.pdf.paragraphs import Paragraph
from service.adapters.pdf.pieces import BODY_HEIGHT, Stack
from service.adapters.pdf.structure import Element
from service.adapters.pdf.voice import voice_of
from service.domain.publication import Snapshot
from tests.adapters.editions import an_edition

ONE = an_edition(asks=0, organisations=1, lessons=0)
MANY = an_edition(asks=0, organisations=12, lessons=0)
NOWHERE = replace(
    MANY, organisations=tuple(replace(one, country="", partnership="") for one in MANY.organisations)
)
HEARD = "0 of them tabled an amendment that is printed here, or took a position."


@pytest.mark.parametrize(
    ("edition", "told"),
    [
        (an_edition(asks=0, organisations=0, lessons=0), "No organisation is invited yet."),
        (ONE, f"1 organisation from 1 country was invited, a member of 1 partnership. {HEARD}"),
        (
            MANY,
            f"12 organisations from 5 countries were invited, among them members of 6 partnerships. {HEARD}",
        ),
        (NOWHERE, f"12 organisations were invited. {HEARD}"),
    ],
)
def test_the_method_ends_with_how_many_were_invited_and_heard(edition: Snapshot, told: str) -> None:
    *_, last = front.mandate(replace(edition, changes=()), Element("Document"), voice_of("en")).pieces
    assert isinstance(last, Paragraph)
    assert "".join(words.text for words in last.words) == told


@pytest.mark.parametrize(("count", "leading"), [(12, design.BODY.leading), (34, design.BRIEF.leading)])
def test_the_contents_are_set_smaller_only_where_that_saves_a_page(count: int, leading: float) -> None:
    entries = [Entry("cover", str(number), "One line") for number in range(1, count + 1)]

    chapter = front.contents(
        entries, {"cover": 1}, Element("Document"), kicker="Contents", title="What is where"
    )

    assert chapter.pieces[-1].height(design.COLUMN) == leading
    assert Stack(chapter.pieces).height(design.COLUMN) <= BODY_HEIGHT
