import pytest

from service.domain.text import Block, BlockKind, BlockState, Mark, MarkKind, redline, word_spans
from tests.domain.text.builders import document, paragraph, rewritten

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


def test_every_block_of_both_texts_is_shown_with_what_became_of_it() -> None:
    base = document("One.", "Two.", "Three.", "Four.", "Five.")
    a, b, _, d, e = base
    marked = Block("d", BlockKind.PARAGRAPH, "Four.", marks=(Mark(MarkKind.STRONG, 0, 4),))
    shown = redline(base, (e, a, paragraph("b", "2."), marked, paragraph("n", "New.")))
    assert [(change.id, change.state) for change in shown] == [
        ("e", BlockState.MOVED),
        ("a", BlockState.KEPT),
        ("b", BlockState.CHANGED),
        ("c", BlockState.REMOVED),
        ("d", BlockState.RESTYLED),
        ("n", BlockState.INSERTED),
    ]
    assert [(change.before, change.after) for change in shown[2:5]] == [
        (b, paragraph("b", "2.")),
        (base[2], None),
        (d, marked),
    ]


def test_a_removed_block_before_all_others_is_shown_first() -> None:
    base = document("One.", "Two.")
    assert [change.id for change in redline(base, base[1:])] == ["a", "b"]


def test_a_change_knows_the_kind_and_level_to_show() -> None:
    heading = Block("a", BlockKind.HEADING, "One.", 2)
    (change,) = redline((heading,), ())
    assert (change.kind, change.level) == (BlockKind.HEADING, 2)


def test_a_moved_block_shows_its_changed_words_too() -> None:
    base = document("One.", "Two.", "Three.")
    moved = redline(base, rewritten((base[2], base[0], base[1]), c="3."))[0]
    assert (moved.state, [span.text for span in moved.spans]) == (BlockState.MOVED, ["Three", "3", "."])
