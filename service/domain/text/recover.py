"""Ids for blocks that came back without them: pasted text, uploaded documents. Never a guess.

A block gets a base block's id when its text is the base's and occurs once in both; else when equal texts
stand in the same order; else when one base block is clearly the most similar. What remains is a new
block.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import count
from typing import Final

from rapidfuzz.distance import Indel

from service.domain.text.align import changes
from service.domain.text.blocks import Block
from service.domain.text.diff import kept
from service.domain.text.tokens import tokenise

SIMILAR: Final = 0.75
MARGIN: Final = 0.05
_MAX_PAIRS: Final = 250_000
_SURROGATES: Final = range(0xD800, 0xE000)


def recover_ids(
    base: Sequence[Block], blocks: Sequence[Block], *, new_id: Callable[[], str] | None = None
) -> tuple[Block, ...]:
    """Return the blocks, each with an id of the base or a new one.

    Args:
        base: the text whose ids are looked for.
        blocks: the text as it came; a block that has an id keeps it, one without has the id "".
        new_id: makes the ids of new blocks; without it they are new-1, new-2 and so on.
    """
    taken = {block.id for block in blocks if block.id}
    free = [block for block in base if block.id not in taken]
    open_places = [at for at, block in enumerate(blocks) if not block.id]
    found: dict[int, str] = {}
    for step in (_unique, _in_order, _similar):
        found |= step(free, blocks, open_places)
        free = [block for block in free if block.id not in found.values()]
        open_places = [at for at in open_places if at not in found]
    fresh = new_id or _derived(taken | {block.id for block in base}).__next__
    return tuple(
        block if block.id else replace(block, id=found.get(at) or fresh()) for at, block in enumerate(blocks)
    )


def _derived(taken: set[str]) -> Iterator[str]:
    return (name for name in (f"new-{number}" for number in count(1)) if name not in taken)


def _unique(free: Sequence[Block], blocks: Sequence[Block], places: Sequence[int]) -> dict[int, str]:
    old, new = Counter(b.text for b in free), Counter(blocks[at].text for at in places)
    named = {block.text: block.id for block in free}
    return {at: named[blocks[at].text] for at in places if old[blocks[at].text] == new[blocks[at].text] == 1}


def _in_order(free: Sequence[Block], blocks: Sequence[Block], places: Sequence[int]) -> dict[int, str]:
    old, new = [block.text for block in free], [blocks[at].text for at in places]
    same = kept(changes(old, new), len(old), len(new))
    return {places[c + step]: free[a + step].id for a, b, c, _ in same for step in range(b - a)}


def _similar(free: Sequence[Block], blocks: Sequence[Block], places: Sequence[int]) -> dict[int, str]:
    if len(free) * len(places) > _MAX_PAIRS:
        return {}
    code: dict[str, str] = {}
    old = [_coded(block.text, code) for block in free]
    new = [_coded(blocks[at].text, code) for at in places]
    scores = [[Indel.normalized_similarity(o, n, score_cutoff=SIMILAR - MARGIN) for o in old] for n in new]
    best_new = [_clear_best(row) for row in scores]
    best_old = [_clear_best(column) for column in zip(*scores, strict=True)]
    return {
        places[at]: free[best].id
        for at, best in enumerate(best_new)
        if best is not None and best_old[best] == at
    }


def _clear_best(scores: Sequence[float]) -> int | None:
    ranked = sorted(range(len(scores)), key=lambda at: -scores[at])
    if not ranked or scores[ranked[0]] < SIMILAR:
        return None
    second = scores[ranked[1]] if len(ranked) > 1 else 0.0
    return ranked[0] if scores[ranked[0]] - second >= MARGIN else None


def _coded(text: str, code: dict[str, str]) -> str:
    """Return the text with one character for each token; half characters (surrogates) are left out."""
    return "".join(code.setdefault(token, _character(len(code))) for token in tokenise(text))


def _character(number: int) -> str:
    return chr(number if number < _SURROGATES.start else number + len(_SURROGATES))
