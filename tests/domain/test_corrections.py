import pytest

from service.domain.corrections import check_reason, correct_evidence, correct_lesson, evidence_words
from service.domain.errors import EmptyChange, Invalid
from service.domain.evidence import Evidence, EvidenceKind
from service.domain.lessons import Lesson
from tests.domain.actors import NOW
from tests.domain.faults import fields_refused

SAID = "Small contracts arrive sooner."
WORDS = ("Water losses", "Report", "12", "They were halved.", "https://lakeside.example")


def a_lesson() -> Lesson:
    return Lesson("l1", "g1", 1, SAID, (), "city", "ada", NOW, language="en")


def a_piece() -> Evidence:
    return Evidence(
        "e1", "g1", 1, EvidenceKind.DOCUMENT, *WORDS, invented=False, organisation_id="city", person_id="ada",
        created_at=NOW, language="en",
    )  # fmt: skip


def test_a_lesson_says_something_else_and_is_counted_as_another_wording() -> None:
    lesson = a_lesson()
    assert correct_lesson(lesson, "Small contracts last.", "en") == (SAID,)
    assert (lesson.text, lesson.language, lesson.wording) == ("Small contracts last.", "en", 2)


def test_another_language_for_the_same_words_is_no_other_wording() -> None:
    lesson = a_lesson()
    assert correct_lesson(lesson, SAID, "fr") == (SAID,)
    assert (lesson.text, lesson.language, lesson.wording) == (SAID, "fr", 1)


def test_a_lesson_that_is_the_same_or_says_nothing_is_not_corrected() -> None:
    with pytest.raises(EmptyChange):
        correct_lesson(a_lesson(), SAID, "en")
    assert fields_refused(lambda: correct_lesson(a_lesson(), "", "en")) == ["text"]


@pytest.mark.parametrize("place", range(5))
def test_each_part_of_a_piece_of_evidence_is_corrected(place: int) -> None:
    piece = a_piece()
    other = (*WORDS[:place], "https://other.example", *WORDS[place + 1 :])
    assert correct_evidence(piece, other, "fr") == WORDS
    assert (evidence_words(piece), piece.language) == (other, "fr")


def test_evidence_that_is_the_same_is_not_corrected() -> None:
    with pytest.raises(EmptyChange):
        correct_evidence(a_piece(), WORDS, "en")


def test_a_correction_says_why() -> None:
    assert check_reason(" A  misprint. ") == "A misprint."
    with pytest.raises(Invalid) as refused:
        check_reason(" ")
    assert [str(error.template) for error in refused.value.errors] == [
        "Say what is corrected, and why: everyone can read it."
    ]
