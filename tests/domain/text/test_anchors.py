import pytest

from service.domain.errors import PreconditionFailed
from service.domain.text import Anchor, map_anchor
from tests.domain.text.builders import document, rewritten

BASE = document("Cities call on the Union today.")


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Cities call on the Union today.", "the Union"),
        ("All cities now call on the Union today.", "the Union"),
        ("Cities call on the Union's bodies today.", "the "),
        ("Cities call on the old Union today.", "the old Union"),
        ("Cities call on all the Union today.", "the Union"),
        ("Cities call on the Union here today.", "the Union"),
        ("Cities call on Union today.", "Union"),
    ],
)
def test_a_comment_stays_with_its_words(text: str, phrase: str) -> None:
    found = map_anchor(("a", 15, 24), BASE, rewritten(BASE, a=text))
    assert found == Anchor("a", text.index(phrase), text.index(phrase) + len(phrase))


def test_a_comment_is_orphaned_when_all_its_words_are_gone() -> None:
    assert map_anchor(("a", 15, 24), BASE, rewritten(BASE, a="Cities call today.")) is None
    assert map_anchor(("a", 19, 24), BASE, rewritten(BASE, a="Cities call on the EU today.")) is None
    assert map_anchor(("a", 15, 24), BASE, ()) is None


def test_a_place_between_characters_moves_with_its_surroundings() -> None:
    newer = rewritten(BASE, a="Now cities call today.")
    assert map_anchor(("a", 31, 31), BASE, newer) == Anchor("a", 22, 22)
    assert map_anchor(("a", 17, 17), BASE, newer) is None


@pytest.mark.parametrize("anchor", [("z", 0, 1), ("a", 3, 2), ("a", -1, 2), ("a", 0, 99)])
def test_a_range_that_is_not_in_the_base_is_refused(anchor: tuple[str, int, int]) -> None:
    with pytest.raises(PreconditionFailed):
        map_anchor(anchor, BASE, BASE)
