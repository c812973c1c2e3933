from service.domain.text import (
    Block,
    Covers,
    Group,
    GroupKind,
    Meetings,
    diff,
    groups,
)
from tests.domain.text.builders import document, paragraph, rewritten

LINE = "one two three four five"
INCOMPATIBLE, COMPATIBLE, IDENTICAL = GroupKind.INCOMPATIBLE, GroupKind.COMPATIBLE, GroupKind.IDENTICAL


def grouped(
    base: tuple[Block, ...], *versions: tuple[Block, ...], covers: Covers | None = None
) -> tuple[Group, ...]:
    """The groups of versions of a base, called A1, A2 and so on."""
    named = {f"A{at}": diff(base, version) for at, version in enumerate(versions, start=1)}
    return groups(Meetings(base, named), covers)


def told(found: tuple[Group, ...]) -> list[tuple[GroupKind, list[str], tuple[tuple[int, ...], ...] | None]]:
    return [(g.kind, ["=".join(wording) for wording in g.wordings], g.choices) for g in found]


def line(*texts: str) -> list[tuple[Block, ...]]:
    return [rewritten(document(LINE), a=text) for text in texts]


def test_amendments_that_meet_nobody_are_in_no_group() -> None:
    assert grouped(document(LINE), *line("ONE two three four five", "one two three four FIVE")) == ()


def test_amendments_to_the_same_words_cannot_all_stand() -> None:
    base = document(LINE)
    (group,) = grouped(base, *line("one deux three four five", "one zwei three four five"))
    assert group == Group(
        INCOMPATIBLE,
        (("A1",), ("A2",)),
        (),
        (("a", 2),),
        frozenset({"a"}),
        ((0,), (1,)),
    )
    assert group.amendments == ("A1", "A2")


def test_amendments_that_hang_together_over_a_third_make_one_group_with_its_choices() -> None:
    found = grouped(
        document(LINE),
        *line("one deux three four five", "one zwei drei four five", "one two trois four five"),
    )
    assert told(found) == [(INCOMPATIBLE, ["A1", "A2", "A3"], ((0, 2), (1,)))]


def test_identical_amendments_stand_and_fall_together_and_keep_their_names() -> None:
    same = "one deux three four five"
    found = grouped(document(LINE), *line(same, "one zwei three four five", same))
    assert told(found) == [(INCOMPATIBLE, ["A1=A3", "A2"], ((0,), (1,)))]
    assert told(grouped(document(LINE), *line(same, same))) == [(IDENTICAL, ["A1=A2"], ((0,),))]


def test_amendments_that_are_alike_in_part_are_two_wordings() -> None:
    base = document("First.", "Second.")
    one, other = rewritten(base, a="Erst."), rewritten(base, a="Erst.", b="Zweit.")
    assert told(grouped(base, one, other)) == [(COMPATIBLE, ["A1", "A2"], ((0, 1),))]


def test_neighbours_that_can_both_stand_are_compatible() -> None:
    found = grouped(document(LINE), *line("one two: three four five", "one deux three four five"))
    assert told(found) == [(COMPATIBLE, ["A1", "A2"], ((0, 1),))]


def test_who_meets_a_contested_one_without_hindering_stands_beside_the_group() -> None:
    found = grouped(
        document(LINE),
        *line("one deux three four five", "one zwei three four five", "one two: three four five"),
    )
    assert [(g.amendments, g.beside, g.blocks) for g in found] == [(("A1", "A2"), ("A3",), (("a", 2),))]


def test_new_paragraphs_in_one_place_can_all_stand() -> None:
    base = document("First.", "Second.")
    one, other = (base[0], paragraph("n", "New."), base[1]), (base[0], paragraph("m", "Newer."), base[1])
    assert told(grouped(base, one, other)) == [(COMPATIBLE, ["A1", "A2"], ((0, 1),))]


def test_words_inserted_in_one_place_cannot_all_stand() -> None:
    found = grouped(document(LINE), *line("one two and three four five", "one two or three four five"))
    assert told(found) == [(INCOMPATIBLE, ["A1", "A2"], ((0,), (1,)))]
    at_the_end = grouped(document(LINE), *line(f"{LINE} six", f"{LINE} seven"))
    assert [group.kind for group in at_the_end] == [INCOMPATIBLE]


def test_a_compromise_cannot_stand_beside_what_it_covers() -> None:
    base = document("First.", "Second.")
    one, other = rewritten(base, a="Erst."), rewritten(base, b="Zweit.")
    assert told(grouped(base, one, other, covers={"A2": {"A1"}})) == [
        (INCOMPATIBLE, ["A1", "A2"], ((0,), (1,)))
    ]
    assert told(grouped(base, one, one, covers={"A2": {"A1"}})) == [
        (INCOMPATIBLE, ["A1", "A2"], ((0,), (1,)))
    ]


def test_groups_come_in_the_order_of_the_text_those_that_are_contested_first() -> None:
    base = document("First.", "one two", "Third.")
    versions = [
        rewritten(base, c="Dritt."),
        rewritten(base, c="Tiers."),
        rewritten(base, b="Zweit."),
        rewritten(base, b="Deux."),
        rewritten(base, a="Erst."),
        rewritten(base, a="Erst."),
    ]
    assert [g.amendments for g in grouped(base, *versions)] == [("A3", "A4"), ("A1", "A2"), ("A5", "A6")]


def test_choices_are_listed_for_as_many_wordings_as_can_be_read() -> None:
    base = document(LINE)
    few, many = (
        grouped(base, *line(*(f"one {number} three four five" for number in range(count))))
        for count in (12, 13)
    )
    assert [len(group.choices or ()) for group in few] == [12]
    assert [(len(group.wordings), group.choices) for group in many] == [(13, None)]
