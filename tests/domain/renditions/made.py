"""Renditions of invented editions."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from service.domain import renditions
from service.domain.lessons import words_of
from service.domain.publication import Lesson, Recommendation, Snapshot, digest
from service.domain.renditions import Courtesy, Facts, Rendition
from service.domain.text import Block
from service.domain.text import digest as digest_of
from tests.adapters.editions import an_approval
from tests.domain.renditions.voices import PlainVoice

FILE = "f1" * 32


def facts_of(snapshot: Snapshot, *, withdrawn: bool = False, newer: int | None = None) -> Facts:
    """Return what is told of an edition beside its snapshot."""
    return Facts(
        digest(snapshot),
        FILE,
        an_approval(),
        page="https://sympolity.example/editions/1",
        paper="https://sympolity.example/editions/1/paper.pdf",
        check="https://sympolity.example/verify",
        withdrawn=withdrawn,
        newer=newer,
    )


def a_courtesy(ask: Recommendation, language: str = "fr", **words: str) -> Courtesy:
    """Return an approved translation: the words of each block, by its place (b1 is the title), else a sign of it."""
    blocks = tuple(_translated(block, at, words) for at, block in enumerate(ask.blocks, 1))
    return Courtesy(
        language,
        ask.version.digest,
        digest_of(blocks),
        blocks,
        "Puerto Amara",
        datetime(2024, 3, 20, 9, tzinfo=UTC),
    )


def a_courtesy_lesson(lesson: Lesson, words: str, language: str = "fr") -> Courtesy:
    """Return an approved translation of a lesson."""
    source, blocks = words_of(lesson.text), words_of(words)
    approved_at = datetime(2024, 3, 20, 9, tzinfo=UTC)
    return Courtesy(language, digest_of(source), digest_of(blocks), blocks, "Puerto Amara", approved_at)


def _translated(block: Block, at: int, words: dict[str, str]) -> Block:
    return replace(block, text=words.get(f"b{at}", f"[{at}]"), marks=())


def rendered(
    snapshot: Snapshot,
    facts: Facts | None = None,
    voice: PlainVoice | None = None,
    *,
    language: str = "",
    offered: Sequence[Courtesy] = (),
) -> Rendition:
    """Return an edition as a tree."""
    return renditions.rendition(
        snapshot, facts or facts_of(snapshot), voice or PlainVoice(), language=language, offered=offered
    )
