"""How the paper tells where its text comes from."""

from dataclasses import replace

import pytest

from service.adapters.pdf import front
from service.adapters.pdf.paragraphs import Paragraph
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
