from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from service.domain.changes import changes_between
from service.domain.corrigenda import Change, check_reason
from service.domain.errors import Invalid
from service.domain.publication import (
    Evidence,
    Lesson,
    Meeting,
    Organisation,
    Outcome,
    Position,
    Recommendation,
    Snapshot,
    Version,
)
from tests.adapters.editions import an_edition

EDITION = an_edition(asks=2, organisations=3, amendments=2, lessons=2)
FIRST, SECOND = EDITION.recommendations
ABOUT = "Recommendation 1"


def told(after: Snapshot, before: Snapshot = EDITION) -> list[tuple[str, str]]:
    return [(change.about, change.what) for change in changes_between(before, after)]


def with_first(**changes: object) -> Snapshot:
    ask: Recommendation = replace(FIRST, **changes)  # type: ignore[arg-type]  # each case names the fields of its own
    return replace(EDITION, recommendations=(ask, SECOND))


def test_the_same_edition_again_differs_in_nothing() -> None:
    again = replace(EDITION, edition=2, assembled_at=EDITION.assembled_at.replace(year=2025))
    assert changes_between(EDITION, again) == ()


def test_a_changed_text_is_told_with_both_texts() -> None:
    blocks = (FIRST.blocks[0], replace(FIRST.blocks[1], text="Cities ask."))
    after = with_first(blocks=blocks, version=Version(4, "0" * 64))
    assert changes_between(EDITION, after) == (
        Change(ABOUT, "The text has changed: version 4 takes the place of version 3.", FIRST.blocks, blocks),
    )


def test_recommendations_that_are_new_or_gone_are_named() -> None:
    third = replace(SECOND, number=3)
    after = replace(EDITION, recommendations=(FIRST, third))
    assert told(after) == [
        ("Recommendation 2", f"It is no longer printed: “{SECOND.title}”."),
        ("Recommendation 3", f"It is new: “{SECOND.title}”."),
    ]


def test_the_particulars_of_the_agenda_are_compared_one_by_one() -> None:
    meeting = Meeting("Third meeting", "Seville", date(2024, 3, 11), date(2024, 3, 15))
    after = replace(
        EDITION,
        title="T",
        subtitle="S",
        programme="P",
        meeting=meeting,
        language="fr",
        editor="E",
    )
    assert [what.partition(" is now")[0] for _, what in told(after)] == [
        "The title",
        "The subtitle",
        "The programme",
        "The meeting",
        "The place",
        "The first day",
        "The last day",
        "The authentic language",
        "The editor",
    ]
    assert told(after)[4] == ("The agenda", "The place is now “Seville”; it was “Barcelona”.")


SAID = Position("org0000", "endorsed")


@pytest.mark.parametrize(
    ("before", "after", "sentences"),
    [
        ({"theme": "Water"}, {"theme": "Waste"}, ["The theme is now “Waste”; it was “Water”."]),
        ({"due": ""}, {"due": "2026"}, ["The date is now “2026”; it was “–”."]),
        (
            {"outcome": Outcome(passed=True, sentence="3 of 4")},
            {"outcome": Outcome(passed=False, sentence="1 of 4")},
            ["It is no longer adopted.", "The outcome is now “1 of 4”; it was “3 of 4”."],
        ),
        (
            {"outcome": Outcome(passed=False, sentence="3 of 4")},
            {"outcome": Outcome(passed=True, sentence="3 of 4")},
            ["It is now adopted."],
        ),
        (
            {"positions": (SAID,)},
            {"positions": (Position("org0000", "objection", "", "No."), Position("org0001", "no_objection"))},
            [
                (
                    "Positions that have changed: Port Amara (endorsed → objection), "
                    "Valle Lindahl (no record → no objection)."
                )
            ],
        ),
        (
            {"positions": (SAID, Position("gone", "recused"))},
            {"positions": (replace(SAID, statement="Gladly."),)},
            [
                "Positions that have changed: gone (recused → no record).",
                "The same positions with other words: Port Amara.",
            ],
        ),
        (
            {"amendments": FIRST.amendments[:1]},
            {"amendments": FIRST.amendments[1:]},
            ["Amendments that are new: 101.", "Amendments that are no longer printed: 100."],
        ),
        (
            {"amendments": FIRST.amendments},
            {"amendments": (FIRST.amendments[0], replace(FIRST.amendments[1], reason="Another."))},
            ["Amendments that have changed: 101."],
        ),
        (
            {"evidence": (Evidence(1, "Report", "Archive", "3"),)},
            {"evidence": (Evidence(1, "Report", "Archive", "4", "As it was said."),)},
            [
                "Evidence that is new: Report, Archive, p. 4, “As it was said.”.",
                "Evidence that is no longer printed: Report, Archive, p. 3.",
            ],
        ),
    ],
)
def test_what_is_different_in_a_recommendation_is_said_in_words(
    before: dict[str, object], after: dict[str, object], sentences: list[str]
) -> None:
    assert told(with_first(**after), with_first(**before)) == [(ABOUT, what) for what in sentences]


def test_a_position_on_the_same_words_that_lies_elsewhere_in_the_record_is_no_change() -> None:
    assert told(with_first(positions=(replace(SAID, entry=7),)), with_first(positions=(SAID,))) == []


def test_lessons_are_known_again_by_their_words() -> None:
    one, two = (Lesson(number, f"Lesson {number}.") for number in (1, 2))
    before = replace(EDITION, lessons=(one, two))
    underpinned = replace(two, number=1, evidence=(Evidence(1, "Report"),))
    after = replace(EDITION, lessons=(underpinned, Lesson(2, "Another.")))
    assert told(after, before) == [
        ("Lessons learnt", "Lesson 1 was number 2."),
        ("Lessons learnt", "Lesson 1: Evidence that is new: Report."),
        ("Lessons learnt", "Lesson 2 is new: “Another.”"),
        ("Lessons learnt", "Lesson 1 of the earlier edition is no longer printed: “Lesson 1.”"),
    ]


def test_participants_are_told_apart_by_their_ids() -> None:
    first, second, third = EDITION.organisations
    new = Organisation("new", "Nova Porta", "city")
    after = replace(
        EDITION, organisations=(replace(first, name="Port Amara (city)"), replace(second, region=""), new)
    )
    assert told(after) == [
        ("Participants", "Added: Nova Porta."),
        ("Participants", f"No longer listed: {third.name}."),
        (
            "Participants",
            "The particulars of a participant have changed: “Port Amara (city)” was listed as “Port Amara”.",
        ),
        ("Participants", f"The particulars of a participant have changed: {second.name}."),
    ]


def refusing(reason: str) -> Callable[[], str]:
    return lambda: check_reason(reason, "Say why.")


def test_a_reason_is_kept_in_its_one_form() -> None:
    assert check_reason("  A misprint. ", "Say why.") == "A misprint."
    for reason in ("", " ", "x " * 1_001):
        with pytest.raises(Invalid) as refused:
            refusing(reason)()
        assert [error.field for error in refused.value.errors] == ["reason"]
