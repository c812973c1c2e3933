"""The words the paper is made with, in English, around the words of its authors."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from service.domain.corrigenda import Corrigendum
from service.domain.dates import MONTHS, NO_BREAK, day
from service.domain.publication import Recommendation, Standing

STANCES = {
    "endorsed": "endorsed",
    "endorsed_with_reservation": "endorsed with reservation",
    "no_objection": "no objection",
    "objection": "objection",
    "abstained": "abstained",
    "recused": "recused",
    "no_record": "no record",
}
PLAIN = {"accepted_modified": "accepted with changes"}
STANDINGS = {
    Standing.ADOPTED: "adopted",
    Standing.NOT_ADOPTED: "not adopted",
    Standing.UNDECIDED: "not decided yet",
}
LANGUAGES = {
    "ar": "Arabic",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "pt": "Portuguese",
    "de": "German",
    "it": "Italian",
    "ca": "Catalan",
    "nl": "Dutch",
}
NUMBERS = (
    "No",
    "One",
    "Two",
    "Three",
    "Four",
    "Five",
    "Six",
    "Seven",
    "Eight",
    "Nine",
    "Ten",
    "Eleven",
    "Twelve",
)


def stance(word: str) -> str:
    """Return a stance in words."""
    return STANCES.get(word, plain(word))


def missed(ask: Recommendation) -> str:
    """Return “not adopted” or “not decided yet”; nothing of what was adopted."""
    standing = ask.outcome.standing
    return "" if standing is Standing.ADOPTED else STANDINGS[standing]


def asks(listed: Iterable[Recommendation]) -> str:
    """Return how many recommendations there are: “Six asks”, or “Five asks adopted, one not adopted”."""
    counts = Counter(one.outcome.standing for one in listed)
    if not counts or set(counts) == {Standing.ADOPTED}:
        return headline(counts.total(), "ask")
    first, *others = [(standing, counts[standing]) for standing in Standing if counts[standing]]
    told = [f"{headline(first[1], 'ask')} {STANDINGS[first[0]]}"]
    told += [f"{in_words(number).lower()} {STANDINGS[standing]}" for standing, number in others]
    return ", ".join(told)


def plain(word: str) -> str:
    """Return a state or kind in words."""
    return PLAIN.get(word, word.replace("_", " "))


def sentence(word: str) -> str:
    """Return a state or kind in words, as a sentence begins."""
    words = plain(word)
    return words[:1].upper() + words[1:]


def language(tag: str) -> str:
    """Return a language's English name; the tag itself where there is none here."""
    return LANGUAGES.get(tag.split("-", maxsplit=1)[0].lower(), tag)


def moment(when: datetime) -> str:
    """Return a time in UTC as in “14 March 2024, 16:20 UTC”."""
    return f"{day(when.date())}, {when:%H:%M}{NO_BREAK}UTC"


def days(first: date, last: date) -> str:
    """Return a stretch of days as in “12–14 March 2024”."""
    if first == last:
        return day(last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    if first.year == last.year:
        return f"{first.day}{NO_BREAK}{MONTHS[first.month - 1]} – {day(last)}"
    return f"{day(first)} – {day(last)}"


def count(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: “1 amendment”, “4 amendments”."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def headline(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun, in words up to twelve: “Twelve asks”."""
    return f"{in_words(number)} {one if number == 1 else many or one + 's'}"


def in_words(number: int) -> str:
    """Return a number in words up to twelve, as a sentence begins: “Twelve”."""
    return NUMBERS[number] if 0 <= number < len(NUMBERS) else str(number)


def replaces(corrigendum: Corrigendum) -> str:
    """Return what the cover says of the edition that is replaced."""
    withdrawn = ", which was withdrawn" if corrigendum.withdrawn else ""
    return (
        f"Corrigendum: it replaces edition {corrigendum.edition} of {day(corrigendum.released_on)}{withdrawn}. "
        "What has changed, and why, is told in an annex."
    )


def listed(names: list[str]) -> str:
    """Return names in one phrase: “a, b and c”."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
