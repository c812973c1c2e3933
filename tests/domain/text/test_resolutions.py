import pytest

from service.domain.errors import OpenCollisions
from service.domain.text import Block, BlockKind, Resolution, diff, merge
from tests.domain.text.builders import document, faults, paragraph, rewritten, told
from tests.domain.text.test_merge import BASE, credited, merged

X, Y = rewritten(BASE, a="X two three"), rewritten(BASE, a="Y two THREE")
NEW, OTHER = paragraph("n", "New."), paragraph("m", "Newer.")


def test_the_preferred_amendment_stands_and_only_what_collides_falls() -> None:
    result = merged(X, Y, resolutions=(Resolution(("A1", "A2"), "rapporteur", prefer="A1"),))
    assert credited(result, "a") == [
        ("X", ("A1",), "rapporteur"),
        (" two ", ("base",), None),
        ("THREE", ("A2",), None),
    ]
    assert result.collisions == ()


def test_the_preferred_amendment_may_be_the_second() -> None:
    result = merged(X, Y, resolutions=(Resolution(("A2", "A1"), "rapporteur", prefer="A2"),))
    assert told(result.blocks) == ["Y two THREE", "Second."]


def test_a_decision_on_one_block_leaves_the_others_open() -> None:
    one, other = rewritten(BASE, a="x", b="x"), rewritten(BASE, a="y", b="y")
    here = Resolution(("A1", "A2"), "rapporteur", prefer="A1", block="a")
    there = Resolution(("A1", "A2"), "rapporteur", prefer="A2", block="b")
    assert told(merged(one, other, resolutions=(here, there)).blocks) == ["x", "y"]
    with pytest.raises(OpenCollisions):
        merged(one, other, resolutions=(here,))


def test_a_decision_on_two_leaves_a_third_open() -> None:
    z = rewritten(BASE, a="Z two three")
    with pytest.raises(OpenCollisions) as refusal:
        merged(X, Y, z, resolutions=(Resolution(("A1", "A2"), "rapporteur", prefer="A1"),))
    assert refusal.value.values == {"pairs": "A1 and A3"}


def test_an_edit_may_be_preferred_to_the_deletion_around_it() -> None:
    result = merged(BASE[1:], X, resolutions=(Resolution(("A1", "A2"), "rapporteur", prefer="A2"),))
    assert told(result.blocks) == ["X two three", "Second."]


def test_a_new_text_replaces_what_the_amendments_make_of_a_block() -> None:
    settled = Resolution(("A2", "A1"), "rapporteur", block="a", replacement="one and two three")
    result = merged(X, Y, resolutions=(settled,))
    assert credited(result, "a") == [
        ("one ", ("base",), None),
        ("and ", ("A1", "A2"), "rapporteur"),
        ("two three", ("base",), None),
    ]


def test_an_empty_new_text_strikes_the_block_out() -> None:
    result = merged(X, Y, resolutions=(Resolution(("A1", "A2"), "rapporteur", block="a", replacement=""),))
    assert told(result.blocks) == ["Second."]


def test_a_new_text_that_is_the_old_one_lets_all_changes_of_it_fall() -> None:
    settled = Resolution(("A1", "A2"), "rapporteur", block="a", replacement="one two three")
    assert merged(X, Y, resolutions=(settled,)).blocks == BASE


def test_a_new_text_may_collide_with_a_third_amendment() -> None:
    settled = Resolution(("A1", "A2"), "rapporteur", block="a", replacement="Z two three")
    with pytest.raises(OpenCollisions) as refusal:
        merged(X, Y, rewritten(BASE, a="V two three"), resolutions=(settled,))
    assert refusal.value.values == {"pairs": "A1 + A2 and A3"}


def test_one_of_two_new_blocks_in_a_place_may_stand() -> None:
    settled = Resolution(("A1", "A2"), "rapporteur", prefer="A2", block="b")
    result = merged((*BASE, NEW), (*BASE, OTHER), resolutions=(settled,))
    assert result.blocks == (*BASE, OTHER)
    assert credited(result, "m") == [("Newer.", ("A2",), "rapporteur")]


def test_new_blocks_in_one_place_may_all_stand_in_an_order() -> None:
    settled = Resolution(("A2", "A1"), "rapporteur", in_order=True)
    result = merged((*BASE, NEW), (*BASE, OTHER), resolutions=(settled,))
    assert result.blocks == (*BASE, OTHER, NEW)
    assert credited(result, "n") == [("New.", ("A1",), None)]


def test_an_order_does_not_settle_two_texts_for_the_same_words() -> None:
    with pytest.raises(OpenCollisions):
        merged(X, Y, resolutions=(Resolution(("A1", "A2"), "rapporteur", in_order=True),))


def test_a_new_text_replaces_the_new_blocks_in_one_place() -> None:
    settled = Resolution(("A1", "A2"), "rapporteur", block="n", replacement="Both.")
    heading = Block("h", BlockKind.HEADING, "Next")
    result = merged((*BASE, NEW, heading), (*BASE, OTHER), resolutions=(settled,))
    assert result.blocks == (*BASE, paragraph("n", "Both."), heading)
    assert credited(result, "n") == [("Both.", ("A1", "A2"), "rapporteur")]
    assert credited(result, "h") == [("Next", ("A1",), None)]


UNKNOWN = "A decision has to name at least two of the amendments at hand."
WAYS = "Decide in one way: one amendment stands, or all in order, or a new text."
CONTRADICT = "Two decisions on the same amendments contradict each other."
BOTH = ("A1", "A2")


@pytest.mark.parametrize(
    ("resolutions", "said"),
    [
        ([Resolution(("A1",), "r", prefer="A1")], UNKNOWN),
        ([Resolution(("A1", "A9"), "r", prefer="A1")], UNKNOWN),
        ([Resolution(BOTH, "r")], WAYS),
        ([Resolution(BOTH, "r", prefer="A1", in_order=True)], WAYS),
        (
            [Resolution(BOTH, "r", prefer="A9")],
            "The amendment that stands has to be one of those that collide.",
        ),
        ([Resolution(BOTH, "r", replacement="x")], "Name the paragraph that the new text is for."),
        (
            [Resolution(BOTH, "r", block="z", replacement="x")],
            "None of these amendments has the paragraph z.",
        ),
        ([Resolution(BOTH, "r", prefer="A1"), Resolution(BOTH, "r", prefer="A2")], CONTRADICT),
        ([Resolution(BOTH, "r", prefer="A1"), Resolution(BOTH, "r", in_order=True)], CONTRADICT),
        (
            [
                Resolution(BOTH, "r", block="a", replacement="x"),
                Resolution(BOTH, "r", block="a", replacement="y"),
            ],
            CONTRADICT,
        ),
    ],
)
def test_a_decision_that_makes_no_sense_is_refused(resolutions: list[Resolution], said: str) -> None:
    named = {"A1": diff(BASE, X), "A2": diff(BASE, Y)}
    assert faults(lambda: merge(BASE, named, resolutions)) == [("resolutions", said)]


def test_decisions_on_different_collisions_do_not_contradict() -> None:
    base = document("one", "two")
    named = {name: diff(base, rewritten(base, a=name)) for name in ("A1", "A2")}
    decisions = [
        Resolution(BOTH, "r", prefer="A1", block="a"),
        Resolution(BOTH, "r", block="b", replacement="2"),
    ]
    assert told(merge(base, named, decisions).blocks) == ["A1", "2"]
