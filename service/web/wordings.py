"""A wording typed block by block: read from the fields of a form, and put back into them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from service.domain.text import Block, BlockKind, Mark, map_anchor, normalise
from service.web.forms import Form

TEXT, STRIKE, NEW = "text.", "strike.", "new."
_PARAGRAPHS = re.compile(r"\n[^\S\n]*\n+")


def read(form: Form, base: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks as they were typed, those of the base with their ids, new ones without.

    A blank line inside a field begins a new paragraph. The form learns which field shows which block.

    Raises:
        Invalid: a field holds what cannot be read.
    """
    blocks: list[Block] = []
    places: dict[str, str] = {}
    for name, block in _typed(form, base):
        places[f"blocks.{len(blocks)}.text"] = name
        blocks.append(block)
    form.places = {**form.places, **places, "blocks": f"{TEXT}{base[0].id}"}
    return tuple(blocks)


def fields(base: Sequence[Block], blocks: Sequence[Block]) -> Mapping[str, tuple[str, ...]]:
    """Return the fields of a form that hold a wording of `base`."""
    values: dict[str, list[str]] = {}
    kept = {block.id for block in base}
    anchor = base[0].id
    for block in base:
        if block.id not in {b.id for b in blocks}:
            values[f"{STRIKE}{block.id}"] = ["yes"]
            values[f"{TEXT}{block.id}"] = [block.text]
    for block in blocks:
        if block.id in kept:
            anchor = block.id
            values[f"{TEXT}{block.id}"] = [block.text]
        else:
            values.setdefault(f"{NEW}{anchor}", []).append(block.text)
    return {name: ("\n\n".join(texts),) for name, texts in values.items()}


def _typed(form: Form, base: Sequence[Block]) -> Iterator[tuple[str, Block]]:
    for block in base:
        name = f"{TEXT}{block.id}"
        if not form.text(f"{STRIKE}{block.id}"):
            first, *others = _paragraphs(form.text(name, block.text))
            yield name, _retold(block, normalise(first, field=name))
            for text in others:
                yield name, _new(text, name)
        name = f"{NEW}{block.id}"
        for text in _paragraphs(form.text(name)):
            if text.strip():
                yield name, _new(text, name)


def _paragraphs(text: str) -> list[str]:
    parts = [part for part in _PARAGRAPHS.split(text) if part.strip()]
    return parts or [""]


def _new(text: str, name: str) -> Block:
    return Block("", BlockKind.PARAGRAPH, normalise(text, field=name))


def _retold(block: Block, text: str) -> Block:
    """Return the block with other words; a mark stays on the words that it lay on."""
    if text == block.text:
        return block
    told = replace(block, text=text, marks=())
    return replace(told, marks=tuple(mark for old in block.marks if (mark := _moved(old, block, told))))


def _moved(mark: Mark, old: Block, new: Block) -> Mark | None:
    there = map_anchor((old.id, mark.start, mark.end), (old,), (new,))
    return replace(mark, start=there.start, end=there.end) if there is not None else None
