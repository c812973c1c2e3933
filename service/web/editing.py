"""A text as its editor sees it: rows of blocks read from the fields of a form, and put back into them.

The hidden field `sheet` holds the blocks in their order, and what each was made of; the fields hold what was typed
since.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from service.domain.amendments import reworded
from service.domain.errors import Invalid
from service.domain.text import (
    Block,
    BlockKind,
    blocks_from_json,
    blocks_to_json,
    canonical_json,
    normalise,
    to_markdown,
)
from service.domain.text.editing import (
    Row,
    Rows,
    begun,
    fresh,
    insert,
    join,
    move,
    sentence_ends,
    split,
    strike,
)
from service.web.forms import Form
from service.web.wordings import paragraphs, retold

SHEET, WHOLE = "sheet", "markdown"
TEXT, FORM, CUT, CURSOR = "text.", "form.", "cut.", "at."
AS_WHOLE, AS_BLOCKS = "whole", "blocks"
FORMS: tuple[tuple[BlockKind, int], ...] = (
    (BlockKind.PARAGRAPH, 0),
    *((BlockKind.HEADING, level) for level in (2, 3, 4)),
    *((BlockKind.LIST_ITEM, level) for level in (1, 2, 3)),
    (BlockKind.QUOTATION, 0),
)
"""What a block below the title can be made; a form that it has already is kept beside these."""

_STEPS: Mapping[str, Callable[[Rows, str], Rows]] = {
    "up": lambda rows, name: move(rows, name, -1),
    "down": lambda rows, name: move(rows, name, 1),
    "before": lambda rows, name: insert(rows, name, before=True),
    "after": insert,
    "join": join,
    "strike": strike,
}


def read(form: Form, base: Sequence[Block]) -> Rows:
    """Return the rows as they were typed; the form learns which field shows which block.

    A blank line inside a field begins a new block, which comes from the same blocks.

    Raises:
        Invalid: a field holds what cannot be read.
    """
    sheet = sheet_of(form, base)
    rows = _reworded(sheet, form) if form.has(WHOLE) else tuple(_typed(form, sheet))
    form.places = {
        f"blocks.{at}.{part}": f"{field}{row.block.id}"
        for at, row in enumerate(rows)
        for part, field in (("text", TEXT), ("kind", FORM), ("level", FORM))
    }
    return rows


def stepped(form: Form, rows: Rows) -> tuple[Rows, str]:
    """Return the rows after what a button asks for, and the block that the editor looks at now.

    Raises:
        Invalid: it cannot be done.
    """
    verb, _, name = form.text("step").partition(".")
    if verb == "split":
        after = split(rows, name, _where(form, rows, name))
    elif verb in _STEPS:
        after = _STEPS[verb](rows, name)
    else:
        return rows, ""
    known = {row.block.id for row in rows}
    names = [row.block.id for row in after]
    new = next((one for one in names if one not in known), name)
    if new in names:
        return after, new
    at = next(place for place, row in enumerate(rows) if row.block.id == name)
    return after, names[min(at, len(names) - 1)]


def filled(form: Form, rows: Rows, *, whole: bool = False) -> Form:
    """Return the form with fields that hold these rows, one for each block, or one for all of them."""
    own = (TEXT, FORM, CUT, CURSOR)
    beside = {n: v for n, v in form.values.items() if not n.startswith(own) and n not in {SHEET, WHOLE}}
    shown = {SHEET: (_stored(rows),)}
    if whole:
        shown[WHOLE] = (to_markdown([row.block for row in rows if row.block.text]),)
    return Form({**beside, **shown}, refusal=form.refusal, places=form.places)


def sheet_of(form: Form, base: Sequence[Block]) -> Rows:
    """Return the rows that the fields of a form were made for; where it does not say, those of the base."""
    try:
        stored = json.loads(form.text(SHEET))
        blocks, came = blocks_from_json(stored["blocks"]), stored["came"]
        known = {block.id for block in base}
        rows = tuple(
            Row(block, tuple(one for one in origins if one in known))
            for block, origins in zip(blocks, came, strict=True)
        )
    except (Invalid, ValueError, KeyError, TypeError, RecursionError):
        return begun(base)
    named = len({row.block.id for row in rows}) == len(rows)
    return rows if rows and named and all(_holds_its_marks(row.block) for row in rows) else begun(base)


def _holds_its_marks(block: Block) -> bool:
    return all(0 <= mark.start < mark.end <= len(block.text) for mark in block.marks)


def sentences(block: Block) -> list[str]:
    """Return the sentences of a block after which it can be split."""
    return [sentence for _, sentence in sentence_ends(block.text)]


def forms_of(block: Block) -> tuple[tuple[BlockKind, int], ...]:
    """Return what a block can be made, with what it is."""
    own = (block.kind, block.level)
    return FORMS if own in FORMS else (own, *FORMS)


def _typed(form: Form, sheet: Rows) -> Iterator[Row]:
    made: list[Row] = []
    for at, row in enumerate(sheet):
        name = f"{TEXT}{row.block.id}"
        first, *others = paragraphs(form.text(name, row.block.text))
        styled = row.block if at == 0 else _styled(form, row.block)
        yield replace(row, block=retold(styled, normalise(first, field=name)))
        for text in others:
            taken = (*sheet, *made)
            kind = BlockKind.PARAGRAPH if at == 0 else styled.kind
            level = 0 if at == 0 else styled.level
            made.append(Row(Block(fresh(taken), kind, normalise(text, field=name), level), row.came))
            yield made[-1]


def _styled(form: Form, block: Block) -> Block:
    kind, _, level = form.text(f"{FORM}{block.id}").rpartition(".")
    for one, depth in forms_of(block):
        if (one.value, str(depth)) == (kind, level):
            return replace(block, kind=one, level=depth)
    return block


def _reworded(sheet: Rows, form: Form) -> Rows:
    known = {row.block.id: row for row in sheet}
    try:
        blocks = reworded([row.block for row in sheet], form.text(WHOLE))
    except Invalid as refusal:
        form.places = {error.field: WHOLE for error in refusal.errors}
        raise
    return tuple(replace(known.get(block.id, Row(block)), block=block) for block in blocks)


def _where(form: Form, rows: Rows, name: str) -> int:
    """Return where a block is to be split: at the cursor, where a script tells of one, or after the sentence chosen."""
    text = next((row.block.text for row in rows if row.block.id == name), "")
    cursor = form.text(f"{CURSOR}{name}")
    if cursor.isascii() and cursor.isdecimal():
        return len(normalise(form.text(f"{TEXT}{name}", text)[: int(cursor[:6])], field=f"{TEXT}{name}"))
    ends = [end for end, _ in sentence_ends(text)]
    chosen = form.text(f"{CUT}{name}")
    at = int(chosen) if chosen.isascii() and chosen.isdecimal() and len(chosen) < 4 else 0  # noqa: PLR2004 - no block has a thousand sentences
    return ends[at] if at < len(ends) else 0


def _stored(rows: Rows) -> str:
    return canonical_json(
        {"blocks": blocks_to_json([row.block for row in rows]), "came": [list(row.came) for row in rows]}
    )
