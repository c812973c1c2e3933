"""The demonstration's content holds together: every reference resolves and the prose is clean."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time

import pytest

from service.demo.content.barcelona import BARCELONA
from service.demo.content.brussels import BRUSSELS
from service.demo.content.brussels.positions import LEADS
from service.demo.content.model import (
    INVENTED,
    FixedStep,
    Meeting,
    PositionPlan,
    Recommendation,
    RelativeStep,
    Wave,
)
from service.demo.content.people import ORGANISATIONS, PEOPLE
from service.demo.content.places import CITIES, PARTNERSHIPS
from service.demo.content.wording import text_for
from service.domain.adoption import outcome
from service.domain.positions import Reservation, Stance, check

MEETINGS = pytest.mark.parametrize("meeting", [BARCELONA, BRUSSELS], ids=lambda one: one.key)


WAVES: tuple[Wave, ...] = (1, 2)


ACCOUNTS = {person.local: person for person in PEOPLE}


def asked(meeting: Meeting, key: str) -> Recommendation:
    return {one.key: one for one in meeting.recommendations}[key]


def duplicates(values: Iterator[object]) -> list[object]:
    return [value for value, count in Counter(values).items() if count > 1]


def strings(value: object, path: str) -> Iterator[tuple[str, str]]:
    """Every text in the content, with the names of the fields that lead to it."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, tuple):
        for item in value:
            yield from strings(item, path)
    elif is_dataclass(value):
        for field in fields(value):
            yield from strings(getattr(value, field.name), f"{path}.{type(value).__name__}.{field.name}")


def test_meetings_have_the_size_that_the_demonstration_promises() -> None:
    assert (len(BARCELONA.recommendations), len(BRUSSELS.recommendations)) == (12, 6)
    assert len(BARCELONA.amendments) >= 60
    assert len(BRUSSELS.amendments) >= 14
    assert len(BARCELONA.threads) >= 40
    assert (len(BARCELONA.lessons), len(BRUSSELS.lessons)) == (14, 6)
    assert sum(one.state == "shortlisted" for one in BARCELONA.lessons) == 8
    assert len(BARCELONA.evidence) >= 24
    assert len(BRUSSELS.evidence) == 8


@MEETINGS
def test_recommendation_has_a_heading_an_ask_reasons_and_a_measure(meeting: Meeting) -> None:
    assert [one.number for one in meeting.recommendations] == list(range(1, len(meeting.recommendations) + 1))
    for one in meeting.recommendations:
        kinds = {block.key: block.kind for block in one.blocks}
        assert len(kinds) == len(one.blocks), one.key
        assert (one.blocks[0].key, kinds["title"], one.blocks[1].key) == ("title", "heading", "ask")
        assert re.search(r"\bshould\b|\bcall on\b", one.blocks[1].text), one.key
        assert len(re.findall(r"[.!?]", one.blocks[1].text)) == 1, one.key
        assert 2 <= sum(key.startswith("why") for key in kinds) <= 4, one.key
        assert one.blocks[-1].key == "success"
        assert one.blocks[-1].text.startswith("Success can be seen when"), one.key
        assert re.search(r"20\d\d", one.deadline), one.key


@MEETINGS
def test_recommendations_address_all_four_kinds_of_addressee(meeting: Meeting) -> None:
    addressees = {addressee for one in meeting.recommendations for addressee in one.addressees}
    assert addressees == {"eu_headquarters", "eu_delegations", "cities", "other_actors"}


@MEETINGS
def test_marks_stand_on_words_that_occur_once(meeting: Meeting) -> None:
    for one in meeting.recommendations:
        for block in one.blocks:
            assert [block.text.count(mark.phrase) for mark in block.marks] == [1] * len(block.marks)


@MEETINGS
def test_keys_are_unique_within_a_meeting(meeting: Meeting) -> None:
    assert duplicates(one.key for one in meeting.recommendations) == []
    assert duplicates(one.key for one in meeting.amendments) == []
    assert duplicates(one.key for one in meeting.threads) == []
    assert duplicates(one.key for one in meeting.evidence) == []
    assert duplicates(one.key for one in meeting.lessons) == []
    assert duplicates(one.title for one in meeting.recommendations) == []
    assert duplicates(one.title for one in meeting.evidence) == []


@MEETINGS
def test_thread_quotes_words_that_occur_once_in_its_block(meeting: Meeting) -> None:
    for one in meeting.threads:
        blocks = {
            block.key: block.text for block in text_for(meeting, asked(meeting, one.recommendation), one.wave)
        }
        assert one.block is None or one.block in blocks, one.key
        assert one.quote is None or (one.block is not None and blocks[one.block].count(one.quote) == 1), (
            one.key
        )


@MEETINGS
def test_thread_is_led_by_people_who_may_comment_and_closed_with_words(meeting: Meeting) -> None:
    for one in meeting.threads:
        authors = {one.author, *(reply.author for reply in one.replies)}
        assert {ACCOUNTS[author].role for author in authors} <= {
            "representative",
            "stakeholder",
            "rapporteur",
            "facility",
        }, one.key
        assert one.language in {"en", ACCOUNTS[one.author].language}, one.key
        assert (one.state != "open") == bool(one.closing) == (one.closed_by is not None), one.key
        assert one.closed_by is None or one.closed_by in ACCOUNTS, one.key


def test_threads_of_barcelona_show_every_kind_and_state() -> None:
    assert {one.kind for one in BARCELONA.threads} == {"general", "technical", "editorial"}
    assert {one.state for one in BARCELONA.threads} == {"open", "answered", "resolved", "declined"}
    assert any(one.block is None for one in BARCELONA.threads)
    assert any(one.replies for one in BARCELONA.threads)


@MEETINGS
def test_evidence_underpins_blocks_that_stand_in_the_first_version(meeting: Meeting) -> None:
    for one in meeting.evidence:
        assert one.supports, one.key
        assert one.partnership is None or 1 <= one.partnership <= 57
        for support in one.supports:
            keys = [block.key for block in asked(meeting, support.recommendation).blocks]
            assert keys.count(support.block) == 1, one.key
    assert {one.key for one in meeting.recommendations} == {
        support.recommendation for one in meeting.evidence for support in one.supports
    }


@MEETINGS
def test_evidence_is_labelled_as_invented_unless_it_is_the_concept_note(meeting: Meeting) -> None:
    for one in meeting.evidence:
        assert one.invented == (one.source == INVENTED) == (not one.key.startswith("concept-")), one.key
        named = [each.name.split(" \N{EN DASH} ") for each in PARTNERSHIPS if each.number == one.partnership]
        if one.kind == "result":
            assert one.title.startswith(" and ".join(named[0]) + ":"), one.key


@MEETINGS
def test_lesson_has_evidence_and_the_shared_list_at_most_ten_places(meeting: Meeting) -> None:
    known = {one.key for one in meeting.evidence}
    ranks = [one.rank for one in meeting.lessons if one.state == "shortlisted"]
    assert ranks == list(range(1, len(ranks) + 1))
    assert len(ranks) <= 10
    for one in meeting.lessons:
        assert one.evidence, one.key
        assert set(one.evidence) <= known, one.key
        assert 1 <= one.city <= 114
        assert (one.rank is None) == (one.state == "proposed"), one.key


def passes(plan: PositionPlan) -> bool:
    stances = [Stance.ENDORSED] * len(plan.endorsed) + [Stance(one.stance) for one in plan.others]
    return outcome(BRUSSELS.rule, len(CITIES), stances).passed


def test_positions_of_brussels_lead_to_the_outcome_they_declare() -> None:
    assert [plan.recommendation for plan in BRUSSELS.positions] == [
        one.key for one in BRUSSELS.recommendations
    ]
    outcomes = [plan.outcome for plan in BRUSSELS.positions]
    assert outcomes == ["adopted" if passes(plan) else "not_adopted" for plan in BRUSSELS.positions]
    assert Counter(outcomes) == {"adopted": 5, "not_adopted": 1}


def test_positions_of_brussels_are_one_per_lead_city_with_their_words() -> None:
    for plan in BRUSSELS.positions:
        cities = (*plan.endorsed, *(one.city for one in plan.others))
        assert duplicates(iter(cities)) == []
        assert set(cities) <= set(LEADS)
        assert len(cities) >= 36
        for one in plan.others:
            kind = None if one.reservation is None else Reservation(one.reservation)
            check(Stance(one.stance), kind, one.statement, one.resolved_by)
            assert bool(one.statement) or one.stance in {"no_objection", "abstained"}, one
            assert one.language in {"en", CITIES[one.city - 1].language}, one
    said = {(one.stance, one.reservation) for plan in BRUSSELS.positions for one in plan.others}
    assert said == {
        ("endorsed_with_reservation", "scrutiny"),
        ("endorsed_with_reservation", "linguistic"),
        ("endorsed_with_reservation", "substantive"),
        ("no_objection", None),
        ("objection", None),
        ("abstained", None),
        ("recused", None),
    }


def test_barcelona_is_amending_until_the_thirtieth_day_at_six_in_brussels() -> None:
    steps = [step for step in BARCELONA.timetable if isinstance(step, RelativeStep)]
    days = [step.closes_in_days for step in steps]
    current = steps[BARCELONA.current_phase]
    assert current == RelativeStep("amending", 30, time(18, 0), "Europe/Brussels")
    assert days == sorted(set(days))
    assert days[BARCELONA.current_phase - 1] < 0
    assert [steps[place].phase for place in BARCELONA.wave_phases.values()] == ["amending", "amending"]


def test_brussels_kept_its_deadlines_around_the_meeting_of_march_2023() -> None:
    steps = [step for step in BRUSSELS.timetable if isinstance(step, FixedStep)]
    closes = [step.closes.astimezone(UTC) for step in steps]
    assert closes == sorted(set(closes))
    assert steps[BRUSSELS.current_phase].phase == "follow_up"
    ended = {step.phase: step.closes for step in steps}
    assert ended["endorsement"] == datetime(2023, 3, 8, 17, tzinfo=UTC)
    assert ended["publication"].date() == date(2023, 3, 9)


def test_prose_is_set_with_typographic_quotes_and_single_spaces() -> None:
    for path, text in strings((BARCELONA, BRUSSELS, ORGANISATIONS, PEOPLE, PARTNERSHIPS), ""):
        assert re.search(r"  |[\"']|\.\.", text) is None, (path, text)
        # Words to be replaced may begin or end with the space that goes with them.
        assert ".Replace." in path or re.search(r"^\s|\s$|\s[,.;]", text) is None, (path, text)
        assert unicodedata.is_normalized("NFC", text), (path, text)


def test_prose_ends_its_sentences() -> None:
    sentences = re.compile(
        r"\.(justification|reason|closing|resolved_by|detail|description)$|(Reply|Thread)\.text$|Position\.statement$"
    )
    for path, text in strings((BARCELONA, BRUSSELS), ""):
        if sentences.search(path) and text:
            assert re.search(r"[.?!؟][”»]?$", text), (path, text)


@MEETINGS
def test_blocks_end_as_their_kind_asks(meeting: Meeting) -> None:
    endings = {"heading": r"\w$", "paragraph": r"[.:]$", "list_item": r"[.;]$", "quotation": r"\.\)$"}
    for one in meeting.recommendations:
        for wave in WAVES:
            for block in text_for(meeting, one, wave):
                assert re.search(endings[block.kind], block.text), (one.key, block.text)
