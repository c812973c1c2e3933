"""Somebody who says a rendition's own words in plain English, and in capitals where another language is meant."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from service.domain.text import Sentence


@dataclass(frozen=True)
class PlainVoice:
    """Says every sentence as it is written; `words` are those of the house that it knows by another name."""

    tag: str = "en"
    words: Mapping[str, str] = field(default_factory=dict)

    def say(self, template: str, values: Mapping[str, object] | None = None) -> str:
        return template % (values or {})

    def tell(self, one: str, many: str, count: int, values: Mapping[str, object] | None = None) -> str:
        return (one if count == 1 else many) % {**(values or {}), "count": count}

    def word(self, kind: str, code: str) -> str:
        return f"{kind}: {code}"

    def known(self, words: str) -> str:
        return self.words.get(words, words)

    def told(self, sentence: Sentence) -> str:
        return sentence.text

    def day(self, when: date) -> str:
        return when.isoformat()

    def days(self, first: date, last: date) -> str:
        return f"{first.isoformat()}/{last.isoformat()}"

    def moment(self, when: datetime) -> str:
        return when.isoformat()

    def tongue(self, tag: str) -> str:
        return f"«{tag}»"

    def listed(self, parts: Iterable[str]) -> str:
        return " + ".join(parts)
