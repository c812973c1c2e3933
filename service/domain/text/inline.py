"""Signs inside a block written as Markdown: emphasis, strong emphasis and links, to marks and back.

A star turns emphasis on, and the next one off; two stars do so for strong emphasis, three for both. What is on for
the one may overlap what is on for the other, as marks may. A star that nothing answers to, or that has white space
where its words should be, is a star. `&#32;` is a space that words may begin or end with.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from service.domain.text.blocks import Block
from service.domain.text.check import MAX_ADDRESS, leads_well
from service.domain.text.marks import Mark, MarkKind

_PUNCTUATION: Final = r"[!-/:-@\[-`{-~]"
_SIGN: Final = re.compile(rf"\\{_PUNCTUATION}|&#32;|\*+|!?\[|[\]()]|\s+")
_ESCAPED: Final = re.compile(rf"\\({_PUNCTUATION})")
_STAND_FOR_MORE: Final = re.compile(r"[\\*]|&(?=#32;)")
_BRACKETS_TOO: Final = re.compile(r"[\\*\[\]]|&(?=#32;)")
_STARS: Final = {MarkKind.EMPHASIS: "*", MarkKind.STRONG: "**"}
_KINDS: Final = {
    "*": (MarkKind.EMPHASIS,),
    "**": (MarkKind.STRONG,),
    "***": (MarkKind.STRONG, MarkKind.EMPHASIS),
}
_SPACE: Final = "&#32;"


@dataclass(slots=True)
class _Sign:
    """A sign where it stands; `said` is what is read of it, `end` where reading goes on."""

    start: int
    end: int
    said: str


def read_inline(written: str) -> tuple[str, tuple[Mark, ...]]:
    """Return the words of a block and their marks; what is no sign of the subset is words."""
    signs = [_sign(found) for found in _SIGN.finditer(written)]
    pairs = [*_links(written, signs), *_stars(written, signs)]
    text, before, after = _told(written, signs)
    marks = (Mark(kind, after[opening], before[closing], href) for kind, opening, closing, href in pairs)
    return text, tuple(mark for mark in marks if mark.start < mark.end)


def write_inline(block: Block) -> str:
    """Return the words of a block with the signs that its marks are read from."""
    opening: dict[int, list[Mark]] = {}
    closing: dict[int, list[Mark]] = {}
    for mark in block.marks:
        opening.setdefault(mark.start, []).append(mark)
        closing.setdefault(mark.end, []).append(mark)
    linked = "](" in block.text or any(mark.kind is MarkKind.LINK for mark in block.marks)
    signs = _BRACKETS_TOO if linked else _STAND_FOR_MORE
    edges = sorted({0, len(block.text), *opening, *closing})
    parts: list[str] = []
    for at, edge in enumerate(edges):
        parts += (
            _STARS.get(mark.kind) or f"]({_address(mark.value)})"
            for mark in sorted(closing.get(edge, ()), key=lambda m: (-m.start, m.kind))
        )
        for mark in sorted(opening.get(edge, ()), key=lambda m: (-m.end, m.kind)):
            if mark.kind is MarkKind.LINK and parts and parts[-1].endswith("!"):
                parts[-1] = f"{parts[-1][:-1]}\\!"
            parts.append(_STARS.get(mark.kind, "["))
        if edge < len(block.text):
            words = signs.sub(r"\\\g<0>", block.text[edge : edges[at + 1]])
            parts.append(_edged(words, opening.get(edge, ()), closing.get(edges[at + 1], ())))
    return "".join(parts)


def _edged(words: str, opening: Sequence[Mark], closing: Sequence[Mark]) -> str:
    """Return words of which no star has white space beside it."""
    if words[0] == " " and any(mark.kind in _STARS for mark in opening):
        words = _SPACE + words[1:]
    if words[-1] == " " and any(mark.kind in _STARS for mark in closing):
        words = words[:-1] + _SPACE
    return words


def _address(href: str) -> str:
    return re.sub(r"[\\()]", r"\\\g<0>", href)


def _sign(found: re.Match[str]) -> _Sign:
    written = found[0]
    said = written[1] if written[0] == "\\" else " " if written == _SPACE else written
    return _Sign(found.start(), found.end(), said)


def _links(written: str, signs: Sequence[_Sign]) -> Iterator[tuple[MarkKind, int, int, str]]:
    """Yield the links, each with its opening and closing sign, which are not read as words."""
    ends = _closing(written, signs)
    brackets: list[int] = []
    read_until = 0
    for at, sign in enumerate(signs):
        if sign.start < read_until:
            sign.said = ""
            continue
        first = written[sign.start]
        if sign.said.endswith("[") and first != "\\":
            brackets.append(at)
        elif first == "]" and brackets:
            opened = brackets.pop()
            end = ends.get(sign.end)
            href = _led_to(written, sign.end + 1, end) if end is not None else ""
            if end is not None and href and signs[opened].said == "[" and signs[opened].end < sign.start:
                signs[opened].said = sign.said = ""
                read_until = sign.end = end + 1
                brackets.clear()
                yield MarkKind.LINK, opened, at, href


def _closing(written: str, signs: Sequence[_Sign]) -> dict[int, int]:
    """Return where each parenthesis that begins an address closes; no address holds white space."""
    ends: dict[int, int] = {}
    begun: list[int] = []
    for sign in signs:
        first = written[sign.start]
        if first == "(":
            begun.append(sign.start)
        elif first == ")" and begun:
            ends[begun.pop()] = sign.start
        elif first.isspace():
            begun.clear()
    return ends


def _led_to(written: str, start: int, end: int) -> str:
    """Return the address between two parentheses, or nothing where none may stand in a text."""
    # Every character may have a backslash before it. What is longer is not even read.
    if end - start > 2 * MAX_ADDRESS:
        return ""
    href = _ESCAPED.sub(r"\1", written[start:end])
    short = len(href) <= MAX_ADDRESS
    return href if short and leads_well(Mark(MarkKind.LINK, 0, 1, href)) else ""


def _stars(written: str, signs: Sequence[_Sign]) -> Iterator[tuple[MarkKind, int, int, None]]:
    """Yield what lies between two runs of stars; a star that nothing answers to is read as words."""
    begun: dict[MarkKind, int] = {}
    for at, sign in enumerate(signs):
        if sign.said not in _KINDS or written[sign.start] != "*":
            continue
        closes = sign.start > 0 and not written[sign.start - 1].isspace()
        opens = sign.end < len(written) and not written[sign.end].isspace()
        kinds, sign.said = _KINDS[sign.said], ""
        for kind in kinds:
            if kind in begun and closes:
                yield kind, begun.pop(kind), at, None
            elif kind not in begun and opens:
                begun[kind] = at
            else:
                sign.said += _STARS[kind]
    for kind, at in begun.items():
        signs[at].said += _STARS[kind]


def _told(written: str, signs: Sequence[_Sign]) -> tuple[str, list[int], list[int]]:
    """Return the words, and where in them what is read of each sign begins and ends."""
    parts: list[str] = []
    before: list[int] = []
    after: list[int] = []
    at = length = 0
    for sign in signs:
        between = written[at : sign.start]
        parts += (between, sign.said)
        before.append(length + len(between))
        length = before[-1] + len(sign.said)
        after.append(length)
        at = max(at, sign.end)
    return "".join((*parts, written[at:])), before, after
