import pytest

from service.domain.reproduction import Likeness, Reproduction


@pytest.mark.parametrize(
    ("found", "code", "begins"),
    [
        (Reproduction(Likeness.SAME, 10, "ab", 5), 0, "The data inside give exactly the first 10 bytes"),
        (Reproduction(Likeness.DIFFERS, 10, "ab"), 1, "The data inside give another paper"),
        (Reproduction(Likeness.NO_PAPER), 2, "This is no paper"),
        (Reproduction(Likeness.UNKNOWN, others=("qpdf",)), 3, "This cannot be told here: the paper was made"),
        (Reproduction(Likeness.UNKNOWN), 3, "This cannot be told: the paper could not be made"),
    ],
)
def test_each_answer_has_its_words_and_its_exit_code(found: Reproduction, code: int, begins: str) -> None:
    assert (found.likeness.exit_code, found.text.startswith(begins)) == (code, True)
