"""Where lines end: all the lines of a paragraph are chosen together, so that none is left strikingly short.

Text is never interpreted: there is no markup in it, whatever it looks like.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from service.adapters.pdf import arabic, fonts, hyphenation
from service.adapters.pdf.fonts import Face, Glyphs

_SPACES = re.compile(r"([ \t\r\n]+)")
_BLANK = " \t\r\n"
_CLINGING = frozenset(":;?!%»\u203a…")
_OPENING = frozenset("«\u2039")
NEARLY = 0.001
PER_LINE = 10.0
SHORT_END = 0.2
LOOSE = 0.2
DIVIDED = 0.08
DIVIDED_TWICE = 0.2
DIVIDED_AT_LAST = 0.3
SOFT_HYPHEN = "\u00ad"
"""What is read where a line ends in a hyphen that the text does not have."""


@dataclass(frozen=True, slots=True)
class Words:
    """Text in one look; `target` makes it a link, `mark` (underline or strike) tells it from its neighbours.

    A heavy mark is drawn thicker; `language` is named where it is another than its surroundings'.
    """

    text: str
    face: Face
    size: float
    colour: str
    mark: str = ""
    target: str = ""
    heavy: bool = False
    language: str = ""


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


class _Atom(NamedTuple):
    glyphs: Glyphs
    look: Words
    width: float


class _Box(NamedTuple):
    """What stays on one line; `last_width` is its width at the end of a line."""

    atoms: tuple[_Atom, ...]
    width: float
    last_width: float
    gap: _Atom | None
    hyphen: _Atom | None = None


class _Part(NamedTuple):
    """Part of a word in one look: its stretches with their widths, and whether it may end a line, with a hyphen."""

    stretches: tuple[tuple[Glyphs, float], ...]
    ends: bool
    hyphened: bool


def lines(
    words: Sequence[Words],
    measure: float,
    *,
    balanced: bool = False,
    language: str = "",
    divided: bool = False,
) -> tuple[Line, ...]:
    """Break text into lines no wider than the measure (points); balanced lines are of similar length.

    Words wider than the measure are divided by the rules of their language (a BCP 47 tag); if words may be `divided`,
    others are, too, where lines would be strikingly short without, or at the dashes that they have.
    """
    kept = 0.0 if divided else measure
    whole = _boxes(words, kept=kept)
    boxes = _fitting(whole, measure)
    if not boxes:
        return ()
    ends = _ends(boxes, measure, balanced=balanced)
    if language and (len(boxes) > len(whole) or (divided and _loose(boxes, ends, measure))):
        boxes = _fitting(_boxes(words, language, kept=kept), measure)
        ends = _ends(boxes, measure, balanced=balanced)
    rtl = arabic.starts_rtl("".join(run.text for run in words))
    return tuple(_line(boxes[start:end], rtl=rtl) for start, end in pairwise([0, *ends]))


def _loose(boxes: Sequence[_Box], ends: Sequence[int], measure: float) -> bool:
    """Say whether a line other than the last is left strikingly short."""
    for start, end in pairwise([0, *ends[:-1]]):
        width = sum(box.width + (box.gap.width if box.gap else 0.0) for box in boxes[start:end])
        if width < (1 - LOOSE) * measure:
            return True
    return False


def _boxes(words: Sequence[Words], language: str = "", *, kept: float = 0.0) -> list[_Box]:
    """Return what is not divided: words, or their parts up to a dash or, in a language, a syllable's end.

    Words up to as wide as what is `kept` are whole, whatever is in them.
    """
    found: list[_Box] = []
    atoms: list[_Atom] = []
    gap: _Atom | None = None
    for look in words:
        face, size = look.face, look.size
        tongue = hyphenation.language_of(look.language or language) if language else ""
        space: _Atom | None = None
        for token in _SPACES.split(look.text):
            if not token:
                continue
            if token[0] in _BLANK:
                if atoms and gap is None:
                    gap = space = space or _atoms(" ", look)[0]
                continue
            if gap is not None and atoms:
                atoms, gap = _parted(found, atoms, gap, token), None
            for stretches, ends, hyphened in _parts(token, face, size, tongue, kept):
                atoms += [_Atom(glyphs, look, width) for glyphs, width in stretches]
                if ends:
                    found.append(_box(atoms, None, _hyphen(look) if hyphened else None))
                    atoms = []
    if atoms:
        found.append(_box(atoms, gap))
    return found


def _parted(found: list[_Box], atoms: list[_Atom], gap: _Atom, token: str) -> list[_Atom]:
    """Return what the next word goes on from; what stands before it is a box of its own, mostly."""
    # French sets its signs apart; they stay with the word that they belong to all the same.
    if _clings(token) or atoms[-1].glyphs.text in _OPENING:
        return [*atoms, gap]
    found.append(_box(atoms, gap))
    return []


@lru_cache(maxsize=50_000)
def _parts(token: str, face: Face, size: float, language: str, kept: float) -> tuple[_Part, ...]:
    """Return what a word may be divided into; its last part goes on."""
    keeps = kept > 0 and sum(width for _, width in _measured(token, face, size)) <= kept
    cuts = hyphenation.cuts(token, language, whole=keeps)
    places = sorted(cuts)
    return tuple(
        _Part(_measured(token[start:end], face, size), end is not None, end is not None and cuts[end])
        for start, end in zip([0, *places], [*places, None], strict=True)
    )


def _measured(text: str, face: Face, size: float) -> tuple[tuple[Glyphs, float], ...]:
    return tuple((one, fonts.width(one.shown, one.face, size)) for one in fonts.glyphs(text, face))


def _clings(token: str) -> bool:
    return token[0] in _CLINGING and all(char in _CLINGING for char in token)


def _hyphen(look: Words) -> _Atom:
    return _Atom(Glyphs(SOFT_HYPHEN, "-", look.face), look, fonts.width("-", look.face, look.size))


def _atoms(text: str, look: Words) -> list[_Atom]:
    return [_Atom(glyphs, look, width) for glyphs, width in _measured(text, look.face, look.size)]


def _box(atoms: Sequence[_Atom], gap: _Atom | None, hyphen: _Atom | None = None) -> _Box:
    width = atoms[0].width if len(atoms) == 1 else sum(atom.width for atom in atoms)
    return _Box(tuple(atoms), width, width + hyphen.width if hyphen else width, gap, hyphen)


def _fitting(boxes: list[_Box], measure: float) -> list[_Box]:
    """Return the boxes, each cut between letters as often as it is wider than the measure."""
    if all(box.last_width <= measure for box in boxes):
        return boxes
    return [part for box in boxes for part in _divided(box, measure)]


def _divided(box: _Box, measure: float) -> Iterator[_Box]:
    if box.last_width <= measure:
        yield box
        return
    part: list[_Atom] = []
    used = 0.0
    for atom in box.atoms:
        for piece in _cut(atom, measure, used):
            if part and used + piece.width > measure:
                yield _box(part, None)
                part, used = [], 0.0
            part.append(piece)
            used += piece.width
    yield _box(part, box.gap, box.hyphen)


def _cut(atom: _Atom, measure: float, used: float) -> Iterator[_Atom]:
    """Yield an atom in parts: the first as wide as what is left of the measure, the others as the measure."""
    text, shown, face = atom.glyphs.text, atom.glyphs.shown, atom.glyphs.face
    if used + atom.width <= measure:
        yield atom
        return
    if len(text) != len(shown):
        yield from _halved(atom, measure)
        return
    start, width = 0, 0.0
    for end, letter in enumerate(shown):
        one = fonts.width(letter, face, atom.look.size)
        if end > start and used + width + one > measure:
            yield _part(atom, start, end, width)
            start, width, used = end, 0.0, 0.0
        width += one
    yield _part(atom, start, len(text), width)


def _halved(atom: _Atom, measure: float) -> Iterator[_Atom]:
    """Yield an atom whose characters are not drawn one by one in halves, as often as it is wider than the measure."""
    text = atom.glyphs.text
    if atom.width <= measure or len(text) == 1:
        yield atom
        return
    for half in (text[: len(text) // 2], text[len(text) // 2 :]):
        for part in _atoms(half, atom.look):
            yield from _halved(part, measure)


def _part(atom: _Atom, start: int, end: int, width: float) -> _Atom:
    glyphs = atom.glyphs
    part = Glyphs(glyphs.text[start:end], glyphs.shown[start:end], glyphs.face, glyphs.rtl)
    return _Atom(part, atom.look, width)


def _ends(boxes: Sequence[_Box], measure: float, *, balanced: bool) -> list[int]:
    """Return, for the best set of lines, the index behind each line's last box."""
    count = len(boxes)
    steps = [box.width + box.gap.width if box.gap else box.width for box in boxes]
    hyphened = [box.hyphen is not None for box in boxes]
    if _fits(steps, boxes[-1].last_width, measure):
        # Each further line costs more than whatever is unsightly about a single one.
        return [count]
    costs, starts = [0.0], [0]
    for end in range(1, count + 1):
        last = end == count
        divided = hyphened[end - 1]
        least, chosen = float("inf"), end - 1
        for start, width in _reach(steps, boxes[end - 1].last_width, end - 1, measure):
            filled = width / measure
            if last and not balanced:
                cost = costs[start] + (PER_LINE + (1.0 if filled < SHORT_END else 0.0))
            else:
                cost = costs[start] + (PER_LINE + (1.0 - filled) ** 2)
            follows = start > 0 and hyphened[start - 1]
            if divided:
                cost += DIVIDED_TWICE if follows else DIVIDED
            elif follows and last:
                cost += DIVIDED_AT_LAST
            if cost < least:
                least, chosen = cost, start
        costs.append(least)
        starts.append(chosen)
    ends = []
    position = count
    while position:
        ends.append(position)
        position = starts[position]
    return ends[::-1]


def _fits(steps: Sequence[float], last: float, measure: float) -> bool:
    """Say whether boxes fit on one line."""
    return _reach(steps, last, len(steps) - 1, measure)[-1][0] == 0


def _reach(steps: Sequence[float], last: float, start: int, measure: float) -> list[tuple[int, float]]:
    """Return where a line may start that ends behind a box, from there backwards, and how wide it is then."""
    width = last
    found = [(start, width)]
    for at in range(start - 1, -1, -1):
        width += steps[at]
        if width > measure + NEARLY:
            break
        found.append((at, width))
    return found


def _line(boxes: Sequence[_Box], *, rtl: bool) -> Line:
    atoms: list[_Atom] = []
    for box in boxes:
        atoms += box.atoms
        if box.gap:
            atoms.append(box.gap)
    last = boxes[-1]
    if last.gap:
        atoms.pop()
    if last.hyphen:
        atoms.append(last.hyphen)
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
    if last.gap:
        gap = last.gap
        stretches.append(Stretch(gap.glyphs, gap.look, -gap.width if rtl else x, gap.width))
    return Line(tuple(stretches), width, rtl)


def _merged(atoms: Sequence[_Atom]) -> list[_Atom]:
    """Return the atoms with neighbours of one look and direction made one, so that they are read as one."""
    merged: list[_Atom] = []
    same: list[_Atom] = []
    for atom in atoms:
        if same and not _alike(same[0], atom):
            merged.append(_one(same, same[0].glyphs))
            same = []
        same.append(atom)
        if atom.glyphs.rtl:
            merged.append(atom)
            same = []
            start = next((i for i in range(len(merged) - 2, -1, -1) if merged[i].glyphs.rtl), None)
            if start is not None and _neutral(merged[start + 1 : -1], atom):
                merged[start:] = [_one(merged[start:], atom.glyphs)]
    return [*merged, _one(same, same[0].glyphs)] if same else merged


def _alike(one: _Atom, other: _Atom) -> bool:
    """Say whether two atoms can be read as one."""
    return (
        (one.look is other.look or one.look == other.look)
        and one.glyphs.face == other.glyphs.face
        and not one.glyphs.needs_text
        and not other.glyphs.needs_text
    )


def _one(atoms: Sequence[_Atom], like: Glyphs) -> _Atom:
    if len(atoms) == 1:
        return atoms[0]
    text, shown = ("".join([getattr(atom.glyphs, part) for atom in atoms]) for part in ("text", "shown"))
    look = atoms[-1].look
    return _Atom(Glyphs(text, shown, like.face, like.rtl), look, fonts.width(shown, like.face, look.size))


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
