"""Where lines end: all the lines of a paragraph are chosen together, so that none is left strikingly short.

Text is never interpreted: there is no markup in it, whatever it looks like.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from service.adapters.pdf import arabic, fonts, hyphenation
from service.adapters.pdf.fonts import Face, Glyphs

_SPACES = re.compile(r"([ \t\r\n]+)")
_AFTER_DASH = re.compile(r"(?<=\w\w[-–—/])(?=\w{3})")
_IN_ADDRESS = re.compile(r"(?<=[/?&=._#%-])(?=\w)")
_ADDRESS = re.compile(r"https?://|www\.")
_DIGEST = re.compile(r"[0-9a-f]{40,}")
_CLINGING = re.compile("[:;?!%»\u203a…]+")
_OPENING = re.compile("[«\u2039]")
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
    hyphen: _Atom | None = None

    @property
    def last_width(self) -> float:
        """Its width at the end of a line."""
        return self.width + (self.hyphen.width if self.hyphen else 0.0)


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
    others are, too, where lines would be strikingly short without.
    """
    whole = list(_boxes(words))
    boxes = [part for box in whole for part in _fitting(box, measure)]
    if not boxes:
        return ()
    ends = _ends(boxes, measure, balanced=balanced)
    if language and (len(boxes) > len(whole) or (divided and _loose(boxes, ends, measure))):
        boxes = [part for box in _boxes(words, language) for part in _fitting(box, measure)]
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


def _boxes(words: Sequence[Words], language: str = "") -> Iterator[_Box]:
    """Yield what is not divided: words, or their parts up to a dash or, in a language, a syllable's end."""
    atoms: list[_Atom] = []
    gap: _Atom | None = None
    for look in words:
        tongue = language and hyphenation.language_of(look.language or language)
        for token in _SPACES.split(look.text):
            if not token:
                continue
            if token.isspace() and _SPACES.fullmatch(token):
                gap = gap or (next(_atoms(" ", look)) if atoms else None)
                continue
            if gap is not None and atoms:
                # French sets its signs apart; they stay with the word that they belong to all the same.
                if _CLINGING.fullmatch(token) or _OPENING.fullmatch(atoms[-1].glyphs.text):
                    atoms.append(gap)
                else:
                    yield _box(atoms, gap)
                    atoms = []
                gap = None
            for part, divided in _parts(token, tongue):
                atoms += _atoms(part, look)
                if divided is not None:
                    yield _box(atoms, None, _hyphen(look) if divided else None)
                    atoms = []
    if atoms:
        yield _box(atoms, gap)


def _parts(token: str, language: str) -> Iterator[tuple[str, bool | None]]:
    """Yield what a word may be divided into, and whether by a hyphen; for its last part, that it goes on.

    It is divided after a dash, in an address at its signs, in a digest by eights, and by its language's rules.
    """
    if _DIGEST.fullmatch(token):
        cuts = dict.fromkeys(range(8, len(token), 8), False)
    elif _ADDRESS.search(token):
        cuts = {found.start(): False for found in _IN_ADDRESS.finditer(token)}
    else:
        cuts = dict.fromkeys(hyphenation.places(token, language), True) if language else {}
        cuts |= {found.start(): False for found in _AFTER_DASH.finditer(token)}
    start = 0
    for cut in sorted(cuts):
        yield token[start:cut], cuts[cut]
        start = cut
    yield token[start:], None


def _hyphen(look: Words) -> _Atom:
    return _Atom(Glyphs(SOFT_HYPHEN, "-", look.face), look, fonts.width("-", look.face, look.size))


def _atoms(token: str, look: Words) -> Iterator[_Atom]:
    for glyphs in fonts.glyphs(token, look.face):
        yield _Atom(glyphs, look, fonts.width(glyphs.shown, glyphs.face, look.size))


def _box(atoms: Sequence[_Atom], gap: _Atom | None, hyphen: _Atom | None = None) -> _Box:
    return _Box(tuple(atoms), sum(atom.width for atom in atoms), gap, hyphen)


def _fitting(box: _Box, measure: float) -> Iterator[_Box]:
    """Yield the box, cut between letters as often as it is wider than the measure."""
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
    yield replace(_box(part, None), gap=box.gap, hyphen=box.hyphen)


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
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(boxes) + 1):
        chosen = (float("inf"), end - 1)
        width = 0.0
        divided = boxes[end - 1].hyphen is not None
        for start in range(end - 1, -1, -1):
            box = boxes[start]
            if start == end - 1:
                width = box.last_width
            else:
                width += box.width + (box.gap.width if box.gap else 0.0)
                if width > measure + 0.001:
                    break
            cost = best[start][0] + _cost(width / measure, last=end == len(boxes), balanced=balanced)
            follows = start > 0 and boxes[start - 1].hyphen is not None
            if divided:
                cost += DIVIDED_TWICE if follows else DIVIDED
            elif follows and end == len(boxes):
                cost += DIVIDED_AT_LAST
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
    if boxes[-1].hyphen:
        atoms.append(boxes[-1].hyphen)
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
