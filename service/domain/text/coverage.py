"""How much of what an amendment asks for another wording of the same base realises, counted in words.

A word that is asked to be added is realised where the other wording adds it in the same place; a word that is asked
to be struck out, where it is gone. The same place is what lies between the nearest words that the other wording leaves
standing, and for new paragraphs between the nearest paragraphs. What changes no word (marks, styles, moves, signs) is
counted apart.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from functools import cache
from itertools import chain, groupby

from service.domain.text.align import changes
from service.domain.text.blocks import Block
from service.domain.text.operations import (
    DeleteBlock,
    Edit,
    InsertBlock,
    JoinBlock,
    MoveBlock,
    Operation,
    SplitBlock,
)
from service.domain.text.tokens import offsets, tokenise


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of those asked for are realised."""

    realised: int = 0
    asked: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        """Return both counted together."""
        return Tally(self.realised + other.realised, self.asked + other.asked)


class Wish(StrEnum):
    """What is asked of a phrase."""

    ADD = "add"
    STRIKE = "strike"


@dataclass(frozen=True, slots=True)
class Missing:
    """A phrase that is asked to be added and is not there, or to be struck out and stands."""

    wish: Wish
    block: str
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """What becomes of one operation that is asked for; `forms` counts it where it changes no word."""

    operation: Operation
    words: Tally
    forms: Tally
    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What becomes of all that is asked for, operation by operation."""

    parts: tuple[Part, ...]

    @property
    def words(self) -> Tally:
        """How many of the words asked for are realised."""
        return sum((part.words for part in self.parts), Tally())

    @property
    def forms(self) -> Tally:
        """How many of the changes that touch no word are realised."""
        return sum((part.forms for part in self.parts), Tally())

    @property
    def share(self) -> Fraction:
        """The share that is realised, exactly."""
        return share(self.words, self.forms)

    @property
    def missing(self) -> tuple[Missing, ...]:
        """The phrases that are not realised, in the order of the operations."""
        return tuple(missing for part in self.parts for missing in part.missing)


def share(words: Tally, forms: Tally) -> Fraction:
    """Return the exact share realised: of the words, or of the forms where no word is asked for, or all of nothing."""
    for tally in (words, forms):
        if tally.asked:
            return Fraction(tally.realised, tally.asked)
    return Fraction(1)


def coverage(base: Sequence[Block], asked: Sequence[Operation], made: Sequence[Operation]) -> Coverage:
    """Return which share of `asked` is realised by `made`.

    Args:
        base: the text that both amend.
        asked: the operations of the amendment in question.
        made: those of the other wording, `diff(base, text)` for a text that came out.

    A split or a join is told as the words that change at it, and as the form that it is.
    """
    return measure(base, made)(asked)


def measure(base: Sequence[Block], made: Sequence[Operation]) -> Callable[[Sequence[Operation]], Coverage]:
    """Return what tells for one amendment after the other which share of it `made` realises, as `coverage` does.

    The base is read once for all of them.
    """
    ground = _Ground(base, tuple(_apart(base, made)))
    return lambda asked: _covered(ground, tuple(_apart(base, asked)))


def _covered(ground: "_Ground", asked: Sequence[Operation]) -> Coverage:
    gaps = ground.gap_of(asked)
    found: dict[int, Part] = {at: ground.part(operation, gaps) for at, operation in enumerate(asked)}
    for group in chain(_edited(ground, asked), _placed(ground, asked)):
        missed = _missed(group.asked, group.made)
        for at, own in groupby(group.asked, key=lambda word: word.owner):
            found[at] = _with_added(found[at], list(own), missed)
    return Coverage(tuple(found[at] for at in range(len(asked))))


def _apart(base: Sequence[Block], operations: Iterable[Operation]) -> Iterator[Operation]:
    """Yield the operations with the words that splits and joins change as edits before them."""
    texts = {block.id: block.text for block in base}
    for operation in operations:
        if isinstance(operation, SplitBlock):
            added = f"{operation.inserted} {operation.content.text}"
            yield from _edit(operation.block, operation.start, operation.deleted, added)
        elif isinstance(operation, JoinBlock):
            into, start = operation.into, operation.start
            yield from _edit(into, start, texts[into][start:], operation.inserted)
            yield from _edit(operation.block, 0, operation.struck, "")
        yield operation


def _edit(block: str, start: int, deleted: str, inserted: str) -> Iterator[Edit]:
    if _words(deleted) or _words(inserted):
        yield Edit(block, start, start + len(deleted), deleted, inserted)


@dataclass(frozen=True, slots=True)
class _Word:
    """A word in its text; `owner` is the operation that asks for it, `number` its place among the words there."""

    text: str
    start: int
    end: int
    owner: int = -1
    number: int = 0


@dataclass(slots=True)
class _Group:
    """What is asked to be added in one place, and what is added there; they are compared at once, nothing twice."""

    asked: list[_Word] = field(default_factory=list)
    made: list[_Word] = field(default_factory=list)


class _Ground:
    """The base as the other wording leaves it."""

    def __init__(self, base: Sequence[Block], made: Sequence[Operation]) -> None:
        self.made = made
        self.texts = {block.id: block.text for block in base}
        self.struck = {operation.block for operation in made if isinstance(operation, DeleteBlock)}
        self.edits: dict[str, list[Edit]] = {}
        for operation in made:
            if isinstance(operation, Edit):
                self.edits.setdefault(operation.block, []).append(operation)
        self._order = {block.id: at for at, block in enumerate(base)}
        self._names = [block.id for block in base]
        gaps = self.gap_of(made)
        self._done = {_form(operation, gaps) for operation in made}
        self.standing = cache(self._standing)

    def _standing(self, block: str) -> list[_Word]:
        """Return the words of a block that are left standing."""
        words = _words(self.texts.get(block, ""))
        if block in self.struck:
            return []
        edits = self.edits.get(block, ())
        return [w for w in words if not any(e.start < w.end and w.start < e.end for e in edits)]

    def gap_of(self, operations: Iterable[Operation]) -> Mapping[str, int]:
        """Return for each new or moved block the gap it is placed in, by the number of the block that stands before."""
        roots: dict[str, str | None] = {}
        gaps: dict[str, int] = {}
        for operation in operations:
            if isinstance(operation, InsertBlock | MoveBlock):
                root = roots.get(operation.after or "", operation.after)
                roots[operation.block] = root
                gaps[operation.block] = -1 if root is None else self._order.get(root, -1)
        return gaps

    def settled(self, gap: int) -> int:
        """Return the gap as the other wording leaves it: what is struck out stands between nothing."""
        while gap >= 0 and self._names[gap] in self.struck:
            gap -= 1
        return gap

    def region(self, edit: Edit) -> tuple[int, int]:
        """Return the place of an edit: from the last word that stands before it to the first one after it."""
        standing = self.standing(edit.block)
        start = max((word.end for word in standing if word.end <= edit.start), default=0)
        after = (word.start for word in standing if word.start >= edit.end)
        return start, min(after, default=len(self.texts.get(edit.block, "")))

    def part(self, operation: Operation, gaps: Mapping[str, int]) -> Part:
        """Return what becomes of the words that an operation strikes out, or of its form where it touches none."""
        block, gone, added = operation.block, "", ""
        start = 0
        if isinstance(operation, Edit):
            start, gone, added = operation.start, operation.deleted, operation.inserted
        elif isinstance(operation, DeleteBlock):
            gone = operation.content.text
        elif isinstance(operation, InsertBlock):
            added = operation.content.text
        words = _words(gone)
        if not words and not _words(added):
            done = _form(operation, gaps) in self._done
            return Part(operation, Tally(), Tally(int(done), 1), ())
        standing = {word.start - start for word in self.standing(block)}
        left = [word for word in words if word.start in standing]
        missing = tuple(Missing(Wish.STRIKE, block, text) for text in _phrases(gone, left))
        return Part(operation, Tally(len(words) - len(left), len(words)), Tally(), missing)


def _form(operation: Operation, gaps: Mapping[str, int]) -> object:
    """Return what two operations have in common that do the same; new blocks have ids of their own."""
    if isinstance(operation, InsertBlock):
        content = operation.content
        return gaps[operation.block], content.kind, content.text, content.level
    if isinstance(operation, SplitBlock):
        return operation.block, operation.end, operation.content.kind, operation.content.level
    if isinstance(operation, JoinBlock):
        return operation.block, operation.into
    return operation


def _words(text: str, owner: int = -1) -> list[_Word]:
    tokens = tokenise(text)
    spoken = [
        (token, start)
        for token, start in zip(tokens, offsets(tokens), strict=False)
        if any(map(str.isalnum, token))
    ]
    return [
        _Word(token, start, start + len(token), owner, number) for number, (token, start) in enumerate(spoken)
    ]


def _edited(ground: _Ground, asked: Sequence[Operation]) -> Iterator[_Group]:
    """Yield the places inside blocks where something is asked to be added; those that overlap are one."""
    edits = [(o.block, *ground.region(o), at, o) for at, o in enumerate(asked) if isinstance(o, Edit)]
    edits.sort(key=lambda row: row[:4])
    while edits:
        block, start, end, _, _ = edits[0]
        together = [edits.pop(0)]
        while edits and edits[0][0] == block and (edits[0][1] < end or edits[0][1:3] == (start, end)):
            end = max(end, edits[0][2])
            together.append(edits.pop(0))
        group = _Group()
        for *_, at, edit in sorted(together, key=lambda row: (row[4].start, row[4].end)):
            group.asked += _words(edit.inserted, at)
        for edit in sorted(ground.edits.get(block, ()), key=lambda e: (e.start, e.end)):
            if start <= edit.start and edit.end <= end:
                group.made += _words(edit.inserted)
        yield group


def _placed(ground: _Ground, asked: Sequence[Operation]) -> Iterator[_Group]:
    """Yield the gaps between blocks in which new ones are asked for."""
    groups: dict[int, _Group] = {}
    gaps = ground.gap_of(asked)
    inserted = [(gaps[o.block], at, o) for at, o in enumerate(asked) if isinstance(o, InsertBlock)]
    for gap, at, block in sorted(inserted, key=lambda row: row[:2]):
        groups.setdefault(ground.settled(gap), _Group()).asked += _words(block.content.text, at)
    gaps = ground.gap_of(ground.made)
    others = [(gaps[o.block], at, o) for at, o in enumerate(ground.made) if isinstance(o, InsertBlock)]
    for gap, _, block in sorted(others, key=lambda row: row[:2]):
        if (group := groups.get(ground.settled(gap))) is not None:
            group.made += _words(block.content.text)
    yield from groups.values()


def _missed(asked: Sequence[_Word], made: Sequence[_Word]) -> set[_Word]:
    """Return the words asked for that are not said in their order."""
    found = changes([word.text for word in asked], [word.text for word in made])
    return {word for start, end, _, _ in found for word in asked[start:end]}


def _with_added(part: Part, words: Sequence[_Word], missed: set[_Word]) -> Part:
    operation = part.operation
    text = operation.inserted if isinstance(operation, Edit) else ""
    text = operation.content.text if isinstance(operation, InsertBlock) else text
    left = [word for word in words if word in missed]
    missing = tuple(Missing(Wish.ADD, operation.block, phrase) for phrase in _phrases(text, left))
    tally = part.words + Tally(len(words) - len(left), len(words))
    return Part(operation, tally, part.forms, (*part.missing, *missing))


def _phrases(text: str, words: Sequence[_Word]) -> Iterator[str]:
    """Yield the stretches of a text that words which follow each other make, with the signs between them."""
    run: list[_Word] = []
    for word in (*words, None):
        if run and (word is None or word.number != run[-1].number + 1):
            yield text[run[0].start : run[-1].end]
            run = []
        if word is not None:
            run.append(word)
