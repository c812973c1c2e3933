"""The demonstration's amendments apply, collide and merge as they were designed to."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import combinations

import pytest

from service.demo.content.barcelona import BARCELONA
from service.demo.content.brussels import BRUSSELS
from service.demo.content.model import (
    Amendment,
    BlockText,
    Delete,
    InsertAfter,
    Meeting,
    Move,
    Recommendation,
    Replace,
)
from service.demo.content.places import CITIES
from service.demo.content.wording import amended, merged, text_for

MEETINGS = pytest.mark.parametrize("meeting", [BARCELONA, BRUSSELS], ids=lambda one: one.key)


NEEDS_REASON = {"inadmissible", "accepted_modified", "rejected", "withdrawn", "fallen"}


def asked(meeting: Meeting, key: str) -> Recommendation:
    return {one.key: one for one in meeting.recommendations}[key]


def duplicates(values: Iterator[object]) -> list[object]:
    return [value for value, count in Counter(values).items() if count > 1]


def base_of(meeting: Meeting, amendment: Amendment) -> tuple[BlockText, ...]:
    return text_for(meeting, asked(meeting, amendment.recommendation), amendment.wave)


# Words deleted and gaps inserted into, as (block, start, end) in tokens of the base.
Span = tuple[str, int, int]


def touched(base: tuple[BlockText, ...], after: tuple[BlockText, ...]) -> set[Span]:
    spans: set[Span] = set()
    texts = {block.key: block.text for block in after}
    for block in base:
        old = re.findall(r"\w+|\s|[^\w\s]", block.text)
        new = re.findall(r"\w+|\s|[^\w\s]", texts[block.key]) if block.key in texts else []
        for tag, start, end, _, _ in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if tag != "equal":
                spans.add((block.key, start, end))
    return spans


def collide(first: set[Span], second: set[Span]) -> bool:
    def meet(one: Span, other: Span) -> bool:
        (block, start, end), (other_block, other_start, other_end) = one, other
        if block != other_block:
            return False
        if start == end or other_start == other_end:
            low, high, at = (other_start, other_end, start) if start == end else (start, end, other_start)
            return low < at < high or (low == high == at)
        return max(start, other_start) < min(end, other_end)

    return any(meet(one, other) for one in first for other in second)


@MEETINGS
def test_amendment_changes_the_text_it_was_written_on(meeting: Meeting) -> None:
    for one in meeting.amendments:
        base = base_of(meeting, one)
        for edits in filter(None, (one.edits, one.adopted)):
            after = amended(base, edits)
            assert after != base, one.key
            for block in after:
                assert re.search(r"  |[\"']|^\s|\s$|\.\.|\s[,.;:]|,,", block.text) is None, (
                    one.key,
                    block.text,
                )
            assert duplicates(block.key for block in after) == [], one.key


@MEETINGS
def test_amendment_comes_from_cities_that_exist_each_named_once(meeting: Meeting) -> None:
    for one in meeting.amendments:
        cities = (one.city, *one.cosignatories)
        assert len(set(cities)) == len(cities), one.key
        assert all(1 <= city <= 114 for city in cities), one.key
        assert one.language in {"en", CITIES[one.city - 1].language}, one.key


@MEETINGS
def test_amendment_is_justified_in_at_least_two_sentences(meeting: Meeting) -> None:
    for one in meeting.amendments:
        assert len(re.findall(r"[.!?»”]+(?=\s|$)", one.justification)) >= 2, one.key


@MEETINGS
def test_decision_carries_a_reason_exactly_where_one_is_due(meeting: Meeting) -> None:
    for one in meeting.amendments:
        assert bool(one.reason) == (one.state in NEEDS_REASON), one.key
        assert bool(one.adopted) == (one.state == "accepted_modified"), one.key
        assert one.opinion is not None or one.state not in {
            "accepted",
            "accepted_modified",
            "rejected",
        }, one.key


def test_second_reading_of_barcelona_is_open_and_the_first_decided() -> None:
    states = defaultdict(set)
    for one in BARCELONA.amendments:
        states[one.wave].add(one.state)
    assert states == {
        1: {"accepted", "accepted_modified", "rejected", "withdrawn", "inadmissible"},
        2: {"tabled", "admissible", "under_examination", "withdrawn", "inadmissible"},
    }


def test_first_reading_of_barcelona_made_second_versions_of_some_recommendations() -> None:
    taken = merged(BARCELONA)
    changed = {one.recommendation for one in taken}
    assert 14 <= len(taken) <= 18
    assert len(changed) < len(BARCELONA.recommendations)
    for one in BARCELONA.recommendations:
        assert (text_for(BARCELONA, one, 2) != one.blocks) == (one.key in changed)


def test_every_amendment_of_brussels_is_decided() -> None:
    assert {(one.wave, one.state) for one in BRUSSELS.amendments} == {
        (1, state)
        for state in (
            "accepted",
            "accepted_modified",
            "rejected",
            "withdrawn",
            "fallen",
            "inadmissible",
        )
    }


@MEETINGS
def test_accepted_amendments_do_not_touch_the_same_words(meeting: Meeting) -> None:
    for one, other in combinations(merged(meeting), 2):
        if one.recommendation == other.recommendation:
            base = base_of(meeting, one)
            first = touched(base, amended(base, one.adopted or one.edits))
            second = touched(base, amended(base, other.adopted or other.edits))
            assert not collide(first, second), (one.key, other.key)


@MEETINGS
def test_merged_text_does_not_depend_on_the_order_of_the_amendments(meeting: Meeting) -> None:
    for one in meeting.recommendations:
        backwards = one.blocks
        for amendment in reversed(merged(meeting)):
            if amendment.recommendation == one.key:
                backwards = amended(backwards, amendment.adopted or amendment.edits)
        assert backwards == text_for(meeting, one, 2)


def test_open_amendments_of_barcelona_collide_and_coincide_as_planned() -> None:
    opened = [one for one in BARCELONA.amendments if one.wave == 2]
    spans = {}
    for one in opened:
        base = base_of(BARCELONA, one)
        spans[one.key] = touched(base, amended(base, one.edits))
    colliding = {
        (one.key, other.key)
        for one, other in combinations(opened, 2)
        if one.recommendation == other.recommendation
        and one.edits != other.edits
        and collide(spans[one.key], spans[other.key])
    }
    identical = Counter((one.recommendation, one.edits) for one in opened)
    assert colliding >= {
        ("instrument-05", "instrument-06"),
        ("library-04", "library-05"),
        ("gateway-03", "gateway-04"),
        ("programmes-04", "programmes-07"),
        ("programmes-08", "programmes-09"),
        ("table-03", "table-05"),
        ("contracts-03", "contracts-04"),
        ("budget-04", "budget-05"),
        ("council-03", "council-04"),
        ("banks-03", "banks-04"),
        ("associations-02", "associations-03"),
        ("law-03", "law-04"),
    }
    assert sorted(count for count in identical.values() if count > 1) == [2, 2, 2, 2, 3, 3]


def test_amendments_of_barcelona_replace_insert_delete_and_move() -> None:
    kinds = Counter(type(edit) for one in BARCELONA.amendments for edit in one.edits)
    assert set(kinds) == {Replace, InsertAfter, Delete, Move}
    assert min(kinds.values()) >= 2


@MEETINGS
def test_compromise_covers_amendments_to_the_same_words(meeting: Meeting) -> None:
    by_key = {one.key: one for one in meeting.amendments}
    compromises = [one for one in meeting.amendments if one.covers]
    assert len(compromises) == 1
    for one in compromises:
        base = base_of(meeting, one)
        for covered in (by_key[key] for key in one.covers):
            assert covered.recommendation == one.recommendation
            first, second = (touched(base, amended(base, each.edits)) for each in (one, covered))
            assert collide(first, second)
            assert (covered.state == "fallen") == (one.state == "accepted")


def test_edit_of_words_that_occur_twice_is_refused() -> None:
    block = BlockText("why1", "paragraph", "One bus, one stop, one bus more.")
    with pytest.raises(ValueError, match="“bus” does not occur exactly once in why1"):
        amended((block,), (Replace("why1", "bus", "tram"),))


def test_edit_of_a_block_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="there is no block why9"):
        amended((), (Delete("why9"),))
