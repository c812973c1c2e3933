"""Courtesy translations in a rendition: of exactly the printed text, approved, and each named by its own digest."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from service.domain.lessons import words_of
from service.domain.publication import Lesson, Recommendation
from service.domain.text import Block, digest

_FROM_THE_RIGHT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


@dataclass(frozen=True, slots=True)
class Courtesy:
    """An approved translation: `source` is the digest of the text that it is of, `digest` that of its own words."""

    language: str
    source: str
    digest: str
    blocks: tuple[Block, ...]
    organisation: str
    approved_at: datetime


@dataclass(frozen=True, slots=True)
class Courtesies:
    """The courtesy translations into one language, by the digest of the text that each is of.

    `language` is that of the edition itself where there are none.
    """

    original: str
    language: str
    found: Mapping[str, Courtesy]

    @property
    def any(self) -> bool:
        """Whether this is a rendition in another language than the edition's."""
        return self.language != self.original

    def of(self, ask: Recommendation) -> Courtesy | None:
        """Return the translation of exactly the text that is printed, if there is one."""
        return self.found.get(ask.version.digest)

    def of_lesson(self, lesson: Lesson) -> Courtesy | None:
        """Return the translation of exactly the words of a lesson, if there is one."""
        return self.found.get(digest(words_of(lesson.text)))

    def text(self, ask: Recommendation) -> tuple[tuple[Block, ...], str]:
        """Return the blocks that are read in this language, and the language that they are in."""
        courtesy = self.of(ask)
        return (ask.blocks, self.original) if courtesy is None else (courtesy.blocks, self.language)


def courtesies(original: str, language: str, offered: Iterable[Courtesy]) -> Courtesies:
    """Return those of the translations that are into a language."""
    return Courtesies(
        original, language, {one.source: one for one in offered if one.language == language != original}
    )


def tongues(offered: Iterable[Courtesy]) -> tuple[str, ...]:
    """Return into which languages there are translations, in the order of their tags."""
    return tuple(sorted({one.language for one in offered}))


def is_printed(language: str) -> bool:
    """Tell whether a translation into a language can be set as a PDF: not where its lines run from right to left."""
    return language.lower().partition("-")[0] not in _FROM_THE_RIGHT
