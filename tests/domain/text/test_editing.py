from service.domain.text import Block, BlockKind, Mark, MarkKind
from service.domain.text.editing import (
    Row,
    Rows,
    begun,
    insert,
    join,
    move,
    origins,
    sentence_ends,
    split,
    strike,
)
from tests.domain.text.builders import faults, paragraph

STRONG = (Mark(MarkKind.STRONG, 6, 17),)
BASE = (
    Block("t", BlockKind.HEADING, "Title", 1),
    Block("a", BlockKind.LIST_ITEM, "Water first. Roads follow.", 1, STRONG),
    paragraph("b", "Cities lead."),
)
ROWS = begun(BASE)


def told(rows: Rows) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(row.block.id, row.block.text, row.came) for row in rows[1:]]


def test_a_block_is_split_with_its_marks_and_both_know_where_they_come_from() -> None:
    parted = split(ROWS, "a", 12)
    assert told(parted) == [
        ("a", "Water first.", ("a",)),
        ("new-1", "Roads follow.", ("a",)),
        ("b", "Cities lead.", ("b",)),
    ]
    assert [(row.block.kind, row.block.level, row.block.marks) for row in parted[1:3]] == [
        (BlockKind.LIST_ITEM, 1, (Mark(MarkKind.STRONG, 6, 12),)),
        (BlockKind.LIST_ITEM, 1, (Mark(MarkKind.STRONG, 0, 4),)),
    ]
    assert origins(parted) == {2: ("a",)}
    assert told(split(parted, "new-1", 5))[1:3] == [("new-1", "Roads", ("a",)), ("new-2", "follow.", ("a",))]


def test_a_visible_character_is_never_cut() -> None:
    family = begun((BASE[0], paragraph("a", "\U0001f469\u200d\U0001f467 one")))
    assert told(split(family, "a", 1)) == [
        ("a", "\U0001f469\u200d\U0001f467", ("a",)),
        ("new-1", "one", ("a",)),
    ]


def test_nothing_is_split_off_where_nothing_stands() -> None:
    refused = [("text.a", "Choose a place between two words of this block.")]
    assert [faults(lambda at=at: split(ROWS, "a", at)) for at in (0, 26, 99)] == [refused] * 3  # type: ignore[misc]  # a default of a lambda


def test_two_blocks_are_joined_under_the_first_ones_id() -> None:
    joined = join(ROWS, "a")
    assert told(joined) == [("a", "Water first. Roads follow. Cities lead.", ("a", "b"))]
    assert (joined[1].block.marks, origins(joined)) == (STRONG, {1: ("a", "b")})
    assert join(ROWS, "b") == ROWS
    assert join(ROWS, "t") == ROWS


def test_an_id_that_the_version_before_knows_survives_a_new_one() -> None:
    added = insert(ROWS, "a")
    assert told(join(added, "new-1")) == [("a", BASE[1].text, ("a",)), ("b", "Cities lead.", ("b",))]
    parted = split(ROWS, "a", 12)
    assert told(join(parted, "new-1")) == [
        ("a", "Water first.", ("a",)),
        ("b", "Roads follow. Cities lead.", ("a", "b")),
    ]
    assert told(join(parted, "a")) == told(ROWS)


def test_blocks_move_below_the_title() -> None:
    assert [
        [row.block.id for row in move(ROWS, *how)] for how in (("b", -1), ("b", -9), ("a", 9), ("t", 1))
    ] == [
        ["t", "b", "a"],
        ["t", "b", "a"],
        ["t", "b", "a"],
        ["t", "a", "b"],
    ]


def test_a_paragraph_is_added_on_either_side_but_not_before_the_title() -> None:
    new = Row(paragraph("new-1", ""))
    assert insert(ROWS, "a", before=True) == (ROWS[0], new, *ROWS[1:])
    assert insert(ROWS, "a") == (*ROWS[:2], new, ROWS[2])
    assert insert(ROWS, "t", before=True) == (ROWS[0], new, *ROWS[1:])
    assert origins(insert(ROWS, "a")) == {}


def test_a_block_is_struck_out_and_the_title_stays() -> None:
    assert strike(ROWS, "a") == (ROWS[0], ROWS[2])
    assert strike(ROWS, "t") == ROWS


def test_a_block_that_is_not_there_is_told() -> None:
    assert faults(lambda: strike(ROWS, "z")) == [("blocks", "This block is no longer in the text.")]


def test_sentences_end_between_two() -> None:
    assert list(sentence_ends("Water first. Roads follow. Cities lead.")) == [
        (13, "Water first."),
        (27, "Roads follow."),
    ]
    assert list(sentence_ends("Water first.")) == []
