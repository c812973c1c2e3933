"""Where a word may be divided at the end of a line: by the rules of its language, or where it shows a joint."""

import re
from collections.abc import Mapping
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
LONGEST = 100
BEFORE, AFTER = 3, 3
_AFTER_DASH = re.compile(r"(?<=\w\w[-–—/])(?=\w{3})")
_IN_ADDRESS = re.compile(r"(?<=[/?&=._#%-])(?=\w)")
_ADDRESS = re.compile(r"https?://|www\.")
_DIGEST = re.compile(r"[0-9a-f]{40,}")
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


def cuts(token: str, language: str, *, whole: bool = False) -> Mapping[int, bool]:
    """Return where a token may end a line, and whether a hyphen is added there.

    It may after a dash, in an address at its signs, in a digest by eights, and by its language's rules where one is
    named. A word that stays `whole` does so at its dashes, too: City-to-city is one word.
    """
    if _DIGEST.fullmatch(token):
        return dict.fromkeys(range(8, len(token), 8), False)
    if _ADDRESS.search(token):
        return {found.start(): False for found in _IN_ADDRESS.finditer(token)}
    if whole:
        return {}
    found = dict.fromkeys(places(token, language), True) if language else {}
    return found | {dash.start(): False for dash in _AFTER_DASH.finditer(token)}
