"""Who says the paper's own words: the language of its agenda where the paper speaks it, English where not.

A language is a file in `voices`, written by `make generated` from the catalogue of the pages and from how days and
lists are written. So the words of a paper are a part of what makes it; nothing of this is looked up when it is made.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from gettext import c2py
from pathlib import Path

from service.domain import canonical
from service.domain.dates import NO_BREAK
from service.domain.text.sentences import Sentence

SOURCE = "en"
_FOLDER = Path(__file__).parent / "voices"
_NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six")
_MORE_NUMBERS = ("Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve")
_PLAIN = {"accepted_modified": "accepted with changes"}


@dataclass(frozen=True, slots=True)
class Speech:
    """A language as the paper speaks it.

    `plural` gives the form for a number n, `groups` what stands between thousands and `groups_from` from which number
    on; `colon` is written between words; `row` are the patterns of two things in a row, and of the start, the middle
    and the end of more; `said` holds the forms of each sentence under its English.
    """

    plural: str
    groups: str
    colon: str
    groups_from: int
    months: tuple[str, ...]
    day: str
    row: tuple[str, str, str, str]
    languages: Mapping[str, str]
    said: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Voice:
    """A language of the paper; `lang` marks its words where the paper itself is in another language."""

    tag: str
    speech: Speech
    lang: str = ""

    def say(self, template: str, values: Mapping[str, object] | None = None) -> str:
        """Return a sentence with its values filled in; numbers are written as amounts, names of things as they are."""
        return self._filled(self._forms(template)[0], values or {})

    def tell(self, one: str, many: str, count: int, values: Mapping[str, object] | None = None) -> str:
        """Return a sentence whose form depends on a number, which fills in `count`."""
        forms = self.speech.said.get(one) or (one, many)
        form = forms[c2py(self.speech.plural)(count)]
        return self._filled(form, {"count": count, **(values or {})})

    def word(self, kind: str, code: str) -> str:  # noqa: ARG002  a code says by itself what it is
        """Return the word for a code, such as `objection`."""
        return self.known(plain(code))

    def known(self, words: str) -> str:
        """Return how words of the house are said; words that are not known stay as they are."""
        for found in (words, words[:1].lower() + words[1:]):
            if found in self.speech.said:
                return self.speech.said[found][0]
        return words

    def house(self, words: str) -> str:
        """Return words of the house that stand alone, as they would begin a line where they do so in English."""
        said = self.known(words)
        return begun(said) if words[:1].isupper() else said

    def told(self, sentence: Sentence) -> str:
        """Return a sentence about a change."""
        if sentence.plural is not None:
            return self.tell(sentence.template, sentence.plural, sentence.count, _named(sentence.values))
        return self.say(sentence.template, _named(sentence.values))

    def number(self, number: int) -> str:
        """Return an amount."""
        if number < self.speech.groups_from:
            return str(number)
        return f"{number:,}".replace(",", self.speech.groups)

    def spelled(self, number: int) -> str:
        """Return an amount as a headline begins: in English in words, up to twelve."""
        words = (*_NUMBERS, *_MORE_NUMBERS) if self.tag == SOURCE else ()
        return words[number] if number < len(words) else str(number)

    def day(self, when: date) -> str:
        """Return a day as in “14 March 2024”; it is not divided at the end of a line."""
        return self._day(when, self.speech.day)

    def days(self, first: date, last: date) -> str:
        """Return a stretch of days as in “12–14 March 2024”."""
        if first == last:
            return self.day(last)
        if (first.year, first.month) == (last.year, last.month):
            return f"{first.day}–{self.day(last)}"
        if first.year == last.year:
            yearless = self.speech.day.partition("{month}")[0] + "{month}"
            return f"{self._day(first, yearless)} – {self.day(last)}"
        return f"{self.day(first)} – {self.day(last)}"

    def _day(self, when: date, pattern: str) -> str:
        month = self.speech.months[when.month - 1]
        return pattern.format(day=when.day, month=month, year=when.year).replace(" ", NO_BREAK)

    def moment(self, when: datetime) -> str:
        """Return a time in UTC as in “14 March 2024, 16:20 UTC”."""
        return f"{self.day(when.date())}, {when:%H:%M}{NO_BREAK}UTC"

    def tongue(self, tag: str) -> str:
        """Return a language's name; the tag itself where there is none here."""
        return self.speech.languages.get(_base(tag), tag)

    def listed(self, parts: Iterable[str]) -> str:
        """Return things in a row: “a, b and c”."""
        pair, start, middle, end = self.speech.row
        found = list(parts)
        if len(found) <= 1:
            return "".join(found)
        first, *between, last = found
        if not between:
            return pair.format(first, last)
        row = first
        for at, one in enumerate(between):
            row = (middle if at else start).format(row, one)
        return end.format(row, last)

    def _forms(self, template: str) -> tuple[str, ...]:
        return self.speech.said.get(template) or (template,)

    def _filled(self, form: str, values: Mapping[str, object]) -> str:
        return form % {
            name: self.number(value) if isinstance(value, int) else value for name, value in values.items()
        }


def _named(values: Mapping[str, object]) -> Mapping[str, object]:
    return {name: str(value) for name, value in values.items()}


def plain(code: str) -> str:
    """Return a state or kind in English words."""
    return _PLAIN.get(code, code.replace("_", " "))


def begun(words: str) -> str:
    """Return words as a sentence begins."""
    return words[:1].upper() + words[1:]


def _base(tag: str) -> str:
    return tag.split("-", maxsplit=1)[0].lower()


@cache
def spoken() -> frozenset[str]:
    """Return the languages in which a paper can say its own words."""
    return frozenset(file.stem for file in _FOLDER.glob("*.json"))


@cache
def voice_of(language: str) -> Voice:
    """Return who says the own words of a paper whose agenda is in this language (a BCP 47 tag)."""
    base = _base(language)
    if base in spoken():
        return _voice(base)
    return replace(_voice(SOURCE), lang=SOURCE)


@cache
def _voice(tag: str) -> Voice:
    text = (_FOLDER / f"{tag}.json").read_text(encoding="utf-8")
    return Voice(tag, canonical.from_json(Speech, text))
