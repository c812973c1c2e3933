"""From drawn pages to a file made to last: structure, links, outline, metadata, attachments (PDF/A-3a, PDF/UA-1).

The same input gives the same bytes: nothing in the file comes from a clock, a random number or a locale.
"""

import hashlib
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import groupby
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, OutlineItem, Pdf, Stream, String
from PIL import ImageCms

from service.adapters.pdf import compression, structure
from service.adapters.pdf.structure import Element
from service.adapters.pdf.surface import Heading, Surface
from service.adapters.pdf.update import Update, number, number_of, reference, string

PRODUCER = "Sympolity"
_PROFILE_DATE = slice(24, 36)
_NO_LETTER = re.compile(rb"<[0-9A-F]{2}> <0000>\s*")
_LETTER = re.compile(rb"<[0-9A-F]{2}> <[0-9A-F]{4,}>")


@dataclass(frozen=True, slots=True)
class About:
    """What the file says of itself; `identifier` names the data it was made from."""

    title: str
    author: str
    subject: str
    language: str
    identifier: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside the file; `relationship` is Source, Data, Alternative or Supplement."""

    name: str
    media_type: str
    relationship: str
    description: str
    content: bytes


def finish(surface: Surface, about: About, attachments: Sequence[Attachment]) -> bytes:
    """Return the finished file, ready to be sealed."""
    update = Update(surface.close())
    links = list(_links(update, surface))
    tree = structure.write(update, surface.tree, surface.owners, links)
    with pikepdf.open(io.BytesIO(update.written())) as pdf:
        drawn = [pdf.get_object(one, 0) for one in update.before]
        _repair_letters(drawn)
        _add_tree(pdf, tree, links)
        _add_outline(pdf, surface)
        _attach(pdf, attachments, about.made_at)
        _describe(pdf, about)
        return compression.saved(pdf, plain=update.behind)


def _repair_letters(objects: Sequence[Object]) -> None:
    """Take out codes that stand for no letter: the drawing library maps them to U+0000, which is forbidden."""
    for font in objects:
        if not isinstance(font, Dictionary) or font.get("/Type") != Name.Font or "/ToUnicode" not in font:
            continue
        table = font.ToUnicode.read_bytes()
        if not _NO_LETTER.search(table):
            continue
        table = _NO_LETTER.sub(b"", table)
        letters = _LETTER.findall(table)
        start = re.search(rb"\d+ beginbfchar", table)
        if start is None:
            continue
        head, tail = table[: start.start()], table[table.rindex(b"endbfchar") + len(b"endbfchar") :]
        groups = [letters[index : index + 100] for index in range(0, len(letters), 100)]
        lists = [b"%d beginbfchar\n%s\nendbfchar" % (len(group), b"\n".join(group)) for group in groups]
        font.ToUnicode.write(head + b"\n".join(lists) + tail)


def _links(update: Update, surface: Surface) -> Iterator[tuple[Element, str, str]]:
    """Write the link annotations, and yield the element, the annotation and the page of each."""
    for index, (link, element) in enumerate(zip(surface.links, surface.link_elements, strict=True)):
        page = update.pages[link.page]
        if link.target.startswith("#"):
            anchor = surface.anchors[link.target[1:]]
            leads = f"/Dest [ {update.pages[anchor.page]} /XYZ 0 {number(anchor.top)} 0 ]"
        else:
            leads = f"/A << /Type /Action /S /URI /URI <{link.target.encode().hex()}> >>"
        edges = " ".join(map(number, link.box))
        annotation = update.add(
            f"<< /Type /Annot /Subtype /Link /Rect [ {edges} ] /Border [ 0 0 0 ] /F 4 /P {page} "
            f"/Contents {string(link.text)} {leads} /StructParent {structure.ANNOTATIONS_FROM + index} >>"
        )
        yield element, annotation, page


def _add_tree(pdf: Pdf, tree: str, links: Sequence[tuple[Element, str, str]]) -> None:
    """Lead from the pages to their links, and from the file to its structure tree."""
    found = {page: list(listed) for page, listed in groupby(links, key=lambda link: link[2])}
    for index, page in enumerate(pdf.pages):
        page.StructParents = index
        page.Tabs = Name.S
        listed = found.get(reference(page.obj), ())
        if listed:
            page.Annots = Array([pdf.get_object(number_of(one), 0) for _, one, _ in listed])
    pdf.Root.StructTreeRoot = pdf.get_object(number_of(tree), 0)
    pdf.Root.MarkInfo = Dictionary(Marked=True)


def _destination(pdf: Pdf, surface: Surface, key: str) -> Array:
    anchor = surface.anchors[key]
    return Array([pdf.pages[anchor.page].obj, Name.XYZ, 0, round(anchor.top, 2), 0])


def _add_outline(pdf: Pdf, surface: Surface) -> None:
    with pdf.open_outline() as outline:
        branch: list[tuple[int, OutlineItem]] = []
        for heading in surface.outline:
            item = _outline_item(pdf, surface, heading)
            while branch and branch[-1][0] >= heading.level:
                branch.pop()
            (branch[-1][1].children if branch else outline.root).append(item)
            branch.append((heading.level, item))
    pdf.Root.PageMode = Name.UseOutlines


def _outline_item(pdf: Pdf, surface: Surface, heading: Heading) -> OutlineItem:
    item = OutlineItem(heading.title, _destination(pdf, surface, heading.anchor))
    item.is_closed = heading.level > 0
    return item


def _attach(pdf: Pdf, attachments: Sequence[Attachment], made_at: datetime) -> None:
    if not attachments:
        return
    named: dict[str, pikepdf.Object] = {}
    for attachment in attachments:
        stream = Stream(pdf, attachment.content)
        stream.Type, stream.Subtype = Name.EmbeddedFile, Name(f"/{attachment.media_type}")
        checksum = hashlib.md5(attachment.content, usedforsecurity=False).digest()
        stream.Params = Dictionary(
            Size=len(attachment.content), ModDate=_date(made_at), CheckSum=String(checksum)
        )
        specification = pdf.make_indirect(
            Dictionary(
                Type=Name.Filespec,
                F=String(attachment.name),
                UF=String(attachment.name),
                Desc=String(attachment.description),
                AFRelationship=Name(f"/{attachment.relationship}"),
                EF=Dictionary(F=pdf.make_indirect(stream), UF=pdf.make_indirect(stream)),
            )
        )
        named[attachment.name] = specification
    if "/Names" not in pdf.Root:
        pdf.Root.Names = Dictionary()
    # Names are looked up in their order; the associated files stand in ours, the source first.
    names = [part for name, file in sorted(named.items()) for part in (String(name), file)]
    pdf.Root.Names.EmbeddedFiles = Dictionary(Names=Array(names))
    pdf.Root.AF = Array(named.values())


def _describe(pdf: Pdf, about: About) -> None:
    metadata = Stream(pdf, _xmp(about))
    metadata.Type, metadata.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = pdf.make_indirect(metadata)
    profile = Stream(pdf, _srgb())
    profile.N = 3
    pdf.Root.OutputIntents = Array(
        [
            Dictionary(
                Type=Name.OutputIntent,
                S=Name.GTS_PDFA1,
                OutputConditionIdentifier=String("sRGB"),
                Info=String("sRGB IEC61966-2.1"),
                DestOutputProfile=pdf.make_indirect(profile),
            )
        ]
    )
    pdf.Root.Lang = String(about.language)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    for key in list(pdf.docinfo.keys()):
        del pdf.docinfo[key]
    pdf.docinfo.Title = String(about.title)
    pdf.docinfo.Author = String(about.author)
    pdf.docinfo.Subject = String(about.subject)
    pdf.docinfo.Creator = String(PRODUCER)
    pdf.docinfo.Producer = String(PRODUCER)
    pdf.docinfo.CreationDate = _date(about.made_at)
    pdf.docinfo.ModDate = _date(about.made_at)


def _date(when: datetime) -> String:
    return String(when.strftime("D:%Y%m%d%H%M%S+00'00'"))


@cache
def _srgb() -> bytes:
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    # The profile names the moment it was made; a fixed one keeps the file's bytes the same.
    profile[_PROFILE_DATE] = b"".join(part.to_bytes(2, "big") for part in (2024, 1, 1, 0, 0, 0))
    return bytes(profile)


def _xmp(about: About) -> bytes:
    when = about.made_at.strftime("%Y-%m-%dT%H:%M:%S+00:00")
    title, author, subject = (_xml(text) for text in (about.title, about.author, about.subject))
    return _XMP.format(
        title=title,
        author=author,
        subject=subject,
        language=_xml(about.language),
        identifier=_xml(about.identifier),
        when=when,
        producer=PRODUCER,
    ).encode()


def _xml(text: str) -> str:
    return escape("".join(char for char in text if char.isprintable()))


_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
    xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
    xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
   <dc:format>application/pdf</dc:format>
   <dc:identifier>{identifier}</dc:identifier>
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
   <dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
   <dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
   <dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
   <xmp:CreateDate>{when}</xmp:CreateDate>
   <xmp:ModifyDate>{when}</xmp:ModifyDate>
   <xmp:CreatorTool>{producer}</xmp:CreatorTool>
   <pdf:Producer>{producer}</pdf:Producer>
   <pdfaid:part>3</pdfaid:part>
   <pdfaid:conformance>A</pdfaid:conformance>
   <pdfuaid:part>1</pdfuaid:part>
  </rdf:Description>
  <rdf:Description rdf:about=""
    xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
    xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
   <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
    <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
     <pdfaProperty:name>part</pdfaProperty:name>
     <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
     <pdfaProperty:category>internal</pdfaProperty:category>
     <pdfaProperty:description>The part of PDF/UA that the file conforms to</pdfaProperty:description>
    </rdf:li></rdf:Seq></pdfaSchema:property>
   </rdf:li></rdf:Bag></pdfaExtension:schemas>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""
