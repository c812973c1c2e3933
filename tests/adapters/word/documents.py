"""Documents as word processors write them, and as nobody should."""

from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree

from service.adapters.word.writing import docx_of
from service.domain.text import Block, BlockKind, Mark, MarkKind
from service.domain.word import Sheet, Stamp

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "word/document.xml"
BLOCKS = (
    Block("TITLE", BlockKind.HEADING, "Fund what lasts", 1),
    Block(
        "ASK",
        BlockKind.PARAGRAPH,
        "Reserve a tenth of each budget for upkeep.",
        marks=(Mark(MarkKind.STRONG, 0, 7), Mark(MarkKind.LINK, 8, 15, "https://a.example/?a=1&b=2")),
    ),
    Block("H", BlockKind.HEADING, "Why", 2),
    Block("WHY", BlockKind.PARAGRAPH, "Much of it is repaired too late. Much is lost."),
    Block("LIST", BlockKind.LIST_ITEM, "in the year it ends", 1),
    Block("DEEP", BlockKind.LIST_ITEM, "and in the year after", 3),
    Block("SAID", BlockKind.QUOTATION, "We mend it ourselves.", 1, (Mark(MarkKind.EMPHASIS, 3, 7),)),
    Block("ARABIC", BlockKind.PARAGRAPH, "تدعو المفوضية الأوروبية إلى تخصيص 10 % من EU."),
)
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"


def a_sheet(blocks: tuple[Block, ...] = BLOCKS, base: tuple[Block, ...] = BLOCKS) -> Sheet:
    """A text, and what an organisation would change in it."""
    stamp = Stamp("R1", "V1", 3, "d" * 64)
    at = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
    return Sheet(
        stamp, "1. Fund what lasts", "fr", base, blocks, "City of <Vilaró> & friends", at, "Head", "قدم"
    )


def exported(blocks: tuple[Block, ...] = BLOCKS, base: tuple[Block, ...] = BLOCKS) -> bytes:
    """Return that document."""
    return docx_of(a_sheet(blocks, base))


def tree_of(content: bytes, name: str = MAIN) -> etree._Element:
    """Return a part of a document."""
    with ZipFile(BytesIO(content)) as archive:
        return etree.fromstring(archive.read(name))


def edited(content: bytes, *changes: tuple[str, str], part: str = MAIN) -> bytes:
    """Return a document with other XML in a part, as somebody's word processor saved it; each change is found once."""
    with ZipFile(BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    xml = parts[part].decode()
    for old, new in changes:
        assert xml.count(old) == 1, old
        xml = xml.replace(old, new)
    return packed({**parts, part: xml.encode()})


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return an archive of parts."""
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def a_document(body: str, more: Mapping[str, bytes] | None = None, *, namespace: str = W) -> bytes:
    """Return a small document of paragraphs written in XML, with nothing beside them but what is given."""
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATION}" Target="/{MAIN}"/></Relationships>'
    )
    xml = (
        f'<w:document xmlns:w="{namespace}" xmlns:r="{R}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">'
        f"<w:body>{body}</w:body></w:document>"
    )
    return packed({"_rels/.rels": relations.encode(), MAIN: xml.encode(), **(more or {})})


def run(text: str) -> str:
    """Return words of a document."""
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def came(inside: str, kind: str = "ins") -> str:
    """Return what somebody inserted, or moved here."""
    return f'<w:{kind} w:id="1" w:author="Nobody" w:date="2026-01-01T00:00:00Z">{inside}</w:{kind}>'


def went(text: str, kind: str = "del") -> str:
    """Return what somebody struck out, or moved away."""
    tag = "delText" if kind == "del" else "t"
    return came(f'<w:r><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>', kind)


def para(inside: str, end: str = "", style: str = "") -> str:
    """Return a paragraph; `end` is what became of its end."""
    properties = (f'<w:pStyle w:val="{style}"/>' if style else "") + (
        f'<w:rPr><w:{end} w:id="9" w:author="Nobody"/></w:rPr>' if end else ""
    )
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inside}</w:p>"
