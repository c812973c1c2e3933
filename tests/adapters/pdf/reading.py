"""Reads a tagged PDF the way a screen reader does: the structure tree, in order, with the text of its content."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, Object

_MAPPED = re.compile(rb"<([0-9A-Fa-f]{2})> <([0-9A-Fa-f]{4,})>")
BLOCKS = {"P", "H1", "H2", "H3", "H4", "TD", "TH", "Lbl", "LBody", "Figure", "Reference", "Code", "TOCI"}


@dataclass(frozen=True)
class Node:
    """A structure element as it is read: its tag, its own and its children's text, its children.

    `decoration` is Underline or LineThrough, where a reader is told so; `lang` its own language, if it names one.
    """

    tag: str
    text: str
    alt: str
    kids: tuple["Node", ...]
    decoration: str = ""
    lang: str = ""

    def every(self, tag: str) -> Iterator["Node"]:
        if self.tag == tag:
            yield self
        for kid in self.kids:
            yield from kid.every(tag)


def read(pdf: bytes) -> Node:
    """Return the document's structure tree."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        pages = {page.obj.objgen: _marked_text(page) for page in opened.pages}
        return _node(opened.Root.StructTreeRoot.K, pages)


def text_of(pdf: bytes) -> str:
    """Return all text in reading order, white space made single."""
    return " ".join(read(pdf).text.split())


def _node(element: Object, pages: dict[tuple[int, int], dict[int, str]]) -> Node:
    parts: list[str] = []
    kids: list[Node] = []
    inside: list[Object | int] = list(element.K) if isinstance(element.K, Array) else [element.K]
    for kid in inside:
        if isinstance(kid, int):
            parts.append(pages[element.Pg.objgen][kid])
            continue
        kind = kid.get("/Type")
        if kind == Name.MCR:
            parts.append(pages[kid.Pg.objgen][int(kid.MCID)])
        elif kind == Name.StructElem:
            node = _node(kid, pages)
            kids.append(node)
            parts.append(node.text)
    tag = str(element.S)[1:]
    # A soft hyphen is where a line divides a word; whoever reads aloud skips it.
    text = "".join(parts).replace("\u00ad", "") + ("\n" if tag in BLOCKS else "")
    return Node(
        tag,
        text,
        str(element.get("/Alt", "")),
        tuple(kids),
        _decoration(element),
        str(element.get("/Lang", "")),
    )


def _decoration(element: Object) -> str:
    told = element.get("/A", Dictionary())
    each = told if isinstance(told, Array) else [told]
    return "".join(str(one.get("/TextDecorationType", ""))[1:] for one in each)


def _marked_text(page: pikepdf.Page) -> dict[int, str]:
    found: dict[int, str] = {}
    open_marks: list[int | None] = []
    actual: list[int] = []
    letters: dict[int, str] = {}
    fonts = {name: _letters(font) for name, font in page.Resources.Font.items()}
    for instruction in pikepdf.parse_content_stream(page):
        operands, operator = instruction.operands, str(instruction.operator)
        current = next((mark for mark in reversed(open_marks) if mark is not None), None)
        if operator == "BDC":
            attributes = operands[1] if isinstance(operands[1], Dictionary) else Dictionary()
            mark = attributes.get("/MCID")
            open_marks.append(None if mark is None else int(mark))
            if mark is not None:
                found[int(mark)] = ""
            if "/ActualText" in attributes and current is not None:
                actual.append(len(open_marks))
                found[current] += str(attributes.ActualText)
        elif operator == "EMC":
            if actual and actual[-1] == len(open_marks):
                actual.pop()
            open_marks.pop()
        elif operator == "Tf":
            letters = fonts[str(operands[0])]
        elif operator in {"Tj", "TJ"} and current is not None and not actual:
            strings = operands[0] if isinstance(operands[0], Array) else [operands[0]]
            found[current] += "".join(letters[code] for string in strings for code in bytes(string))
    return found


def _letters(font: Object) -> dict[int, str]:
    table = font.ToUnicode.read_bytes()
    return {
        int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be")
        for code, text in _MAPPED.findall(table)
    }
