"""How the keyed texts change: from a draft and edits to the wording that an amendment proposes or a merge makes."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from service.demo.content.model import (
    Amendment,
    BlockText,
    Delete,
    Edit,
    InsertAfter,
    Meeting,
    Move,
    Recommendation,
    Wave,
)


def amended(blocks: Sequence[BlockText], edits: Iterable[Edit]) -> tuple[BlockText, ...]:
    """The full blocks that result from the edits in their order.

    Raises:
        ValueError: an edit names a block that is not there, or words that do not occur exactly once in it.
    """
    current = list(blocks)
    for edit in edits:
        if isinstance(edit, InsertAfter):
            current.insert(_place(current, edit.after) + 1, edit.block)
        elif isinstance(edit, Delete):
            del current[_place(current, edit.block)]
        elif isinstance(edit, Move):
            block = current.pop(_place(current, edit.block))
            current.insert(_place(current, edit.after) + 1, block)
        else:
            place = _place(current, edit.block)
            block = current[place]
            if block.text.count(edit.old) != 1:
                message = f"“{edit.old}” does not occur exactly once in {edit.block}"
                raise ValueError(message)
            text = block.text.replace(edit.old, edit.new)
            # Words that change within a marked phrase are marked as well.
            phrases = (replace(mark, phrase=mark.phrase.replace(edit.old, edit.new)) for mark in block.marks)
            marks = tuple(mark for mark in phrases if mark.phrase and text.count(mark.phrase) == 1)
            current[place] = replace(block, text=text, marks=marks)
    return tuple(current)


def merged(meeting: Meeting) -> tuple[Amendment, ...]:
    """The amendments of the first wave that became text, in the order of their keys."""
    taken = (
        one for one in meeting.amendments if one.wave == 1 and one.state in {"accepted", "accepted_modified"}
    )
    return tuple(sorted(taken, key=lambda one: one.key))


def text_for(meeting: Meeting, recommendation: Recommendation, wave: Wave) -> tuple[BlockText, ...]:
    """The blocks that a wave of amendments and comments was written on."""
    blocks = recommendation.blocks
    if wave == 1:
        return blocks
    for amendment in merged(meeting):
        if amendment.recommendation == recommendation.key:
            blocks = amended(blocks, amendment.adopted or amendment.edits)
    return blocks


def _place(blocks: Sequence[BlockText], key: str) -> int:
    for place, block in enumerate(blocks):
        if block.key == key:
            return place
    message = f"there is no block {key}"
    raise ValueError(message)
