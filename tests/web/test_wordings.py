"""A wording typed block by block."""

import pytest

from service.domain.errors import Invalid
from service.domain.text import Block, BlockKind, Mark, MarkKind
from service.web.forms import Form
from service.web.wordings import fields, opened, read, rows, turned

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


ITEM = Block("i", BlockKind.LIST_ITEM, "one", 1)
LAST = Block("l", BlockKind.PARAGRAPH, "The last words of all.")
LONG = (*BASE, ITEM, LAST)


def whole(values: Form, base: tuple[Block, ...] = BASE) -> Form:
    return turned(values, base, whole=True)


def by_block(values: Form, base: tuple[Block, ...] = BASE) -> Form:
    return turned(values, base, whole=False)


def test_one_text_holds_what_was_typed_block_by_block() -> None:
    typed = form(text__a="Give a place of your own.", new__a="And more.", justification="So.")
    turned_over = whole(typed)
    assert turned_over.text("markdown") == "# A title\n\nGive **a place** of your own.\n\nAnd more.\n"
    assert turned_over.text("justification") == "So."
    assert read(turned_over, BASE) == read(typed, BASE)


def test_fields_hold_what_was_typed_as_one_text() -> None:
    written = "# A title\n\n- first *item*\n\n> said\n\nGive **a place** of their *own*.\n"
    once = by_block(Form({"markdown": (written,), "language": ("fr",)}))
    assert (once.has("markdown"), once.text("language")) == (False, "fr")
    assert [block.text for block in rows(once, BASE)] == ["A title", "first item", "said", ASK.text]
    assert read(once, BASE) == read(Form({"markdown": (written,)}), BASE)
    assert whole(once).text("markdown") == written


def test_untouched_text_needs_nothing_beside_its_fields() -> None:
    there = whole(Form(fields(BASE, BASE)))
    assert dict(there.values) == {"markdown": ("# A title\n\nGive **a place** of their own.\n",)}
    assert by_block(there).values == fields(BASE, BASE)


def test_block_written_anew_keeps_its_id_on_the_way_there_and_back() -> None:
    typed = form(text__a="Nothing is as it was.")
    assert [block.id for block in read(whole(typed), BASE)] == ["t", "a"]
    assert by_block(whole(typed)).text("text.a") == "Nothing is as it was."


def test_struck_out_block_keeps_the_words_typed_over_it() -> None:
    typed = form(strike__a="yes", text__a="Half a thought", new__t="Instead.")
    there = whole(typed)
    assert [block.text for block in read(there, BASE)] == ["A title", "Instead."]
    back = by_block(there)
    assert (back.text("strike.a"), back.text("text.a"), back.text("new.t")) == (
        "yes",
        "Half a thought",
        "Instead.",
    )


def test_block_that_is_back_in_the_text_is_struck_out_no_more() -> None:
    there = whole(form(strike__a="yes", text__a="Half a thought", new__t="Instead."))
    typed = Form({**there.values, "markdown": (f"# A title\n\n{ASK.text}\n",)})
    back = by_block(typed)
    assert (back.has("strike.a"), back.text("text.a")) == (False, ASK.text)


def test_emptied_block_is_not_in_the_text() -> None:
    assert [block.id for block in read(whole(form(text__l=" "), LONG), LONG)] == ["t", "a", "i"]


def test_other_order_stays_on_the_way_to_the_fields() -> None:
    moved = (TITLE, LAST, ITEM)
    shown = Form(opened(LONG, moved))
    assert read(shown, LONG) == moved
    # What is struck out is shown where it stood: after the block that it followed.
    assert [block.id for block in rows(shown, LONG)] == ["t", "a", "l", "i"]
    assert shown.text("strike.a") == "yes"


def test_block_that_nothing_stands_before_is_shown_first_when_it_is_struck_out() -> None:
    assert [block.id for block in rows(Form(opened(LONG, (ITEM, LAST, ASK))), LONG)] == ["t", "i", "l", "a"]


def test_turning_to_where_the_form_is_already_changes_nothing() -> None:
    typed = form(text__a="Other words.")
    assert by_block(typed) is typed


def test_what_cannot_be_read_stays_where_it_was_typed() -> None:
    long = form(text__a="x" * 1001)
    assert whole(long) is long
    assert [place for place, _ in long.faults] == ["text.a"]
    untitled = Form({"markdown": ("No title.\n\nNone.",)})
    assert by_block(untitled) is untitled
    assert [(place, error.field) for place, error in untitled.faults] == [("markdown", "markdown.1")]


@pytest.mark.parametrize(
    "start", ["", "{", "[1]", "[]", "[" * 100_000, '[{"id":"a","kind":"paragraph","text":""}]']
)
def test_beginning_that_nobody_can_read_is_that_of_the_base(start: str) -> None:
    assert rows(Form({"start": (start,)}), BASE) == BASE
