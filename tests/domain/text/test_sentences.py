from service.domain.text import BlockState, Sentence, counted
from service.domain.text.sentences import CHANGES, NOTES, TEMPLATES


def test_a_number_decides_which_form_is_said() -> None:
    assert [counted(CHANGES, count).text for count in (1, 2, 21)] == [
        "1 change:",
        "2 changes:",
        "21 changes:",
    ]


def test_a_sentence_without_a_number_has_one_form() -> None:
    assert Sentence("Adds “%(new)s”.", {"new": "x"}).text == "Adds “x”."


def test_every_state_of_a_block_has_its_note_even_if_it_says_nothing() -> None:
    assert set(NOTES) == set(BlockState)


def test_no_sentence_stands_in_the_table_twice() -> None:
    assert len(set(TEMPLATES)) == len(TEMPLATES)
