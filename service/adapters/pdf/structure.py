"""The logical structure of the paper: what is a heading, a list, a table, in reading order (PDF/UA-1)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

ANNOTATIONS_FROM = 100_000
CELLS = {"TH", "TD"}


@dataclass(frozen=True, slots=True)
class Content:
    """A marked stretch of a page's content; pages count from 0."""

    page: int
    mcid: int


@dataclass(frozen=True, slots=True)
class Reference:
    """A link annotation, by its place in the list of all links."""

    link: int


@dataclass(eq=False, slots=True)
class Element:
    """One element of the structure tree, with the attributes that its tag may have.

    `scope` is Row or Column of a header cell, `numbering` a list's kind of labels, `decoration` Underline or
    LineThrough, `bbox` a figure's place on its page (points, from the bottom left).
    """

    tag: str
    parent: "Element | None" = None
    kids: "list[Element | Content | Reference]" = field(default_factory=list)
    alt: str = ""
    lang: str = ""
    scope: str = ""
    columns: int = 1
    numbering: str = ""
    decoration: str = ""
    bbox: tuple[float, float, float, float] | None = None

    def add(
        self,
        tag: str,
        *,
        scope: str = "",
        columns: int = 1,
        numbering: str = "",
        lang: str = "",
        alt: str = "",
    ) -> "Element":
        """Add and return a child, at the end."""
        child = Element(tag, self, scope=scope, columns=columns, numbering=numbering, lang=lang, alt=alt)
        self.kids.append(child)
        return child

    @property
    def language(self) -> str:
        """The language that its text is in: its own, or that of what it stands in."""
        return self.lang or (self.parent.language if self.parent else "")

    @property
    def blank(self) -> bool:
        """Say whether nothing was drawn for it; such elements are not written, but a table keeps its empty cells."""
        return self.tag not in CELLS and all(isinstance(kid, Element) and kid.blank for kid in self.kids)


def write(pdf: Pdf, tree: Element, owners: Sequence[Sequence[Element]], links: Sequence[Element]) -> None:
    """Write the structure tree into a PDF.

    `owners` names, for each page, the element of each marked stretch by its number; `links` that of each link
    annotation. The annotations themselves are the pages' own, in the order of `links`.
    """
    annotations = [annotation for page in pdf.pages for annotation in page.get("/Annots", ())]
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    made: dict[int, Object] = {}
    root.K = _element(pdf, tree, root, made, annotations)
    numbers: list[Object | int] = []
    for index, page in enumerate(pdf.pages):
        page.StructParents = index
        page.Tabs = Name.S
        numbers += [index, pdf.make_indirect(Array([made[id(owner)] for owner in owners[index]]))]
    for index, element in enumerate(links):
        annotations[index].StructParent = ANNOTATIONS_FROM + index
        numbers += [ANNOTATIONS_FROM + index, made[id(element)]]
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(numbers)))
    root.ParentTreeNextKey = ANNOTATIONS_FROM + len(links)
    pdf.Root.StructTreeRoot = root
    pdf.Root.MarkInfo = Dictionary(Marked=True)


def _element(
    pdf: Pdf, element: Element, parent: Object, made: dict[int, Object], annotations: Sequence[Object]
) -> Object:
    written = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{element.tag}"), P=parent))
    made[id(element)] = written
    if element.alt:
        written.Alt = String(element.alt)
    if element.lang:
        written.Lang = String(element.lang)
    attributes = list(_attributes(element))
    if attributes:
        written.A = Array(attributes)
    # Content on the page where it begins is named by its number alone: a check of the file reads all of this.
    home = next((kid.page for kid in element.kids if isinstance(kid, Content)), None)
    if home is not None:
        written.Pg = pdf.pages[home].obj
    kids: list[Object | int] = []
    for kid in element.kids:
        if isinstance(kid, Content) and kid.page == home:
            kids.append(kid.mcid)
        elif isinstance(kid, Content):
            kids.append(Dictionary(Type=Name.MCR, Pg=pdf.pages[kid.page].obj, MCID=kid.mcid))
        elif isinstance(kid, Reference):
            kids.append(Dictionary(Type=Name.OBJR, Obj=annotations[kid.link], Pg=annotations[kid.link].P))
        elif not kid.blank:
            kids.append(_element(pdf, kid, written, made, annotations))
    written.K = kids[0] if len(kids) == 1 else Array(kids)
    return written


def _attributes(element: Element) -> Iterator[Object]:
    if element.scope or element.columns > 1:
        table = Dictionary(O=Name.Table)
        if element.scope:
            table.Scope = Name(f"/{element.scope}")
        if element.columns > 1:
            table.ColSpan = element.columns
        yield table
    if element.numbering:
        yield Dictionary(O=Name.List, ListNumbering=Name(f"/{element.numbering}"))
    if element.decoration:
        yield Dictionary(O=Name.Layout, TextDecorationType=Name(f"/{element.decoration}"))
    if element.bbox:
        yield Dictionary(
            O=Name.Layout, BBox=Array([round(edge, 2) for edge in element.bbox]), Placement=Name.Block
        )
