"""Every sentence that a translator has to know, gathered from templates, words and refusals.

`make generated` writes it to `locales/sympolity.pot`; a language is a folder beside it with its
`sympolity.po`, which the pages compile when they start.
"""

import ast
from collections.abc import Iterator, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

from service.domain.errors import REFUSALS
from service.domain.events import EVENTS
from service.domain.own_reasons import OwnReason
from service.domain.text.sentences import TEMPLATES
from service.domain.verification import Finding
from service.web import engine, languages, words
from service.workflows.snapshots import OPENED

FILE = languages.FOLDER / "sympolity.pot"
SOURCES = Path(__file__).parents[1]
_KEYWORDS = ("_", "gettext", "ngettext")
_OPTIONS = {"extensions": "jinja2.ext.do", "trimmed": "true", "silent": "false"}
# Calls that hold sentences, and which of their arguments do.
_CALLS = {
    "FieldError": (1,),
    "field": (1,),
    "_refuse": (1, 2),
    "_error": (1,),
    "Reason": (0, 1),
    "check_reason": (1,),
    "Work": (1,),
    "say": (0,),
    "tell": (0, 1),
    "woven": (1,),
    "mixed": (2,),
    "_leading": (1,),
    "remarked": (0,),
    "Key": (1,),
    "Keys": (0,),
    "Told": (0, 1),
    "Happening": (0, 1),
}

# Where the library's rule sends numbers to other forms than grammar and translators do: 11 to 99 are the fifth of six.
_PLURALS = {
    "ar": (
        "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);"
    )
}

Message = str | tuple[str, str]
# Without dates and names: the same sentences make the same file.
_HEADER = """msgid ""
msgstr ""
"Project-Id-Version: Sympolity\\n"
"Language: {tag}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""


def template() -> str:
    """Return the catalogue without translations, in the one order that it always has."""
    return _written(_gathered())


def translated(tag: str) -> str:
    """Return a language's catalogue with today's sentences: what was translated stays, what is new waits empty."""
    file = languages.FOLDER / tag / "sympolity.po"
    before = _read(file, tag) if file.exists() else Catalog(locale=tag)
    after = Catalog(locale=tag, project="Sympolity", charset="utf-8")
    for message in _gathered():
        known = before.get(message.id) if message.id else None
        if message.id:
            strings = known.string if known is not None and not known.fuzzy else ""
            after.add(message.id, strings, locations=message.locations, flags=message.flags)
    return _HEADER.format(tag=tag, plurals=_PLURALS.get(tag, after.plural_forms)) + _written(after)


def untranslated(tag: str) -> list[str]:
    """Return the sentences that still wait for a language's translator, each in its first form."""
    found = _read(languages.FOLDER / tag / "sympolity.po", tag)
    return [_forms(message.id)[0] for message in found if message.id and not all(_forms(message.string))]


def said_in(folder: str) -> frozenset[str]:
    """Return the sentences that stand in the code of a folder, each in its first form."""
    found = (one for one in _gathered() if one.id)
    return frozenset(
        _forms(one.id)[0] for one in found if any(place.startswith(folder) for place, _ in one.locations)
    )


def forms(tag: str) -> dict[str, tuple[str, ...]]:
    """Return what a language says for each sentence, in all its forms; what waits for its translator is left out."""
    if tag == languages.SOURCE:
        return {}
    found = _read(languages.FOLDER / tag / "sympolity.po", tag)
    told = {_forms(one.id)[0]: tuple(map(languages.bound, _forms(one.string))) for one in found if one.id}
    return {one: said for one, said in told.items() if all(said)}


def plural(tag: str) -> str:
    """Return which form of a sentence goes with a number n, as catalogues write it."""
    if tag == languages.SOURCE:
        return "n != 1"
    return _PLURALS.get(tag, Catalog(locale=tag).plural_forms).partition("plural=")[2].rstrip(";")


@cache
def _gathered() -> Catalog:
    catalogue = Catalog(project="Sympolity", charset="utf-8")
    for message, place in (*_from_templates(), *_from_code(), *_from_tables()):
        catalogue.add(message, locations=[(place, 0)])
    return catalogue


def _read(file: Path, tag: str) -> Catalog:
    with file.open("rb") as source:
        return read_po(source, locale=tag)


def _written(catalogue: Catalog) -> str:
    written = BytesIO()
    write_po(written, catalogue, width=110, omit_header=True, sort_output=True, include_lineno=False)
    return written.getvalue().decode()


def _forms(text: str | Sequence[str] | None) -> tuple[str, ...]:
    return (text or "",) if text is None or isinstance(text, str) else tuple(text)


def _from_templates() -> Iterator[tuple[Message, str]]:
    for file in sorted(engine.FOLDER.rglob("*.html")):
        place = file.relative_to(SOURCES).as_posix()
        with file.open("rb") as source:
            for _, _, found, _ in babel_extract(source, _KEYWORDS, (), _OPTIONS):
                # A value that fills a sentence in stands beside it as None.
                texts = [text for text in ((found,) if isinstance(found, str) else found or ()) if text]
                yield (texts[0], texts[1]) if len(texts) > 1 else texts[0], place


def _from_code() -> Iterator[tuple[Message, str]]:
    for folder in ("adapters/pdf", "domain", "workflows", "web"):
        for file in sorted((SOURCES / folder).rglob("*.py")):
            place = file.relative_to(SOURCES).as_posix()
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    texts = tuple(_sentences(node))
                    if len(texts) == 2:  # noqa: PLR2004 - one and many
                        yield (texts[0], texts[1]), place
                    elif texts:
                        yield texts[0], place


def _sentences(call: ast.Call) -> Iterator[str]:
    name = ast.unparse(call.func).rpartition(".")[2]
    for at in _CALLS.get(name, ()):
        argument = call.args[at] if len(call.args) > at else None
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str) and argument.value:
            yield argument.value


def _from_tables() -> Iterator[tuple[Message, str]]:
    for refusal in REFUSALS.values():
        yield refusal.template, "domain/errors.py"
    for name in EVENTS:
        yield words.event(name), "domain/events.py"
    for finding in Finding:
        yield finding.value, "domain/verification.py"
    for own in OwnReason:
        yield own.value, "domain/own_reasons.py"
    for sentence in TEMPLATES:
        yield sentence, "domain/text/sentences.py"
    named = (text for table in words.WORDS.values() for text in table.values())
    told = (words.PHASE_NOW, words.REFUSED, words.STEPS)
    for text in (*named, *(text for table in told for text in table.values())):
        yield text, "web/words.py"
    for opened in OPENED.values():
        yield opened, "workflows/snapshots.py"
