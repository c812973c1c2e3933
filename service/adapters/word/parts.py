"""What stands beside the text of a document: its styles, its links, and what it says of itself."""

from collections.abc import Mapping
from typing import Final

from lxml import etree

from service.adapters.word.package import Package
from service.domain.text import Look

_HOUSE: Final[Mapping[str, str]] = {
    "title": "title", "ask": "ask", "body text": "body", "normal": "body", "quote": "quote", "intense quote": "quote",
    **{f"heading {level}": f"heading {level}" for level in range(1, 7)},
    "list paragraph": "list 1", "list bullet": "list 1", "list number": "list 1",
    **{f"list {kind} {level}": f"list {level}" for kind in ("bullet", "number") for level in range(2, 7)},
}  # fmt: skip
"""Our styles by the names that word processors have for them, whatever language they speak."""
_OFF: Final = frozenset({"0", "false", "off", "none"})
_TOLD: Final = 64
_KNOWN: Final = frozenset({"Recommendation", "Version", "Version number", "Version digest", "Amendment"})


def name(element: etree._Element) -> str:
    """Return the name of an element, whichever edition of the format it is of."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def value(element: etree._Element, attribute: str) -> str:
    """Return an attribute, whichever edition of the format it is of."""
    found = (text for key, text in element.attrib.items() if str(key).rpartition("}")[2] == attribute)
    return str(next(found, ""))


def child(element: etree._Element | None, tag: str) -> etree._Element | None:
    """Return the first element of a name inside another."""
    return next((one for one in element if name(one) == tag), None) if element is not None else None


class Looks:
    """How the words of a document look, as far as a text knows of it."""

    def __init__(self, package: Package, main: str) -> None:
        relations = package.related(main)
        self._targets = {key: target for key, (kind, target) in relations.items() if kind == "hyperlink"}
        styles = next((target for kind, target in relations.values() if kind == "styles"), "")
        self._styles = _styles(package.tree(styles))

    def style(self, properties: etree._Element) -> str:
        """Return in which of our styles a paragraph is set, or nothing where it is none of them."""
        named = child(properties, "pStyle")
        style = self._styles.get(value(named, "val"), "") if named is not None else "body"
        numbers = child(properties, "numPr")
        if style in {"", "body"} and numbers is not None:
            level = child(numbers, "ilvl")
            deep = value(level, "val") if level is not None else "0"
            return f"list {min(int(deep) + 1, 6)}" if deep.isdecimal() and len(deep) < 3 else "list 1"  # noqa: PLR2004 - no list is that deep
        return style

    def look(self, properties: etree._Element | None, href: str) -> Look:
        """Return how a run looks."""
        return Look(_is_on(child(properties, "i")), _is_on(child(properties, "b")), href)

    def target(self, link: etree._Element) -> str:
        """Return where a link leads, or nothing where it stays inside the document."""
        return self._targets.get(value(link, "id"), "")


def stamp(package: Package) -> Mapping[str, str]:
    """Return what a document says of itself among its properties."""
    places = (target for kind, target in package.related().values() if kind == "custom-properties")
    tree = package.tree(next(places, ""))
    told: dict[str, str] = {}
    for one in tree if tree is not None else ():
        key = value(one, "name")
        if key in _KNOWN:
            told[key] = "".join(str(text) for text in one.itertext()).strip()[:_TOLD]
    return told


def _styles(tree: etree._Element | None) -> Mapping[str, str]:
    """Return which of our styles each style of a document is; one that is made from another is like that one."""
    names: dict[str, str] = {}
    parents: dict[str, str] = {}
    for style in tree if tree is not None else ():
        named = child(style, "name")
        if name(style) == "style" and named is not None:
            key = value(style, "styleId")
            names[key] = _HOUSE.get(value(named, "val").lower(), "")
            based = child(style, "basedOn")
            parents[key] = value(based, "val") if based is not None else ""
    return {key: found or names.get(parents[key], "") for key, found in names.items()}


def _is_on(toggle: etree._Element | None) -> bool:
    return toggle is not None and value(toggle, "val").lower() not in _OFF
