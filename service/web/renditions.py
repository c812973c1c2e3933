"""Editions in other formats, in the languages of the pages."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path

from service.domain import renditions
from service.domain.publication import Snapshot
from service.domain.renditions import Courtesy, Facts
from service.domain.text import Sentence
from service.web import dates, redlines, words
from service.web.languages import Language, choose, known
from service.web.rendition_html import html_of
from service.web.rendition_markdown import markdown_of


@dataclass(frozen=True, slots=True)
class LanguageVoice:
    """A language of the pages as the voice of a rendition."""

    language: Language

    @property
    def tag(self) -> str:
        """Its tag."""
        return self.language.tag

    def say(self, template: str, values: Mapping[str, object] | None = None) -> str:
        """Return a sentence with its values filled in."""
        return self.language.say(template, values)

    def tell(self, one: str, many: str, count: int, values: Mapping[str, object] | None = None) -> str:
        """Return a sentence whose form depends on a number."""
        return self.language.count(one, many, count, {**(values or {}), "count": count})

    def word(self, kind: str, code: str) -> str:
        """Return the word for a code; one that is not known any more is told by itself."""
        return self.known(words.named(kind, code))

    def known(self, words: str) -> str:
        """Return how words of the house are said, whether a sentence begins with them or not."""
        catalogue = self.language.catalogue
        for found in (words, words[:1].lower() + words[1:]):
            if found and (said := catalogue.gettext(found)) != found:
                return said
        return words

    def told(self, sentence: Sentence) -> str:
        """Return a sentence about a change."""
        return redlines.told(self.language, sentence)

    def day(self, when: date) -> str:
        """Return a day."""
        return dates.day(when, self.language)

    def days(self, first: date, last: date) -> str:
        """Return the days of a meeting."""
        return dates.span(first, last, self.language)

    def moment(self, when: datetime) -> str:
        """Return a moment in UTC."""
        day, hour = dates.day(when, self.language), dates.hour(when, self.language, "UTC")
        return f"{day}{dates.comma(self.language)}{hour} UTC"

    def tongue(self, tag: str) -> str:
        """Return the name of a language."""
        return dates.tongue(tag, self.language)

    def listed(self, parts: Iterable[str]) -> str:
        """Return things in a row."""
        return dates.enumerated(parts, self.language)


@dataclass(frozen=True, slots=True)
class HouseRenditions:
    """Writes editions in the languages of the pages; one that they do not speak gets English around its words."""

    base_url: str

    @property
    def maker(self) -> str:
        """What names it: the address that it writes, and the digest of all that has a say in the bytes."""
        return f"{self.base_url} {_files()}"

    def html(self, snapshot: Snapshot, facts: Facts, language: str, offered: Sequence[Courtesy] = ()) -> str:
        """Return an edition as one HTML file."""
        tongue = _tongue(snapshot, language)
        return html_of(self.tree(snapshot, facts, language, offered), tongue.direction)

    def markdown(
        self, snapshot: Snapshot, facts: Facts, language: str, offered: Sequence[Courtesy] = ()
    ) -> str:
        """Return an edition as Markdown."""
        return markdown_of(self.tree(snapshot, facts, language, offered))

    def tree(
        self, snapshot: Snapshot, facts: Facts, language: str, offered: Sequence[Courtesy] = ()
    ) -> renditions.Rendition:
        """Return an edition as the tree that all its formats are written from."""
        base = self.base_url.rstrip("/")
        whole = replace(facts, page=base + facts.page, paper=base + facts.paper, check=base + facts.check)
        voice = LanguageVoice(_tongue(snapshot, language))
        return renditions.rendition(snapshot, whole, voice, language=language, offered=offered)


@cache
def _files() -> str:
    """Return the digest of everything that words and their order may come from; it is of this release."""
    here = Path(__file__).parent
    found = hashlib.sha256(version("babel").encode())
    for path in sorted((*here.rglob("*"), *(here.parent / "domain").rglob("*"))):
        if path.suffix in {".css", ".po", ".py"}:
            found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def _tongue(snapshot: Snapshot, language: str) -> Language:
    return known().get(language or snapshot.language) or choose([language, snapshot.language], "")
