from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from service.domain.changes import NO_DIFFERENCE, changes_between
from service.domain.corrigenda import Change, check_reason
from service.domain.dates import day
from service.domain.errors import Invalid
from service.domain.publication import (
    Correction,
    Evidence,
    Lesson,
    Meeting,
    Organisation,
    Outcome,
    Position,
    Recommendation,
    Snapshot,
    Step,
    Version,
)
from service.domain.text import Block
from tests.adapters.editions import an_edition

EDITION = an_edition(asks=2, organisations=3, amendments=2, lessons=2)
FIRST, SECOND = EDITION.recommendations
ABOUT = "Recommendation 1"
Field = tuple[type, str]
"""Of what it is a field, and its name."""


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


def otherwise(value: object) -> Iterator[tuple[tuple[Field, ...], object]]:
    """Yield a value with each part of it changed in turn, however deep it lies, and the fields that lead there."""
    if isinstance(value, Block):
        yield (), replace(value, text=f"{value.text} Otherwise.")
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            for path, other in otherwise(getattr(value, field.name)):
                yield ((type(value), field.name), *path), replace(value, **{field.name: other})
    elif isinstance(value, tuple) and value:
        yield (), value[:-1]
        for path, other in otherwise(value[0]):
            yield path, (other, *value[1:])
    else:
        yield (), another(value)


def another(value: object) -> object:
    """Return another value in the place of one that has no parts."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, date):
        return value + timedelta(days=1)
    return f"{value} otherwise" if isinstance(value, str) else ("something",)


def corrected(edition: Snapshot) -> Snapshot:
    """Return an edition with a correction wherever there can be one: in a lesson, and in what underpins anything."""
    because = Correction(date(2024, 3, 20), "Why.", ("Other", "", "", "", ""))

    def righted(pieces: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
        return tuple(replace(one, corrections=(because,)) for one in pieces)

    return replace(
        edition,
        lessons=tuple(
            replace(one, corrections=(because,), evidence=righted(one.evidence)) for one in edition.lessons
        ),
        recommendations=tuple(
            replace(one, evidence=righted(one.evidence)) for one in edition.recommendations
        ),
    )


def test_whatever_else_is_printed_is_told_however_deep_it_lies() -> None:
    edition = corrected(an_edition(asks=1, organisations=2, amendments=1, lessons=1))
    silent: set[Field] = set()
    told: set[Field] = set()
    for path, other in otherwise(edition):
        assert isinstance(other, Snapshot)
        if any(name in NO_DIFFERENCE.get(kind, ()) for kind, name in path):
            assert changes_between(edition, other) == ()
        else:
            (told if changes_between(edition, other) else silent).update(path)
    assert silent == set()
    printed = {field.name for field in fields(Snapshot)} - NO_DIFFERENCE[Snapshot]
    assert {name for kind, name in told if kind is Snapshot} == printed


def test_what_makes_no_difference_is_known_by_its_name() -> None:
    for kind, names in NO_DIFFERENCE.items():
        assert is_dataclass(kind)
        assert names <= {field.name for field in fields(kind)}


def test_what_has_no_words_of_its_own_is_told_by_its_name() -> None:
    after = with_first(version=replace(FIRST.version, number=9), provenance=())
    assert told(after) == [
        (ABOUT, "Where its words come from is told differently."),
        (ABOUT, "What is printed as “version” has changed."),
    ]
    assert told(replace(EDITION, organisations=EDITION.organisations[::-1])) == [
        ("The agenda", "What is printed as “organisations” has changed.")
    ]


def test_how_the_edition_came_about_is_compared() -> None:
    step = Step(datetime(2024, 3, 2, tzinfo=UTC), "The publication phase opened.")
    after = replace(
        EDITION,
        status="adopted by all",
        imprint=(),
        demo=False,
        participants=replace(EDITION.participants, comments=213),
        steps=(*EDITION.steps[1:], step),
    )
    assert told(after) == [
        ("The agenda", f"The status is now “adopted by all”; it was “{EDITION.status}”."),
        ("The agenda", f"The imprint is now “–”; it was “{EDITION.imprint[0]}”."),
        ("The agenda", "The note on a demonstration is now “–”; it was “shown”."),
        ("How it came about", f"Steps that are new: {day(date(2024, 3, 2))}, The publication phase opened."),
        (
            "How it came about",
            f"Steps that are no longer printed: {day(date(2024, 1, 15))}, The commenting phase opened.",
        ),
        ("Participants", "The number of comments is now “213”; it was “212”."),
    ]


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
            {"evidence": (Evidence(1, "Report"),)},
            {"evidence": (Evidence(1, "Report", blocks=("r1b3",)),)},
            ["Evidence that is now named for other paragraphs: Report."],
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


def test_an_amendment_is_no_other_because_its_reason_now_tells_its_language() -> None:
    first, second = FIRST.amendments
    after = (replace(first, reason_language="en"), replace(second, reason="Another."))
    assert told(with_first(amendments=after)) == [(ABOUT, "Amendments that have changed: 101.")]


COUNTS = "Not adopted. 4 endorse it; 2 object. 5 had to endorse it."


def decided(objections: str, **changes: object) -> Snapshot:
    sentence = f"{COUNTS} {objections} Positions still to be confirmed on the changed text: 1."
    outcome: Outcome = replace(Outcome(passed=False, sentence=sentence), **changes)  # type: ignore[arg-type]  # fields of it
    return with_first(outcome=outcome)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("2 objections stop it.", "2 objections were enough to stop it."),
        ("1,000 objections stop it.", "1,000 objections would have stopped it."),
        ("1 objection stops it.", "1 objection was enough to stop it."),
        ("1 objection stops it.", "1 objection would have stopped it."),
    ],
)
def test_an_outcome_is_no_other_because_its_objections_are_said_otherwise(before: str, after: str) -> None:
    assert told(decided(after), decided(before)) == []


def test_an_outcome_with_other_numbers_is_told_however_its_objections_are_said() -> None:
    before, after = decided("2 objections stop it."), decided("3 objections would have stopped it.")
    now, was = (one.recommendations[0].outcome.sentence for one in (after, before))
    assert told(after, before) == [(ABOUT, f"The outcome is now “{now}”; it was “{was}”.")]
    objecting = decided("2 objections were enough to stop it.")
    more = replace(objecting.recommendations[0].outcome, sentence=was.replace("2 object.", "3 object."))
    assert len(told(with_first(outcome=more), objecting)) == 1
    undecided = decided("2 objections would have stopped it.", decided=False)
    assert told(undecided, before) == [(ABOUT, "What is printed as “outcome” has changed.")]


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
    assert check_reason("A misprint. \n\n It was  3.", "Say why.") == "A misprint.\nIt was 3."
    for reason in ("", " ", "x " * 1_001):
        with pytest.raises(Invalid) as refused:
            refusing(reason)()
        assert [error.field for error in refused.value.errors] == ["reason"]


def a_correction(was: tuple[str, ...], reason: str = "A misprint.") -> Correction:
    return Correction(date(2024, 3, 20), reason, was)


def with_lesson(**changes: object) -> Snapshot:
    lesson: Lesson = replace(EDITION.lessons[0], **changes)  # type: ignore[arg-type]  # each case names the fields of its own
    return replace(EDITION, lessons=(lesson, *EDITION.lessons[1:]))


def test_a_corrected_lesson_is_told_with_what_it_said_and_why() -> None:
    said = EDITION.lessons[0].text
    once = with_lesson(text="Better.", corrections=(a_correction((said,)),))
    assert told(once) == [
        ("Lessons learnt", f"Lesson 1 was corrected. It says: “Better.” It said: “{said}” Why: A misprint.")
    ]
    twice = with_lesson(
        text="Best.", corrections=(*once.lessons[0].corrections, a_correction(("Better.",), "Still wrong."))
    )
    assert told(twice) == [
        (
            "Lessons learnt",
            f"Lesson 1 was corrected. It says: “Best.” It said: “{said}” Why: A misprint. Still wrong.",
        )
    ]
    assert told(twice, once) == [
        ("Lessons learnt", "Lesson 1 was corrected. It says: “Best.” It said: “Better.” Why: Still wrong.")
    ]
    same = with_lesson(language="fr", corrections=(a_correction((said,)),))
    assert told(same) == [("Lessons learnt", "Lesson 1 was corrected. Why: A misprint.")]
    erased = with_lesson(language="fr", corrections=(a_correction((said,), ""),))
    assert told(erased) == [("Lessons learnt", "Lesson 1 was corrected.")]
    foreign = with_lesson(text="Others.", corrections=(a_correction(("What nobody printed.",)),))
    assert next(what for _, what in told(foreign)) == "Lesson 1 is new: “Others.”"


def test_corrected_evidence_is_told_with_what_it_was_and_why() -> None:
    piece = FIRST.evidence[0]
    right = replace(piece, page="99", corrections=(a_correction(piece.words),))
    cited = told(with_first(evidence=(right, *FIRST.evidence[1:])))
    assert len(cited) == 1
    assert cited[0][1].startswith("Evidence that was corrected: ")
    assert cited[0][1].endswith(" Why: A misprint.")
    assert "p. 99" in cited[0][1].partition(" It was: ")[0]
    same = replace(piece, corrections=(a_correction(piece.words),))
    (only,) = told(with_first(evidence=(same, *FIRST.evidence[1:])))
    assert " It was: " not in only[1]
