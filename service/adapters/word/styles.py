"""How the documents look: the styles that every word processor knows, set as the pages are."""

from collections.abc import Mapping
from typing import Final

from docx.document import Document as Opened
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

NAMES: Final[Mapping[str, str]] = {
    "title": "Title",
    "ask": "Ask",
    "body": "Body Text",
    "quote": "Quote",
    **{f"heading {level}": f"Heading {level}" for level in range(1, 7)},
    "list 1": "List Bullet",
    **{f"list {level}": f"List Bullet {level}" for level in range(2, 7)},
}
"""The name of each of our styles in a word processor."""
LINK: Final = "Hyperlink"
_LANGUAGES: Final[Mapping[str, str]] = {
    "en": "en-GB",
    "fr": "fr-FR",
    "es": "es-ES",
    "pt": "pt-PT",
    "ar": "ar-SA",
}
_SERIF: Final = "Georgia"
_INK: Final = RGBColor(0x1C, 0x1C, 0x1A)
_BLUE: Final = RGBColor(0x1F, 0x3F, 0x8F)
_LISTS: Final = "900"
_STEP: Final = 360


def dress(document: Opened, language: str) -> None:
    """Set a document's styles, its language and the signs of its lists."""
    known = document.styles
    _add_lists(document)
    for style, name in NAMES.items():
        if name not in known:
            made = known.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            made.base_style = known["List Bullet" if style.startswith("list") else "Body Text"]
            made.quick_style = True
        _set(known[name], style)
    link = known.add_style(LINK, WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb, link.font.underline = _BLUE, True
    _speak(document, language)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(3)


def id_of(document: Opened, style: str) -> str:
    """Return the id by which a document's paragraphs name one of our styles."""
    return str(document.styles[NAMES[style]].style_id)


def _set(style: ParagraphStyle, name: str) -> None:
    """Set a style: one serif throughout, sizes and weights by what it is for."""
    kind, _, number = name.partition(" ")
    font = style.font
    properties = style.element.get_or_add_rPr()
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    font.name = _SERIF
    properties.find(qn("w:rFonts")).set(qn("w:cs"), "Times New Roman")
    font.color.rgb = _INK
    font.bold = kind in {"title", "heading", "ask"}
    font.italic = kind == "quote"
    font.size = Pt(
        {"title": 20, "ask": 12.5}.get(kind, max(15 - int(number), 11) if kind == "heading" else 11.5)
    )
    style.paragraph_format.space_before = Pt(14 if kind == "heading" else 0)
    style.paragraph_format.space_after = Pt(4 if kind == "list" else 9)
    style.paragraph_format.line_spacing = 1.3
    if kind == "quote":
        style.paragraph_format.left_indent = Cm(1)
    paragraph = style.element.get_or_add_pPr()
    for border in paragraph.findall(qn("w:pBdr")):
        paragraph.remove(border)
    if kind == "list":
        _number(style, int(number))


def _number(style: ParagraphStyle, level: int) -> None:
    paragraph = style.element.get_or_add_pPr()
    for old in (*paragraph.findall(qn("w:numPr")), *paragraph.findall(qn("w:ind"))):
        paragraph.remove(old)
    numbers = paragraph.get_or_add_numPr()
    numbers.get_or_add_ilvl().val = level - 1
    numbers.get_or_add_numId().val = int(_LISTS)


def _add_lists(document: Opened) -> None:
    """Add a list of six levels with a dash before each item."""
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="–"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{_STEP * (at + 1)}" w:hanging="{_STEP}"/></w:pPr></w:lvl>'
        for at in range(6)
    )
    made = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{_LISTS}">'
        f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
    )
    # The format has all of these before the lists that use them.
    numbering.find(qn("w:num")).addprevious(made)
    used = OxmlElement("w:num")
    used.set(qn("w:numId"), _LISTS)
    used.append(OxmlElement("w:abstractNumId"))
    used[0].set(qn("w:val"), _LISTS)
    numbering.append(used)


def _speak(document: Opened, language: str) -> None:
    """Tell the spelling checker which language this is, and that which runs from right to left."""
    found = document.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
    found.set(qn("w:val"), _LANGUAGES.get(language, language))
    found.set(qn("w:bidi"), _LANGUAGES["ar"])
