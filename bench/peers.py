"""What others make of the same two texts, given our tokens as characters so that they too cut at words."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import fast_diff_match_patch
from diff_match_patch import diff_match_patch

from service.domain.text import Block
from service.domain.text.tokens import tokenise

_SURROGATES: Final = range(0xD800, 0xE000)


class Interned(NamedTuple):
    """Two texts with one character for each token, and the tokens that the characters stand for."""

    old: str
    new: str
    tokens: dict[str, str]


class Shown(NamedTuple):
    """What a reader sees of a difference: how many stretches are marked, and characters in them."""

    hunks: int
    characters: int


def interned(base: Sequence[Block], amended: Sequence[Block]) -> Interned:
    """Return two texts as the peers take them; half characters (surrogates) stand for nothing."""
    codes: dict[str, str] = {}

    def coded(blocks: Sequence[Block]) -> str:
        tokens = tokenise("\n".join(block.text for block in blocks))
        return "".join([codes.setdefault(token, _character(len(codes))) for token in tokens])

    old, new = coded(base), coded(amended)
    return Interned(old, new, {character: token for token, character in codes.items()})


def fast(texts: Interned, cleanup: str = "No") -> list[tuple[str, int]]:
    """Return the difference as fast-diff-match-patch (C++) finds it, without a limit of time."""
    found: list[tuple[str, int]] = fast_diff_match_patch.diff(
        texts.old, texts.new, timelimit=0, checklines=False, cleanup=cleanup
    )
    return found


def python(texts: Interned) -> list[tuple[int, str]]:
    """Return the difference as diff-match-patch (Python) finds it, without a limit of time."""
    differ = diff_match_patch()
    differ.Diff_Timeout = 0
    found: list[tuple[int, str]] = differ.diff_main(texts.old, texts.new, checklines=False)
    return found


def fast_cleaned(base: Sequence[Block], amended: Sequence[Block]) -> Shown:
    """Return what a reader sees of fast-diff-match-patch's difference after its semantic clean-up."""
    texts = interned(base, amended)
    hunks = characters = old = new = 0
    within = False
    for operation, length in fast(texts, "Semantic"):
        stretch = texts.new[new : new + length] if operation == "+" else texts.old[old : old + length]
        old += length if operation != "+" else 0
        new += length if operation != "-" else 0
        hunks += operation != "=" and not within
        within = operation != "="
        characters += sum(len(texts.tokens[character]) for character in stretch) if within else 0
    return Shown(hunks, characters)


def patched(base: Sequence[Block], amended: Sequence[Block], new_base: Sequence[Block]) -> list[str] | None:
    """Return what diff-match-patch makes of a change on a newer text, None when it says that it could not."""
    differ = diff_match_patch()
    old, mine, new = ("\n".join(block.text for block in text) for text in (base, amended, new_base))
    text, applied = differ.patch_apply(differ.patch_make(old, mine), new)
    return text.split("\n") if all(applied) else None


def _character(number: int) -> str:
    return chr(number if number < _SURROGATES.start else number + len(_SURROGATES))
