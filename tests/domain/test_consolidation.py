from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

import pytest

from service.domain.amendments import AmendmentState
from service.domain.consolidation import (
    Ask,
    Contribution,
    Plan,
    Result,
    is_candidate,
    pairs,
    plan,
    served,
    work_in,
)
from service.domain.text import Block, BlockKind, Resolution, Tally, diff
from service.domain.views.people import OrganisationRef

S = AmendmentState
TITLE = Block("t", BlockKind.HEADING, "Title", level=1)
BASE = (TITLE, Block("a", BlockKind.PARAGRAPH, "one two three"), Block("b", BlockKind.PARAGRAPH, "four five"))


def reading(a: str = "one two three", b: str = "four five") -> tuple[Block, ...]:
    return (TITLE, replace(BASE[1], text=a), replace(BASE[2], text=b))


def planned(
    *wordings: tuple[Block, ...],
    base: tuple[Block, ...] = BASE,
    covers: Mapping[str, Collection[str]] | None = None,
) -> Plan:
    chosen = [Contribution(f"A{n}", n, BASE, wording) for n, wording in enumerate(wordings, 1)]
    return plan(base, {}, chosen, covers or {})


@dataclass(frozen=True)
class Known:
    state: AmendmentState
    number: int | None = 1
    incorporated_in: object = None


@pytest.mark.parametrize("state", AmendmentState)
def test_whatever_is_still_there_can_be_tried(state: AmendmentState) -> None:
    gone = {S.DRAFT, S.WITHDRAWN, S.INADMISSIBLE, S.SUPERSEDED}
    assert is_candidate(Known(state)) == (state not in gone)
    assert not is_candidate(Known(state, number=None))
    assert not is_candidate(Known(state, incorporated_in="v2"))


def test_what_is_in_is_worked_in() -> None:
    result = work_in(planned(reading(a="ONE two three"), reading(b="four FIVE")), ())
    assert result.merged is not None
    assert result.merged.blocks == reading("ONE two three", "four FIVE")
    assert (result.unresolved, result.fallen) == ((), ())


def test_what_leaves_no_text_says_so() -> None:
    result = work_in(planned((TITLE, BASE[1]), (TITLE, BASE[2])), ())
    assert [(fault.field, fault.message) for fault in result.faults] == [
        ("blocks", "A recommendation needs at least one paragraph below its title: the ask.")
    ]
    assert (result.merged, result.unresolved, result.fallen) == (None, (), ())


def test_what_comes_out_is_in_the_one_form() -> None:
    result = work_in(planned(reading(a="cafe three"), reading(b="four five  ")), ())
    assert result.merged is not None
    assert result.merged.blocks == reading("cafe three")


def test_what_was_made_on_an_older_text_is_carried_over_or_named() -> None:
    newer = reading(a="one two 3")
    found = planned(reading(b="four FIVE"), reading(a="one two drei"), base=newer)
    assert (list(found.operations), found.blocked) == (["A1"], ("A2",))


def test_collisions_that_nobody_settled_are_named_by_number() -> None:
    found = planned(reading(a="ONE two three"), reading(a="eins two three"), reading(a="uno two three"))
    result = work_in(found, (Resolution(("A1", "A2"), "ada", prefer="A1"),))
    assert result.merged is None
    assert pairs(found, result.unresolved) == "1 and 3, 2 and 3"


def test_nothing_is_left_of_what_lost() -> None:
    found = planned(reading(a="ONE two three"), reading(a="eins two three"))
    result = work_in(found, (Resolution(("A1", "A2"), "ada", prefer="A2"),))
    assert result.fallen == ("A1",)


def test_what_a_compromise_covers_is_not_in_beside_it() -> None:
    wordings = reading(a="ONE two three"), reading(a="eins two three"), reading(b="four FIVE")
    found = planned(*wordings, covers={"A2": ("A1", "gone"), "gone": ("A3",)})
    assert (list(found.operations), list(found.numbers), found.covered) == (["A2", "A3"],) * 2 + (("A1",),)
    assert planned(*wordings, covers={"gone": ("A1", "A2", "A3")}).covered == ()


def test_each_organisation_gets_its_share_of_what_it_asked_for_and_signed() -> None:
    ghent, lima = OrganisationRef("g", "Ghent"), OrganisationRef("l", "Lima")
    one = Ask("A1", 1, (lima,), BASE, diff(BASE, reading(a="ONE two three")))
    other = Ask("A2", 2, (ghent, lima), BASE, diff(BASE, reading(b="four FIVE SIX")))
    found = served([other, one], reading("ONE two three", "four SIX"))
    assert [(s.organisation, s.numbers, s.words, s.share) for s in found] == [
        (ghent, (2,), Tally(2, 3), Fraction(2, 3)),
        (lima, (1, 2), Tally(4, 5), Fraction(4, 5)),
    ]


def test_who_asked_for_no_word_is_served_by_form() -> None:
    body = BASE[1:]
    ask = Ask("A1", 1, (OrganisationRef("g", "Ghent"),), body, diff(body, body[::-1]))
    (found,) = served([ask], body[::-1])
    assert (found.words, found.forms, found.share) == (Tally(), Tally(1, 1), Fraction(1))


def test_nothing_comes_of_nothing() -> None:
    assert served([], BASE) == ()
    assert Result(None) == Result(None, (), ())
