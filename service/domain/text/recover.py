"""Ids for blocks that came back without them: pasted text, uploaded documents. Never a guess.

A block gets a base block's id when it says and is the same and occurs once in both; else, among equal ones, when
its neighbours are those of the base's block; else when it begins what was parted, or holds what was joined, word
for word; else when one base block is clearly the most similar, by which more neighbours are known. What remains
is a new block.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
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
_WAYS: Final = (1, -1)
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
    for step in (_unique_forms, _unique, _beside, _between, _reunited, _similar, _beside, _between):
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


def _unique_forms(base: Sequence[Block], blocks: Sequence[Block], ids: Sequence[str]) -> dict[int, str]:
    return _once(base, blocks, ids, lambda block: (block.kind, block.level, block.text))


def _unique(base: Sequence[Block], blocks: Sequence[Block], ids: Sequence[str]) -> dict[int, str]:
    return _once(base, blocks, ids, lambda block: block.text)


def _once(
    base: Sequence[Block], blocks: Sequence[Block], ids: Sequence[str], form: Callable[[Block], Hashable]
) -> dict[int, str]:
    free, came = (
        {block.id: form(block) for block in _free(base, ids)},
        {at: form(blocks[at]) for at in _open(ids)},
    )
    old, new = Counter(free.values()), Counter(came.values())
    named = {what: name for name, what in free.items()}
    return {at: named[what] for at, what in came.items() if old[what] == new[what] == 1}


def _beside(base: Sequence[Block], blocks: Sequence[Block], ids: Sequence[str]) -> dict[int, str]:
    """Tell equal blocks apart by their neighbours: by both of them.

    One is enough where no equal block came or went and the other neighbour is new, or gone.
    """
    free = {block.id: block.text for block in _free(base, ids)}
    guesses: dict[tuple[int, str], list[int]] = {}
    for way in _WAYS:
        for guess in _followers(free, base, blocks, ids, way):
            guesses.setdefault(guess, []).append(way)
    places, names = Counter(at for at, _ in guesses), Counter(name for _, name in guesses)
    old, new = ([_EDGE, *(block.text for block in text), _EDGE] for text in (base, blocks))
    olds, news = Counter(old), Counter(new)
    stands = {block.id: at for at, block in enumerate(base, start=1)}

    def enough(at: int, name: str, ways: Sequence[int]) -> bool:
        if len(ways) == len(_WAYS):
            return True
        there, here = old[stands[name] + ways[0]], new[at + 1 + ways[0]]
        return olds[free[name]] == news[free[name]] and not (olds[here] and news[there])

    return {
        at: name
        for (at, name), ways in guesses.items()
        if places[at] == names[name] == 1 and enough(at, name, ways)
    }


def _followers(
    texts: Mapping[str, str], base: Sequence[Block], blocks: Sequence[Block], ids: Sequence[str], way: int
) -> Iterator[tuple[int, str]]:
    """Yield each place with the block that follows, in the base too, on what stands before it that way."""
    follower = dict(pairwise([_EDGE, *(block.id for block in base[::way])]))
    before = _EDGE
    for at in range(len(blocks))[::way]:
        guess = follower.get(before, "")
        fits = not ids[at] and texts.get(guess) == blocks[at].text
        before = guess if fits else ids[at]
        if fits:
            yield at, guess


def _between(base: Sequence[Block], blocks: Sequence[Block], ids: Sequence[str]) -> dict[int, str]:
    """Where between two known blocks stand as many as in the base, take an equal one in the same place.

    But not where another block of the base has come between: then blocks have changed places.
    """
    texts = {block.text for block in base}
    at = {name: place for place, name in enumerate(ids) if name}
    known = [-1, *(place for place, block in enumerate(base) if block.id in at), len(base)]
    found: dict[int, str] = {}
    for left, right in pairwise(known):
        first = at[base[left].id] if left >= 0 else -1
        last = at[base[right].id] if right < len(base) else len(blocks)
        places, there = range(first + 1, last), base[left + 1 : right]
        if len(places) != len(there) or any(ids[first + 1 : last]):
            continue
        same = {
            place: block
            for place, block in zip(places, there, strict=True)
            if blocks[place].text == block.text
        }
        if not any(blocks[place].text in texts for place in places if place not in same):
            found |= {place: block.id for place, block in same.items()}
    return found


def _reunited(base: Sequence[Block], blocks: Sequence[Block], ids: Sequence[str]) -> dict[int, str]:
    """Find blocks that were parted or joined, word for word and in one place alone."""
    free = {block.id for block in _free(base, ids)}
    if len(free) * len(blocks) > _MAX_PAIRS:
        return {}
    old = [_words(block) if block.id in free else "" for block in base]
    new = ["" if ids[at] else _words(block) for at, block in enumerate(blocks)]
    pairs = [
        *((start, whole) for whole, words in enumerate(old) for start in _rows(words, new)),
        *((whole, start) for whole, words in enumerate(new) for start in _rows(words, old)),
    ]
    places, names = Counter(at for at, _ in pairs), Counter(name for _, name in pairs)
    return {at: base[name].id for at, name in pairs if places[at] == names[name] == 1}


def _words(block: Block) -> str:
    return "".join(block.text.split())


def _rows(whole: str, parts: Sequence[str]) -> Iterator[int]:
    """Yield where several parts in a row make the whole."""
    for start, first in enumerate(parts):
        if not first or first == whole or not whole.startswith(first):
            continue
        said = first
        for part in parts[start + 1 :]:
            said += part
            if not part or not whole.startswith(said):
                break
            if said == whole:
                yield start
                break


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
    found = [(best, at) for at, best in enumerate(best_new) if best is not None and best_old[best] == at]
    # Equal blocks that their neighbours did not tell apart are not told apart by being equal.
    return {places[at]: free[best].id for best, at in found if free[best].text != blocks[places[at]].text}


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
