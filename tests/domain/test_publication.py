import hashlib
from dataclasses import replace

import pytest

from service.domain.canonical import NotCanonicalError
from service.domain.publication import (
    Approval,
    approval_from_json,
    digest,
    from_json,
    to_json,
)
from tests.adapters.editions import an_approval, an_edition

EDITION = an_edition(asks=2, organisations=6, amendments=5, lessons=2)


def test_an_edition_survives_its_json_exactly() -> None:
    assert from_json(to_json(EDITION)) == EDITION
    assert to_json(from_json(to_json(EDITION))) == to_json(EDITION)


def test_the_digest_is_that_of_the_json_in_utf_8() -> None:
    assert digest(EDITION) == hashlib.sha256(to_json(EDITION).encode()).hexdigest()


@pytest.mark.parametrize(
    "other",
    [
        replace(EDITION, title=EDITION.title + " "),
        replace(EDITION, edition=2),
        replace(EDITION, recommendations=EDITION.recommendations[::-1]),
        replace(EDITION, demo=False),
    ],
)
def test_another_edition_has_another_digest(other: object) -> None:
    assert isinstance(other, type(EDITION))
    assert digest(other) != digest(EDITION)


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(NotCanonicalError):
        from_json(to_json(EDITION).replace('"demo":true', '"demo":true,"extra":1'))


@pytest.mark.parametrize("approval", [Approval(), an_approval()])
def test_an_approval_survives_its_json_exactly(approval: Approval) -> None:
    assert approval_from_json(to_json(approval)) == approval


def test_the_ask_is_the_second_block_and_the_rationale_what_follows() -> None:
    ask = EDITION.recommendations[0]

    assert ask.ask == ask.blocks[1].text
    assert ask.rationale == ask.blocks[2:]


def test_a_recommendation_of_a_title_alone_asks_with_its_title() -> None:
    ask = EDITION.recommendations[0]

    assert replace(ask, blocks=ask.blocks[:1]).ask == ask.title


def test_an_organisation_that_took_no_part_is_named_by_its_id() -> None:
    assert EDITION.organisation_name("org0001") == EDITION.organisations[1].name
    assert EDITION.organisation_name("org9999") == "org9999"
