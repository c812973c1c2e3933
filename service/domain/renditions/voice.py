"""Who says a rendition's own words: headings, labels and notices, in a reader's language."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Protocol

from service.domain.own_reasons import recognised
from service.domain.renditions.tree import Line, Words
from service.domain.text.sentences import Sentence

_SEAM = "\x00"


class Voice(Protocol):
    """A language of the pages."""

    @property
    def tag(self) -> str:
        """Its tag, such as fr."""
        ...

    def say(self, template: str, values: Mapping[str, object] | None = None) -> str:
        """Return a sentence with its values filled in."""
        ...

    def tell(self, one: str, many: str, count: int, values: Mapping[str, object] | None = None) -> str:
        """Return a sentence whose form depends on a number, which fills in `count`."""
        ...

    def word(self, kind: str, code: str) -> str:
        """Return the word for a code, such as `Stance` and `objection`."""
        ...

    def known(self, words: str) -> str:
        """Return how words of the house are said; words that are not known stay as they are."""
        ...

    def told(self, sentence: Sentence) -> str:
        """Return a sentence about a change."""
        ...

    def day(self, when: date) -> str:
        """Return a day: 9 February 2024."""
        ...

    def days(self, first: date, last: date) -> str:
        """Return the days of a meeting: 12–14 March 2024."""
        ...

    def moment(self, when: datetime) -> str:
        """Return a moment in UTC: 9 February 2024, 18:00 UTC."""
        ...

    def tongue(self, tag: str) -> str:
        """Return the name of a language."""
        ...

    def listed(self, parts: Iterable[str]) -> str:
        """Return things in a row: 12, 40 and 52."""
        ...


def woven(voice: Voice, template: str, values: Mapping[str, Words | str | int]) -> Line:
    """Return a sentence into which words of others are woven, each in its own language and look."""
    marked = voice.say(template, {name: f"{_SEAM}{name}{_SEAM}" for name in values})
    parts = []
    for at, part in enumerate(marked.split(_SEAM)):
        value = values[part] if at % 2 else part
        parts.append(value if isinstance(value, Words) else Words(str(value)))
    return tuple(part for part in parts if part.text)


def housed(voice: Voice, words: str, language: str) -> Words:
    """Return words of the house that an edition holds in its own language, said by the voice where it knows them."""
    if own := recognised(words):
        return Words(voice.say(*own))
    known = voice.known(words)
    return Words(words, language) if known == words else Words(known)
