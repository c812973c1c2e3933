"""Ids for blocks that came back without them: pasted text, uploaded documents. Never a guess.

A block gets a base block's id when its text is the base's and occurs once in both; else when it follows, or
is followed by, the same block as there, and nothing speaks for another; else when one base block is clearly
the most similar. What is found leads to more, until nothing is. What remains is a new block.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import count, pairwise
from typing import Final

from rapidfuzz.distance import Indel

from service.domain.text.blocks import Block
from service.domain.text.tokens import tokenise

SIMILAR: Final = 0.75
MARGIN: Final = 0.05
_MAX_PAIRS: Final = 250_000
_EDGE: Final = "\n"
"""Stands for what lies before the first block, and after the last."""
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
    ids = [block.id for block in blocks]
    fresh = new_id or _derived({*ids, *(block.id for block in base)}).__next__
    for step in (_unique, _beside, _unique, _similar, _beside, _unique):
        for at, name in step(base, blocks, ids).items():
            ids[at] = name
    return tuple(
        block if block.id else replace(block, id=ids[at] or fresh()) for at, block in enumerate(blocks)
    )


def _free(base: Sequence[Block], ids: Sequence[str]) -> list[Block]:
    taken = set(ids)
    return [block for block in base if block.id not in taken]


def _open(ids: Sequence[str]) -> list[int]:
    return [at for at, name in enumerate(ids) if not name]


def _derived(taken: set[str]) -> Iterator[str]:
    return (name for name in (f"new-{number}" for number in count(1)) if name not in taken)


def _unique(base: Sequence[Block], blocks: Sequence[Block], ids: Sequence[str]) -> dict[int, str]:
    free, places = _free(base, ids), _open(ids)
    old, new = Counter(b.text for b in free), Counter(blocks[at].text for at in places)
    named = {block.text: block.id for block in free}
    return {at: named[blocks[at].text] for at in places if old[blocks[at].text] == new[blocks[at].text] == 1}


def _beside(base: Sequence[Block], blocks: Sequence[Block], ids: Sequence[str]) -> dict[int, str]:
    """Of several equal blocks, take the one that has the same neighbour, unless its two sides disagree."""
    texts = {block.id: block.text for block in _free(base, ids)}
    guesses: set[tuple[int, str]] = set()
    for step in (1, -1):
        follower = dict(pairwise([_EDGE, *(block.id for block in base[::step])]))
        before = _EDGE
        for at in range(len(blocks))[::step]:
            guess = follower.get(before, "")
            fits = not ids[at] and texts.get(guess) == blocks[at].text
            before = guess if fits else ids[at]
            guesses |= {(at, guess)} if fits else set()
    places, names = Counter(at for at, _ in guesses), Counter(name for _, name in guesses)
    return {at: name for at, name in sorted(guesses) if places[at] == names[name] == 1}


def _similar(base: Sequence[Block], blocks: Sequence[Block], ids: Sequence[str]) -> dict[int, str]:
    free, places = _free(base, ids), _open(ids)
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
