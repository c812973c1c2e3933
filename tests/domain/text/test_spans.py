import pytest

from service.domain.text import Block, BlockKind, Look, Mark, MarkKind, Piece, Span, SpanState, word_spans
from service.domain.text.spans import pieces_of, spans_between
from tests.domain.text.builders import paragraph

SIGNS = {"kept": " ", "removed": "-", "inserted": "+"}


def drawn(old: str, new: str) -> list[str]:
    """Spans written as in a list of changes: “-” before removed and “+” before inserted text."""
    return [SIGNS[span.state] + span.text for span in word_spans(old, new)]


@pytest.mark.parametrize(
    ("old", "new", "spans"),
    [
        ("Cities lead.", "Cities lead.", [" Cities lead."]),
        ("Cities lead.", "Towns lead.", ["-Cities", "+Towns", "  lead."]),
        (
            "the large city councils",
            "one small town halls",
            ["-the large city councils", "+one small town halls"],
        ),
        ("a b", "c d", ["-a", "+c", "  ", "-b", "+d"]),
        ("Cities, towns", "Towns, cities", ["-Cities", "+Towns", " , ", "-towns", "+cities"]),
        ("one two", "one big two", [" one ", "+big ", " two"]),
        ("", "new", ["+new"]),
        ("old", "", ["-old"]),
        ("", "", []),
    ],
)
def test_words_are_shown_as_kept_removed_and_inserted(old: str, new: str, spans: list[str]) -> None:
    assert drawn(old, new) == spans


@pytest.mark.parametrize(
    ("old", "new", "spans"),
    [
        (None, paragraph("a", "New."), (Span(SpanState.INSERTED, "New."),)),
        (paragraph("a", "Old."), None, (Span(SpanState.REMOVED, "Old."),)),
        (None, None, ()),
    ],
)
def test_a_new_and_a_removed_block_are_one_stretch(
    old: Block | None, new: Block | None, spans: tuple[Span, ...]
) -> None:
    assert spans_between(old, new) == spans


def marked(text: str, *marks: Mark) -> Block:
    return Block("a", BlockKind.PARAGRAPH, text, marks=marks)


def altered(old: str, new: str) -> list[list[str]]:
    """For each removed or inserted stretch its pieces, altered ones in brackets."""
    return [
        [f"[{piece.text}]" if piece.altered else piece.text for piece in span.details]
        for span in word_spans(old, new)
        if span.state is not SpanState.KEPT
    ]


def test_a_similar_word_has_its_altered_letters_marked_within_it() -> None:
    assert altered("Every city leads.", "Every cities leads.") == [["cit", "[y]"], ["cit", "[ies]"]]
    assert altered("Every city leads.", "Every town leads.") == [[], []]


def test_a_phrase_of_which_most_stays_has_its_altered_words_marked_within_it() -> None:
    assert altered("to a seat at it", "to two seats at it") == [["[a]", " seat"], ["[two]", " seat", "[s]"]]
    assert altered("all of that went", "all new words came here") == [[], []]


def test_words_carry_their_marks_and_kept_ones_how_they_looked_before() -> None:
    old = marked("The city leads.", Mark(MarkKind.EMPHASIS, 4, 8))
    new = marked(
        "The city leads now.", Mark(MarkKind.STRONG, 0, 8), Mark(MarkKind.LINK, 15, 18, "https://x.eu/")
    )
    assert spans_between(old, new) == (
        Span(
            SpanState.KEPT,
            "The city leads",
            (
                Piece("The ", Look(strong=True), Look()),
                Piece("city", Look(strong=True), Look(emphasis=True)),
                Piece(" leads"),
            ),
        ),
        Span(SpanState.INSERTED, " now", (Piece(" "), Piece("now", Look(href="https://x.eu/")))),
        Span(SpanState.KEPT, "."),
    )


def test_a_stretch_of_one_plain_piece_has_no_details() -> None:
    (span,) = spans_between(marked("Plain."), None)
    assert (span.details, span.pieces) == ((), (Piece("Plain."),))
    (bold,) = spans_between(marked("Bold.", Mark(MarkKind.STRONG, 0, 5)), None)
    assert bold.pieces == (Piece("Bold.", Look(strong=True)),)


def test_a_part_of_a_stretch_keeps_its_pieces() -> None:
    bold = Look(strong=True)
    span = Span(SpanState.KEPT, "one two three", (Piece("one "), Piece("two", bold), Piece(" three")))
    assert span.cut(2, 6) == Span(SpanState.KEPT, "e tw", (Piece("e "), Piece("tw", bold)))
    assert Span(SpanState.KEPT, "plain words").cut(0, 5) == Span(SpanState.KEPT, "plain")


def test_a_block_is_read_in_pieces_of_one_look() -> None:
    assert list(pieces_of(marked("A bold word", Mark(MarkKind.STRONG, 2, 6)))) == [
        Piece("A "),
        Piece("bold", Look(strong=True)),
        Piece(" word"),
    ]
