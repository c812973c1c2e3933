"""A snapshot, set as a paper."""

from collections.abc import Mapping

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
from service.adapters.pdf.finishing import About, finish
from service.adapters.pdf.front import Entry
from service.adapters.pdf.pages import Chapter, Footer, lay_out
from service.adapters.pdf.recipe import Recipe
from service.adapters.pdf.structure import Element
from service.adapters.pdf.surface import Surface
from service.domain.paper_codes import code_of
from service.domain.publication import Approval, Snapshot, digest


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
    surface = _drawn(snapshot, approval, f"{verify_url}/{code_of(digest(snapshot))}")
    about = About(
        title=snapshot.title,
        author=snapshot.editor,
        subject=f"{snapshot.subtitle}. Edition {snapshot.edition}",
        language=snapshot.language,
        identifier=f"urn:sha256:{digest(snapshot)}",
        made_at=snapshot.assembled_at,
    )
    made_with = Recipe(approval, verify_url, recipe.versions() if versions is None else versions)
    return finish(surface, about, attached.files(snapshot, made_with))


def _drawn(snapshot: Snapshot, approval: Approval, verify_url: str) -> Surface:
    """Draw the paper."""
    pages: dict[str, int] = {}
    surface = Surface(Element("Document", lang=snapshot.language))
    footer = Footer(f"{snapshot.subtitle} · edition {snapshot.edition}", f"sha-256 {digest(snapshot)[:8]}")
    lay_out(_chapters(snapshot, approval, verify_url, surface.tree, pages), surface, footer, pages)
    return surface


def _chapters(
    snapshot: Snapshot, approval: Approval, verify_url: str, tree: Element, pages: Mapping[str, int]
) -> list[Chapter]:
    opening = [
        front.cover(snapshot, approval, tree, verify_url),
        front.imprint(snapshot, tree, verify_url),
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
    after.append(closing.signatures(snapshot, approval, tree, verify_url))
    entries = [entry for entry, _ in further]
    contents = front.contents(_entries(snapshot, entries, with_origins=origins is not None), pages, tree)
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
