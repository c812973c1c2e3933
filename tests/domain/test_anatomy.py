"""The parts of an edition: in which order they stand, which letters annexes bear, and what is derived for them."""

from dataclasses import replace
from itertools import accumulate

import pytest

from service.domain.anatomy import (
    Part,
    Settled,
    by_addressee,
    claims,
    passages,
    places,
    refused,
    settled,
    shares,
    unnamed,
)
from service.domain.publication import Provenance, Run, Standing
from tests.adapters.editions import a_corrected_edition, an_edition

FULL = a_corrected_edition(asks=2, organisations=3, amendments=3, lessons=1)
ASK = FULL.recommendations[0]


def test_parts_stand_in_one_order_and_annexes_are_lettered_in_a_row() -> None:
    assert [(one.anchor, one.letter) for one in places(FULL)] == [
        ("summary", ""),
        ("mandate", ""),
        ("recommendation-1", ""),
        ("recommendation-2", ""),
        ("addressees", ""),
        ("lessons", ""),
        ("positions", "A"),
        ("figures", "B"),
        ("amendments", "C"),
        ("participants", "D"),
        ("history", "E"),
        ("origins", "F"),
        ("basis", "G"),
        ("changes", "H"),
        ("record", "I"),
        ("signatures", ""),
    ]


def test_annexes_for_which_there_is_nothing_are_left_out_and_the_others_close_ranks() -> None:
    asks = tuple(replace(ask, provenance=(), evidence=()) for ask in FULL.recommendations)
    bare = replace(FULL, recommendations=asks, corrigendum=None)
    assert [(one.part, one.letter) for one in places(bare)][-3:] == [
        (Part.HISTORY, "E"),
        (Part.RECORD, "F"),
        (Part.SIGNATURES, ""),
    ]
    assert Part.ADDRESSEES not in {one.part for one in places(replace(bare, recommendations=()))}


def test_addressees_stand_in_the_order_in_which_they_are_first_named() -> None:
    asks = an_edition(asks=5, organisations=1, amendments=0, lessons=0)
    assert [(addressee, [one.number for one in group]) for addressee, group in by_addressee(asks)] == [
        ("EU Delegations", [1, 5]),
        ("Cities", [2]),
        ("Other actors", [3]),
        ("EU headquarters", [4]),
    ]


def test_nobody_is_asked_to_do_what_was_not_adopted() -> None:
    first, second, third = an_edition(organisations=1, amendments=0, lessons=0).recommendations
    failed = replace(second, outcome=replace(second.outcome, passed=False))
    still_open = replace(third, outcome=replace(third.outcome, passed=False, decided=False))
    edition = replace(FULL, recommendations=(first, failed, still_open))
    assert [one.outcome.standing for one in edition.recommendations] == [
        Standing.ADOPTED,
        Standing.NOT_ADOPTED,
        Standing.UNDECIDED,
    ]
    assert [[one.number for one in group] for _, group in by_addressee(edition)] == [[1], [3]]
    assert refused(edition) == (failed,)


def test_claims_stand_in_the_order_of_the_text_behind_what_underpins_the_whole() -> None:
    first, second, third = ASK.evidence
    assert claims(ASK) == (
        ("", (second, third)),
        (ASK.blocks[2].text, (first,)),
        (ASK.blocks[3].text, (first,)),
    )
    assert claims(replace(ASK, evidence=())) == ()


def test_paragraphs_without_evidence_are_told_only_where_others_have_some() -> None:
    assert unnamed(ASK) == (2, 5, 7)
    assert unnamed(replace(ASK, evidence=ASK.evidence[1:])) == ()


def test_a_paragraph_that_more_than_one_hand_has_written_is_told_whole() -> None:
    second = FULL.recommendations[1]
    text, runs = second.blocks[1].text, second.provenance[0].runs
    cut = runs[0].end
    assert list(passages(second)) == [((text[:cut], "version 1"), (text[cut:], "amendment 204"))]


@pytest.mark.parametrize(
    ("runs", "told"),
    [
        ([("One", "a"), (" ", "b"), ("two", "a")], []),
        ([("One", "a"), (" ", "b"), ("two.", "c")], [("One ", "a"), ("two.", "c")]),
        ([("One", "a"), (", or “two", "b"), ("”.", "c")], [("One, ", "a"), ("or “two”.", "b")]),
        ([("“", "a"), ("One", "b"), (" two", "c")], [("“One", "b"), (" two", "c")]),
        ([("One", "a"), (" two", "a"), (" three", "b")], [("One two", "a"), (" three", "b")]),
        ([(". ", "a"), ("One", "a"), (" two", "b")], [(". One", "a"), (" two", "b")]),
    ],
)
def test_blanks_and_signs_belong_to_the_words_beside_them(
    runs: list[tuple[str, str]], told: list[tuple[str, str]]
) -> None:
    block = replace(ASK.blocks[1], text="".join(text for text, _ in runs))
    ends = list(accumulate(len(text) for text, _ in runs))
    marked = tuple(Run(end - len(text), end, origin) for end, (text, origin) in zip(ends, runs, strict=True))
    ask = replace(ASK, blocks=(block,), provenance=(Provenance(block.id, marked),))
    assert list(passages(ask)) == ([tuple(told)] if told else [])


def test_shares_add_up_the_letters_and_no_share_is_told_as_nothing() -> None:
    runs = (Run(0, 997, "version 1"), Run(997, 1000, "amendment 4"))
    assert shares(replace(ASK, provenance=(Provenance("b2", runs),))) == [
        ("version 1", 100),
        ("amendment 4", 1),
    ]
    assert shares(replace(ASK, provenance=())) == []


def test_the_text_settled_from_version_to_version() -> None:
    one = ASK.amendments[0]
    states = [(2, "accepted"), (2, "rejected"), (2, "tabled"), (4, "accepted_modified")]
    tabled = tuple(replace(one, base_version=base, state=state) for base, state in states)
    found = settled(replace(FULL, recommendations=(replace(ASK, amendments=tabled),)))
    assert found == (Settled(2, 1, 1, 1), Settled(3, 0, 0, 0), Settled(4, 1, 0, 0))
    assert [version.stood for version in found] == [3, 0, 1]
    assert settled(replace(FULL, recommendations=())) == ()
