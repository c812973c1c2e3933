import pytest

from service.domain.text import Block, BlockKind, Mark, MarkKind, describe, shortened
from service.domain.text.sentences import TEMPLATES
from tests.domain.text.builders import document, paragraph, rewritten

BASE = document("Cities call on the Union.", "Second.")


def said(amended: tuple[Block, ...]) -> list[str]:
    return [sentence.text for sentence in describe(BASE, amended)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Cities call on the Council.", ["Replaces “Union” by “Council”."]),
        ("Cities call on the European Union.", ["Adds “European” after “Cities call on the”."]),
        ("All: Cities call on the Union.", ["Adds “All:” before “Cities call on the”."]),
        ("Cities call the Union.", ["Removes “on”."]),
        ("Towns call upon the Union.", ["Replaces “Cities” by “Towns”.", "Replaces “on” by “upon”."]),
        ("Cities call on the Union.", []),
    ],
)
def test_changed_words_are_told_one_by_one(text: str, sentences: list[str]) -> None:
    assert said(rewritten(BASE, a=text)) == sentences


def test_blocks_that_come_go_or_move_are_told_as_wholes() -> None:
    assert said((BASE[1], BASE[0])) == ["Moves the paragraph “Second.” to the beginning."]
    assert said(BASE[:1]) == ["Removes the paragraph “Second.”."]
    assert said((*BASE, Block("n", BlockKind.LIST_ITEM, "New.", 1))) == ["Adds the list item “New.”."]


def test_another_kind_level_or_emphasis_is_told() -> None:
    heading = Block("b", BlockKind.HEADING, "Second.", 2)
    strong = Block("b", BlockKind.PARAGRAPH, "Second.", marks=(Mark(MarkKind.STRONG, 0, 6),))
    assert said((BASE[0], heading)) == [
        "Makes “Second.” a heading.",
        "Changes the level of “Second.” from 0 to 2.",
    ]
    assert said((BASE[0], strong)) == ["Sets “Second” in bold."]


def test_a_block_that_was_empty_has_all_its_words_added() -> None:
    (sentence,) = describe([paragraph("a", "")], [paragraph("a", "New.")])
    assert sentence.text == "Adds “New.”."


def test_a_long_text_is_shortened_in_its_middle() -> None:
    text = " ".join(f"word{n}" for n in range(40))
    assert shortened(text, 40) == "word0 word1 word2 … word38 word39"
    assert shortened("x" * 50, 11) == "xxxx … xxxx"
    assert shortened("short") == "short"


def test_every_sentence_that_is_said_can_be_translated() -> None:
    amended = (paragraph("n", "New."), rewritten(BASE, a="Towns call on Union.")[0])
    sentences = describe(BASE, amended)
    assert len(sentences) == 4
    assert {sentence.template for sentence in sentences} <= set(TEMPLATES)
