import pytest

from service.domain.text import (
    Block,
    BlockKind,
    Collision,
    CollisionKind,
    Mark,
    MarkKind,
    collisions,
    collisions_of,
    deed,
    diff,
    identical,
    reach,
)
from tests.domain.text.builders import document, paragraph, rewritten

OVERLAP, SAME_GAP, IDENTICAL = CollisionKind.OVERLAP, CollisionKind.SAME_GAP, CollisionKind.IDENTICAL
CONTAINS, ADJACENT = CollisionKind.DELETION_CONTAINS_EDIT, CollisionKind.ADJACENT
LINE = "one two three four five"


def met(base: tuple[Block, ...], *versions: tuple[Block, ...]) -> list[Collision]:
    """Where versions of a base, called A1, A2 and so on, meet; found the same from either side."""
    named = {f"A{at}": diff(base, version) for at, version in enumerate(versions, start=1)}
    found = collisions(base, named)
    assert collisions(base, dict(reversed(named.items()))) == found
    return list(found)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("one TWO three four five", "one two three FOUR five", []),
        ("one TWO three four five", "one TWO three four five", [(IDENTICAL, 4, 7)]),
        ("one TWO three four five", "one deux three four five", [(OVERLAP, 4, 7)]),
        ("one 2-3 four five", "one two three vier five", []),
        ("one two and three four five", "one two or three four five", [(SAME_GAP, 8, 8)]),
        ("one five", "one two tres four five", [(CONTAINS, 4, 19)]),
        ("one five", "one two three and four five", [(CONTAINS, 4, 19)]),
        ("one five", "one two four five", [(CONTAINS, 4, 19)]),
        ("one two three and four five", "one five", [(CONTAINS, 4, 19)]),
        ("one two three and four five", "one two 3 four five", []),
        ("one two or three four five", "one two 3 four five", [(ADJACENT, 8, 13)]),
        ("one two: three four five", "one deux three four five", [(ADJACENT, 4, 7)]),
        ("one four five", "one two five", [(OVERLAP, 4, 19)]),
    ],
)
def test_amendments_meet_in_the_words_they_change(
    one: str, other: str, expected: list[tuple[CollisionKind, int, int]]
) -> None:
    base = document(LINE)
    found = met(base, rewritten(base, a=one), rewritten(base, a=other))
    assert found == [Collision("A1", "A2", kind, "a", start, end) for kind, start, end in expected]


def test_neighbouring_edits_that_would_grow_together_overlap() -> None:
    base = document("towns, cities")
    found = met(base, rewritten(base, a="towns cities"), rewritten(base, a="towns,cities"))
    assert found == [Collision("A1", "A2", OVERLAP, "a", 5, 7)]


def test_striking_a_block_collides_with_every_change_in_it() -> None:
    base = document("First.", "Second.")
    heading = (base[0], Block("b", BlockKind.HEADING, "Second!"))
    assert met(base, base[:1], heading) == [
        Collision("A1", "A2", CONTAINS, "b", 0, 7),
    ]
    assert met(base, base[:1], base[:1]) == [Collision("A1", "A2", IDENTICAL, "b", 0, 7)]


def test_two_styles_for_one_block_overlap_unless_they_agree() -> None:
    base = document("First.")
    heading, quotation = (Block("a", kind, "First.") for kind in (BlockKind.HEADING, BlockKind.QUOTATION))
    assert met(base, (heading,), (quotation,)) == [Collision("A1", "A2", OVERLAP, "a", 0, 6)]
    assert met(base, (heading,), (heading,)) == [Collision("A1", "A2", IDENTICAL, "a", 0, 6)]


def test_new_blocks_in_one_place_collide_unless_they_say_the_same() -> None:
    base = document("First.")
    one, same, other = paragraph("n", "New."), paragraph("m", "New."), paragraph("m", "Newer.")
    assert met(base, (one, *base), (other, *base)) == [
        Collision("A1", "A2", SAME_GAP, None, 0, 0, after=True)
    ]
    assert met(base, (*base, one), (*base, other)) == [Collision("A1", "A2", SAME_GAP, "a", 6, 6, after=True)]
    assert met(base, (*base, one), (*base, same)) == [Collision("A1", "A2", IDENTICAL, "a", 6, 6, after=True)]


def test_a_new_block_beside_a_struck_one_is_adjacent() -> None:
    base = document("First.", "Second.")
    found = met(base, base[:1], (*base, paragraph("n", "New.")))
    assert found == [Collision("A1", "A2", ADJACENT, "b", 0, 7)]


def test_one_id_for_two_new_blocks_overlaps() -> None:
    base = document("First.", "Second.")
    new = paragraph("n", "New.")
    assert met(base, (new, *base), (*base, new)) == [Collision("A1", "A2", OVERLAP, "n", 0, 0)]


def test_moves_of_one_block_overlap_unless_they_agree() -> None:
    base = document("First.", "Second.", "Third.", "Fourth.")
    a, b, c, d = base
    assert met(base, (d, a, b, c), (a, d, b, c)) == [Collision("A1", "A2", OVERLAP, "d", 0, 7)]
    assert met(base, (d, a, b, c), (d, a, b, c)) == [Collision("A1", "A2", IDENTICAL, None, 0, 0, after=True)]
    assert met(base, (d, a, b, c), (a, b, c)) == [Collision("A1", "A2", CONTAINS, "d", 0, 7)]
    assert met(base, (d, a, b, c), rewritten(base, d="4th.")) == []


def test_a_block_placed_after_a_moved_one_overlaps() -> None:
    base = document("First.", "Second.", "Third.")
    a, b, c = base
    found = met(base, (c, a, b), (a, b, c, paragraph("n", "New.")))
    assert found == [Collision("A1", "A2", OVERLAP, "c", 0, 6)]


def marked(*marks: Mark) -> tuple[Block, ...]:
    return (Block("a", BlockKind.PARAGRAPH, LINE, marks=marks),)


def test_marks_collide_only_where_they_cannot_stand_together() -> None:
    base = document(LINE)
    strong, emphasis = Mark(MarkKind.STRONG, 0, 7), Mark(MarkKind.EMPHASIS, 4, 13)
    here, there = (Mark(MarkKind.LINK, 0, 3, f"https://{name}.example") for name in "xy")
    assert met(base, marked(strong), marked(emphasis)) == []
    assert met(base, marked(strong), marked(Mark(MarkKind.STRONG, 4, 13))) == []
    assert met(base, marked(strong), marked(strong)) == [Collision("A1", "A2", IDENTICAL, "a", 0, 7)]
    assert met(base, marked(here), marked(there)) == [Collision("A1", "A2", OVERLAP, "a", 0, 3)]


def test_an_amendment_never_collides_with_itself() -> None:
    base = document(LINE)
    one = Block("a", BlockKind.PARAGRAPH, "one TWO three four five", marks=(Mark(MarkKind.STRONG, 0, 13),))
    assert met(base, (one,)) == []


def test_marks_collide_with_changes_of_the_words_they_mark() -> None:
    base = document(LINE)
    strong = marked(Mark(MarkKind.STRONG, 4, 7))
    assert met(base, strong, rewritten(base, a="one TWO three four five")) == [
        Collision("A1", "A2", OVERLAP, "a", 4, 7)
    ]
    assert met(base, strong, rewritten(base, a="one four five")) == [
        Collision("A1", "A2", CONTAINS, "a", 4, 14)
    ]
    assert met(base, strong, rewritten(base, a="one two THREE four five")) == []
    assert met(base, strong, rewritten(base, a="one two, three four five")) == []


def test_collisions_come_in_the_order_of_the_text() -> None:
    base = document("one", "two")
    found = met(base, rewritten(base, a="x", b="x"), rewritten(base, a="y"), rewritten(base, b="z"))
    assert [(c.block, c.first, c.second) for c in found] == [("a", "A1", "A2"), ("b", "A1", "A3")]


def test_only_what_somebody_has_to_decide_blocks_a_merge() -> None:
    assert {kind for kind in CollisionKind if kind.blocks_merge} == {OVERLAP, SAME_GAP, CONTAINS}


def test_one_amendment_is_told_what_it_meets_and_not_what_the_others_do() -> None:
    base = document(LINE, "Second.")
    mine = diff(base, rewritten(base, a="one deux three four five"))
    others = {
        "A2": diff(base, rewritten(base, a="one zwei three four five")),
        "A3": diff(base, rewritten(base, a="one dos three four five", b="Segundo.")),
        "A4": diff(base, rewritten(base, b="Zweit.")),
    }
    assert collisions_of(base, "A1", mine, others) == (
        Collision("A1", "A2", OVERLAP, "a", 4, 7),
        Collision("A1", "A3", OVERLAP, "a", 4, 7),
    )


def test_an_amendment_reaches_the_places_that_it_lays_claim_to() -> None:
    base = document(LINE, "Second.")
    new = (paragraph("n", "New."), *rewritten(base, a="one deux three four five")[:1])
    assert reach(base, diff(base, new)) == (("a", 4, 7), ("b", 0, 7), (None, 0, 0), ("n", 0, 0))


def test_a_deed_is_the_same_under_other_ids_of_new_paragraphs() -> None:
    base = document("First.")
    one, same, other = (
        diff(base, (*base, paragraph(name, text)))
        for name, text in (("n", "New."), ("m", "New."), ("n", "Newer."))
    )
    assert deed(base, one) == deed(base, same) != deed(base, other)


def test_those_that_say_exactly_the_same_are_told_from_those_that_do_in_part() -> None:
    base = document("First.", "Second.")
    named = {
        "A1": diff(base, rewritten(base, a="Erst.")),
        "A2": diff(base, rewritten(base, a="Erst.")),
        "A3": diff(base, rewritten(base, a="Erst.", b="Zweit.")),
        "A4": diff(base, rewritten(base, a="Primero.")),
    }
    assert identical(base, "A1", named, collisions(base, named)) == {"A2"}
    assert (
        identical(base, "A4", named, met(base, rewritten(base, a="Erst."), rewritten(base, b="Zweit.")))
        == set()
    )


def test_words_that_a_join_brings_claim_the_place_where_they_stand() -> None:
    base = document("The Union funds cities", "in every region of the continent.")
    one = (paragraph("a", "The Union funds cities and towns in every region of the continent."),)
    appended = rewritten(base, a="The Union funds cities and villages")
    prepended = rewritten(base, b="everywhere and in every region of the continent.")
    assert [c.kind for c in met(base, one, appended)] == [OVERLAP]
    assert [c.kind for c in met(base, one, prepended)] == [OVERLAP]


def test_a_split_and_another_kind_of_block_are_for_somebody_to_decide() -> None:
    base = document("The Union funds cities. Cities report every year.")
    halves = (paragraph("a", "The Union funds cities."), paragraph("n", "Cities report every year."))
    item = (Block("a", BlockKind.LIST_ITEM, base[0].text, 1),)
    assert [c.kind for c in met(base, halves, item)] == [OVERLAP]
    both = (Block("a", BlockKind.LIST_ITEM, halves[0].text, 1), halves[1])
    assert {c.kind for c in met(base, both, both)} == {IDENTICAL}


def test_who_comes_first_by_name_does_not_decide_what_is_in_the_way() -> None:
    base = document("One (two)(three) four.", "Five.")
    apart = (paragraph("a", "One (two)"), paragraph("n", "(three) four."), base[1])
    inserted = rewritten(base, a="One (two), now (three) four.")
    new = (*base, paragraph("n", "New."))
    more = (*rewritten(base, b="Five. Six."), paragraph("m", "Newer."))
    for one, other, stands in ((apart, inserted, [True]), (more, new, [False])):
        found = [met(base, one, other), met(base, other, one)]
        assert [[c.in_the_way for c in pair] for pair in found] == [stands, stands]
