import hashlib

from service.domain.text import Block, BlockKind, Mark, MarkKind, canonical_json, digest
from tests.domain.text.builders import document, paragraph


def test_digest_is_the_sha_256_of_the_canonical_json() -> None:
    block = Block("a", BlockKind.HEADING, "Água", 1, (Mark(MarkKind.LINK, 0, 4, "https://x.example"),))
    text = (
        '[{"id":"a","kind":"heading","level":1,'
        '"marks":[{"end":4,"href":"https://x.example","kind":"link","start":0}],"text":"Água"}]'
    )
    assert digest([block]) == hashlib.sha256(text.encode()).hexdigest()


def test_digest_changes_with_the_order_of_the_blocks() -> None:
    one, other = document("First.", "Second.")
    assert digest([one, other]) != digest([other, one])


def test_canonical_json_sorts_keys_and_keeps_letters() -> None:
    assert canonical_json({"b": "é", "a": [1, None]}) == '{"a":[1,null],"b":"é"}'


def test_block_takes_the_name_of_a_kind_for_the_kind() -> None:
    assert Block("a", "list_item", "One") == Block("a", BlockKind.LIST_ITEM, "One")  # type: ignore[arg-type]  # as scripts write it


def test_block_keeps_its_marks_in_one_form() -> None:
    strong = MarkKind.STRONG
    marks = (Mark(strong, 4, 6), Mark(MarkKind.EMPHASIS, 2, 2), Mark(strong, 0, 2), Mark(strong, 2, 5))
    assert Block("a", BlockKind.PARAGRAPH, "abcdef", marks=marks).marks == (Mark(strong, 0, 6),)


def test_blocks_of_a_document_are_values() -> None:
    assert {paragraph("a", "One")} == {paragraph("a", "One")}
