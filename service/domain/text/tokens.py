"""Text cut where a reader would cut it: words, white space, single signs, never inside a character."""

import re
from collections.abc import Sequence
from itertools import accumulate
from typing import Final

import regex

from service.domain.text.scripts import UNSPACED

_LETTER: Final = rf"[[\p{{L}}\p{{N}}\p{{M}}_\u200c\u200d]--[{UNSPACED}]]"
_TOKEN: Final = regex.compile(rf"{_LETTER}+(?:['\u2019\u02bc]{_LETTER}+)*|\s+|\X", regex.V1)
_COMPOSITE: Final = regex.compile(
    r"[\p{Extended_Pictographic}\p{M}\p{Cf}\p{Regional_Indicator}\p{Emoji_Modifier}"
    r"\p{Grapheme_Cluster_Break=Extend}\p{Grapheme_Cluster_Break=SpacingMark}\p{Grapheme_Cluster_Break=Prepend}]"
)
_BEYOND_LATIN: Final = re.compile("[^\\x00-\u024f\u2010-\u2027\u2030-\u203a\u20ac]")
_LATIN_TOKEN: Final = re.compile(r"\w+(?:['\u2019]\w+)*|[\t-\r \x85\xa0]+|.", re.DOTALL)
"""Says of Latin text what `_TOKEN` says, in a third of the time: every character is one by itself there."""
_GRAPHEME: Final = regex.compile(r"\X")
_CLOSING: Final = 8
_SENTENCE: Final = regex.compile(r"[.!?…。؟।]+[\p{Pe}\p{Pf}\"'\u2019]*\s+")


def tokenise(text: str) -> list[str]:
    """Return the tokens; joined they are the text.

    Words keep their inner apostrophes. Scripts that put no space between words yield one token for each
    visible character.
    """
    if not _BEYOND_LATIN.search(text):
        return _LATIN_TOKEN.findall(text)
    tokens: list[str] = _TOKEN.findall(text)
    if not _COMPOSITE.search(text):
        return tokens
    return _whole_graphemes(text, tokens)


def offsets(tokens: Sequence[str]) -> list[int]:
    """Return where each token begins, in code points, and last where the text ends."""
    return list(accumulate(map(len, tokens), initial=0))


def sentence_starts(text: str) -> list[int]:
    """Return where the sentences of a text begin, in code points; the first is always 0."""
    return [0, *(found.end() for found in _SENTENCE.finditer(text) if found.end() < len(text))]


def ends_sentence(text: str) -> bool:
    """Say whether a sentence ends where the text does."""
    ends = (found.end() for found in _SENTENCE.finditer(f"{text} ", max(len(text) - _CLOSING, 0)))
    return len(text) + 1 in ends


def joins(left: str, right: str) -> bool:
    """Say whether the end of one text and the beginning of another would grow together into one token."""
    if not left or not right:
        return False
    seam = len(left)
    return seam not in offsets(tokenise(left + right))


def grapheme_edges(text: str) -> list[int]:
    """Return where the visible characters of a text begin, in code points, and last where the text ends."""
    return [0, *(found.end() for found in _GRAPHEME.finditer(text))]


def _whole_graphemes(text: str, tokens: list[str]) -> list[str]:
    breaks = set(grapheme_edges(text))
    whole: list[str] = []
    end = begun = 0
    for token in tokens:
        end += len(token)
        if end in breaks:
            whole.append(text[begun:end])
            begun = end
    return whole
