"""Where lines end: all the lines of a paragraph are chosen together, so that none is left strikingly short.

Text is never interpreted: there is no markup in it, whatever it looks like.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from service.adapters.pdf import arabic, fonts
from service.adapters.pdf.fonts import Face, Glyphs

_SPACES = re.compile(r"([ \t\r\n]+)")
_AFTER_DASH = re.compile(r"(?<=\w\w[-–—/])(?=\w{3})")
_IN_ADDRESS = re.compile(r"(?<=[/?&=._#%-])(?=\w)")
_ADDRESS = re.compile(r"https?://|www\.")
_DIGEST = re.compile(r"[0-9a-f]{40,}")
PER_LINE = 10.0
SHORT_END = 0.2


@dataclass(frozen=True, slots=True)
class Words:
    """Text in one look; `target` makes it a link, `mark` (underline or strike) tells it from its neighbours.

    A heavy mark is drawn thicker.
    """

    text: str
    face: Face
    size: float
    colour: str
    mark: str = ""
    target: str = ""
    heavy: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """Part of a line in one look and one cut; `x` counts from the line's left end."""

    glyphs: Glyphs
    look: Words
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line, its stretches in the order in which they are drawn."""

    stretches: tuple[Stretch, ...]
    width: float
    rtl: bool = False


@dataclass(frozen=True, slots=True)
class _Atom:
    glyphs: Glyphs
    look: Words
    width: float


@dataclass(frozen=True, slots=True)
class _Box:
    atoms: tuple[_Atom, ...]
    width: float
    gap: _Atom | None


def lines(words: Sequence[Words], measure: float, *, balanced: bool = False) -> tuple[Line, ...]:
    """Break text into lines no wider than the measure (points); balanced lines are of similar length."""
    boxes = [part for box in _boxes(words) for part in _fitting(box, measure)]
    if not boxes:
        return ()
    rtl = arabic.starts_rtl("".join(run.text for run in words))
    ends = _ends(boxes, measure, balanced=balanced)
    return tuple(_line(boxes[start:end], rtl=rtl) for start, end in pairwise([0, *ends]))


def _boxes(words: Sequence[Words]) -> Iterator[_Box]:
    """Yield what is not divided: words, or their parts up to a dash."""
    atoms: list[_Atom] = []
    for look in words:
        for token in _SPACES.split(look.text):
            if not token:
                continue
            if token.isspace() and _SPACES.fullmatch(token):
                if atoms:
                    yield _box(atoms, next(_atoms(" ", look)))
                    atoms = []
                continue
            first, *others = _parts(token)
            atoms += _atoms(first, look)
            for part in others:
                yield _box(atoms, None)
                atoms = list(_atoms(part, look))
    if atoms:
        yield _box(atoms, None)


def _parts(token: str) -> list[str]:
    """Return what a word may be divided into: after a dash, in an address at its signs, in a digest by eights."""
    if _DIGEST.fullmatch(token):
        return [token[start : start + 8] for start in range(0, len(token), 8)]
    return (_IN_ADDRESS if _ADDRESS.search(token) else _AFTER_DASH).split(token)


def _atoms(token: str, look: Words) -> Iterator[_Atom]:
    for glyphs in fonts.glyphs(token, look.face):
        yield _Atom(glyphs, look, fonts.width(glyphs.shown, glyphs.face, look.size))


def _box(atoms: Sequence[_Atom], gap: _Atom | None) -> _Box:
    return _Box(tuple(atoms), sum(atom.width for atom in atoms), gap)


def _fitting(box: _Box, measure: float) -> Iterator[_Box]:
    """Yield the box, cut between letters as often as it is wider than the measure."""
    if box.width <= measure:
        yield box
        return
    part: list[_Atom] = []
    used = 0.0
    for atom in box.atoms:
        whole = len(atom.glyphs.text) == len(atom.glyphs.shown)
        for letter in _letters(atom) if whole else [atom]:
            if part and used + letter.width > measure:
                yield _box(_joined(part), None)
                part, used = [], 0.0
            part.append(letter)
            used += letter.width
    yield replace(_box(_joined(part), None), gap=box.gap)


def _letters(atom: _Atom) -> Iterator[_Atom]:
    for text, shown in zip(atom.glyphs.text, atom.glyphs.shown, strict=True):
        glyphs = replace(atom.glyphs, text=text, shown=shown)
        yield _Atom(glyphs, atom.look, fonts.width(shown, glyphs.face, atom.look.size))


def _joined(letters: Sequence[_Atom]) -> list[_Atom]:
    joined: list[_Atom] = []
    for atom in letters:
        last = joined[-1] if joined else None
        if last and last.look is atom.look and last.glyphs.face == atom.glyphs.face:
            both = replace(
                last.glyphs,
                text=last.glyphs.text + atom.glyphs.text,
                shown=last.glyphs.shown + atom.glyphs.shown,
            )
            joined[-1] = _Atom(both, atom.look, last.width + atom.width)
        else:
            joined.append(atom)
    return joined


def _ends(boxes: Sequence[_Box], measure: float, *, balanced: bool) -> list[int]:
    """Return, for the best set of lines, the index behind each line's last box."""
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(boxes) + 1):
        chosen = (float("inf"), end - 1)
        width = 0.0
        for start in range(end - 1, -1, -1):
            box = boxes[start]
            width += box.width + (box.gap.width if box.gap and start < end - 1 else 0.0)
            if width > measure + 0.001 and start < end - 1:
                break
            cost = best[start][0] + _cost(width / measure, last=end == len(boxes), balanced=balanced)
            if cost < chosen[0]:
                chosen = (cost, start)
        best.append(chosen)
    ends = []
    position = len(boxes)
    while position:
        ends.append(position)
        position = best[position][1]
    return ends[::-1]


def _cost(filled: float, *, last: bool, balanced: bool) -> float:
    if last and not balanced:
        return PER_LINE + (1.0 if filled < SHORT_END else 0.0)
    return PER_LINE + (1.0 - filled) ** 2


def _line(boxes: Sequence[_Box], *, rtl: bool) -> Line:
    atoms: list[_Atom] = []
    for index, box in enumerate(boxes):
        atoms += box.atoms
        if box.gap and index < len(boxes) - 1:
            atoms.append(box.gap)
    width = sum(atom.width for atom in atoms)
    merged = _merged(atoms)
    places: dict[int, float] = {}
    x = 0.0
    for index in _drawn_order(merged, rtl=rtl):
        places[index] = x
        x += merged[index].width
    stretches = [
        Stretch(atom.glyphs, atom.look, places[index], atom.width) for index, atom in enumerate(merged)
    ]
    gap = boxes[-1].gap
    if gap:
        stretches.append(Stretch(gap.glyphs, gap.look, -gap.width if rtl else x, gap.width))
    return Line(tuple(stretches), width, rtl)


def _merged(atoms: Sequence[_Atom]) -> list[_Atom]:
    """Return the atoms with neighbours of one look and direction made one, so that they are read as one."""
    merged: list[_Atom] = []
    for atom in atoms:
        last = merged[-1] if merged else None
        plain = last and not last.glyphs.needs_text and not atom.glyphs.needs_text
        if last and plain and last.look == atom.look and last.glyphs.face == atom.glyphs.face:
            merged[-1] = _one([last, atom], last.glyphs)
            continue
        merged.append(atom)
        if atom.glyphs.rtl:
            start = next((i for i in range(len(merged) - 2, -1, -1) if merged[i].glyphs.rtl), None)
            if start is not None and _neutral(merged[start + 1 : -1], atom):
                merged[start:] = [_one(merged[start:], atom.glyphs)]
    return merged


def _one(atoms: Sequence[_Atom], like: Glyphs) -> _Atom:
    text, shown = (
        "".join(parts) for parts in zip(*((a.glyphs.text, a.glyphs.shown) for a in atoms), strict=True)
    )
    look = atoms[-1].look
    return _Atom(replace(like, text=text, shown=shown), look, fonts.width(shown, like.face, look.size))


def _neutral(between: Sequence[_Atom], around: _Atom) -> bool:
    """Say whether what stands between two stretches from right to left has no direction of its own."""
    return all(
        not char.isalpha() and fonts.covers(around.glyphs.face, char)
        for atom in between
        for char in atom.glyphs.shown
    )


def _drawn_order(atoms: Sequence[_Atom], *, rtl: bool) -> list[int]:
    """Return the indices of the atoms from left to right."""
    groups: list[list[int]] = []
    for index, atom in enumerate(atoms):
        if groups and atoms[groups[-1][-1]].glyphs.rtl == atom.glyphs.rtl:
            groups[-1].append(index)
        else:
            groups.append([index])
    ordered = reversed(groups) if rtl else groups
    return [i for group in ordered for i in (reversed(group) if atoms[group[0]].glyphs.rtl else group)]
