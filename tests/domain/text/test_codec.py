import pytest

from service.domain.text import (
    Block,
    BlockKind,
    DeleteBlock,
    Edit,
    InsertBlock,
    Mark,
    Marking,
    MarkKind,
    MoveBlock,
    Operation,
    Restyle,
    Run,
    blocks_from_json,
    blocks_to_json,
    operations_from_json,
    operations_to_json,
    provenance_from_json,
    provenance_to_json,
)
from tests.domain.text.builders import faults

LINKED = Block("a", BlockKind.PARAGRAPH, "One.", 1, (Mark(MarkKind.LINK, 0, 3, "https://x.example"),))
OPERATIONS: tuple[Operation, ...] = (
    Edit("a", 0, 3, "One", "Two", (Mark(MarkKind.STRONG, 0, 3),)),
    Marking("a", 3, 4, MarkKind.LINK, None, "https://x.example"),
    Restyle("a", BlockKind.PARAGRAPH, 0, BlockKind.HEADING, 1),
    InsertBlock(None, LINKED),
    DeleteBlock(LINKED),
    MoveBlock("a", "b", None),
)


def test_blocks_are_written_as_the_interface_shows_them() -> None:
    assert blocks_to_json([LINKED]) == [
        {
            "id": "a",
            "kind": "paragraph",
            "level": 1,
            "marks": [{"kind": "link", "start": 0, "end": 3, "href": "https://x.example"}],
            "text": "One.",
        }
    ]
    assert blocks_from_json(blocks_to_json([LINKED])) == (LINKED,)


def test_level_and_marks_of_a_block_may_be_left_out() -> None:
    row = {"id": "a", "kind": "quotation", "text": "One."}
    assert blocks_from_json([row]) == (Block("a", BlockKind.QUOTATION, "One."),)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_operations_come_back_as_they_were(operation: Operation) -> None:
    assert operations_from_json(operations_to_json([operation])) == (operation,)


def test_provenance_comes_back_as_it_was() -> None:
    provenance = {"a": (Run(0, 3, ("A1", "A2"), "r"), Run(3, 4, ("base",))), "b": ()}
    assert provenance_from_json(provenance_to_json(provenance)) == provenance


MARK = {"kind": "strong", "start": 0, "end": 1}
BLOCK = {"id": "a", "kind": "paragraph", "text": "One."}


@pytest.mark.parametrize(
    ("value", "field", "message"),
    [
        ("text", "blocks", "This has to be a list."),
        (["text"], "blocks.0.id", "This has to be text."),
        ([BLOCK, {**BLOCK, "text": 7}], "blocks.1.text", "This has to be text."),
        ([{**BLOCK, "text": "Half \ud800 a letter"}], "blocks.0.text", "This has to be text."),
        (
            [{**BLOCK, "kind": "poem"}],
            "blocks.0.kind",
            "Choose one of: heading, list_item, paragraph, quotation.",
        ),
        ([{**BLOCK, "level": True}], "blocks.0.level", "This has to be a whole number."),
        ([{**BLOCK, "level": "1"}], "blocks.0.level", "This has to be a whole number."),
        ([{**BLOCK, "marks": {}}], "blocks.0.marks", "This has to be a list."),
        (
            [{**BLOCK, "marks": [{**MARK, "kind": "red"}]}],
            "blocks.0.marks.0.kind",
            "Choose one of: emphasis, link, strong.",
        ),
        (
            [{**BLOCK, "marks": [{**MARK, "start": None}]}],
            "blocks.0.marks.0.start",
            "This has to be a whole number.",
        ),
        ([{**BLOCK, "marks": [{**MARK, "href": 1}]}], "blocks.0.marks.0.href", "This has to be text."),
    ],
)
def test_a_block_of_another_form_is_refused_by_the_name_of_its_field(
    value: object, field: str, message: str
) -> None:
    assert faults(lambda: blocks_from_json(value)) == [(field, message)]


def test_an_unknown_operation_is_refused() -> None:
    said = "Choose one of: edit, marking, restyle, split_block, join_block, insert_block, delete_block, move_block."
    assert faults(lambda: operations_from_json([{"op": "paint"}])) == [("operations.0.op", said)]


@pytest.mark.parametrize(
    ("value", "field", "message"),
    [
        ([], "provenance", "This has to be an object."),
        (
            {"a": [{"start": 0, "end": 1, "origins": "A1"}]},
            "provenance.a.0.origins",
            "This has to be a list of texts.",
        ),
        (
            {"a": [{"start": 0, "end": 1, "origins": [1]}]},
            "provenance.a.0.origins",
            "This has to be a list of texts.",
        ),
    ],
)
def test_provenance_of_another_form_is_refused(value: object, field: str, message: str) -> None:
    assert faults(lambda: provenance_from_json(value)) == [(field, message)]
