"""A wording typed block by block."""

import pytest

from service.domain.errors import Invalid
from service.domain.text import Block, BlockKind, Mark, MarkKind
from service.web.forms import Form
from service.web.wordings import fields, read

TITLE = Block("t", BlockKind.HEADING, "A title", 1)
ASK = Block("a", BlockKind.PARAGRAPH, "Give a place of their own.", marks=(Mark(MarkKind.STRONG, 5, 12),))
BASE = (TITLE, ASK)


def form(**values: str) -> Form:
    return Form({name.replace("__", "."): (value,) for name, value in values.items()})


def test_untouched_fields_give_the_base_back_exactly() -> None:
    assert read(Form(fields(BASE, BASE)), BASE) == BASE


def test_marks_stay_on_the_words_that_they_lay_on() -> None:
    (_, ask) = read(form(text__a="Please give a place of their own."), BASE)
    (mark,) = ask.marks
    assert ask.text[mark.start : mark.end] == "a place"


def test_blank_line_begins_a_paragraph_and_a_mere_line_end_does_not() -> None:
    blocks = read(form(text__a="One\nline.\n \n\nTwo."), BASE)
    assert [(b.id, b.text) for b in blocks] == [("t", "A title"), ("a", "One line."), ("", "Two.")]


def test_struck_out_block_is_left_out() -> None:
    assert read(form(strike__a="yes", new__a="Instead."), BASE) == (
        TITLE,
        Block("", BlockKind.PARAGRAPH, "Instead."),
    )


def test_fields_hold_a_wording_so_that_reading_gives_it_back() -> None:
    wording = (TITLE, Block("n", BlockKind.PARAGRAPH, "New."), ASK, Block("m", BlockKind.PARAGRAPH, "End."))
    assert [b.text for b in read(Form(fields(BASE, wording)), BASE)] == [b.text for b in wording]


def test_fault_of_a_block_belongs_to_the_field_that_shows_it() -> None:
    typed = form(text__a="", new__t="New.")
    read(typed, BASE)
    assert {n: p for n, p in typed.places.items() if n != "blocks"} == {
        "blocks.0.text": "text.t",
        "blocks.1.text": "new.t",
        "blocks.2.text": "text.a",
    }


def test_what_cannot_be_read_names_its_field() -> None:
    with pytest.raises(Invalid) as refused:
        read(form(text__a="x" * 1001), BASE)
    assert [error.field for error in refused.value.errors] == ["text.a"]
