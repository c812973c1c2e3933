import pytest

from service.domain.text.diff import token_changes
from service.domain.text.slide import slid


def shown(old: str, new: str) -> list[tuple[str, str]]:
    return [(old[a:b], new[c:d]) for a, b, c, d in token_changes(old, new)]


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        ("the Union acts", "the European Union acts", ("", "European ")),
        ("the European Union acts", "the Union acts", ("European ", "")),
        ("One. Three.", "One. Two. Three.", ("", "Two. ")),
        ("One.", "One. Two.", ("", " Two.")),
        ("Two.", "One. Two.", ("", "One. ")),
        ("a-b", "a-a-b", ("", "a-")),
    ],
)
def test_an_insertion_or_deletion_lies_where_a_reader_would_put_it(
    old: str, new: str, change: tuple[str, str]
) -> None:
    assert shown(old, new) == [change]


def test_changes_do_not_move_into_their_neighbours() -> None:
    apart = [(0, 1, 0, 1), (2, 2, 2, 3), (3, 4, 4, 5)]
    assert slid(apart, list("axxb"), list("cxxxd")) == apart
    taken = [(a, b, c, d) for c, d, a, b in apart]
    assert slid(taken, list("cxxxd"), list("axxb")) == taken
