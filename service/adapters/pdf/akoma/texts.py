"""Blocks and words as elements of Akoma Ntoso."""

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from service.domain.text import Block, BlockKind
from service.domain.text.looks import Look, stretches

# What XML 1.0 cannot hold, not even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def fit(text: str) -> str:
    """Return a text with a sign in the place of each character that XML cannot hold."""
    return _FORBIDDEN.sub("\ufffd", text)


def add(parent: Element, tag: str, text: str = "", **attributes: str) -> Element:
    """Add and return an element with its text."""
    made = SubElement(parent, tag, {name: fit(value) for name, value in attributes.items()})
    if text:
        made.text = fit(text)
    return made


def write_blocks(blocks: Sequence[Block], parent: Element, place: str, *, first: int = 1) -> None:
    """Write blocks below each other; each has its place in its `eId`, and its own lasting id in its `wId`."""
    items: Element | None = None
    for number, block in enumerate(blocks, first):
        named = {"eId": f"{place}__block_{number}", "wId": f"block_{block.id}"}
        if block.kind is BlockKind.LIST_ITEM:
            items = items if items is not None else add(parent, "blockList", eId=f"{place}__list_{number}")
            write_words(block, add(add(items, "item", **named), "p"))
            continue
        items = None
        if block.kind is BlockKind.PARAGRAPH:
            write_words(block, add(parent, "p", **named))
        else:
            write_words(block, add(parent, "block", name=block.kind.value, **named))


def write_words(block: Block, parent: Element) -> None:
    """Write a block's text with what is strong, emphasised or linked in it."""
    for start, end, look in stretches(block.marks, 0, len(block.text)):
        _write_stretch(fit(block.text[start:end]), look, parent)


def _write_stretch(text: str, look: Look, parent: Element) -> None:
    tags: list[tuple[str, dict[str, str]]] = []
    if look.href:
        tags.append(("a", {"href": fit(look.href)}))
    if look.strong:
        tags.append(("b", {}))
    if look.emphasis:
        tags.append(("i", {}))
    for tag, attributes in tags:
        parent = SubElement(parent, tag, attributes)
    if tags or not len(parent):
        parent.text = (parent.text or "") + text
    else:
        parent[-1].tail = (parent[-1].tail or "") + text
