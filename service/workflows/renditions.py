"""Use cases around an edition in other formats: HTML, Markdown and data, for whoever may have its paper."""

from dataclasses import dataclass
from enum import StrEnum

from service.domain import publication
from service.domain.editions import EditionState
from service.domain.errors import NotReleased, Unknown
from service.domain.permissions import visible_to
from service.domain.publication import Approval, Signatory, Snapshot
from service.domain.renditions import Courtesy, Facts, tongues
from service.domain.signatories import SignatoryState
from service.domain.views.agendas import EditionView
from service.store import courtesies
from service.store.queries import editions as queries
from service.store.reader import Reader
from service.workflows import editions, library
from service.workflows.context import Context


class Format(StrEnum):
    """In what an edition can be read beside its paper."""

    HTML = "html"
    MARKDOWN = "markdown"
    JSON = "json"


MEDIA_TYPES = {Format.HTML: "text/html", Format.MARKDOWN: "text/markdown", Format.JSON: "application/json"}
ENDINGS = {Format.HTML: "html", Format.MARKDOWN: "md", Format.JSON: "json"}


@dataclass(frozen=True, slots=True)
class Rendition:
    """An edition in another format: the name of the file, and what is in it."""

    name: str
    content: bytes


def rendition(ctx: Context, edition_id: str, form: Format, language: str = "") -> Rendition:
    """Return a released edition in another format, the same bytes for the same edition, fate and translations.

    Args:
        ctx: the reader's context.
        edition_id: the edition.
        form: which format.
        language: into which its texts are translated, as a courtesy; without one they are as they were agreed on.

    Raises:
        NotReleased: it has no paper yet, so there is nothing that this could be a rendition of.
        Unknown: none of its texts is translated into that language.
    """
    with ctx.reading() as reader:
        visible_to(reader.actor)
        view = library.edition(ctx, edition_id)
        if view.released_at is None or view.file_digest is None:
            raise NotReleased(state=view.state.value)
        text = editions.snapshot(ctx, edition_id)
        snapshot = publication.from_json(text)
        offered = _offered(reader, snapshot)
        tongue = _spelled(language, snapshot, offered)
        if tongue and form is Format.JSON:
            raise Unknown(thing="translation")
        newest = queries.newest_released(reader.connection, view.agenda_id)
    name = f"edition-{view.number}{f'-{tongue}' if tongue else ''}.{ENDINGS[form]}"
    if form is Format.JSON:
        return Rendition(name, text.encode())
    facts = _facts(view, view.file_digest, newest if newest > view.number else None)
    write = ctx.renditions.html if form is Format.HTML else ctx.renditions.markdown
    return Rendition(name, write(snapshot, facts, tongue, offered).encode())


def languages(ctx: Context, edition_id: str) -> tuple[str, ...] | None:
    """Return into which languages something of an edition is translated; None before it is released."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        view = library.edition(ctx, edition_id)
        if view.released_at is None:
            return None
        snapshot = publication.from_json(editions.snapshot(ctx, edition_id))
        return tongues(_offered(reader, snapshot))


def _spelled(language: str, snapshot: Snapshot, offered: tuple[Courtesy, ...]) -> str:
    """Return a language as its translations spell it, however it was typed; empty for that of the edition itself."""
    typed = language.lower()
    if typed in {"", snapshot.language.lower()}:
        return ""
    found = next((tongue for tongue in tongues(offered) if tongue.lower() == typed), None)
    if found is None:
        raise Unknown(thing="translation")
    return found


def _offered(reader: Reader, snapshot: Snapshot) -> tuple[Courtesy, ...]:
    return courtesies.of_texts(
        reader.connection, frozenset(ask.version.digest for ask in snapshot.recommendations)
    )


def _signatories(view: EditionView) -> tuple[Signatory, ...]:
    """Return who signed, as the paper names them; with which key is for the paper to say."""
    return tuple(
        Signatory(one.name, one.organisation.name, one.acted_at)
        for one in view.signatories
        if one.state is SignatoryState.SIGNED and one.acted_at is not None
    )


def _facts(view: EditionView, file_digest: str, newer: int | None) -> Facts:
    return Facts(
        digest=view.digest,
        file_digest=file_digest,
        approval=Approval(view.assembled_by, view.approved_by, view.approved_at, _signatories(view)),
        page=f"/editions/{view.id}",
        paper=f"/editions/{view.id}/paper.pdf",
        check="/verify",
        withdrawn=view.state is EditionState.WITHDRAWN,
        newer=newer,
    )
