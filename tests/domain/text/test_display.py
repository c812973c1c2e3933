from service.domain.text import Block, BlockKind, BlockState, Mark, MarkKind, redline
from tests.domain.text.builders import document, paragraph, rewritten


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
