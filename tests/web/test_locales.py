"""Every language of the pages says everything, with its values and its plurals."""

import re

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from service.web import languages
from service.web.catalogue import translated, untranslated
from service.web.languages import known

TRANSLATED = ("ar", "es", "fr", "pt")
_VALUE = re.compile(r"%\((\w+)\)s")
_TAG = re.compile(r"</?(\w+)")
_LETTERS = re.compile(r"[^\W\d_]{4,}")
# Where a number is said in words, as in “one amendment”, or by the dual of Arabic, its digits may be left out.
SAID_IN_WORDS = {"count", "num"}


def messages(tag: str) -> list[Message]:
    with (languages.FOLDER / tag / "sympolity.po").open("rb") as source:
        return [message for message in read_po(source, locale=tag) if message.id]


def forms(text: object) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text) if isinstance(text, tuple | list) else ()


def test_pages_speak_five_languages_each_by_its_own_name() -> None:
    assert {tag: (one.name, one.direction) for tag, one in known().items()} == {
        "en": ("English", "ltr"),
        "ar": ("العربية", "rtl"),
        "es": ("Español", "ltr"),
        "fr": ("Français", "ltr"),
        "pt": ("Português", "ltr"),
    }


@pytest.mark.parametrize("tag", TRANSLATED)
def test_catalogue_of_a_language_holds_the_sentences_of_today(tag: str) -> None:
    assert (languages.FOLDER / tag / "sympolity.po").read_text(encoding="utf-8") == translated(tag)


@pytest.mark.parametrize("tag", TRANSLATED)
def test_every_sentence_is_translated(tag: str) -> None:
    assert untranslated(tag) == []


@pytest.mark.parametrize("tag", TRANSLATED)
def test_translation_has_the_values_of_its_sentence(tag: str) -> None:
    wrong = []
    for message in messages(tag):
        wanted = {value for form in forms(message.id) for value in _VALUE.findall(form)}
        for said in forms(message.string):
            found = set(_VALUE.findall(said))
            left_out = SAID_IN_WORDS if message.pluralizable else set()
            if found - wanted or (wanted - found) - left_out or "%" in _VALUE.sub("", said).replace("%%", ""):
                wrong.append((message.id, said))
    assert wrong == []


@pytest.mark.parametrize("tag", TRANSLATED)
def test_translation_has_as_many_forms_as_its_language_counts(tag: str) -> None:
    wanted = {"ar": 6}.get(tag, 2)
    counted = {len(forms(message.string)) for message in messages(tag) if message.pluralizable}
    assert counted == {wanted}


@pytest.mark.parametrize("tag", TRANSLATED)
def test_translation_keeps_markup_and_the_spaces_around(tag: str) -> None:
    wrong = [
        (message.id, said)
        for message in messages(tag)
        for said in forms(message.string)
        if sorted(_TAG.findall(said)) != sorted(_TAG.findall(forms(message.id)[-1])) or said != said.strip()
    ]
    assert wrong == []


def test_arabic_is_written_in_arabic_letters() -> None:
    latin = [
        message.id
        for message in messages("ar")
        for said in forms(message.string)
        if _LETTERS.search(_VALUE.sub("", said)) and not re.search(r"[\u0600-\u06ff]", said)
    ]
    assert set(latin) <= NAMES


NAMES = {"SHA-256", "Sympolity"}
"""What is the same in every language, such as the names of formats."""
