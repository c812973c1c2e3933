"""Who brought which words, as the page shows it: the words in stretches, and a numbered list of their sources."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from service.domain.text import BASE, Block, Provenance, Run
from service.domain.views.recommendations import Origin, VersionView

FIRST = 1
"""The number of the first version; words of which nothing more is known are counted as its own."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where words come from: its number on the page, and how many words of the text it brought.

    `origin` is an amendment or a version written by hand; None for the text as first drafted.
    """

    number: int
    origin: Origin | None
    words: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of the same sources; `settled` tells that they collided with others and somebody decided for them."""

    text: str
    sources: tuple[Source, ...]
    settled: bool

    @property
    def words(self) -> str:
        """The text without the spaces around it, so that a mark stands close to the words."""
        return self.text.strip()

    @property
    def head(self) -> str:
        """The spaces before the words."""
        return self.text[: len(self.text) - len(self.text.lstrip())]

    @property
    def tail(self) -> str:
        """The spaces after the words; nothing where there are only spaces."""
        return self.text[len(self.text.rstrip()) :] if self.words else ""


@dataclass(frozen=True, slots=True)
class Whose:
    """A text in stretches, block by block, and its sources: the first draft first, the rest as they appear."""

    blocks: tuple[tuple[Block, tuple[Stretch, ...]], ...]
    sources: tuple[Source, ...]
    settled: bool


def whose(blocks: Sequence[Block], provenance: Provenance, origins: Mapping[str, Origin]) -> Whose:
    """Return who brought which words of a text."""
    keys = _by_source(blocks, provenance, origins)
    first = keys.pop("", None)
    counted = ([("", first)] if first is not None else []) + list(keys.items())
    sources = {
        key: Source(number, origins.get(key), words) for number, (key, words) in enumerate(counted, start=1)
    }
    shown = tuple(
        (block, tuple(_stretches(block, provenance.get(block.id, ()), origins, sources))) for block in blocks
    )
    settled = any(stretch.settled for _, stretches in shown for stretch in stretches)
    return Whose(shown, tuple(sources.values()), settled)


@dataclass(frozen=True, slots=True)
class Ancestry:
    """How a block came about: its number, and the numbers of those it came from in the version that had them."""

    number: int
    origins: tuple[int, ...]
    version: int

    @property
    def joined(self) -> bool:
        """Whether several blocks became one."""
        return len(self.origins) > 1


def ancestry(version: VersionView, known: Mapping[int, VersionView]) -> tuple[Ancestry, ...]:
    """Return which blocks of a version were split from others or joined out of them, in the order of the text."""
    return tuple(
        Ancestry(number, _numbers(known[descent.version - 1].blocks, descent.blocks), descent.version - 1)
        for number, block in enumerate(version.blocks, start=1)
        for descent in version.lineage.get(block.id, ())
    )


def _numbers(blocks: Sequence[Block], ids: Sequence[str]) -> tuple[int, ...]:
    return tuple(number for number, block in enumerate(blocks, start=1) if block.id in ids)


def _by_source(
    blocks: Sequence[Block], provenance: Provenance, origins: Mapping[str, Origin]
) -> dict[str, int]:
    """Return how many words each source brought, in the order of the text; the first draft's key is empty."""
    found: dict[str, int] = {}
    for block in blocks:
        for run in provenance.get(block.id, ()):
            words = len(block.text[run.start : run.end].split())
            for key in dict.fromkeys(_key(origin, origins) for origin in run.origins):
                found[key] = found.get(key, 0) + words
    return found


def _stretches(
    block: Block, runs: Sequence[Run], origins: Mapping[str, Origin], sources: Mapping[str, Source]
) -> Iterator[Stretch]:
    for run in runs:
        keys = dict.fromkeys(_key(origin, origins) for origin in run.origins)
        named = tuple(sorted((sources[key] for key in keys), key=lambda source: source.number))
        yield Stretch(block.text[run.start : run.end], named, run.resolver is not None)


def _key(origin: str, origins: Mapping[str, Origin]) -> str:
    known = origins.get(origin)
    return "" if origin == BASE or known is None or known.version_number == FIRST else origin
