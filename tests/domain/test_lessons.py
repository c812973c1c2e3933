import pytest

from service.domain.errors import IllegalMove, TooManyLessons
from service.domain.lessons import SHARED_LIST, TEXT_LENGTH, Lesson, LessonState, check_text, shortlist
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
