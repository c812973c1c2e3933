"""By which name a rendition is kept: another one for all that would give other bytes."""

from dataclasses import replace
from datetime import timedelta

from service.domain.renditions import Courtesy, Facts, key_of
from tests.adapters.editions import an_edition
from tests.domain.renditions.made import a_courtesy, facts_of

EDITION = an_edition(asks=2, organisations=1, amendments=0, lessons=0)
FACTS = facts_of(EDITION)
FIRST, SECOND = (a_courtesy(ask) for ask in EDITION.recommendations)


def key(
    facts: Facts = FACTS, *offered: Courtesy, form: str = "html", language: str = "fr", maker: str = "m"
) -> str:
    return key_of(facts, form, language, offered or (FIRST, SECOND), maker)


def test_all_that_a_rendition_shows_is_in_its_key() -> None:
    others = [
        key(replace(FACTS, digest="0" * 64)),
        key(replace(FACTS, file_digest="0" * 64)),
        key(replace(FACTS, withdrawn=True)),
        key(replace(FACTS, newer=2)),
        key(replace(FACTS, approval=replace(FACTS.approval, approved_by="Somebody else"))),
        key(FACTS, FIRST),
        key(FACTS, FIRST, replace(SECOND, digest="0" * 64)),
        key(FACTS, FIRST, replace(SECOND, organisation="Somebody else")),
        key(FACTS, FIRST, replace(SECOND, approved_at=SECOND.approved_at + timedelta(seconds=1))),
        key(form="markdown"),
        key(language=""),
        key(maker="n"),
    ]
    assert len({key(), *others}) == 1 + len(others)


def test_translations_into_other_languages_are_not_and_neither_is_their_order() -> None:
    assert key(FACTS, SECOND, replace(FIRST, language="es"), FIRST) == key()
