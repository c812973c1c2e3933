"""Arabic as it is written: letters take the form their neighbours ask for, lines run from right to left.

The forms are those that Unicode itself lists as compatibility characters, so no table is kept here. Ligatures
other than lam-alef, and marks set above each other, are left to readers of the text behind the page, which every
run carries unchanged.
"""

import itertools
import re
import unicodedata
from functools import cache

_FORM = re.compile(r"<(isolated|initial|medial|final)> ((?:[0-9A-F]{4} ?)+)")
_NUMBER = re.compile(r"\d+(?:[.,\u066b\u066c]\d+)*")
_MIRROR = str.maketrans("()[]{}<>«»", ")(][}{><»«")


@cache
def _forms() -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for code in itertools.chain(range(0xFB50, 0xFE00), range(0xFE70, 0xFEFD)):
        match = _FORM.fullmatch(unicodedata.decomposition(chr(code)))
        if match:
            letters = "".join(chr(int(part, 16)) for part in match[2].split())
            if len(letters) == 1 or letters[0] == "\u0644":
                found.setdefault((letters, match[1]), chr(code))
    return found


def is_rtl(char: str) -> bool:
    """Say whether a character is written from right to left."""
    return unicodedata.bidirectional(char) in {"R", "AL"}


def starts_rtl(text: str) -> bool:
    """Say whether the first character with a direction of its own runs from right to left."""
    strong = (kind for kind in map(unicodedata.bidirectional, text) if kind in {"L", "R", "AL"})
    return next(strong, "L") != "L"


def shaped(word: str) -> str:
    """Return a word with each letter in the form its neighbours ask for, still in logical order."""
    letters = _ligated(word)
    joins = [False, *(_joins_onward(*pair) for pair in itertools.pairwise(letters)), False]
    names = {
        (False, False): "isolated",
        (False, True): "initial",
        (True, True): "medial",
        (True, False): "final",
    }
    forms = _forms()
    return "".join(
        forms.get((letter, names[joins[index], joins[index + 1]]), letter)
        for index, letter in enumerate(letters)
    )


def visual(text: str) -> str:
    """Return a run in the order in which it is drawn, from left to right; numbers keep their order."""
    parts: list[str] = []
    position = 0
    for number in _NUMBER.finditer(text):
        parts += [_reversed(text[position : number.start()]), number[0]]
        position = number.end()
    parts.append(_reversed(text[position:]))
    return "".join(reversed(parts))


def _reversed(text: str) -> str:
    clusters: list[str] = []
    for char in text.translate(_MIRROR):
        if clusters and unicodedata.combining(char):
            clusters[-1] += char
        else:
            clusters.append(char)
    return "".join(reversed(clusters))


def _ligated(word: str) -> list[str]:
    letters: list[str] = []
    for char in word:
        if letters and (letters[-1] + char, "isolated") in _forms():
            letters[-1] += char
        else:
            letters.append(char)
    return letters


def _joins_onward(first: str, second: str) -> bool:
    forms = _forms()
    return (first[-1:], "initial") in forms and len(first) == 1 and (second, "final") in forms
