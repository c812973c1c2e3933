"""A snapshot, set as a paper."""

from collections.abc import Mapping
from dataclasses import dataclass

from service.adapters.pdf import (
    addressees,
    amendments,
    annexed,
    annexes,
    attached,
    closing,
    design,
    front,
    recipe,
    recommendations,
)
from service.adapters.pdf.data import Data
from service.adapters.pdf.finishing import About, finish
from service.adapters.pdf.front import Entry
from service.adapters.pdf.pages import Chapter, Footer, lay_out
from service.adapters.pdf.recipe import Recipe
from service.adapters.pdf.structure import Element
from service.adapters.pdf.surface import Surface
from service.domain.paper_codes import code_of
from service.domain.publication import Approval, Snapshot


@dataclass(frozen=True, slots=True)
class Paper:
    """What is printed; a draft has no address where it is checked."""

    snapshot: Snapshot
    approval: Approval
    verify_url: str
    data: Data


def render(
    snapshot: Snapshot, approval: Approval, *, verify_url: str, versions: Mapping[str, str] | None = None
) -> bytes:
    """Return the paper as a tagged PDF/A-3a with the snapshot inside, ready to be sealed.

    The same input gives the same bytes, on every machine and in every process. `versions` are those that the
    paper names as its makers': by default those at hand.

    Raises:
        TooTall: A part of the paper does not fit on a page and cannot be divided.
        NotCanonicalError: The snapshot holds something that has no canonical form.
    """
    # Whoever scans the paper or types its address is led to this very edition.
    data = Data.of(snapshot)
    surface = draw(Paper(snapshot, approval, f"{verify_url}/{code_of(data.digest)}", data), blank(snapshot))
    about = About(
        title=snapshot.title,
        author=snapshot.editor,
        subject=f"{snapshot.subtitle}. Edition {snapshot.edition}",
        language=snapshot.language,
        identifier=f"urn:sha256:{data.digest}",
        made_at=snapshot.assembled_at,
    )
    made_with = Recipe(approval, verify_url, recipe.versions() if versions is None else versions)
    return finish(surface, about, attached.files(snapshot, data, made_with))


def render_draft(snapshot: Snapshot) -> bytes:
    """Return what the paper would look like, marked as a draft on each page: no seal, no code, no digest, no data.

    The same input gives the same bytes.

    Raises:
        TooTall: as `render`.
        NotCanonicalError: as `render`.
    """
    data = Data.of(snapshot)
    about = About(
        title=f"Draft: {snapshot.title}",
        author=snapshot.editor,
        subject=f"{snapshot.subtitle}. {front.NOT_SIGNED}",
        language=snapshot.language,
        identifier=f"urn:sha256:{data.digest}",
        made_at=snapshot.assembled_at,
    )
    return finish(draw(Paper(snapshot, Approval(), "", data), blank(snapshot)), about, [])


def blank(snapshot: Snapshot) -> Surface:
    """Return a surface on which nothing is drawn yet."""
    return Surface(Element("Document", lang=snapshot.language))


def draw(paper: Paper, surface: Surface) -> Surface:
    """Draw the paper on a surface, whose structure tree it fills, and return that.

    Raises:
        TooTall: as `render`.
    """
    pages: dict[str, int] = {}
    lay_out(_chapters(paper, surface.tree, pages), surface, _footer(paper), pages)
    return surface


def _footer(paper: Paper) -> Footer:
    left = f"{paper.snapshot.subtitle} · edition {paper.snapshot.edition}"
    if paper.verify_url:
        return Footer(left, f"sha-256 {paper.data.digest[:8]}")
    return Footer(left, "draft", head=front.NOT_SIGNED)


def _chapters(paper: Paper, tree: Element, pages: Mapping[str, int]) -> list[Chapter]:
    snapshot, approval, verify_url = paper.snapshot, paper.approval, paper.verify_url
    opening = [
        front.cover(snapshot, approval, tree, verify_url),
        front.imprint(snapshot, tree, verify_url, paper.data),
        front.summary(snapshot, tree),
    ]
    contents_at = len(tree.kids)
    after = [
        front.mandate(snapshot, tree),
        *recommendations.sections(snapshot, tree),
        *addressees.chapters(snapshot, tree),
        annexes.lessons(snapshot, tree),
        annexes.positions(snapshot, tree, "Annex A"),
        annexes.figures(snapshot, tree, "Annex B"),
        amendments.amendments(snapshot, tree, "Annex C"),
        annexes.participants(snapshot, tree, "Annex D"),
        annexes.history(snapshot, tree, "Annex E"),
    ]
    origins = annexes.origins(snapshot, tree, "Annex F")
    if origins:
        after.append(origins)
    further = annexed.further(snapshot, tree, first="G" if origins else "F")
    after += [chapter for _, chapter in further]
    if verify_url:
        after.append(closing.signatures(snapshot, approval, tree, verify_url, paper.data.digest))
    entries = _entries(snapshot, [entry for entry, _ in further], with_origins=origins is not None)
    contents = front.contents(entries if verify_url else entries[:-1], pages, tree)
    tree.kids.insert(contents_at, tree.kids.pop())
    return [*opening, contents, *after]


def _entries(snapshot: Snapshot, further: list[Entry], *, with_origins: bool) -> list[Entry]:
    asks = [
        Entry(recommendations.anchor_of(ask), str(ask.number), ask.title, design.colour_of(ask.addressee))
        for ask in snapshot.recommendations
    ]
    listed = [
        Entry("positions", "A", "Who says what"),
        Entry("figures", "B", "In figures"),
        Entry("amendments", "C", "Every amendment, and what became of it"),
        Entry("participants", "D", "Who took part"),
        Entry("history", "E", "How this edition came about"),
    ]
    if with_origins:
        listed.append(Entry("origins", "F", "Where the words come from"))
    return [
        Entry("summary", "", "The asks"),
        Entry("mandate", "", "Mandate and method"),
        *asks,
        *([Entry("addressees", "", addressees.TITLE)] if asks else []),
        Entry("lessons", "", "Lessons learnt"),
        *listed,
        *further,
        Entry("signatures", "", "Signatures, and how to check this paper"),
    ]
