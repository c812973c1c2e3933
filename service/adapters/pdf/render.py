"""A snapshot, set as a paper."""

from collections.abc import Mapping

from service.adapters.pdf import attached, chapters, front, recipe
from service.adapters.pdf.finishing import About, finish
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


def render_draft(snapshot: Snapshot) -> bytes:
    """Return what the paper would look like, marked as a draft on each page: no seal, no code, no digest, no data.

    The same input gives the same bytes.

    Raises:
        TooTall: as `render`.
        NotCanonicalError: as `render`.
    """
    about = About(
        title=f"Draft: {snapshot.title}",
        author=snapshot.editor,
        subject=f"{snapshot.subtitle}. {front.NOT_SIGNED}",
        language=snapshot.language,
        identifier=f"urn:sha256:{digest(snapshot)}",
        made_at=snapshot.assembled_at,
    )
    return finish(_drawn(snapshot, Approval(), ""), about, [])


def _drawn(snapshot: Snapshot, approval: Approval, verify_url: str) -> Surface:
    """Draw the paper; a draft has no address where it is checked."""
    pages: dict[str, int] = {}
    surface = Surface(Element("Document", lang=snapshot.language))
    footer = _footer(snapshot, draft=not verify_url)
    lay_out(_chapters(snapshot, approval, verify_url, surface.tree, pages), surface, footer, pages)
    return surface


def _footer(snapshot: Snapshot, *, draft: bool) -> Footer:
    left = f"{snapshot.subtitle} · edition {snapshot.edition}"
    if draft:
        return Footer(left, "draft", head=front.NOT_SIGNED)
    return Footer(left, f"sha-256 {digest(snapshot)[:8]}")


def _chapters(
    snapshot: Snapshot, approval: Approval, verify_url: str, tree: Element, pages: Mapping[str, int]
) -> list[Chapter]:
    cover = front.cover(snapshot, approval, tree, verify_url)
    imprint = front.imprint(snapshot, tree, verify_url)
    contents_at = len(tree.kids) + 1
    summary, *after = chapters.chapters(snapshot, approval, tree, verify_url)
    listed = chapters.entries(chapters.places(snapshot, draft=not verify_url))
    contents = front.contents(listed, pages, tree)
    tree.kids.insert(contents_at, tree.kids.pop())
    return [cover, imprint, summary, contents, *after]
