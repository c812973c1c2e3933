from service.domain.text import Look, Mark, MarkKind
from service.domain.text.looks import look, seams, stretches

STRONG = Mark(MarkKind.STRONG, 4, 13)
LINK = Mark(MarkKind.LINK, 8, 13, "https://x.example/")
SLANTED = Mark(MarkKind.EMPHASIS, 0, 3)


def test_a_text_is_cut_where_its_look_changes() -> None:
    assert list(stretches((SLANTED, STRONG, LINK), 0, 13)) == [
        (0, 3, Look(emphasis=True)),
        (3, 4, Look()),
        (4, 8, Look(strong=True)),
        (8, 13, Look(strong=True, href="https://x.example/")),
    ]


def test_marks_outside_a_range_do_not_cut_it() -> None:
    assert seams((SLANTED, LINK), 4, 8) == {4, 8}
    assert look((STRONG,), 3, 6) == Look()
    assert list(stretches((), 2, 2)) == []
