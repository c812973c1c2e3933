from service.domain.text import Block, BlockKind
from service.domain.underpinning import Claim, Naming, underpinning

TITLE = Block("title", BlockKind.HEADING, "Name cities", 1)
ASK = Block("ask", BlockKind.PARAGRAPH, "Name a contact.")
WHY = Block("why", BlockKind.PARAGRAPH, "It works.")
ITEM = Block("item", BlockKind.LIST_ITEM, "In two cities.", 1)
QUOTE = Block("quote", BlockKind.QUOTATION, "“We saw it.”")
TEXT = (TITLE, ASK, WHY, ITEM, QUOTE)


def test_claims_are_paragraphs_and_items_but_for_the_ask() -> None:
    found = underpinning(TEXT, ())
    assert found.claims == (Claim(WHY, 3, ()), Claim(ITEM, 4, ()))
    assert found.bare == found.claims


def test_evidence_counts_for_the_block_that_it_names_alone() -> None:
    named = [
        Naming("e1", "why"),
        Naming("e2", "why"),
        Naming("e1", "why"),
        Naming("e3", None),
        Naming("e4", "ask"),
    ]
    found = underpinning(TEXT, named)
    assert [claim.evidence_ids for claim in found.claims] == [("e1", "e2"), ()]
    assert (found.whole, [claim.block.id for claim in found.bare]) == (("e3",), ["item"])


def test_evidence_for_words_that_are_gone_is_told() -> None:
    found = underpinning((TITLE, ASK), [Naming("e1", "why"), Naming("e2", "ask"), Naming("e1", "item")])
    assert (found.claims, found.whole, found.lost) == ((), (), ("e1",))


def test_text_without_a_paragraph_has_no_ask() -> None:
    assert underpinning((TITLE, ITEM), ()).claims == (Claim(ITEM, 2, ()),)
