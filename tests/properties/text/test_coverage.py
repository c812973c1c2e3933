"""What another wording realises of an amendment: bounded, whole for itself, never less for more."""

from dataclasses import replace

from hypothesis import assume, given

from service.domain.errors import OpenCollisions
from service.domain.text import Block, coverage, diff, merge
from tests.properties.text.strategies import amendments, documents, examples

Case = tuple[tuple[Block, ...], list[tuple[Block, ...]]]


@examples
@given(amendments(1))
def test_an_amendment_realises_all_of_itself_under_whatever_ids(case: Case) -> None:
    base, (one,) = case
    known = {block.id for block in base}
    renamed = tuple(block if block.id in known else replace(block, id=f"{block.id}'") for block in one)
    asked = diff(base, one)
    assert coverage(base, asked, asked).share == 1
    assert coverage(base, asked, asked).missing == ()
    found = coverage(base, asked, diff(base, renamed))
    assert (found.words.realised, found.share if found.words.asked else 1) == (found.words.asked, 1)


@examples
@given(amendments(1))
def test_nothing_realises_nothing(case: Case) -> None:
    base, (one,) = case
    found = coverage(base, diff(base, one), ())
    assert (found.words.realised, found.forms.realised) == (0, 0)
    assert found.share == (0 if one != base else 1)


@examples
@given(documents(min_size=1), documents(min_size=1), documents(min_size=1))
def test_a_share_lies_between_nothing_and_all_and_is_the_same_every_time(
    base: tuple[Block, ...], one: tuple[Block, ...], other: tuple[Block, ...]
) -> None:
    asked, made = diff(base, one), diff(base, other)
    found = coverage(base, asked, made)
    assert 0 <= found.share <= 1
    assert all(0 <= p.words.realised <= p.words.asked for p in found.parts)
    assert all(bool(p.missing) == (p.words.realised < p.words.asked) for p in found.parts)
    # Before a split or a join stand the words that change at it.
    assert [p.operation for p in found.parts if p.operation in asked] == list(asked)
    assert coverage(base, asked, made) == found


@examples
@given(amendments(3))
def test_more_that_is_made_apart_realises_no_less(case: Case) -> None:
    base, (asked, one, other) = case
    first, second = diff(base, one), diff(base, other)
    try:
        both = merge(base, {"A1": first, "A2": second})
    except OpenCollisions:
        assume(False)
    assume(set(first) | set(second) == set(diff(base, both.blocks)))
    wanted = diff(base, asked)
    union = coverage(base, wanted, diff(base, both.blocks)).words
    for alone in (first, second):
        assert coverage(base, wanted, alone).words.realised <= union.realised
