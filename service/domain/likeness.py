"""How alike two statements are by their words: a help to find lessons that say nearly the same, and no judgement."""

from collections.abc import Mapping
from itertools import combinations

import regex

ALIKE = 0.5
"""From which share of common words on two statements are shown as alike."""
_WORD = regex.compile(r"\p{L}[\p{L}\p{M}]{3,}")
_STEM = 6


def words(text: str) -> frozenset[str]:
    """Return the words that carry a statement: those of four letters and more, by how they begin."""
    return frozenset(found[0][:_STEM] for found in _WORD.finditer(text.casefold()))


def likeness(one: str, other: str) -> float:
    """Return the share of words that two statements have in common, from 0 to 1; without any words it is 0."""
    first, second = words(one), words(other)
    every = first | second
    return len(first & second) / len(every) if every else 0.0


def alike(texts: Mapping[str, str]) -> dict[str, dict[str, float]]:
    """Return for each id of a statement those of others that are alike, the most alike first, with their share."""
    found: dict[str, dict[str, float]] = {one: {} for one in texts}
    for one, other in combinations(texts, 2):
        share = likeness(texts[one], texts[other])
        if share >= ALIKE:
            found[one][other] = found[other][one] = share
    return {one: dict(sorted(others.items(), key=lambda item: -item[1])) for one, others in found.items()}
