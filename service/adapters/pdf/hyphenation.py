"""Where a word may be divided at the end of a line, by the rules of its language."""

import re
from functools import cache, lru_cache

import pyphen

LANGUAGES = {
    "bg": "bg_BG",
    "ca": "ca",
    "cs": "cs_CZ",
    "da": "da_DK",
    "de": "de_DE",
    "el": "el_GR",
    "en": "en_GB",
    "es": "es",
    "et": "et_EE",
    "fr": "fr",
    "gl": "gl",
    "hr": "hr_HR",
    "hu": "hu_HU",
    "it": "it_IT",
    "lt": "lt",
    "lv": "lv_LV",
    "nl": "nl_NL",
    "pl": "pl_PL",
    "pt": "pt_PT",
    "ro": "ro_RO",
    "ru": "ru_RU",
    "sk": "sk_SK",
    "sl": "sl_SI",
    "sv": "sv",
    "uk": "uk_UA",
}
SHORTEST = 7
LONGEST = 60
BEFORE, AFTER = 3, 3
_WORD = re.compile(rf"[^\W\d_]{{{SHORTEST},}}")


def language_of(tag: str) -> str:
    """Return the language of a BCP 47 tag if its words can be divided here, else nothing."""
    language = tag.split("-", maxsplit=1)[0].lower()
    return language if language in LANGUAGES else ""


@cache
def _rules(language: str) -> pyphen.Pyphen:
    return pyphen.Pyphen(lang=LANGUAGES[language], left=BEFORE, right=AFTER)


@lru_cache(maxsize=20_000)
def places(token: str, language: str) -> tuple[int, ...]:
    """Return where a token may be divided: never in a short word, an acronym or what is no word at all."""
    return tuple(
        word.start() + place
        for word in _WORD.finditer(token)
        if len(word[0]) <= LONGEST and word[0][1:].islower()
        for place in sorted(_rules(language).positions(word[0].lower()))
    )
