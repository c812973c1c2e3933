"""The demonstration's amendments apply, collide and merge as they were designed to."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

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
    Wave,
)
from service.demo.content.places import CITIES
from service.demo.content.wording import amended, merged, text_for
from service.domain.text import Block, BlockKind, Operation, collisions, diff, merge
from service.domain.text.check import normalise_blocks

MEETINGS = pytest.mark.parametrize("meeting", [BARCELONA, BRUSSELS], ids=lambda one: one.key)


NEEDS_REASON = {"inadmissible", "accepted_modified", "rejected", "withdrawn", "fallen"}


def asked(meeting: Meeting, key: str) -> Recommendation:
    return {one.key: one for one in meeting.recommendations}[key]


def duplicates(values: Iterator[object]) -> list[object]:
    return [value for value, count in Counter(values).items() if count > 1]


def base_of(meeting: Meeting, amendment: Amendment) -> tuple[BlockText, ...]:
    return text_for(meeting, asked(meeting, amendment.recommendation), amendment.wave)


def as_blocks(blocks: tuple[BlockText, ...]) -> tuple[Block, ...]:
    return tuple(Block(one.key, BlockKind(one.kind), one.text, one.level) for one in blocks)


def operations(meeting: Meeting, amendment: Amendment) -> tuple[Operation, ...]:
    """What the amendment does to its base: the adopted wording where there is one."""
    base = base_of(meeting, amendment)
    return diff(as_blocks(base), as_blocks(amended(base, amendment.adopted or amendment.edits)))


def clashes(meeting: Meeting, amendments: Iterable[Amendment]) -> set[tuple[str, str, str]]:
    """Pairs that touch the same words of one text, each with how."""
    together: dict[tuple[str, Wave], list[Amendment]] = defaultdict(list)
    for one in amendments:
        together[one.recommendation, one.wave].append(one)
    return {
        (found.first, found.second, found.kind.value)
        for group in together.values()
        for found in collisions(
            as_blocks(base_of(meeting, group[0])), {one.key: operations(meeting, one) for one in group}
        )
    }


@MEETINGS
def test_amendment_changes_the_text_it_was_written_on(meeting: Meeting) -> None:
    for one in meeting.amendments:
        base = base_of(meeting, one)
        for edits in filter(None, (one.edits, one.adopted)):
            after = amended(base, edits)
            assert after != base, one.key
            assert normalise_blocks(as_blocks(after)) == as_blocks(after), one.key
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
    # What falls with its compromise gets its reason from the house.
    covered = {key for one in meeting.amendments for key in one.covers if one.state == "accepted"}
    for one in meeting.amendments:
        assert bool(one.reason) == (one.state in NEEDS_REASON and one.key not in covered), one.key
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
    assert clashes(meeting, merged(meeting)) == set()


@MEETINGS
def test_accepted_amendments_merge_into_the_text_of_the_second_version(meeting: Meeting) -> None:
    for one in meeting.recommendations:
        taken = {
            each.key: operations(meeting, each) for each in merged(meeting) if each.recommendation == one.key
        }
        assert merge(as_blocks(one.blocks), taken).blocks == as_blocks(text_for(meeting, one, 2))


def test_open_amendments_of_barcelona_collide_and_coincide_as_planned() -> None:
    found = clashes(BARCELONA, (one for one in BARCELONA.amendments if one.wave == 2))
    different = {(first, second) for first, second, how in found if how not in {"identical", "adjacent"}}
    identical = {(first, second) for first, second, how in found if how == "identical"}
    assert different == {
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
        ("library-04", "library-06"),
        ("library-05", "library-06"),
        ("gateway-05", "gateway-07"),
        ("programmes-05", "programmes-07"),
        ("programmes-06", "programmes-07"),
        ("table-04", "table-05"),
    }
    assert identical == {
        ("instrument-07", "instrument-08"),
        ("instrument-07", "instrument-09"),
        ("instrument-08", "instrument-09"),
        ("programmes-04", "programmes-05"),
        ("programmes-04", "programmes-06"),
        ("programmes-05", "programmes-06"),
        ("table-03", "table-04"),
        ("budget-06", "budget-07"),
        ("residents-04", "residents-05"),
        ("law-05", "law-06"),
    }


def test_amendments_of_barcelona_replace_insert_delete_and_move() -> None:
    kinds = Counter(type(edit) for one in BARCELONA.amendments for edit in one.edits)
    assert set(kinds) == {Replace, InsertAfter, Delete, Move}
    assert min(kinds.values()) >= 2


@MEETINGS
def test_compromise_covers_amendments_to_the_same_words(meeting: Meeting) -> None:
    (compromise,) = (one for one in meeting.amendments if one.covers)
    covered = [one for one in meeting.amendments if one.key in compromise.covers]
    assert len(covered) == len(compromise.covers) == 2
    for one in covered:
        assert {how for _, _, how in clashes(meeting, (compromise, one))} == {"overlap"}
        assert (one.state == "fallen") == (compromise.state == "accepted")


def test_edit_of_words_that_occur_twice_is_refused() -> None:
    block = BlockText("why1", "paragraph", "One bus, one stop, one bus more.")
    with pytest.raises(ValueError, match="“bus” does not occur exactly once in why1"):
        amended((block,), (Replace("why1", "bus", "tram"),))


def test_edit_of_a_block_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="there is no block why9"):
        amended((), (Delete("why9"),))
