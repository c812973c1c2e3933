import pytest

from service.domain.errors import IllegalMove, TooManyLessons
from service.domain.lessons import (
    SHARED_LIST,
    TEXT_LENGTH,
    Lesson,
    LessonState,
    check_text,
    move,
    shortlist,
    take_off,
)
from tests.domain.actors import NOW
from tests.domain.faults import fields_refused


def a_lesson(state: LessonState = LessonState.PROPOSED) -> Lesson:
    return Lesson("l1", "g1", 1, "Small contracts arrive sooner.", (), "city", "ada", NOW, state)


def test_a_lesson_of_the_full_length_is_accepted() -> None:
    check_text("t" * TEXT_LENGTH)


@pytest.mark.parametrize("text", ["", "t" * (TEXT_LENGTH + 1)])
def test_an_empty_or_overlong_lesson_is_refused(text: str) -> None:
    assert fields_refused(lambda: check_text(text)) == ["text"]


def test_the_tenth_lesson_finds_room_on_the_shared_list() -> None:
    lesson = a_lesson()
    shortlist(lesson, SHARED_LIST - 1)
    assert lesson.state is LessonState.SHORTLISTED


def test_the_eleventh_lesson_is_refused() -> None:
    lesson = a_lesson()
    with pytest.raises(TooManyLessons, match="already holds 10 lessons"):
        shortlist(lesson, SHARED_LIST)
    assert lesson.state is LessonState.PROPOSED


def test_a_lesson_stands_on_the_list_once() -> None:
    with pytest.raises(IllegalMove):
        shortlist(a_lesson(LessonState.SHORTLISTED), 1)


def a_list(length: int = 3) -> list[Lesson]:
    shared = [a_lesson() for _ in range(length)]
    for place, lesson in enumerate(shared):
        shortlist(lesson, place, "It lasts.")
    return shared


def ranks(shared: list[Lesson]) -> list[int | None]:
    return [lesson.rank for lesson in shared]


@pytest.mark.parametrize(
    ("at", "rank", "expected"), [(0, 3, [3, 1, 2]), (2, 1, [2, 3, 1]), (1, 1, [2, 1, 3])]
)
def test_a_lesson_that_moves_lets_those_in_between_move_by_one(
    at: int, rank: int, expected: list[int]
) -> None:
    shared = a_list()
    move(shared[at], rank, shared)
    assert ranks(shared) == expected


def test_what_follows_a_lesson_that_is_taken_off_moves_up() -> None:
    shared = a_list()
    take_off(shared[1], shared)
    assert (ranks(shared), shared[1].reason) == ([1, None, 2], "")


def test_a_lesson_moves_to_a_place_that_the_list_has() -> None:
    shared = a_list()
    for rank in (0, 2, 4):
        assert fields_refused(lambda r=rank: move(shared[1], r, shared)) == ["rank"]  # type: ignore[misc]  # a default of a lambda has no type
    with pytest.raises(IllegalMove):
        move(a_lesson(), 1, shared)


def test_an_overlong_reason_is_refused() -> None:
    assert fields_refused(lambda: shortlist(a_lesson(), 0, "w" * (TEXT_LENGTH + 1))) == ["reason"]
