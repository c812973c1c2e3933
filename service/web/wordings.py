"""A wording typed block by block, or as one text: read from the fields of a form, and put back into them.

What fields cannot show, such as another order or a new list item, is in the hidden field `start`: the blocks that the
fields show, or that the one text was written from. Without it, those are the blocks of the base.
"""

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from service.domain.amendments import reworded, wording
from service.domain.errors import Invalid
from service.domain.text import (
    Block,
    BlockKind,
    Mark,
    blocks_from_json,
    blocks_to_json,
    canonical_json,
    check_blocks,
    map_anchor,
    normalise,
    to_markdown,
)
from service.web.forms import Form

TEXT, STRIKE, NEW, KIND = "text.", "strike.", "new.", "kind."
WHOLE, START = "markdown", "start"
AS_WHOLE, AS_FIELDS = "whole", "fields"
UNWRITTEN = "…"
"""What stands for the words of a new block in `start`, which knows no empty ones; its field says what it holds."""
_PARAGRAPHS = re.compile(r"\n[^\S\n]*\n+")
# The title is a heading of level 1, and what is not said to stand deeper stands right below it.
_LEVELS = {BlockKind.HEADING: 2, BlockKind.LIST_ITEM: 1}


def read(form: Form, base: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks as they were typed, those of the base with their ids, new ones without.

    A blank line inside a field begins a new paragraph. The form learns which field shows which block.

    Raises:
        Invalid: a field holds what cannot be read.
    """
    typed = _read_whole(form, base) if form.has(WHOLE) else _read_fields(form, base)
    return wording(base, typed)


def rows(form: Form, base: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks that have a field each: those of the wording that was begun with, and what it strikes out."""
    shown = list(_start(form) or base)
    last = -1
    for block in base:
        places = {found.id: at for at, found in enumerate(shown)}
        last = places.get(block.id, last + 1)
        if block.id not in places:
            shown.insert(last, block)
    return tuple(shown)


def begun_with(shown: Sequence[Block]) -> dict[str, tuple[str, ...]]:
    """Return the hidden field that says which blocks have a field each, and in which order."""
    return {START: (_stored(shown),)}


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


def opened(base: Sequence[Block], blocks: Sequence[Block]) -> Mapping[str, tuple[str, ...]]:
    """Return the fields of a form that hold a wording of `base` whole: its kinds, its marks and its order too."""
    values = fields(base, blocks)
    if read(Form(values), base) == wording(base, blocks):
        return values
    named = _named(base, blocks)
    return {**fields((*named, *_missing(base, named)), named), START: (_stored(named),)}


def turned(form: Form, base: Sequence[Block], *, whole: bool) -> Form:
    """Return the form with what was typed in one field, or in a field for each block; unread, as it is and refused."""
    blocks = form.submit(lambda: read(form, base))
    if blocks is None or form.has(WHOLE) is whole:
        return form
    beside = without_wording(form)
    struck = {name: form.values.get(name, ()) for block in base for name in _struck(form, block)}
    if not whole:
        # A block that was struck out and is not in the text keeps the words that were typed over it.
        gone = {f"{TEXT}{block.id}" for block in _missing(base, blocks)}
        words = {name: value for name, value in struck.items() if name in gone}
        return Form({**beside, **opened(base, blocks), **words})
    named = _named(base, [block for block in blocks if block.text])
    start = {} if tuple(named) == tuple(base) else {START: (_stored(named),)}
    return Form({**beside, **struck, **start, WHOLE: (to_markdown(named),)})


def without_wording(form: Form) -> dict[str, tuple[str, ...]]:
    """Return everything typed beside the wording."""
    own = (TEXT, STRIKE, NEW, KIND)
    return {n: v for n, v in form.values.items() if not n.startswith(own) and n not in {WHOLE, START}}


def _read_fields(form: Form, base: Sequence[Block]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    places: dict[str, str] = {}
    for name, block in _typed(form, rows(form, base), {block.id for block in base}):
        places[f"blocks.{len(blocks)}.text"] = name
        blocks.append(block)
    form.places = {**form.places, **places, "blocks": f"{TEXT}{base[0].id}"}
    return tuple(blocks)


def _read_whole(form: Form, base: Sequence[Block]) -> tuple[Block, ...]:
    try:
        return reworded(rows(form, base), form.text(WHOLE))
    except Invalid as refusal:
        form.places = {**form.places, **{error.field: WHOLE for error in refusal.errors}}
        raise


def _start(form: Form) -> tuple[Block, ...]:
    """Return the blocks that the form was begun with, or none where it does not say."""
    try:
        blocks = blocks_from_json(json.loads(form.text(START)))
        check_blocks(blocks)
    except (Invalid, ValueError, RecursionError):
        return ()
    return blocks


def _stored(blocks: Sequence[Block]) -> str:
    return canonical_json(blocks_to_json(blocks))


def _missing(base: Sequence[Block], blocks: Sequence[Block]) -> list[Block]:
    there = {block.id for block in blocks}
    return [block for block in base if block.id not in there]


def _named(base: Sequence[Block], blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks, new ones with names of their own for as long as the form is filled in."""
    known = {block.id for block in base}
    return [b if b.id in known else replace(b, id=f"typed-{at}") for at, b in enumerate(blocks)]


def _struck(form: Form, block: Block) -> tuple[str, ...]:
    """Return the names of the fields of a block that is struck out as a whole."""
    strike = f"{STRIKE}{block.id}"
    return (strike, f"{TEXT}{block.id}") if form.text(strike) else ()


def _typed(form: Form, shown: Sequence[Block], known: Collection[str]) -> Iterator[tuple[str, Block]]:
    for block in shown:
        name = f"{TEXT}{block.id}"
        typed = form.text(name, block.text)
        # A new block that was begun and left empty is none.
        if not form.text(f"{STRIKE}{block.id}") and (block.id in known or typed.strip()):
            first, *others = paragraphs(typed)
            yield name, retold(_of_kind(form, block, known), normalise(first, field=name))
            for text in others:
                yield name, _new(text, name)
        name = f"{NEW}{block.id}"
        for text in paragraphs(form.text(name)):
            if text.strip():
                yield name, _new(text, name)


def _of_kind(form: Form, block: Block, known: Collection[str]) -> Block:
    """Return a new block as what it was chosen to be; those of the base stay what they are."""
    chosen = form.text(f"{KIND}{block.id}", block.kind.value)
    if block.id in known or chosen == block.kind.value or chosen not in set(BlockKind):
        return block
    return replace(block, kind=BlockKind(chosen), level=_LEVELS.get(BlockKind(chosen), 0))


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a field, which blank lines part; one that may be empty, where there are none."""
    parts = [part for part in _PARAGRAPHS.split(text) if part.strip()]
    return parts or [""]


def _new(text: str, name: str) -> Block:
    return Block("", BlockKind.PARAGRAPH, normalise(text, field=name))


def retold(block: Block, text: str) -> Block:
    """Return the block with other words; a mark stays on the words that it lay on."""
    if text == block.text:
        return block
    told = replace(block, text=text, marks=())
    return replace(told, marks=tuple(mark for old in block.marks if (mark := _moved(old, block, told))))


def _moved(mark: Mark, old: Block, new: Block) -> Mark | None:
    there = map_anchor((old.id, mark.start, mark.end), (old,), (new,))
    return replace(mark, start=there.start, end=there.end) if there is not None else None
