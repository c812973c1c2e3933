from itertools import count

from service.domain.text import Block, BlockKind, recover_ids
from tests.domain.text.builders import document, paragraph

LONG = "Cities and their partners call on the Union to fund what they do together in the years to come."
OTHER = "Water and sanitation need money that arrives before the rain does, every single year anew."


def ids(base: tuple[Block, ...], *texts: str) -> list[str]:
    return [block.id for block in recover_ids(base, [paragraph("", text) for text in texts])]


def test_an_unchanged_text_gets_its_ids_back_wherever_it_stands() -> None:
    assert ids(document("One.", "Two.", "Three."), "Three.", "One.", "Two.") == ["c", "a", "b"]


def test_equal_texts_get_their_ids_back_in_order() -> None:
    assert ids(document("Same.", "One.", "Same."), "Same.", "One.", "Same.") == ["a", "b", "c"]


def test_equal_texts_of_which_one_is_gone_are_new_unless_their_neighbours_tell() -> None:
    assert ids(document("Same.", "Same."), "Same.") == ["new-1"]
    assert ids(document("Same."), "Same.", "Same.") == ["new-1", "new-2"]
    assert ids(document("Same.", "One.", "Same."), "One.", "Same.") == ["b", "c"]
    assert ids(document("Same.", "One."), "Same.", "One.", "Same.") == ["a", "b", "new-1"]


def test_equal_words_are_told_apart_by_what_they_are() -> None:
    base = (paragraph("a", "Water"), Block("b", BlockKind.HEADING, "Water", 2))
    came = (Block("", BlockKind.HEADING, "Water", 2), paragraph("", "Water"))
    assert [block.id for block in recover_ids(base, came)] == ["b", "a"]


def test_a_block_that_became_another_kind_keeps_its_id() -> None:
    came = (Block("", BlockKind.LIST_ITEM, "One.", 1),)
    assert [block.id for block in recover_ids(document("One."), came)] == ["a"]


def test_a_text_that_is_clearly_the_same_keeps_its_id() -> None:
    assert ids(document(LONG, OTHER), OTHER.replace("money", "funds"), LONG[:-1] + "!") == ["b", "a"]


def test_a_text_that_resembles_two_is_new() -> None:
    base = document(LONG.replace("fund", "pay"), LONG.replace("fund", "help"))
    assert ids(base, LONG) == ["new-1"]


def test_two_texts_that_resemble_one_are_both_new() -> None:
    assert ids(document(LONG), LONG.replace("fund", "pay"), LONG.replace("fund", "help")) == [
        "new-1",
        "new-2",
    ]


def test_a_text_that_resembles_nothing_is_new() -> None:
    assert ids(document(LONG), OTHER) == ["new-1"]
    assert ids((), OTHER) == ["new-1"]


def test_a_block_that_has_an_id_keeps_it() -> None:
    base = document("One.", "Two.")
    found = recover_ids(
        base, [paragraph("b", "Two, rewritten."), paragraph("", "Two."), paragraph("", "One.")]
    )
    assert [block.id for block in found] == ["b", "new-1", "a"]


def test_new_ids_are_asked_for_when_somebody_makes_them() -> None:
    numbers = count(7)
    made = recover_ids(
        (), [paragraph("", "One."), paragraph("", "Two.")], new_id=lambda: f"id{next(numbers)}"
    )
    assert [block.id for block in made] == ["id7", "id8"]


def test_new_ids_are_never_those_of_the_base() -> None:
    assert ids((paragraph("new-1", OTHER),), LONG) == ["new-2"]


def test_a_flood_of_rewritten_blocks_is_not_compared_each_with_each() -> None:
    base = tuple(paragraph(f"p{n}", f"old {n}") for n in range(600))
    assert ids(base, *(f"young {n}" for n in range(600)))[:2] == ["new-1", "new-2"]
