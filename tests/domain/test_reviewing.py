from itertools import product

import pytest

from service.domain.amendments import AmendmentAction, AmendmentState
from service.domain.reviewing import changed_words, found_in, still_possible
from service.domain.text import Block, BlockKind, Operation
from service.domain.text.operations import (
    DeleteBlock,
    Edit,
    InsertBlock,
    JoinBlock,
    MoveBlock,
    Restyle,
    SplitBlock,
)

P = BlockKind.PARAGRAPH
NEW = Block("n", P, "new words")


@pytest.mark.parametrize(
    ("operation", "words"),
    [
        (Edit("b", 0, 3, "out", "in"), ["out", "in"]),
        (InsertBlock("b", NEW), ["new words"]),
        (DeleteBlock(NEW), ["new words"]),
        (SplitBlock("b", 3, 4, " ", ".", (), NEW), [" ", ".", "new words"]),
        (JoinBlock("c", "b", 3, ".", 1, "T", " t"), [".", "T", " t"]),
        (MoveBlock("b", None, "c"), []),
        (Restyle("b", P, 0, BlockKind.HEADING, 1), []),
    ],
)
def test_the_words_of_a_change_are_those_that_go_or_come(operation: Operation, words: list[str]) -> None:
    assert list(changed_words([operation])) == words


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("", True),
        ("upkeep", True),
        ("UPKEEP tenth", True),
        ("straße", True),
        ("upkeep never", False),
    ],
)
def test_all_words_are_looked_for_in_whatever_case(wanted: str, found: bool) -> None:  # noqa: FBT001 - a cell of the table
    assert found_in(wanted, ["A tenth for Upkeep", "STRASSE"]) is found


def test_a_decision_is_possible_where_steps_lead_to_it() -> None:
    states = (AmendmentState.TABLED, AmendmentState.UNDER_EXAMINATION, AmendmentState.REJECTED)
    actions = (AmendmentAction.ADMIT, AmendmentAction.ACCEPT)
    assert [still_possible(state, action) for state, action in product(states, actions)] == [
        True,
        True,
        False,
        True,
        False,
        False,
    ]
