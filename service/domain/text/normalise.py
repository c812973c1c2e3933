"""The one edge where text enters: what looks the same becomes the same, what cannot be read is refused.

Canonically composed (NFC). Every white space, line ends and tabs included, becomes one space; none
remains at the ends. Characters that nobody sees are removed: control characters, zero-width characters,
directional controls, fillers, non-characters. Kept are only those that change what is seen:

- a joiner between two emoji, and the tags of a flag;
- a joiner or non-joiner between letters of a script that is shaped by it (Arabic, Devanagari and their kin);
- a variation selector after an emoji, a keycap's digit, or a character of a script that has variants.
"""

import unicodedata
from typing import Final

import regex

from service.domain.errors import Invalid
from service.domain.text.scripts import JOINING, UNSPACED

MAX_MARKS: Final = 8
MAX_RUN: Final = 1_000
MAX_TEXT: Final = 20_000

_MAX_RAW: Final = 10 * MAX_TEXT

_SPACE: Final = regex.compile(r"[\s\p{Zs}\p{Zl}\p{Zp}\x1c-\x1f\x85]+")
HALF: Final = regex.compile(r"[\ud800-\udfff]")
"""Half of a character, as UTF-16 has it: it is none by itself."""
_SHAPED: Final = rf"[{JOINING}]"
_EMOJI: Final = r"\p{Extended_Pictographic}"
_TAG: Final = r"[\U000e0020-\U000e007e]"
_SEEN: Final = "|".join(
    (
        rf"\u200d(?<={_EMOJI}\ufe0f?\p{{Emoji_Modifier}}?\u200d)(?={_EMOJI})",
        rf"{_TAG}(?<=\U0001f3f4{_TAG}{{1,8}})(?={_TAG}{{0,8}}\U000e007f)",
        rf"\U000e007f(?<=\U0001f3f4{_TAG}{{1,8}}\U000e007f)",
        rf"[\u200c\u200d](?<={_SHAPED}\p{{M}}{{0,{MAX_MARKS}}}[\u200c\u200d])(?={_SHAPED})",
        rf"[\ufe0e\ufe0f](?<={_EMOJI}.)",
        r"\ufe0f(?<=[0-9#*].)(?=\u20e3)",
        r"[\ufe00-\ufe0d\u180b-\u180d\U000e0100-\U000e01ef](?<=[\p{Han}\p{Mongolian}\p{Myanmar}].)",
    )
)
_UNSEEN: Final = regex.compile(
    rf"(?:{_SEEN})(*SKIP)(*FAIL)|[\p{{Default_Ignorable_Code_Point}}\p{{Cc}}\p{{Noncharacter_Code_Point}}"
    r"\ufff9-\ufffb]"
)
_GRAPHEME: Final = regex.compile(r"\X")
_FLOOD: Final = regex.compile(rf"[\p{{M}}\u200c\u200d]{{{MAX_MARKS + 1}}}")
_RUN: Final = regex.compile(rf"[^\s{UNSPACED}]{{{MAX_RUN + 1}}}")


def clean(text: str) -> str:
    """Return the text in its one form, white space at the ends included; refuses nothing."""
    while True:
        seen = _UNSEEN.sub("", _SPACE.sub(" ", unicodedata.normalize("NFC", text)))
        if seen == text:
            return text
        text = seen


def traced(text: str) -> tuple[str, list[int]]:
    """Return what `clean` returns, and for each offset of the text the one where its characters stand now."""
    places = list(range(len(text) + 1))
    while True:
        seen = text
        for step in (_composed, _spaced, _seen):
            seen, moved = step(seen)
            places = [moved[place] for place in places]
        if seen == text:
            return text, places
        text = seen


def _composed(text: str) -> tuple[str, list[int]]:
    if unicodedata.is_normalized("NFC", text):
        return text, list(range(len(text) + 1))
    # What composes lies within one visible character.
    parts = [(found[0], unicodedata.normalize("NFC", found[0])) for found in _GRAPHEME.finditer(text)]
    moved: list[int] = []
    length = 0
    for old, new in parts:
        moved += (length + min(step, len(new)) for step in range(len(old)))
        length += len(new)
    return "".join(new for _, new in parts), [*moved, length]


def _spaced(text: str) -> tuple[str, list[int]]:
    return _substituted(_SPACE, " ", text)


def _seen(text: str) -> tuple[str, list[int]]:
    return _substituted(_UNSEEN, "", text)


def _substituted(pattern: regex.Pattern[str], by: str, text: str) -> tuple[str, list[int]]:
    parts: list[str] = []
    moved: list[int] = []
    at = length = 0
    for found in pattern.finditer(text):
        kept = found.start() - at
        parts += (text[at : found.start()], by)
        moved += range(length, length + kept + 1)
        length += kept + len(by)
        moved += [length] * (len(found[0]) - 1)
        at = found.end()
    parts.append(text[at:])
    return "".join(parts), [*moved, *range(length, length + len(text) - at + 1)]


def normalise(text: str, *, field: str = "text") -> str:
    """Return the text of one block in its one form.

    Args:
        text: what came from outside.
        field: the name by which a refusal points at it.

    Raises:
        Invalid: half a character (lone surrogate), more than 8 combining marks on one character, an
        unbroken run of over 1,000 characters, or over 20,000 characters in all.
    """
    if HALF.search(text):
        raise Invalid.field(
            field, "Part of a character is missing here. Type the text again, or paste it again."
        )
    result = clean(text).strip() if len(text) <= _MAX_RAW else text
    if len(result) > MAX_TEXT:
        raise Invalid.field(
            field,
            "This has %(count)s characters; at most %(limit)s fit into one paragraph. Split it.",
            count=len(result),
            limit=MAX_TEXT,
        )
    if _FLOOD.search(result):
        raise Invalid.field(
            field, "A character carries more than %(limit)s accents. Take some off.", limit=MAX_MARKS
        )
    if _RUN.search(result):
        raise Invalid.field(
            field, "A word is longer than %(limit)s characters. Put a space into it.", limit=MAX_RUN
        )
    return result
