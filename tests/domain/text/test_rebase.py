import pytest

from service.domain.text import (
    Block,
    BlockKind,
    DeleteBlock,
    Edit,
    Mark,
    MarkKind,
    Outcome,
    RebasedOperation,
    diff,
    rebase,
)
from tests.domain.text.builders import document, paragraph, rewritten, told

CLEAN, TOUCHED, CONTAINED = Outcome.CLEAN, Outcome.TOUCHED_CONTEXT, Outcome.ALREADY_CONTAINED
CONFLICT, ORPHANED = Outcome.CONFLICT, Outcome.ORPHANED
BASE = document("Cities lead. The Union funds them well.", "Second.")


@pytest.mark.parametrize(
    ("mine", "newer", "outcome", "text"),
    [
        ("Towns lead. The Union funds them well.", None, CLEAN, "Towns lead. The Union funds them well."),
        (
            "Towns lead. The Union funds them well.",
            "Cities lead. The EU funds them well.",
            CLEAN,
            "Towns lead. The EU funds them well.",
        ),
        (
            "Cities lead. The Union supports them well.",
            "Cities lead. The EU funds them well.",
            TOUCHED,
            "Cities lead. The EU supports them well.",
        ),
        (
            "Cities lead. The Union always funds them well.",
            "Cities lead. The EU funds them well.",
            TOUCHED,
            "Cities lead. The EU always funds them well.",
        ),
        (
            "Cities lead. The EU funds them well.",
            "Cities lead. The EU funds them well.",
            CONTAINED,
            "Cities lead. The EU funds them well.",
        ),
        ("Cities lead. The EU funds them well.", "Cities lead. The Council funds them well.", CONFLICT, None),
        (
            "Cities lead. The old Union funds them well.",
            "Cities lead. The new Union funds them well.",
            CONFLICT,
            None,
        ),
        ("Cities lead. The Union supports them well.", "Cities lead.", ORPHANED, None),
        ("Cities lead. The Union funds well.", "Cities lead.", CONTAINED, "Cities lead."),
        ("Cities lead.", "Cities lead. The Union supports them well.", CONFLICT, None),
        ("Cities lead.", "Cities lead. The Union funds well.", CONFLICT, None),
    ],
)
def test_a_change_of_words_is_carried_over_or_says_why_not(
    mine: str, newer: str | None, outcome: Outcome, text: str | None
) -> None:
    carried = rebase(BASE, rewritten(BASE, a=mine), rewritten(BASE, a=newer or BASE[0].text))
    assert carried.outcome is outcome
    assert told(carried.blocks) == (None if text is None else [text, "Second."])


def test_every_operation_says_what_it_met() -> None:
    newer = rewritten(BASE, a="Cities lead. The EU funds them well.")
    mine = rewritten(BASE, a="Cities lead. The Council funds them well.", b="Second!")
    theirs = diff(BASE, newer)
    carried = rebase(BASE, mine, newer)
    assert carried.operations == (
        RebasedOperation(Edit("a", 17, 22, "Union", "Council"), CONFLICT, theirs),
        RebasedOperation(Edit("b", 6, 7, ".", "!"), CLEAN),
    )


def test_a_change_in_a_block_that_is_gone_is_orphaned() -> None:
    assert rebase(BASE, rewritten(BASE, b="Second!"), BASE[:1]).operations == (
        RebasedOperation(Edit("b", 6, 7, ".", "!"), ORPHANED, (DeleteBlock(BASE[1]),)),
    )
    assert rebase(BASE, rewritten(BASE, b="Second"), BASE[:1]).outcome is ORPHANED


def test_a_block_struck_while_it_was_changed_is_a_conflict() -> None:
    assert rebase(BASE, BASE[:1], rewritten(BASE, b="Second!")).outcome is CONFLICT


def test_a_block_struck_by_both_is_contained_already() -> None:
    carried = rebase(BASE, BASE[:1], BASE[:1])
    assert (carried.outcome, carried.blocks) == (CONTAINED, BASE[:1])


def test_a_moved_block_that_is_gone_is_orphaned() -> None:
    assert rebase(BASE, BASE[::-1], BASE[:1]).outcome is ORPHANED


def test_a_block_struck_while_it_was_moved_is_a_conflict() -> None:
    a, b = BASE
    assert rebase(BASE, (a,), (b, a)).outcome is CONFLICT


def test_a_new_block_keeps_the_place_of_the_struck_one_before_it() -> None:
    new = paragraph("n", "New.")
    carried = rebase(BASE, (*BASE, new), BASE[:1])
    assert (carried.outcome, carried.blocks) == (TOUCHED, (BASE[0], new))


def test_a_change_follows_a_block_that_moved() -> None:
    carried = rebase(BASE, rewritten(BASE, b="Second!"), BASE[::-1])
    assert (carried.outcome, told(carried.blocks)) == (CLEAN, ["Second!", BASE[0].text])


def test_a_change_in_a_block_that_became_a_heading_touches_its_context() -> None:
    newer = (BASE[0], Block("b", BlockKind.HEADING, "Second."))
    carried = rebase(BASE, rewritten(BASE, b="Second!"), newer)
    assert carried.outcome is TOUCHED
    assert carried.blocks == (BASE[0], Block("b", BlockKind.HEADING, "Second!"))


def test_marks_are_carried_over_with_their_words() -> None:
    mine = (Block("a", BlockKind.PARAGRAPH, BASE[0].text, marks=(Mark(MarkKind.STRONG, 17, 22),)), BASE[1])
    carried = rebase(BASE, mine, rewritten(BASE, a="All cities lead. The Union funds them well."))
    assert carried.outcome is CLEAN
    assert carried.blocks is not None
    assert carried.blocks[0].marks == (Mark(MarkKind.STRONG, 21, 26),)


def test_marks_on_words_that_are_gone_are_orphaned() -> None:
    mine = (Block("a", BlockKind.PARAGRAPH, BASE[0].text, marks=(Mark(MarkKind.STRONG, 17, 22),)), BASE[1])
    assert rebase(BASE, mine, rewritten(BASE, a="Cities lead.")).outcome is ORPHANED


def test_the_worst_that_befell_an_operation_is_the_outcome_of_all() -> None:
    mine = rewritten(BASE, a="Towns lead. The Union funds them well.", b="2nd.")
    newer = rewritten(BASE, a="Towns lead. The Union funds them well.", b="Second.")
    carried = rebase(BASE, mine, newer)
    assert [result.outcome for result in carried.operations] == [CONTAINED, CLEAN]
    assert (carried.outcome, carried.blocks) == (CLEAN, mine)


def test_an_amendment_that_changes_nothing_is_clean() -> None:
    assert rebase(BASE, BASE, BASE[:1]).outcome is CLEAN
