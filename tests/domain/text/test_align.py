import pytest

from service.domain.text.align import changes, longest_rise


def test_changes_name_what_differs_and_nothing_else() -> None:
    assert changes(list("abcdef"), list("abXef")) == [(2, 4, 2, 3)]


def test_changes_of_a_hundred_thousand_equal_words_end_quickly() -> None:
    old, new = ["x", *["word"] * 100_000, "y"], ["z", *["word"] * 90_000, "w"]
    found = changes(old, new)
    assert sum(b - a for a, b, _, _ in found) - sum(d - c for _, _, c, d in found) == 10_000


def test_changes_beyond_the_bound_are_cut_where_the_content_says() -> None:
    old = [f"w{n}" for n in range(3000)]
    new = ["first", *old[:1500], "middle", *old[1501:]]
    assert changes(old, new, max_cells=200_000) == [(0, 0, 0, 1), (1500, 1501, 1501, 1502)]


@pytest.mark.parametrize("max_cells", [1, 5, 1000])
def test_changes_beyond_every_bound_are_exact_all_the_same(max_cells: int) -> None:
    old, new = list("the cat sat on the mat") * 20, list("a dog lay at the door") * 20
    built: list[str] = []
    at = 0
    for a, b, c, d in changes(old, new, max_cells):
        built += old[at:a] + new[c:d]
        at = b
    assert built + old[at:] == new


def test_longest_rise_keeps_as_many_in_order_as_can_be() -> None:
    assert longest_rise([3, 0, 1, 4, 2]) == {0, 1, 2}
    assert longest_rise([]) == set()
