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


SAME = "Progress is reported every two years."


def headed(*names: str) -> tuple[str, ...]:
    """Headings, each with the same paragraph below it."""
    return tuple(text for name in names for text in (name, SAME))


def test_equal_texts_are_told_apart_by_what_they_stand_between() -> None:
    base = document(*headed("One.", "Two.", "Three."))
    assert ids(base, "One.", SAME, "Two.", "Three.", SAME) == ["a", "b", "c", "e", "f"]
    assert ids(base, "One.", "Two.", SAME, "Three.", SAME) == ["a", "c", "d", "e", "f"]
    assert ids(base, "New.", *headed("One.", "Two.", "Three.")) == ["new-1", "a", "b", "c", "d", "e", "f"]


def test_one_of_several_equal_texts_that_was_moved_is_new() -> None:
    base = document(*headed("One.", "Two."), "Three.")
    assert ids(base, "One.", "Two.", SAME, "Three.", SAME) == ["a", "c", "d", "e", "new-1"]


def test_equal_texts_of_which_any_could_be_the_one_left_are_new() -> None:
    assert ids(document("One.", SAME, SAME, "Two."), "One.", SAME, "Two.") == ["a", "new-1", "d"]


def test_equal_texts_are_found_beside_one_that_is_new_or_one_that_is_gone() -> None:
    base = document(*headed("One.", "Two."), OTHER, "Three.")
    assert ids(base, "One.", SAME, "New.", "Two.", SAME, OTHER, "Three.") == [*"ab", "new-1", *"cdef"]
    assert ids(base, *headed("One.", "Two."), "Three.") == [*"abcd", "f"]


def test_equal_texts_of_which_one_was_changed_are_found_in_their_places() -> None:
    base = document("One.", LONG, LONG, "Two.")
    assert ids(base, "One.", LONG[:-1] + "!", LONG, "Two.") == [*"abcd"]
    assert ids(base, "One.", LONG, LONG[:-1] + "!", "Two.") == [*"abcd"]


def test_equal_texts_between_which_others_changed_places_are_new() -> None:
    base = document("One.", LONG, LONG, SAME, "Two.", SAME)
    assert ids(base, "One.", LONG, SAME, LONG, "Two.", SAME) == ["a", "new-1", "new-2", "new-3", "e", "f"]


def test_equal_texts_beside_a_changed_one_are_found_once_that_one_is() -> None:
    base = document(SAME, LONG, SAME, OTHER)
    assert ids(base, SAME, LONG[:-1] + "!", SAME, "New.", OTHER[:-1] + "!") == ["a", "b", "c", "new-1", "d"]


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


def test_equal_words_are_told_apart_by_what_they_are() -> None:
    base = (paragraph("a", "Water"), Block("b", BlockKind.HEADING, "Water", 2))
    came = (Block("", BlockKind.HEADING, "Water", 2), paragraph("", "Water"))
    assert [block.id for block in recover_ids(base, came)] == ["b", "a"]


def test_a_parted_block_is_known_by_its_first_part() -> None:
    base = document("The Union funds cities. Cities report every year.", "Partners learn.")
    assert ids(base, "The Union funds cities.", "Cities report every year.", "Partners learn.") == [
        *("a", "new-1", "b")
    ]


def test_joined_blocks_are_known_by_the_first() -> None:
    base = document("Cities report.", "Partners learn.", "The Union funds cities.")
    assert ids(base, "Cities report. Partners learn.", "The Union funds cities.") == ["a", "c"]


def test_parts_that_could_be_of_two_blocks_are_new() -> None:
    twins = ("Cities report. Partners learn.", "Cities report. Partners learn.")
    assert ids(document(*twins), "Cities report.", "Partners learn.") == ["new-1", "new-2"]
    assert ids(document("Cities report.", "Partners learn."), *twins) == ["new-1", "new-2"]


def test_too_many_blocks_are_not_looked_through_for_parts() -> None:
    base = document(*(f"Cities report {n}. Partners learn {n}." for n in range(501)))
    came = [f"{words} {n}." for n in range(501) for words in ("Cities report", "Partners learn")]
    assert ids(base, *came) == [f"new-{n}" for n in range(1, 1003)]
