"""Words of the pages that were left in English, as a reader of another language meets them."""

import re
from collections.abc import Iterable
from functools import cache

from babel.messages.pofile import read_po

from service.web.languages import FOLDER

SHOWN = """() => {
    const found = [], seen = (e) => e.checkVisibility({ visibilityProperty: true });
    const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (nodes.nextNode()) {
        const said = nodes.currentNode.data.replace(/\\s+/g, " ").trim(), from = nodes.currentNode.parentElement;
        if (/[a-z]{2}/.test(said) && seen(from)) found.push([from.closest("[lang]").lang, said]);
    }
    for (const e of document.querySelectorAll("[aria-label], [title], [placeholder], [alt]"))
        for (const name of ["aria-label", "title", "placeholder", "alt"])
            if (/[a-z]{2}/.test(e.getAttribute(name) ?? ""))
                found.push([e.closest("[lang]").lang, e.getAttribute(name)]);
    return found;
}"""
"""What a page shows and says in Latin letters: each run of words with the language that it is marked with."""
FIXED_WORDS = 2
"""So many words must a sentence have besides what is filled in, to be known again."""


@cache
def sentences(tag: str) -> tuple[frozenset[str], re.Pattern[str]]:
    """Return what the pages say in English and otherwise in a language: as it stands, and with things filled in."""
    with (FOLDER / tag / "sympolity.po").open("rb") as source:
        catalogue = read_po(source, locale=tag)
    plain, filled = set(), []
    for message in catalogue:
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        for said in (re.sub(r"\s+", " ", one).strip() for one in map(str, ids)):
            if said in {message.string, ""} or not re.search("[a-z]{2}", said):
                continue
            if "%(" not in said:
                plain.add(said)
            elif len(re.findall("[a-z]{2,}", re.sub(r"%\(\w+\)[sd]", " ", said))) > FIXED_WORDS:
                filled.append(".+".join(map(re.escape, re.split(r"%\(\w+\)[sd]", said))))
    return frozenset(plain), re.compile("|".join(filled))


def left_in_english(tag: str, shown: Iterable[tuple[str, str]]) -> list[str]:
    """Return what a page in a language says in English, of what it shows in the language it is marked with."""
    plain, filled = sentences(tag)
    return sorted({said for lang, said in shown if lang == tag and (said in plain or filled.fullmatch(said))})
