import pytest

from service.domain.text import Block, BlockKind, Distance, diff, distance
from tests.domain.text.builders import document, paragraph, rewritten

BASE = document("one two three", "Second.", "Third.")


@pytest.mark.parametrize(
    ("amended", "expected"),
    [
        (rewritten(BASE, a="one deux three"), Distance(0, 7, 0)),
        (rewritten(BASE, a="one three"), Distance(0, 4, 0)),
        ((BASE[0], paragraph("n", "New."), *BASE[1:]), Distance(0, 4, 0)),
        (BASE[:2], Distance(1, 6, 0)),
        ((BASE[0], Block("b", BlockKind.QUOTATION, "Second."), BASE[2]), Distance(0, 0, 1)),
        ((BASE[0], BASE[2], BASE[1]), Distance(0, 0, 1)),
        (rewritten(BASE, a="uno dos tres", b="Deuxième."), Distance(0, 35, 0)),
    ],
)
def test_distance_counts_what_is_struck_out_deleted_and_inserted(
    amended: tuple[Block, ...], expected: Distance
) -> None:
    assert distance(BASE, diff(BASE, amended)) == expected


def test_striking_out_a_block_is_further_than_any_other_change() -> None:
    short, long = BASE[:2], rewritten(BASE, a="Quite other words in the place of all of these.")
    assert distance(BASE, diff(BASE, short)) > distance(BASE, diff(BASE, long))


def test_distance_within_blocks_counts_what_is_placed_after_them() -> None:
    amended = (*rewritten(BASE, a="one deux three", b="Deux.")[:2], paragraph("n", "New."), BASE[2])
    operations = diff(BASE, amended)
    assert distance(BASE, operations, {"a"}) == Distance(0, 7, 0)
    assert distance(BASE, operations, {"b"}) == Distance(0, 14, 0)
    assert distance(BASE, operations, {"c", None}) == Distance(0, 0, 0)
