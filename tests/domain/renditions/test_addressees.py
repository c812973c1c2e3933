"""What each addressee is asked to do, in a rendition."""

from dataclasses import replace

from tests.adapters.editions import an_edition
from tests.domain.renditions.made import a_courtesy, rendered
from tests.domain.renditions.trees import section, told, words_in

EDITION = an_edition(asks=2, organisations=1, amendments=0, lessons=0)
FIRST, SECOND = EDITION.recommendations


def test_each_addressee_finds_what_it_is_asked_in_full_and_by_when() -> None:
    failed = replace(SECOND, due="", outcome=replace(SECOND.outcome, passed=False))
    whole = rendered(replace(EDITION, recommendations=(FIRST, failed)))
    assert told(section(whole, "addressees")) == [
        "By addressee",
        "What each addressee is asked to do",
        "EU Delegations",
        FIRST.ask,
        "Recommendation 1 · By when: the 2024 mid-term review",
        "Not adopted: nobody is asked to act on this",
        SECOND.ask,
        "Recommendation 2 · Cities",
    ]
    assert {"#recommendation-1", "#recommendation-2"} <= {word.look.href for word in words_in(whole)}


def test_an_ask_that_is_not_decided_yet_says_so() -> None:
    still_open = replace(FIRST, due="", outcome=replace(FIRST.outcome, passed=False, decided=False))
    whole = rendered(replace(EDITION, recommendations=(still_open,)))
    assert told(section(whole, "addressees"))[3:] == [FIRST.ask, "Recommendation 1 · not decided yet"]
    assert told(section(whole, "recommendation-1"))[0] == "Recommendation 1 · not decided yet"
    assert told(section(whole, "summary"))[:2] == ["In one page", "not decided yet: 1"]


def test_an_ask_that_passed_and_has_no_date_says_neither() -> None:
    whole = rendered(replace(EDITION, recommendations=(replace(FIRST, due=""),)))
    assert told(section(whole, "addressees"))[3:] == [FIRST.ask, "Recommendation 1"]


def test_an_ask_is_read_in_the_language_that_it_is_translated_into() -> None:
    whole = rendered(EDITION, language="fr", offered=(a_courtesy(FIRST, b2="Nommez un contact."),))
    said = told(section(whole, "addressees"))
    assert [one for one in said if one in {"Nommez un contact.", FIRST.ask, SECOND.ask}] == [
        "Nommez un contact.",
        SECOND.ask,
    ]


def test_where_only_a_title_is_left_it_is_the_ask() -> None:
    bare = replace(FIRST, blocks=FIRST.blocks[:1], due="")
    assert told(section(rendered(replace(EDITION, recommendations=(bare,))), "addressees"))[3:] == [
        FIRST.title,
        "Recommendation 1",
    ]
