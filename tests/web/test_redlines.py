"""Texts and their changes as templates show them."""

from service.domain.text import Block, BlockKind, Mark, MarkKind
from service.web.languages import choose
from service.web.redlines import changes, passages, pieces_of


def paragraph(text: str, name: str = "a", marks: tuple[Mark, ...] = ()) -> Block:
    return Block(name, BlockKind.PARAGRAPH, text, marks=marks)


def test_pieces_cover_the_text_and_carry_the_marks_on_them() -> None:
    block = paragraph(
        "one two three", marks=(Mark(MarkKind.STRONG, 4, 13), Mark(MarkKind.LINK, 8, 13, "https://x.eu/"))
    )
    assert [(p.text, p.look.strong, p.look.href) for p in pieces_of(block)] == [
        ("one ", False, ""),
        ("two ", True, ""),
        ("three", True, "https://x.eu/"),
    ]


def test_passages_leave_out_what_did_not_change_but_keep_the_change_whole() -> None:
    before = paragraph(f"{'far away ' * 20}near old near {'far away ' * 20}".strip())
    after = paragraph(before.text.replace("old", "new"))
    (change,) = passages((before, paragraph("same", "b")), (after, paragraph("same", "b")))
    texts = [span.text for span in change.spans]
    assert texts[1:3] == ["old", "new"]
    assert (texts[0].startswith("… "), texts[3].endswith(" …"), sum(map(len, texts)) < 120) == (
        True,
        True,
        True,
    )


def test_every_change_is_told_in_a_sentence() -> None:
    told = changes(
        choose([], ""), (paragraph("Cities act."),), (paragraph("Cities pay."), paragraph("More.", "b"))
    )
    assert told == ("Replaces “act” by “pay”.", "Adds the paragraph “More.”.")
