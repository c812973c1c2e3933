"""Blocks of a wording in another order, and new ones among them: by buttons of the form, so without script too.

Nothing that was typed is read for it: a field that cannot be accepted yet keeps its words as well as any other.
"""

from collections.abc import Sequence
from dataclasses import replace

from service.domain.text import Block, BlockKind
from service.domain.text.check import MAX_BLOCKS
from service.web import wordings
from service.web.forms import Form

UP, DOWN, BEFORE, AFTER = "up.", "down.", "before.", "after."
"""Steps of the form, each with the id of a block behind it."""
_STEPS = (UP, DOWN, BEFORE, AFTER)
_FRESH = "fresh-"


def arranges(step: str) -> bool:
    """Tell whether a step of the form puts blocks into another order, or a new one among them."""
    return step.startswith(_STEPS)


def arranged(form: Form, base: Sequence[Block], step: str) -> Form:
    """Return the form with a block moved or a new one begun; the title stays first.

    What cannot be done, such as moving the last block down, changes nothing. The form says where to go on writing.
    """
    how, _, name = step.partition(".")
    shown = list(wordings.rows(form, base))
    at = next((n for n, block in enumerate(shown) if block.id == name), 0)
    values = dict(form.values)
    if how + "." in {UP, DOWN}:
        focus, to = shown[at].id, at + (1 if how == "down" else -1)
        if at and 0 < to < len(shown):
            shown[at], shown[to] = shown[to], shown[at]
    else:
        place = at if how == "before" and at else at + 1
        focus = _unused(form, shown)
        if len(shown) < MAX_BLOCKS:
            shown.insert(place, Block(focus, BlockKind.PARAGRAPH, wordings.UNWRITTEN))
            values |= {wordings.TEXT + focus: ("",), wordings.KIND + focus: (BlockKind.PARAGRAPH.value,)}
    return replace(form, values={**values, **wordings.begun_with(shown)}, focus=wordings.TEXT + focus)


def _unused(form: Form, shown: Sequence[Block]) -> str:
    """Return a name that no block of the form has, nor one that was taken out of it."""
    taken = {block.id for block in shown} | {name.partition(".")[2] for name in form.values}
    return next(name for n in range(len(taken) + 1) if (name := f"{_FRESH}{n}") not in taken)
