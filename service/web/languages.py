"""The reader's language: which one it is, its direction, and its words."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale, negotiate_locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from service.domain.adoption import Outcome, Reason
from service.domain.errors import FieldError, Refusal

FOLDER = Path(__file__).parent / "locales"
SOURCE = "en"
_LINE = re.compile(r"markdown\.([0-9]+)")
_WEIGHED = re.compile(r"(?P<tag>[A-Za-z0-9-]{1,35})\s*(?:;\s*q=(?P<weight>[01](?:\.[0-9]{0,3})?))?")
# The spaces that French sets within quotation marks and before these signs: no line begins with the sign alone.
_BINDS = re.compile("(?<=«) | (?=[»:;?!])")
_NO_BREAK = "\N{NO-BREAK SPACE}"
# Where a language's own dates are not those of Europe.
_LOCALES = {"en": "en-GB"}


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the pages; `tag` is a BCP 47 tag, `name` is its own, `direction` is ltr or rtl."""

    tag: str
    name: str
    direction: str
    locale: Locale
    file: Path | None = None

    @property
    def catalogue(self) -> NullTranslations:
        """Its words; they are read when somebody first speaks it."""
        return _compiled(self.file) if self.file is not None else NullTranslations()

    def say(self, template: str, values: Mapping[str, object] | None = None) -> str:
        """Return a sentence in this language with its values filled in."""
        return self.catalogue.gettext(template) % (values or {}) if template else ""

    def count(self, one: str, many: str, count: int, values: Mapping[str, object]) -> str:
        """Return a sentence whose form depends on a number."""
        return self.catalogue.ngettext(one, many, count) % values

    def refusal(self, refused: Refusal) -> str:
        """Return what a refusal says."""
        return self.say(refused.template, refused.values)

    def fault(self, error: FieldError) -> str:
        """Return what is wrong with one field, and with which line of it."""
        said = self.say(error.template, error.values)
        line = _LINE.fullmatch(error.field)
        return self.say("Line %(number)s: %(what)s", {"number": line[1], "what": said}) if line else said

    def reason(self, reason: Reason) -> str:
        """Return one reason why something passes or not."""
        if reason.plural is None or reason.count is None:
            return self.say(reason.template, reason.values)
        return self.count(reason.template, reason.plural, reason.count, reason.values)

    def outcome(self, found: Outcome) -> str:
        """Return whether something passes, and why, in one sentence: for pages and for mails."""
        return self.say(found.verdict.template, {"why": "; ".join(self.reason(one) for one in found.reasons)})


@cache
def known() -> Mapping[str, Language]:
    """Return the languages that the pages speak, by tag: English, and each that has a catalogue."""
    catalogues = {file.parent.name: file for file in sorted(FOLDER.glob("*/sympolity.po"))}
    return {SOURCE: _language(SOURCE, None)} | {tag: _language(tag, file) for tag, file in catalogues.items()}


def wanted(wished: Iterable[str | None], accepted: str) -> Language | None:
    """Return the first language known of those wished for, then of an Accept-Language header, or None."""
    preferred = [tag for tag in (*wished, *_accepted(accepted)) if tag]
    found = negotiate_locale(preferred, list(known()), sep="-")
    return known()[found] if found else None


def choose(wished: Iterable[str | None], accepted: str) -> Language:
    """Return the first language known of those wished for, then of an Accept-Language header, else English."""
    return wanted(wished, accepted) or known()[SOURCE]


def _accepted(header: str) -> list[str]:
    """Return the tags of an Accept-Language header, the most wanted first; what is refused or odd is left out."""
    weighed = [_WEIGHED.fullmatch(part.strip()) for part in header.split(",")[:20]]
    found = [(float(match["weight"] or 1), match["tag"]) for match in weighed if match is not None]
    return [tag for weight, tag in sorted(found, key=lambda one: -one[0]) if weight > 0]


def _language(tag: str, file: Path | None) -> Language:
    locale = Locale.parse(_LOCALES.get(tag, tag), sep="-")
    name = locale.language_name or tag
    return Language(tag, name[0].upper() + name[1:], locale.text_direction, locale, file)


@cache
def _compiled(file: Path) -> GNUTranslations:
    compiled = BytesIO()
    with file.open("rb") as source:
        catalogue = read_po(source, locale=file.parent.name)
    for message in catalogue:
        if message.id:
            message.string = _bound(message.string)
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


def bound(said: str) -> str:
    """Return a sentence with its spaces bound to the signs that they belong to."""
    return _BINDS.sub(_NO_BREAK, said)


def _bound(said: str | list[str] | tuple[str, ...] | None) -> str | tuple[str, ...]:
    return bound(said) if isinstance(said, str) else tuple(map(bound, said or ()))
