from pathlib import Path

import pytest

from tests.dealing import LONG, TESTS, Part, dealt, pieces

QUICK = Part("quick.py")


def named(*parts: Part) -> list[tuple[Part, str]]:
    """Return what stands for tests: all that dealing asks of one is where it belongs."""
    return [(part, f"{part.file} {number}") for number, part in enumerate(parts)]


def test_what_takes_long_stands_at_the_head_of_each_piece() -> None:
    given = named(QUICK, QUICK, QUICK, LONG[1], LONG[0], QUICK, LONG[1], QUICK)
    assert dealt(given, 2) == [
        *(f"{LONG[0].file} 4", "quick.py 0", "quick.py 1", "quick.py 2"),
        *(f"{LONG[1].file} 3", f"{LONG[1].file} 6", "quick.py 5", "quick.py 7"),
    ]


@pytest.mark.parametrize("processes", [1, 2, 3, 50])
def test_no_test_is_lost_or_given_twice(processes: int) -> None:
    given = named(*LONG, QUICK, *LONG)
    assert sorted(dealt(given, processes)) == sorted(name for _, name in given)


def test_pieces_are_as_equal_as_they_can_be() -> None:
    assert list(pieces(11, 3)) == [3, 4, 4]


def test_every_file_that_is_dealt_first_exists() -> None:
    assert [part.file for part in LONG if not Path(TESTS, part.file).exists()] == []
