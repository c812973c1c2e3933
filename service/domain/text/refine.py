"""What differs inside a word that gives way to a similar one: “five” and “fiver”, “city” and “cities”.

It is a detail for the eye within words that are shown removed and inserted whole. diff-match-patch finds it on visible
characters, without a limit of time, in words whose length is bounded.
"""

from typing import Final

import regex
from diff_match_patch import diff_match_patch
from rapidfuzz.distance import LCSseq

_GRAPHEME: Final = regex.compile(r"\X")
_WORD: Final = regex.compile(r"(?:\p{L}|\p{N}|\p{M}|['\u2019\u02bc-])+")
_LONGEST: Final = 40
# Private characters stand for visible ones, so that none is ever cut.
_FIRST: Final = 0xE000

Detail = tuple[tuple[str, bool], ...]
"""A word in pieces, each with whether it is altered."""


def refined(old: str, new: str) -> tuple[Detail, Detail]:
    """Return both words in pieces that say which characters are altered; nothing where that would not help a reader."""
    if not _WORD.fullmatch(old) or not _WORD.fullmatch(new):
        return (), ()
    before, after = _GRAPHEME.findall(old), _GRAPHEME.findall(new)
    longer = max(len(before), len(after))
    # No difference keeps more than the longest common subsequence, and asking for that is cheap.
    if longer > _LONGEST or 2 * LCSseq.similarity(before, after) < longer:
        return (), ()
    known: dict[str, str] = {}
    for grapheme in (*before, *after):
        known.setdefault(grapheme, chr(_FIRST + len(known)))
    graphemes = {sign: grapheme for grapheme, sign in known.items()}
    engine = diff_match_patch()
    engine.Diff_Timeout = 0
    found = engine.diff_main("".join(known[g] for g in before), "".join(known[g] for g in after), False)
    engine.diff_cleanupSemantic(found)
    same = sum(len(signs) for kind, signs in found if kind == 0)
    if 2 * same < longer:
        return (), ()
    pieces = [(kind, "".join(graphemes[sign] for sign in signs)) for kind, signs in found]
    return (
        tuple((text, kind != 0) for kind, text in pieces if kind <= 0),
        tuple((text, kind != 0) for kind, text in pieces if kind >= 0),
    )
