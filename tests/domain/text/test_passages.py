"""Splitting and joining: the same words in other blocks keep their places, their marks and their authors."""

import pytest

from service.domain.errors import PreconditionFailed
from service.domain.text import (
    Block,
    BlockKind,
    BlockState,
    DeleteBlock,
    Edit,
    InsertBlock,
    JoinBlock,
    Mark,
    MarkKind,
    MoveBlock,
    Operation,
    Outcome,
    Restyle,
    SplitBlock,
    apply,
    collisions,
    describe,
    diff,
    map_anchor,
    merge,
    rebase,
    redline,
)
from service.domain.text.provenance import Run
from tests.domain.text.builders import document, paragraph, rewritten, told

WHOLE = document("The Union funds cities. Cities report every year.", "Partners share what they learn.")
A, B = WHOLE
HALVES = (paragraph("a", "The Union funds cities."), paragraph("n", "Cities report every year."), B)
ONE = (paragraph("a", f"{A.text} {B.text}"),)
SPLIT = SplitBlock("a", 23, 24, " ", "", (), Block("n", BlockKind.PARAGRAPH, ""))
JOIN = JoinBlock("b", "a", 49, "", 0, "", " ")


def test_a_paragraph_cut_in_two_is_split() -> None:
    assert diff(WHOLE, HALVES) == (SPLIT,)


def test_words_may_close_the_one_half_and_open_the_other() -> None:
    base = document("The Union funds towns, and cities report every year.")
    amended = (paragraph("a", "The Union funds towns."), paragraph("n", "Cities report every year."))
    (split,) = diff(base, amended)
    assert split == SplitBlock("a", 21, 33, ", and cities", ".", (), paragraph("n", "Cities"))
    assert apply(base, [split]) == amended


def test_words_change_within_the_halves_of_a_split() -> None:
    amended = (paragraph("a", "The Union pays cities."), paragraph("n", "Cities report every month."), B)
    assert diff(WHOLE, amended) == (
        Edit("a", 10, 15, "funds", "pays"),
        SPLIT,
        Edit("a", 44, 48, "year", "month"),
    )


def test_a_paragraph_is_split_into_three() -> None:
    base = document("One is enough. Two are company. Three are a crowd.")
    amended = (
        paragraph("a", "One is enough."),
        paragraph("m", "Two are company."),
        paragraph("n", "Three are a crowd."),
    )
    assert [type(operation) for operation in diff(base, amended)] == [SplitBlock, SplitBlock]
    assert apply(base, diff(base, amended)) == amended
    assert [type(operation) for operation in diff(amended, base)] == [JoinBlock, JoinBlock]
    assert apply(amended, diff(amended, base)) == base


def test_two_paragraphs_made_one_are_joined() -> None:
    assert diff(WHOLE, ONE) == (JOIN,)


def test_words_at_the_seam_of_a_join_change() -> None:
    base = document("The Union funds towns.", "Cities report every year.")
    amended = (paragraph("a", "The Union funds towns, and cities report every year."),)
    (join,) = diff(base, amended)
    assert join == JoinBlock("b", "a", 21, ".", 6, "Cities", ", and cities")
    assert apply(base, [join]) == amended


@pytest.mark.parametrize(
    "amended",
    [
        pytest.param((A, paragraph("n", "Cities report every year."), B), id="the words stay, too"),
        pytest.param(
            (paragraph("a", "Nothing of it."), paragraph("n", "Cities report every year."), B),
            id="the block keeps nothing",
        ),
        pytest.param(
            (
                paragraph("a", "The Union funds cities."),
                paragraph("n", "Partners learn of it every year."),
                B,
            ),
            id="too few of its words",
        ),
        pytest.param(
            (paragraph("a", "The Union funds cities."), B, paragraph("n", "Cities report every year.")),
            id="elsewhere",
        ),
    ],
)
def test_what_is_not_plainly_a_split_is_new(amended: tuple[Block, ...]) -> None:
    assert [op.block for op in diff(WHOLE, amended) if isinstance(op, InsertBlock)] == ["n"]


def test_a_twin_struck_out_is_not_joined() -> None:
    base = document("Cities report every year.", "Cities report every year.")
    amended = rewritten(base[:1], a="Cities report every month.")
    assert [type(operation) for operation in diff(base, amended)] == [Edit, DeleteBlock]


def test_a_text_that_holds_a_seam_is_left_alone() -> None:
    base = (paragraph("a", "One\u2029two three."),)
    amended = (paragraph("a", "One"), paragraph("n", "two three."))
    assert apply(base, diff(base, amended)) == amended
    assert [type(operation) for operation in diff(base, amended)] == [Edit, InsertBlock]
    assert [change.state for change in redline(base, amended)] == [BlockState.CHANGED, BlockState.INSERTED]


def test_what_follows_a_split_or_joined_block_follows_all_of_it() -> None:
    new = paragraph("x", "A new paragraph.")
    assert diff(WHOLE, (*HALVES[:2], new, B)) == (SPLIT, InsertBlock("a", new))
    assert diff(WHOLE, (*ONE, new)) == (JOIN, InsertBlock("b", new))
    moved = (B, *HALVES[:2])
    assert diff(WHOLE, moved) == (SPLIT, MoveBlock("b", "a", None))
    assert apply(WHOLE, diff(WHOLE, moved)) == moved


def test_marks_stay_on_the_words_that_they_are_on() -> None:
    bold = (Block("a", A.kind, A.text, 0, (Mark(MarkKind.STRONG, 4, 30),)), B)
    halves = (
        Block("a", A.kind, "The Union funds cities.", 0, (Mark(MarkKind.STRONG, 4, 23),)),
        Block("n", A.kind, "Cities report every year.", 0, (Mark(MarkKind.STRONG, 0, 6),)),
        B,
    )
    assert diff(bold, halves) == (SPLIT,)
    assert apply(bold, diff(bold, halves)) == halves
    (join,) = diff(halves, bold)
    assert join == JoinBlock("n", "a", 23, "", 0, "", " ", (Mark(MarkKind.STRONG, 0, 1),))


def test_another_change_lands_in_the_half_that_has_its_words() -> None:
    other = rewritten(WHOLE, a="The Union funds cities. Cities report every month.")
    carried = rebase(WHOLE, other, HALVES)
    assert carried.outcome is Outcome.CLEAN
    assert told(carried.blocks) == ["The Union funds cities.", "Cities report every month.", B.text]
    back = rebase(HALVES, rewritten(HALVES, n="Cities report every month."), WHOLE)
    assert told(back.blocks) == ["The Union funds cities. Cities report every month.", B.text]


def test_words_keep_their_origin_when_their_block_is_split_or_joined() -> None:
    split = merge(WHOLE, {"A1": diff(WHOLE, HALVES)}).provenance
    assert split == {
        "a": (Run(0, 23, ("base",)),),
        "n": (Run(0, 25, ("base",)),),
        "b": (Run(0, len(B.text), ("base",)),),
    }
    joined = merge(WHOLE, {"A1": diff(WHOLE, ONE)}).provenance
    assert joined == {"a": (Run(0, 49, ("base",)), Run(49, 50, ("A1",)), Run(50, 81, ("base",)))}


@pytest.mark.parametrize(
    ("one", "other", "kinds"),
    [
        pytest.param(HALVES, HALVES, ["identical"], id="both split"),
        pytest.param(ONE, ONE, ["identical"], id="both join"),
        pytest.param(HALVES, rewritten(WHOLE, a="Nothing."), ["overlap"], id="split and rewrite"),
        pytest.param(HALVES, (B,), ["deletion_contains_edit"], id="split and strike"),
        pytest.param(HALVES, rewritten(WHOLE, a=f"{A.text} Yes."), [], id="split and add at the end"),
        pytest.param(HALVES, (B, A), [], id="split and move"),
        pytest.param(ONE, (A,), ["deletion_contains_edit"], id="join and strike the second"),
        pytest.param(ONE, (B,), ["deletion_contains_edit", "adjacent"], id="join and strike the first"),
        pytest.param(ONE, (A, paragraph("x", "Between."), B), ["overlap"], id="join and insert between"),
        pytest.param(ONE, (B, A), ["overlap"], id="join and move"),
        pytest.param(
            ONE, (A, Block("b", BlockKind.QUOTATION, B.text)), ["overlap"], id="join and make another kind"
        ),
        pytest.param(
            ONE,
            (paragraph("a", f"{A.text}; {B.text}"),),
            ["overlap"],
            id="join in two ways",
        ),
        pytest.param(ONE, rewritten(WHOLE, b="Partners share what works."), [], id="join and reword"),
    ],
)
def test_splits_and_joins_meet_other_changes(
    one: tuple[Block, ...], other: tuple[Block, ...], kinds: list[str]
) -> None:
    met = collisions(WHOLE, {"A1": diff(WHOLE, one), "A2": diff(WHOLE, other)})
    assert sorted(collision.kind.value for collision in met) == sorted(kinds)


def test_marks_may_lie_over_the_place_of_a_split() -> None:
    bold = (Block("a", A.kind, A.text, 0, (Mark(MarkKind.STRONG, 4, 30),)), B)
    assert collisions(WHOLE, {"A1": diff(WHOLE, HALVES), "A2": diff(WHOLE, bold)}) == ()
    merged = merge(WHOLE, {"A1": diff(WHOLE, HALVES), "A2": diff(WHOLE, bold)}).blocks
    assert [block.marks for block in merged[:2]] == [
        (Mark(MarkKind.STRONG, 4, 23),),
        (Mark(MarkKind.STRONG, 0, 6),),
    ]


def test_a_split_within_a_sentence_asks_whoever_changed_the_sentence() -> None:
    halves = (paragraph("a", "The Union funds cities. Cities"), paragraph("n", "report every year."), B)
    other = rewritten(WHOLE, a="The Union funds cities. Cities report every month.")
    assert rebase(WHOLE, other, halves).outcome is Outcome.TOUCHED_CONTEXT
    assert rebase(WHOLE, halves, other).outcome is Outcome.TOUCHED_CONTEXT


def test_a_join_within_a_sentence_asks_whoever_changed_the_sentence() -> None:
    base = document("Cities report,", "and partners learn.")
    one = (paragraph("a", "Cities report, and partners learn."),)
    assert rebase(base, rewritten(base, b="and others learn."), one).outcome is Outcome.TOUCHED_CONTEXT
    assert rebase(WHOLE, rewritten(WHOLE, b="Others share what they learn."), ONE).outcome is Outcome.CLEAN


def test_a_comment_follows_its_words_into_another_block() -> None:
    assert map_anchor(("a", 24, 30), WHOLE, HALVES) == ("n", 0, 6)
    assert map_anchor(("b", 0, 8), WHOLE, ONE) == ("a", 50, 58)
    assert map_anchor(("a", 4, 49), WHOLE, HALVES) == ("n", 0, 25)


def test_a_reader_sees_what_was_split_and_joined() -> None:
    assert [(c.id, c.state, c.origin) for c in redline(WHOLE, HALVES)] == [
        ("a", BlockState.CHANGED, None),
        ("n", BlockState.SPLIT, A),
        ("b", BlockState.KEPT, None),
    ]
    (joined,) = redline(WHOLE, ONE)
    assert (joined.state, joined.joined) == (BlockState.JOINED, (B,))
    assert [sentence.text for sentence in describe(WHOLE, HALVES)] == [
        "Begins a new paragraph at “Cities report every year.”."
    ]
    assert [sentence.text for sentence in describe(WHOLE, ONE)] == [
        "Joins “Partners share what they learn.” to what stands before it."
    ]


def test_words_struck_at_a_seam_are_shown_apart() -> None:
    (joined,) = redline(WHOLE, (paragraph("a", "The Union funds cities. Cities share what they learn."),))
    removed = [span.text for span in joined.spans if span.state == "removed"]
    assert removed == ["report every year.", "Partners "]


@pytest.mark.parametrize(
    "operations",
    [
        pytest.param([SplitBlock("a", 3, 4, "x", "", (), paragraph("n", ""))], id="other words"),
        pytest.param([SplitBlock("a", 23, 24, " ", "", (), paragraph("b", ""))], id="the id is taken"),
        pytest.param([SPLIT, InsertBlock("b", paragraph("n", "New."))], id="the id is new twice"),
        pytest.param([JoinBlock("a", "b", 31, "", 0, "", " ")], id="not the one before"),
        pytest.param([JoinBlock("b", "x", 0, "", 0, "", " ")], id="nothing to join to"),
        pytest.param([JoinBlock("b", "a", 48, "", 0, "", " ")], id="other words at the seam"),
        pytest.param([JoinBlock("b", "a", 49, "", -1, "", " ")], id="no place"),
        pytest.param([JOIN, DeleteBlock(A)], id="struck and joined"),
        pytest.param([JOIN, DeleteBlock(B)], id="joined and struck"),
        pytest.param([JOIN, MoveBlock("b", "a", None)], id="joined and moved"),
        pytest.param([JOIN, InsertBlock("a", paragraph("x", "New."))], id="joined and kept apart"),
        pytest.param([JOIN, Restyle("b", B.kind, 0, BlockKind.QUOTATION, 0)], id="joined and restyled"),
        pytest.param([SPLIT, Edit("a", 20, 24, "es. ", "")], id="words over the seam"),
    ],
)
def test_a_split_or_join_that_does_not_fit_is_refused(operations: list[Operation]) -> None:
    with pytest.raises(PreconditionFailed):
        apply(WHOLE, operations)
