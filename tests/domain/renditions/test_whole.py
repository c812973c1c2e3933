"""A whole rendition: everything the paper holds is in it."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace

from service.domain.publication import (
    Meeting,
    Outcome,
    Participants,
    Recommendation,
    RecordHead,
    Snapshot,
    Version,
)
from tests.adapters.editions import an_edition, signed_by
from tests.domain.renditions.made import FILE, facts_of, rendered
from tests.domain.renditions.trees import plain, section, told, words_in

# What is an identifier, an address behind a link, or a word that is said in the voice's own words.
NOT_SAID = {"id", "block", "format", "language", "href", "kind", "state", "stance", "reservation"}
BY_NAME = {"organisation", "organisations", "blocks"}
BARE = Snapshot(
    programme="Programme",
    title="Title",
    subtitle="Subtitle",
    meeting=Meeting("Meeting", "Place", an_edition().meeting.starts, an_edition().meeting.ends),
    edition=2,
    assembled_at=an_edition().assembled_at,
    language="en",
    status="Status",
    editor="Editor",
    record=RecordHead(3, "ab" * 32),
    participants=Participants(0, 0),
)


def strings(value: object) -> Iterator[str]:
    """Yield every text of an edition that a reader is to find."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from strings(item)
    elif is_dataclass(value):
        for one in fields(value):
            if one.name not in NOT_SAID and not (one.name in BY_NAME and _ids(getattr(value, one.name))):
                yield from strings(getattr(value, one.name))


def _ids(value: object) -> bool:
    return isinstance(value, str) or (isinstance(value, tuple) and all(isinstance(v, str) for v in value))


def test_every_text_of_an_edition_is_in_it() -> None:
    snapshot = an_edition()
    said = "".join(word.text for word in words_in(rendered(snapshot)))
    settled = tuple(replace(ask, amendments=()) for ask in snapshot.recommendations)
    whole = {text for text in strings(replace(snapshot, recommendations=settled)) if text not in said}
    # What an amendment takes out and brings in stands in pieces, so it is looked for word by word.
    amended = tuple(ask.amendments for ask in snapshot.recommendations)
    words = {word for text in strings(amended) for word in text.split() if word not in said}
    assert (whole, words) == (set(), set())


def test_the_sections_stand_in_the_order_of_the_paper() -> None:
    assert [one.anchor for one in rendered(an_edition(asks=2)).sections] == [
        "summary",
        "mandate",
        "recommendation-1",
        "recommendation-2",
        "addressees",
        "lessons",
        "positions",
        "figures",
        "amendments",
        "participants",
        "history",
        "origins",
        "basis",
        "signatures",
        "imprint",
    ]


def test_an_edition_of_nothing_says_so_in_each_section() -> None:
    whole = rendered(BARE)
    assert [
        one.anchor for one in whole.sections if one.anchor.startswith(("recommendation", "origins"))
    ] == []
    said = {name: told(section(whole, name)) for name in ("summary", "lessons", "positions", "amendments")}
    assert said == {
        "summary": ["In one page", "0 asks", "This edition holds no recommendation."],
        "lessons": ["Lessons learnt", "0 lessons", "No lesson was put on the shared list."],
        "positions": ["Annex A", "Who says what", "There is no position to show."],
        "amendments": ["Annex C", "Every amendment, and what became of it", "No amendment was tabled."],
    }


def test_a_recommendation_of_which_only_the_title_is_left_is_its_own_ask() -> None:
    passed = Outcome(passed=False, sentence="It did not pass.")
    bare = Recommendation(1, "Only a title", "Cities", "", Version(1, "ab" * 32), (), passed)
    whole = rendered(replace(BARE, recommendations=(bare,)))
    assert told(section(whole, "recommendation-1")) == [
        "Recommendation 1 · not adopted",
        "Only a title",
        "This text was put to the organisations and was not adopted: nobody is asked to act on it.",
        "Addressed to",
        "Cities",
        "Endorsed by",
        "0 organisations",
        "Made from",
        "version 1",
        "Only a title",
        "Adoption",
        "It did not pass.",
        f"From version 1. Digest of this text: {'ab' * 32}",
    ]
    assert told(section(whole, "summary")) == [
        "In one page",
        "not adopted: 1",
        "Only a title",
        "Cities (not adopted)",
    ]
    mixed = replace(BARE, recommendations=(an_edition(asks=1).recommendations[0], bare))
    assert told(section(rendered(mixed), "summary"))[1] == "1 ask · not adopted: 1"


def test_it_says_at_its_head_what_is_authentic_and_where_that_is() -> None:
    snapshot = an_edition(asks=1)
    (notice,) = rendered(snapshot).notices
    assert (plain(notice.title), notice.calm) == ("The signed PDF is the authentic text", True)
    said = [word for word in words_in(rendered(snapshot)) if word.code]
    assert {FILE, facts_of(snapshot).digest} <= {word.text for word in said}
    assert "https://sympolity.example/editions/1/paper.pdf" in {
        word.look.href for word in words_in(rendered(snapshot))
    }


def test_an_edition_that_does_not_stand_any_more_says_so_first() -> None:
    snapshot = an_edition(asks=1)
    whole = rendered(snapshot, facts_of(snapshot, withdrawn=True, newer=2))
    assert [(plain(one.title), one.calm) for one in whole.notices] == [
        ("Withdrawn", False),
        ("Edition 2 is newer", False),
        ("The signed PDF is the authentic text", True),
    ]


def test_who_is_not_known_any_more_is_not_named() -> None:
    snapshot = replace(an_edition(asks=1), demo=False)
    facts = replace(facts_of(snapshot), approval=type(facts_of(snapshot).approval)())
    said = told(section(rendered(snapshot, facts), "signatures"))
    assert [one for one in said if one.startswith(("Assembled by", "Approved by", "Demonstration"))] == []


def test_those_who_signed_it_are_named_in_the_place_of_who_approved_it() -> None:
    snapshot = an_edition(asks=1)
    facts = replace(facts_of(snapshot), approval=signed_by(["", ""]))
    said = told(section(rendered(snapshot, facts), "signatures"))
    assert [one for one in said if one.startswith(("Signed by", "Approved by", "Bo ", "Cy "))] == [
        "Signed by",
        "Bo Invented, City of Vilaró · 2024-03-15T09:05:00+00:00",
        "Signed by",
        "Cy Invented, City of Vilaró · 2024-03-15T09:05:00+00:00",
    ]
