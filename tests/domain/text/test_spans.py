import pytest

from service.domain.text import Block, Span, SpanState, word_spans
from service.domain.text.spans import spans_between
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
