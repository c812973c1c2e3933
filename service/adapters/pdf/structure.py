"""The logical structure of the paper: what is a heading, a list, a table, in reading order (PDF/UA-1)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from service.adapters.pdf.update import Update, number, string

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


def write(
    update: Update,
    tree: Element,
    owners: Sequence[Sequence[Element]],
    links: Sequence[tuple[Element, str, str]],
) -> str:
    """Write the structure tree, and return a reference to it.

    `owners` names, for each page, the element of each marked stretch by its number; `links`, in the order of the tree's
    references, names the element of each link annotation, the annotation and its page.
    """
    root = update.add()
    made: dict[int, str] = {}
    kid = _element(update, tree, root, made, links)
    parts = [" ".join([made[id(owner)] for owner in listed]) for listed in owners]
    numbers = [f"{index} {update.add(f'[ {part} ]')}" for index, part in enumerate(parts)]
    numbers += [f"{ANNOTATIONS_FROM + index} {made[id(link[0])]}" for index, link in enumerate(links)]
    parents = update.add(f"<< /Nums [ {' '.join(numbers)} ] >>")
    following = ANNOTATIONS_FROM + len(links)
    update.put(
        root, f"<< /Type /StructTreeRoot /K {kid} /ParentTree {parents} /ParentTreeNextKey {following} >>"
    )
    return root


def _element(
    update: Update,
    element: Element,
    parent: str,
    made: dict[int, str],
    links: Sequence[tuple[Element, str, str]],
) -> str:
    written = made[id(element)] = update.add()
    # Content on the page where it begins is named by its number alone: a check of the file reads all of this.
    home = next((kid.page for kid in element.kids if isinstance(kid, Content)), None)
    kids: list[str] = []
    for kid in element.kids:
        if isinstance(kid, Content):
            place = f"<< /Type /MCR /Pg {update.pages[kid.page]} /MCID {kid.mcid} >>"
            kids.append(str(kid.mcid) if kid.page == home else place)
        elif isinstance(kid, Reference):
            _, annotation, page = links[kid.link]
            kids.append(f"<< /Type /OBJR /Obj {annotation} /Pg {page} >>")
        elif not kid.blank:
            kids.append(_element(update, kid, written, made, links))
    attributes = "".join(_attributes(element))
    update.put(
        written,
        "".join(
            (
                f"<< /Type /StructElem /S /{element.tag} /P {parent}",
                f" /Alt {string(element.alt)}" if element.alt else "",
                f" /Lang {string(element.lang)}" if element.lang else "",
                f" /A [{attributes} ]" if attributes else "",
                f" /Pg {update.pages[home]}" if home is not None else "",
                f" /K {kids[0]} >>" if len(kids) == 1 else f" /K [ {' '.join(kids)} ] >>",
            )
        ),
    )
    return written


def _attributes(element: Element) -> Iterator[str]:
    if element.scope or element.columns > 1:
        scope = f" /Scope /{element.scope}" if element.scope else ""
        columns = f" /ColSpan {element.columns}" if element.columns > 1 else ""
        yield f" << /O /Table{scope}{columns} >>"
    if element.numbering:
        yield f" << /O /List /ListNumbering /{element.numbering} >>"
    if element.decoration:
        yield f" << /O /Layout /TextDecorationType /{element.decoration} >>"
    if element.bbox:
        edges = " ".join(map(number, element.bbox))
        yield f" << /O /Layout /BBox [ {edges} ] /Placement /Block >>"
