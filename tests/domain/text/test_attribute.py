from service.domain.text import Run, attribute
from tests.domain.text.builders import document, paragraph, rewritten

BASE = document("one two", "Second.")


def test_an_editors_words_are_the_editors_and_the_rest_keeps_its_origins() -> None:
    known = {"a": (Run(0, 4, ("A1",)), Run(4, 7, ("A2",), "rapporteur"))}
    amended = (*rewritten(BASE, a="one and two"), paragraph("n", "New."))
    assert attribute(BASE, known, amended, "editor") == {
        "a": (Run(0, 4, ("A1",)), Run(4, 8, ("editor",)), Run(8, 11, ("A2",), "rapporteur")),
        "b": (Run(0, 7, ("base",)),),
        "n": (Run(0, 4, ("editor",)),),
    }


def test_a_text_of_unknown_origin_comes_from_the_base() -> None:
    assert attribute(BASE, None, BASE[:1], "editor") == {"a": (Run(0, 7, ("base",)),)}
