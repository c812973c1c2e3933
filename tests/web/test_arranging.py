"""Blocks moved and begun by buttons of the form, with everything that was typed kept."""

import json

import pytest

from service.domain.text import Block, BlockKind
from service.web.arranging import arranged, arranges
from service.web.forms import Form
from service.web.wordings import read, rows
from tests.web.test_proposals import ask_of, form_of
from tests.web.visitors import Site
from tests.worlds import World

TITLE = Block("t", BlockKind.HEADING, "A title", 1)
ASK, WHY = Block("a", BlockKind.PARAGRAPH, "Ask."), Block("w", BlockKind.PARAGRAPH, "Why.")
BASE = (TITLE, ASK, WHY)


def order(form: Form) -> list[str]:
    return [block.id for block in rows(form, BASE)]


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("up.w", ["t", "w", "a"]),
        ("down.a", ["t", "w", "a"]),
        ("up.a", ["t", "a", "w"]),
        ("down.w", ["t", "a", "w"]),
        ("down.t", ["t", "a", "w"]),
        ("up.elsewhere", ["t", "a", "w"]),
        ("before.a", ["t", "fresh-0", "a", "w"]),
        ("after.w", ["t", "a", "w", "fresh-0"]),
        ("before.t", ["t", "fresh-0", "a", "w"]),
    ],
)
def test_blocks_move_below_the_title(step: str, expected: list[str]) -> None:
    assert (arranges(step), order(arranged(Form(), BASE, step))) == (True, expected)


def test_what_was_typed_stays_as_it_is_even_where_it_cannot_be_read() -> None:
    typed = {"text.a": ("x" * 5001,), "text.w": ("",), "strike.w": ("yes",), "justification": ("So.",)}
    moved = arranged(Form(typed), BASE, "up.w")
    assert {name: moved.values[name] for name in typed} == typed
    assert moved.focus == "text.w"


def test_a_new_block_is_what_it_was_chosen_to_be_and_none_while_it_is_empty() -> None:
    begun = arranged(arranged(Form(), BASE, "after.a"), BASE, "after.a")
    assert (order(begun), begun.focus) == (["t", "a", "fresh-1", "fresh-0", "w"], "text.fresh-1")
    assert read(begun, BASE) == BASE
    values = {**begun.values, "text.fresh-0": ("Said.",), "kind.fresh-0": ("quotation",)}
    assert read(Form(values), BASE) == (TITLE, ASK, Block("", BlockKind.QUOTATION, "Said."), WHY)
    heading = {**values, "kind.fresh-0": ("heading",), "kind.a": ("heading",)}
    assert read(Form(heading), BASE)[1:3] == (ASK, Block("", BlockKind.HEADING, "Said.", 2))
    assert read(Form({**values, "kind.fresh-0": ("sermon",)}), BASE)[2].kind is BlockKind.PARAGRAPH


def test_no_more_blocks_are_begun_than_a_text_can_have() -> None:
    full = tuple(Block(f"b{n}", BlockKind.PARAGRAPH, "Words.") for n in range(500))
    assert len(rows(arranged(Form(), full, "after.b7"), full)) == 500


def test_a_block_is_moved_and_another_inserted_without_script_and_both_are_sent(
    site: Site, world: World
) -> None:
    city, path, fields = form_of(site, world)
    why = world.blocks["why"].id
    moved = city.sends(path, fields | {"justification": "Reasons first."}, step=f"up.{why}")
    assert f'id="text.{why}" name="text.{why}" rows="2" dir="auto" lang="en" autofocus' in moved.html
    assert "Moves the paragraph" in moved.words
    begun = city.sends(path, moved.fields("/amend"), step=f"before.{why}")
    typed = begun.fields("/amend") | {"text.fresh-0": "Because it works.", "kind.fresh-0": "list_item"}
    check = city.sends(path, typed, step="check")
    assert (check.status, "Reasons first." in check.words) == (200, True)
    sent = city.sends(path, check.fields("/amend"), step="send")
    blocks = world.amendment(sent.leads_to.split("/")[2]).blocks
    assert [(b.kind.value, b.text) for b in blocks[1:]] == [
        ("list_item", "Because it works."),
        ("paragraph", world.blocks["why"].text),
        ("paragraph", world.blocks["ask"].text),
    ]
    assert json.loads(begun.fields("/amend")["start"])[1]["id"] == "fresh-0"
    assert ask_of(world) in typed
