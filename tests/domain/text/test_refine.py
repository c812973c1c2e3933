import pytest

from service.domain.text.refine import refined


def drawn(old: str, new: str) -> tuple[str, str]:
    """Both words with what is altered in brackets."""
    before, after = refined(old, new)
    return (
        "".join(f"[{text}]" if altered else text for text, altered in before),
        "".join(f"[{text}]" if altered else text for text, altered in after),
    )


@pytest.mark.parametrize(
    ("old", "new", "pieces"),
    [
        ("five", "fiver", ("five", "five[r]")),
        ("city", "cities", ("cit[y]", "cit[ies]")),
        ("2024", "2025", ("202[4]", "202[5]")),
        ("decentralised", "centralised", ("[de]centralised", "centralised")),
        ("cafe\u0301", "cafe\u0301s", ("cafe\u0301", "cafe\u0301[s]")),
        ("re\u0301sume\u0301", "resume\u0301", ("r[e\u0301]sume\u0301", "r[e]sume\u0301")),
    ],
)
def test_altered_characters_of_similar_words_are_marked(old: str, new: str, pieces: tuple[str, str]) -> None:
    assert drawn(old, new) == pieces


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("five", "seven"),
        ("Union", "Council"),
        ("a b", "a c"),
        ("city", "…"),
        ("x" * 41, "x" * 40),
    ],
)
def test_words_that_are_not_alike_are_shown_whole(old: str, new: str) -> None:
    assert refined(old, new) == ((), ())
