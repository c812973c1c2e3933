"""Ids for blocks that came back without them: pasted text, uploaded documents. Never a guess.

A block gets a base block's id when it says the same and as many such blocks came back as there were, in the same
order: in the whole text, or else between two neighbours that are known again. Else when one base block is clearly
the most similar. What remains is a new block.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import Final

from rapidfuzz.distance import Indel

from service.domain.text.blocks import Block
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
    found = {at: block.id for at, block in enumerate(blocks) if block.id}
    fresh = new_id or _derived({*found.values(), *(block.id for block in base)}).__next__
    for step in (_the_same, _the_same_words, _the_same_there, _similar):
        found |= step(base, blocks, found)
    return tuple(replace(block, id=found.get(at) or fresh()) for at, block in enumerate(blocks))


def _derived(taken: set[str]) -> Iterator[str]:
    return (name for name in (f"new-{number}" for number in count(1)) if name not in taken)


def _free(base: Sequence[Block], found: Mapping[int, str]) -> list[int]:
    """Return where the base blocks stand that are not yet known again."""
    taken = set(found.values())
    return [at for at, block in enumerate(base) if block.id not in taken]


def _open(blocks: Sequence[Block], found: Mapping[int, str]) -> list[int]:
    """Return where the blocks stand that have no id yet."""
    return [at for at in range(len(blocks)) if at not in found]


def _the_same(base: Sequence[Block], blocks: Sequence[Block], found: Mapping[int, str]) -> dict[int, str]:
    return _paired(
        ((_form(base[at]), base[at].id) for at in _free(base, found)),
        ((_form(blocks[at]), at) for at in _open(blocks, found)),
    )


def _form(block: Block) -> Hashable:
    return block.kind, block.level, block.text


def _the_same_words(
    base: Sequence[Block], blocks: Sequence[Block], found: Mapping[int, str]
) -> dict[int, str]:
    return _paired(
        ((base[at].text, base[at].id) for at in _free(base, found)),
        ((blocks[at].text, at) for at in _open(blocks, found)),
    )


def _the_same_there(
    base: Sequence[Block], blocks: Sequence[Block], found: Mapping[int, str]
) -> dict[int, str]:
    known = set(found.values()) & {block.id for block in base}
    old = _neighbours([block.id if block.id in known else "" for block in base])
    new = _neighbours([found[at] if found.get(at) in known else "" for at in range(len(blocks))])
    return _paired(
        (((base[at].text, old[at]), base[at].id) for at in _free(base, found)),
        (((blocks[at].text, new[at]), at) for at in _open(blocks, found)),
    )


def _neighbours(ids: Sequence[str]) -> list[tuple[str, str]]:
    """Return for each place the nearest id before it and the nearest one after it."""
    return list(zip(_last(ids), reversed(list(_last(ids[::-1]))), strict=True))


def _last(ids: Iterable[str]) -> Iterator[str]:
    last = ""
    for name in ids:
        yield last
        last = name or last


def _paired(ids: Iterable[tuple[Hashable, str]], places: Iterable[tuple[Hashable, int]]) -> dict[int, str]:
    """Give the places of each sort the ids of that sort in order, where there are equally many."""
    there: dict[Hashable, list[str]] = {}
    here: dict[Hashable, list[int]] = {}
    for sort, name in ids:
        there.setdefault(sort, []).append(name)
    for sort, at in places:
        here.setdefault(sort, []).append(at)
    return {
        at: name
        for sort, found in here.items()
        if len(found) == len(there.get(sort, ()))
        for at, name in zip(found, there[sort], strict=True)
    }


def _similar(base: Sequence[Block], blocks: Sequence[Block], found: Mapping[int, str]) -> dict[int, str]:
    free, places = _free(base, found), _open(blocks, found)
    if len(free) * len(places) > _MAX_PAIRS:
        return {}
    code: dict[str, str] = {}
    old = [_coded(base[at].text, code) for at in free]
    new = [_coded(blocks[at].text, code) for at in places]
    scores = [[Indel.normalized_similarity(o, n, score_cutoff=SIMILAR - MARGIN) for o in old] for n in new]
    best_new = [_clear_best(row) for row in scores]
    best_old = [_clear_best(column) for column in zip(*scores, strict=True)]
    return {
        places[at]: base[free[best]].id
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
