from pathlib import Path

import pytest

from tests.dealing import LONG, TESTS, WAITING, Part, dealt, heads, pieces

QUICK = Part("quick.py")


def named(*parts: Part) -> list[tuple[Part, str]]:
    """Return what stands for tests: all that dealing asks of one is where it belongs."""
    return [(part, f"{part.file} {number}") for number, part in enumerate(parts)]


def test_what_takes_long_stands_at_the_head_of_each_piece() -> None:
    waits, works = WAITING[0], next(iter(LONG))
    given = named(QUICK, QUICK, QUICK, works, waits, QUICK, works, QUICK)
    assert dealt(given, 2) == [
        *(f"{waits.file} 4", "quick.py 0", "quick.py 1", "quick.py 2"),
        *(f"{works.file} 3", f"{works.file} 6", "quick.py 5", "quick.py 7"),
    ]


def test_one_process_waits_while_the_others_work_as_long_as_each_other() -> None:
    waiting, *working = heads([*WAITING, *LONG], 3)
    one, other = (sum(LONG[part] for part in parts) for parts in working)
    assert waiting == [*WAITING]
    assert abs(one - other) <= min(LONG.values())


def test_one_process_alone_does_it_all() -> None:
    assert heads([*LONG, *WAITING], 1) == [[*WAITING, *LONG]]


@pytest.mark.parametrize("processes", [1, 2, 3, 50])
def test_no_test_is_lost_or_given_twice(processes: int) -> None:
    given = named(*WAITING, *LONG, QUICK, *LONG)
    assert sorted(dealt(given, processes)) == sorted(name for _, name in given)


def test_pieces_are_as_equal_as_they_can_be() -> None:
    assert list(pieces(11, 3)) == [3, 4, 4]


def test_every_file_that_is_dealt_first_exists() -> None:
    assert [part.file for part in (*WAITING, *LONG) if not Path(TESTS, part.file).exists()] == []
