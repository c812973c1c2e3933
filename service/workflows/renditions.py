"""Use cases around an edition in other formats: HTML, Markdown and data, for whoever may have its paper."""

from collections.abc import Container
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

from service.domain import publication
from service.domain.editions import EditionState
from service.domain.errors import NotReleased, StaleState, TryAgain, Unknown
from service.domain.permissions import visible_to
from service.domain.publication import Approval, Signatory
from service.domain.renditions import Courtesy, Facts, Printed, key_of, tongues
from service.domain.signatories import SignatoryState
from service.domain.views.agendas import EditionView
from service.store import courtesies
from service.store import renditions as store
from service.store.reader import Reader
from service.store.renditions import Kept, Slot
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
    """An edition in another format: the name of the file, what is in it, and the key of what it was made of.

    The content is empty for a reader who holds it already.
    """

    name: str
    key: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Present:
    """An edition as it stands now, in a language: what a rendition of it is made of."""

    edition_id: str
    facts: Facts
    language: str
    offered: tuple[Courtesy, ...]

    def key(self, form: Format, maker: str) -> str:
        """Return the digest of all that a rendition of it is made of."""
        return key_of(self.facts, form.value, self.language, self.offered, maker)


def rendition(
    ctx: Context, edition_id: str, form: Format, language: str = "", held: Container[str] = ()
) -> Rendition:
    """Return a released edition in another format, the same bytes for the same edition, fate and translations.

    It is made once and kept; it is made anew when something that it shows has changed.

    Args:
        ctx: the reader's context.
        edition_id: the edition.
        form: which format.
        language: into which its texts are translated, as a courtesy; without one they are as they were agreed on.
        held: the keys of what the reader has already, which is not read again.

    Raises:
        NotReleased: it has no paper yet, so there is nothing that this could be a rendition of.
        Unknown: none of its texts is translated into that language.
    """
    with ctx.reading() as reader:
        visible_to(reader.actor)
        view, now = present(ctx, reader, edition_id, language)
        name = f"edition-{view.number}{f'-{now.language}' if now.language else ''}.{ENDINGS[form]}"
        if form is Format.JSON:
            if now.language:
                raise Unknown(thing="translation")
            data = b"" if view.digest in held else editions.snapshot(ctx, edition_id).encode()
            return Rendition(name, view.digest, data)
        key, slot = now.key(form, ctx.renditions.maker), Slot(edition_id, form.value, now.language)
        if key in held:
            return Rendition(name, key, b"")
        kept = store.find(reader.connection, slot, key)
        text = "" if kept is not None else editions.snapshot(ctx, edition_id)
    if kept is None:
        kept = _made(ctx, form, now, text)
        # Two that ask at once, or a busy database: nobody is refused a file for it.
        with suppress(StaleState, TryAgain), ctx.transaction(durable=False) as work:
            visible_to(work.actor)
            store.keep(work.connection, slot, key, kept, work.now)
    return Rendition(name, key, kept.content or b"")


def languages(ctx: Context, edition_id: str) -> tuple[str, ...] | None:
    """Return into which languages something of an edition is translated; None before it is released."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        if library.edition(ctx, edition_id).released_at is None:
            return None
        printed = store.printed(ctx.database, reader.connection, edition_id)
        return courtesies.languages(reader.connection, printed.sources)


def present(ctx: Context, reader: Reader, edition_id: str, language: str) -> tuple[EditionView, Present]:
    """Return a released edition as it stands now, in a language, however that was typed.

    Raises:
        NotReleased: it has no paper yet.
        Unknown: none of its texts is translated into that language.
    """
    view = library.edition(ctx, edition_id)
    if view.released_at is None or view.file_digest is None:
        raise NotReleased(state=view.state.value)
    printed = store.printed(ctx.database, reader.connection, edition_id)
    offered = courtesies.of_texts(reader.connection, printed.sources) if _is_other(language, printed) else ()
    tongue = _spelled(language, printed, offered)
    shown = tuple(one for one in offered if one.language == tongue)
    return view, Present(edition_id, _facts(view, view.file_digest), tongue, shown)


def _made(ctx: Context, form: Format, now: Present, text: str) -> Kept:
    write = ctx.renditions.html if form is Format.HTML else ctx.renditions.markdown
    written = write(publication.from_json(text), now.facts, now.language, now.offered)
    return Kept(written.encode())


def _is_other(language: str, printed: Printed) -> bool:
    return language.lower() not in {"", printed.language.lower()}


def _spelled(language: str, printed: Printed, offered: tuple[Courtesy, ...]) -> str:
    """Return a language as its translations spell it, however it was typed; empty for that of the edition itself."""
    if not _is_other(language, printed):
        return ""
    found = next((tongue for tongue in tongues(offered) if tongue.lower() == language.lower()), None)
    if found is None:
        raise Unknown(thing="translation")
    return found


def _signatories(view: EditionView) -> tuple[Signatory, ...]:
    """Return who signed, as the paper names them; with which key is for the paper to say."""
    return tuple(
        Signatory(one.name, one.organisation.name, one.acted_at)
        for one in view.signatories
        if one.state is SignatoryState.SIGNED and one.acted_at is not None
    )


def _facts(view: EditionView, file_digest: str) -> Facts:
    return Facts(
        digest=view.digest,
        file_digest=file_digest,
        approval=Approval(view.assembled_by, view.approved_by, view.approved_at, _signatories(view)),
        page=f"/editions/{view.id}",
        paper=f"/editions/{view.id}/paper.pdf",
        check="/verify",
        withdrawn=view.state is EditionState.WITHDRAWN,
        newer=view.superseded_by.number if view.superseded_by else None,
    )
