"""From the paragraphs of a document that came back to the text that its writer proposes, and what there is to ask.

Only two things count: what stood there before any tracked change, and what stands there once all are accepted. Where
the first is the text of the version, the second is the proposal. Who is said to have changed what does not count.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from service.domain.errors import Invalid
from service.domain.text import Block, BlockKind, Look, Mark, MarkKind, normalise_blocks, recover_ids
from service.domain.text.check import leads_well
from service.domain.text.normalise import MAX_TEXT, clean
from service.domain.word import remarks
from service.domain.word.remarks import Ignored, Remark
from service.domain.word.tracked import (
    MOST_CHARACTERS,
    MOST_PARAGRAPHS,
    MOVED,
    Change,
    Paper,
    Paragraph,
    bookmark,
    form_of,
    style_of,
    too_large,
)

_CUT: Final = MAX_TEXT + 1
"""As much of a paragraph that is too long as shows that it is."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The text that a document proposes, its new blocks without ids, and what there is to tell of it."""

    blocks: tuple[Block, ...]
    remarks: tuple[Remark, ...]


@dataclass(slots=True)
class _Row:
    """A paragraph while it is read: its words before and after, those that stay, and which old paragraph it is of."""

    paragraph: Paragraph
    before: str
    after: str
    kept: str
    of: int = -1


@dataclass(slots=True)
class _Old:
    """A paragraph as it stood before anything was changed: its rows, and the block that it is."""

    rows: list[int] = field(default_factory=list)
    text: str = ""
    id: str = ""


def read(paper: Paper, base: Sequence[Block]) -> Reading:
    """Return what a document proposes instead of a text.

    Raises:
        Invalid: it is longer than any text with its changes.
    """
    said = [paragraph for paragraph in paper.paragraphs if any(run.text.strip() for run in paragraph.runs)]
    characters = sum(len(run.text) for paragraph in said for run in paragraph.runs)
    if len(said) > MOST_PARAGRAPHS or characters > MOST_CHARACTERS:
        raise too_large()
    rows = [_row(paragraph) for paragraph in paper.paragraphs]
    olds = _olds(rows)
    _recognise(olds, rows, base)
    blocks = _proposed(olds, rows, base)
    missing = _missing(olds, blocks, base)
    whole = _put_back(blocks, missing, base)
    told = (*_remarks(paper, olds, missing, base), *(() if whole != tuple(base) else (remarks.unchanged(),)))
    return Reading(_without_ids(whole, base), told)


def _row(paragraph: Paragraph) -> _Row:
    runs = paragraph.runs
    return _Row(
        paragraph,
        "".join(run.text for run in runs if run.change.was_there),
        clean("".join(run.text for run in runs if run.change.is_there)).strip(),
        clean("".join(run.text for run in runs if run.change is Change.KEPT)).strip(),
    )


def _olds(rows: Sequence[_Row]) -> list[_Old]:
    """Return the paragraphs as they stood: what is parted by an end that was inserted was one."""
    olds = [_Old()]
    for at, row in enumerate(rows):
        row.of = len(olds) - 1
        olds[-1].rows.append(at)
        olds[-1].text += row.before
        if row.paragraph.end.was_there:
            olds.append(_Old())
    for old in olds:
        old.text = clean(old.text).strip()
    return olds


def _recognise(olds: Sequence[_Old], rows: Sequence[_Row], base: Sequence[Block]) -> None:
    """Find which block each old paragraph is: by its bookmark, else by its words."""
    blocks = {bookmark(block.id).lower(): block for block in base}
    taken: set[str] = set()
    for exactly in (True, False):
        for old in olds:
            for name in _names(old.rows, rows):
                block = blocks.get(name)
                fits = block is not None and block.id not in taken and (old.text == block.text or not exactly)
                if block is not None and fits and old.text and not old.id:
                    old.id = block.id
                    taken.add(block.id)
    said = [old for old in olds if old.text]
    found = recover_ids(base, [Block(old.id, BlockKind.PARAGRAPH, old.text) for old in said])
    known = {block.id for block in base}
    for old, block in zip(said, found, strict=True):
        old.id = block.id if block.id in known else ""


def _names(places: Sequence[int], rows: Sequence[_Row]) -> Iterator[str]:
    for at in places:
        yield from (name.lower() for name in rows[at].paragraph.names)


def _proposed(olds: Sequence[_Old], rows: Sequence[_Row], base: Sequence[Block]) -> list[Block]:
    """Return the paragraphs once every change is accepted; those that are known again have their ids."""
    heirs = {heir: old.id for old in olds if old.id and (heir := _heir(old, rows)) is not None}
    found: list[tuple[list[int], str]] = []
    taken: set[str] = set()
    for group in _groups(rows):
        if any(rows[at].after for at in group):
            name = _named(group, rows, heirs)
            found.append((group, "" if name in taken else name))
            taken.add(name)
    moved = {f"{MOVED}{bookmark(block.id)}".lower(): block.id for block in base}
    places = {block.id: (at, block) for at, block in enumerate(base)}
    blocks: list[Block] = []
    for group, name in found:
        there = name or next(
            (moved[n] for n in _names(group, rows) if moved.get(n, "") not in {"", *taken}), ""
        )
        taken.add(there)
        blocks.append(_block(group, rows, len(blocks), places.get(there)))
    return list(recover_ids(base, blocks)) if blocks else []


def _groups(rows: Sequence[_Row]) -> Iterator[list[int]]:
    """Yield the paragraphs as they will stand: what is parted by an end that was struck out will be one."""
    group: list[int] = []
    for at, row in enumerate(rows):
        group.append(at)
        if row.paragraph.end.is_there:
            yield group
            group = []
    yield group


def _heir(old: _Old, rows: Sequence[_Row]) -> int | None:
    """Return the part of an old paragraph that stands for it: the first that keeps words, else that had any."""
    kept = (at for at in old.rows if rows[at].kept)
    return next(kept, next((at for at in old.rows if rows[at].before.strip()), None))


def _named(group: Sequence[int], rows: Sequence[_Row], heirs: Mapping[int, str]) -> str:
    """Return the block that a paragraph goes on with: the first whose words stay, else the first that gets others."""
    here = [at for at in group if at in heirs]
    stays = (heirs[at] for at in here if rows[at].kept)
    return next(stays, next((heirs[at] for at in here if rows[at].after), ""))


def _block(group: Sequence[int], rows: Sequence[_Row], at: int, known: tuple[int, Block] | None) -> Block:
    text = ""
    marks: list[Mark] = []
    for run in (run for place in group for run in rows[place].paragraph.runs if run.change.is_there):
        marks += _marks(run.look, len(text), len(text) + len(run.text))
        text += run.text
    style = next(rows[place].paragraph.style for place in group if rows[place].after)
    kind, level = _form(style, at, known)
    name = known[1].id if known is not None else ""
    try:
        (block,) = normalise_blocks([Block(name or "new", kind, text, level, tuple(marks))])
    except Invalid:
        # Whoever proposes it is told what is wrong with it where they can mend it.
        return Block(name, kind, text.strip()[:_CUT], level)
    return replace(block, id=name)


def _form(style: str, at: int, known: tuple[int, Block] | None) -> tuple[BlockKind, int]:
    """Return the kind and level of a paragraph: those that it had, unless it is set in the style of another."""
    if known is None:
        return form_of(style, at)
    place, block = known
    had = style_of(block, place)
    if not style or style == had or form_of(style, at) == form_of(had, place):
        return block.kind, block.level
    return form_of(style, at)


def _marks(look: Look, start: int, end: int) -> Iterator[Mark]:
    if look.emphasis:
        yield Mark(MarkKind.EMPHASIS, start, end)
    if look.strong:
        yield Mark(MarkKind.STRONG, start, end)
    if look.href and _leads_well(look):
        yield Mark(MarkKind.LINK, start, end, look.href)


def _leads_well(look: Look) -> bool:
    return leads_well(Mark(MarkKind.LINK, 0, 1, look.href))


def _missing(olds: Sequence[_Old], blocks: Sequence[Block], base: Sequence[Block]) -> list[Block]:
    """Return the blocks of the text that the document neither holds nor shows as struck out."""
    there = {old.id for old in olds} | {block.id for block in blocks}
    return [block for block in base if block.id not in there]


def _put_back(blocks: Sequence[Block], missing: Sequence[Block], base: Sequence[Block]) -> tuple[Block, ...]:
    """Return the text with what is missing where it stood: after the block that it followed."""
    whole = list(blocks)
    gone = {block.id for block in missing}
    before = ""
    for block in base:
        if block.id in gone:
            at = next((at for at, one in enumerate(whole) if one.id == before), -1)
            whole.insert(at + 1, block)
        if block.id in gone or any(one.id == block.id for one in blocks):
            before = block.id
    return tuple(whole)


def _remarks(
    paper: Paper, olds: Sequence[_Old], missing: Sequence[Block], base: Sequence[Block]
) -> Iterator[Remark]:
    places = {block.id: (at, block.text) for at, block in enumerate(base)}
    for old in olds:
        if old.text and not old.id:
            yield remarks.untracked_paragraph(old.text)
        elif old.id and old.text != places[old.id][1]:
            yield remarks.untracked_change(places[old.id][0] + 1)
    for block in missing:
        yield remarks.missing_paragraph(places[block.id][0] + 1, block.text)
    for what in Ignored:
        count = _astray(paper) if what is Ignored.LINK else paper.count(what)
        if count:
            yield remarks.ignored(what, count)


def _astray(paper: Paper) -> int:
    """Return how many links lead where no reader may be led."""
    looks = (run.look for paragraph in paper.paragraphs for run in paragraph.runs if run.change.is_there)
    return sum(bool(look.href) and not _leads_well(look) for look in looks)


def _without_ids(blocks: Sequence[Block], base: Sequence[Block]) -> tuple[Block, ...]:
    known = {block.id for block in base}
    return tuple(block if block.id in known else replace(block, id="") for block in blocks)
