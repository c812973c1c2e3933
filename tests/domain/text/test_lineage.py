from service.domain.text import (
    Anchor,
    Descent,
    descendants,
    descended,
    follow_anchor,
    lineage_from_json,
    lineage_to_json,
)
from tests.domain.text.builders import document, faults, paragraph

BASE = document(
    "Cities call on the Union. Delegations name a contact.", "Water comes first.", "Roads follow it."
)
PARTED = (
    paragraph("a", "Cities call on the Union."),
    paragraph("n", "Delegations name a contact."),
    *BASE[1:],
)
JOINED = (BASE[0], paragraph("b", "Water comes first. Roads follow it."))


def test_what_the_words_show_is_kept() -> None:
    assert descended(BASE, {}, PARTED, 2) == {"n": (Descent(2, ("a",)),)}
    assert descended(BASE, {}, JOINED, 2) == {"b": (Descent(2, ("b", "c")),)}
    assert descended((), {}, BASE, 1) == {}


def test_lineage_is_carried_on_for_blocks_that_stand_and_grows() -> None:
    known = {"b": (Descent(2, ("a",)),), "gone": (Descent(2, ("a",)),)}
    assert descended(BASE, known, JOINED, 3) == {"b": (Descent(2, ("a",)), Descent(3, ("b", "c")))}


def test_an_editor_tells_what_the_words_do_not_show() -> None:
    moved = (PARTED[0], *PARTED[2:], PARTED[1])
    assert descended(BASE, {}, moved, 2) == {}
    assert descended(BASE, {}, moved, 2, {"n": ("a",), "a": ("a",), "b": ()}) == {"n": (Descent(2, ("a",)),)}
    assert descended(BASE, {}, moved, 2, {"b": ("c",)}) == {"b": (Descent(2, ("b", "c")),)}
    assert [descent.joined for descent in (Descent(2, ("a",)), Descent(2, ("b", "c")))] == [False, True]


def test_a_block_comes_from_none_that_the_version_before_does_not_have() -> None:
    found = faults(lambda: descended(BASE, {}, PARTED, 2, {"n": ("z",)}))
    assert found == [("lineage", "The version before has no block z.")]


def test_descendants_are_found_over_several_versions_and_in_circles() -> None:
    lineage = {
        "n": (Descent(2, ("a",)),),
        "m": (Descent(3, ("n",)),),
        "a": (Descent(4, ("a", "m")),),
        "x": (Descent(2, ("y",)),),
    }
    assert descendants(lineage, "a") == ("m", "n")
    assert descendants(lineage, "n") == ("a", "m")
    assert descendants(lineage, "x") == ()


def test_a_comment_goes_with_words_that_were_split_off_and_moved() -> None:
    moved = (PARTED[0], *PARTED[2:], PARTED[1])
    words = (("a", 26, 37), BASE, moved)
    assert follow_anchor(*words, {}) is None
    assert follow_anchor(*words, {"n": (Descent(2, ("a",)),)}) == Anchor("n", 0, 11)
    assert follow_anchor(("a", 26, 37), BASE, PARTED, {}) == Anchor("n", 0, 11)


def test_words_that_stand_twice_or_nowhere_are_not_guessed() -> None:
    lineage = {"n": (Descent(2, ("a",)),)}
    twice = (*PARTED[:1], *PARTED[2:], paragraph("n", "Delegations name Delegations."))
    other = (*PARTED[:1], *PARTED[2:], paragraph("n", "Somebody names a contact."))
    assert [follow_anchor(("a", 26, 37), BASE, text, lineage) for text in (twice, other)] == [None, None]
    assert follow_anchor(("b", 3, 3), BASE, BASE[:1], {"a": (Descent(2, ("a", "b")),)}) is None


def test_lineage_comes_back_as_it_was_written() -> None:
    lineage = {"n": (Descent(2, ("a",)), Descent(3, ("n", "b")))}
    assert lineage_from_json(lineage_to_json(lineage)) == lineage


def test_what_is_no_lineage_is_refused_by_name() -> None:
    assert faults(lambda: lineage_from_json([])) == [("lineage", "This has to be an object.")]
    assert faults(lambda: lineage_from_json({"a": [{"version": 1, "blocks": "b"}]})) == [
        ("lineage.a.0.blocks", "This has to be a list of texts.")
    ]
