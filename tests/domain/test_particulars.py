"""How success can be seen, and by when: words of the text that are known by how they begin."""

import pytest

from service.domain.particulars import Particular, due_of, success_of
from service.domain.text import Block, BlockKind

OPENING = (
    Block("b1", BlockKind.HEADING, "By when", level=1),
    Block("b2", BlockKind.PARAGRAPH, "By when: now."),
)


def paragraph(text: str, key: str = "b3") -> Block:
    return Block(key, BlockKind.PARAGRAPH, text)


def heading(text: str, key: str = "b3") -> Block:
    return Block(key, BlockKind.HEADING, text, level=2)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Success can be seen when, by 2026, two thirds answer.", "by 2026, two thirds answer."),
        ("success can be seen when they answer.", "they answer."),
        ("La réussite se verra quand tous répondent.", "tous répondent."),
        ("Success can be seen when", ""),
        ("We see that success can be seen when they answer.", ""),
    ],
)
def test_success_is_known_by_the_words_that_begin_its_paragraph(text: str, told: str) -> None:
    found = success_of((*OPENING, paragraph("Why."), paragraph(text, "b4")))
    assert found == (Particular(told, ("b4",)) if told else Particular())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("By when: December 2025", "December 2025"),
        ("Échéance : fin 2025", "fin 2025"),
        ("By when they can", ""),
    ],
)
def test_a_deadline_stands_behind_a_colon(text: str, told: str) -> None:
    assert due_of((*OPENING, paragraph(text))).text == told


def test_both_may_stand_below_a_heading_up_to_the_next_one() -> None:
    text = (
        *OPENING,
        heading("Success can be seen when:"),
        paragraph("One answers,", "b4"),
        paragraph("and another.", "b5"),
        heading("By when", "b6"),
        paragraph("2025", "b7"),
    )
    assert success_of(text) == Particular("One answers, and another.", ("b3", "b4", "b5"))
    assert due_of(text) == Particular("2025", ("b6", "b7"))


def test_what_stands_below_a_heading_ends_where_the_other_matter_begins() -> None:
    seen = (
        heading("Success can be seen when"),
        paragraph("One answers.", "b4"),
        paragraph("By when: 2025", "b5"),
    )
    assert success_of((*OPENING, *seen)) == Particular("One answers.", ("b3", "b4"))
    assert due_of((*OPENING, *seen)) == Particular("2025", ("b5",))
    due = (
        heading("By when"),
        paragraph("2025", "b4"),
        paragraph("Success can be seen when they answer.", "b5"),
    )
    assert due_of((*OPENING, *due)) == Particular("2025", ("b3", "b4"))
    assert success_of((*OPENING, *due)) == Particular("they answer.", ("b5",))


def test_a_heading_with_nothing_below_it_says_nothing() -> None:
    assert success_of((*OPENING, heading("Success can be seen when"))) == Particular()
    assert due_of((*OPENING, heading("By when"), paragraph("By when: May", "b4"))).text == "By when: May"


def test_title_and_ask_are_never_set_apart() -> None:
    assert due_of(OPENING) == Particular()
