"""A snapshot, set as a paper."""

from collections.abc import Mapping
from dataclasses import dataclass

from service.adapters.pdf import attached, chapters, front, recipe, wording
from service.adapters.pdf.data import Data
from service.adapters.pdf.finishing import About, finish
from service.adapters.pdf.imprint import imprint
from service.adapters.pdf.pages import Chapter, Footer, lay_out
from service.adapters.pdf.recipe import Recipe
from service.adapters.pdf.structure import Element
from service.adapters.pdf.surface import Surface
from service.adapters.pdf.voice import Voice, voice_of
from service.domain.paper_codes import code_of
from service.domain.publication import Approval, Snapshot


@dataclass(frozen=True, slots=True)
class Paper:
    """What is printed; a draft has no address where it is checked."""

    snapshot: Snapshot
    approval: Approval
    verify_url: str
    data: Data

    @property
    def voice(self) -> Voice:
        """Who says its own words."""
        return voice_of(self.snapshot.language)


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
    paper = Paper(snapshot, approval, f"{verify_url}/{code_of(data.digest)}", data)
    surface = draw(paper, blank(snapshot))
    about = About(
        title=snapshot.title,
        author=snapshot.editor,
        subject=f"{snapshot.subtitle}. {wording.edition(paper.voice, snapshot.edition)}",
        language=snapshot.language,
        identifier=f"urn:sha256:{data.digest}",
        made_at=snapshot.assembled_at,
    )
    made_with = Recipe(approval, verify_url, recipe.versions() if versions is None else versions)
    return finish(surface, about, attached.files(snapshot, data, made_with, paper.voice))


def render_draft(snapshot: Snapshot) -> bytes:
    """Return what the paper would look like, marked as a draft on each page: no seal, no code, no digest, no data.

    The same input gives the same bytes.

    Raises:
        TooTall: as `render`.
        NotCanonicalError: as `render`.
    """
    data = Data.of(snapshot)
    paper = Paper(snapshot, Approval(), "", data)
    about = About(
        title=paper.voice.say("Draft: %(title)s", {"title": snapshot.title}),
        author=snapshot.editor,
        subject=f"{snapshot.subtitle}. {wording.not_signed(paper.voice)}",
        language=snapshot.language,
        identifier=f"urn:sha256:{data.digest}",
        made_at=snapshot.assembled_at,
    )
    return finish(draw(paper, blank(snapshot)), about, [])


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
    voice, number = paper.voice, {"number": str(paper.snapshot.edition)}
    left = f"{paper.snapshot.subtitle} · {voice.say('edition %(number)s', number)}"
    if paper.verify_url:
        return Footer(left, f"sha-256 {paper.data.digest[:8]}")
    return Footer(left, voice.say("draft"), head=wording.not_signed(voice))


def _chapters(paper: Paper, tree: Element, pages: Mapping[str, int]) -> list[Chapter]:
    snapshot, approval, verify_url, voice = paper.snapshot, paper.approval, paper.verify_url, paper.voice
    cover = front.cover(snapshot, approval, tree, verify_url, voice)
    about = imprint(snapshot, tree, verify_url, paper.data, voice)
    contents_at = len(tree.kids) + 1
    made = chapters.chapters(snapshot, approval, tree, verify_url, paper.data.digest, voice=voice)
    summary, *after = made
    listed = chapters.entries(chapters.places(snapshot, draft=not verify_url), voice)
    kicker, title = voice.say("Contents"), voice.say("What is where")
    contents = front.contents(listed, pages, tree, kicker=kicker, title=title, language=voice.lang)
    tree.kids.insert(contents_at, tree.kids.pop())
    return [cover, about, summary, contents, *after]
