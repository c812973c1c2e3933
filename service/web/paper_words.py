"""How the paper says its own words in a language, as a file that lies beside what sets it.

Only what the paper says is in it, so that a sentence of the pages changes nothing of how a paper is made.
"""

import json

from babel import Locale

from service.domain.text.sentences import TEMPLATES
from service.web import catalogue, languages, words
from service.workflows.snapshots import OPENED

FOLDER = "adapters/pdf/"
_TABLES = (
    *("Addressee", "AmendmentState", "BlockKind", "OrganisationKind", "Region", "Reservation", "Stance"),
)
_NAMED = (
    *(
        "ar",
        "bg",
        "ca",
        "cs",
        "da",
        "de",
        "el",
        "en",
        "es",
        "et",
        "eu",
        "fi",
        "fr",
        "ga",
        "gl",
        "hr",
        "hu",
        "it",
    ),
    *("lt", "lv", "mt", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sv", "tr", "uk"),
)
_NO_BREAK = "\N{NO-BREAK SPACE}"
# What stands between thousands, and from which number on: four digits are not parted in all languages.
_GROUPS = {"en": (",", 1_000), "fr": (_NO_BREAK, 1_000)}
_OTHERS = (_NO_BREAK, 10_000)


def tags() -> tuple[str, ...]:
    """Return the languages that the paper speaks: those of the pages that are written from the left."""
    return tuple(sorted(tag for tag, one in languages.known().items() if one.direction == "ltr"))


def voice(tag: str) -> str:
    """Return the file of a language; a sentence that waits for its translator is left out."""
    language = languages.known()[tag]
    groups, groups_from = _GROUPS.get(tag, _OTHERS)
    told_here = catalogue.forms(tag)
    known = sentences() if told_here else frozenset()
    told = {
        "plural": catalogue.plural(tag),
        "groups": groups,
        "colon": languages.bound(" : ") if tag == "fr" else ": ",
        "groups_from": groups_from,
        "months": [language.locale.months["format"]["wide"][month] for month in range(1, 13)],
        "day": _day(language.locale),
        "row": [language.locale.list_patterns["standard"][part] for part in ("2", "start", "middle", "end")],
        "languages": {one: Locale.parse(one).get_display_name(language.locale) for one in _NAMED},
        "said": {one: forms for one, forms in told_here.items() if one in known},
    }
    return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def sentences() -> frozenset[str]:
    """Return the English of all that the paper says: sentences, words for codes, how changes and phases are told."""
    named = (
        text for kind, table in words.WORDS.items() if kind.__name__ in _TABLES for text in table.values()
    )
    changes = (one if isinstance(one, str) else one[0] for one in TEMPLATES)
    return frozenset((*catalogue.said_in(FOLDER), *named, *changes, *OPENED.values()))


def _day(locale: Locale) -> str:
    pattern = str(locale.date_formats["long"].format)
    return pattern % {"d": "{day}", "MMMM": "{month}", "y": "{year}"}
