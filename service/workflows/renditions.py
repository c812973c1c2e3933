"""Use cases around an edition in other formats than its paper, for whoever may have that.

HTML, Markdown and data are made at once; a translation on paper is made in the background, in a process of its own.
"""

from collections.abc import Container
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Never

from service.domain import publication
from service.domain.drafts import NotPrintableError
from service.domain.editions import EditionState
from service.domain.errors import (
    BeingMade,
    FromTheRight,
    NotPrinted,
    NotReleased,
    StaleState,
    TryAgain,
    Unknown,
)
from service.domain.permissions import Permission, Subject, require, visible_to
from service.domain.publication import Approval, Signatory
from service.domain.renditions import Courtesy, Facts, Printed, is_printed, key_of, tongues
from service.domain.signatories import SignatoryState
from service.domain.views.agendas import EditionView
from service.store import courtesies, jobs
from service.store import renditions as store
from service.store.jobs import Job
from service.store.reader import Reader
from service.store.renditions import Kept, Slot
from service.store.uow import UnitOfWork
from service.workflows import editions, library
from service.workflows.context import Context


class Format(StrEnum):
    """In what an edition can be read beside its paper."""

    HTML = "html"
    MARKDOWN = "markdown"
    JSON = "json"
    PDF = "pdf"


MEDIA_TYPES = {
    Format.HTML: "text/html",
    Format.MARKDOWN: "text/markdown",
    Format.JSON: "application/json",
    Format.PDF: "application/pdf",
}
ENDINGS = {Format.HTML: "html", Format.MARKDOWN: "md", Format.JSON: "json", Format.PDF: "pdf"}
COURTESY = "courtesy"


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
    released_at: datetime
    facts: Facts
    language: str
    offered: tuple[Courtesy, ...]

    def key(self, ctx: Context, form: Format) -> str:
        """Return the digest of all that a rendition of it is made of."""
        maker = ctx.renditions.maker + (ctx.renderer.maker if form is Format.PDF else "")
        return key_of(self.facts, form.value, self.language, self.offered, maker)

    def slot(self, form: Format) -> Slot:
        """Return where a rendition of it is kept."""
        return Slot(self.edition_id, form.value, self.language)


def rendition(
    ctx: Context, edition_id: str, form: Format, language: str = "", held: Container[str] = ()
) -> Rendition:
    """Return a released edition in another format, the same bytes for the same edition, fate and translations.

    It is made once and kept; it is made anew when something that it shows has changed.

    Args:
        ctx: the reader's context.
        edition_id: the edition.
        form: which format.
        language: into which its texts are translated, as a courtesy; without one they are as they were agreed on. A PDF
            without one is none of these: that is the paper itself.
        held: the keys of what the reader has already, which is not read again.

    Raises:
        NotReleased: it has no paper yet, so there is nothing that this could be a rendition of.
        Unknown: none of its texts is translated into that language.
        BeingMade: it is made in the background, which has been asked for.
        FromTheRight: the language cannot be set on paper.
        NotPrinted: it could not be printed.
    """
    with ctx.reading() as reader:
        visible_to(reader.actor)
        view, now = present(ctx, reader, edition_id, language)
        name = f"edition-{view.number}{f'-{now.language}' if now.language else ''}.{ENDINGS[form]}"
        _check(form, now)
        key = view.digest if form is Format.JSON else now.key(ctx, form)
        if key in held:
            return Rendition(name, key, b"")
        if form is Format.JSON:
            return Rendition(name, key, editions.snapshot(ctx, edition_id).encode())
        kept = store.find(reader.connection, now.slot(form), key)
        text = "" if kept is not None or form is Format.PDF else editions.snapshot(ctx, edition_id)
        # Whoever waits looks every few seconds, and may be a stranger: that writes nothing.
        if (
            kept is None
            and form is Format.PDF
            and store.is_waited_for(reader.connection, now.slot(form), reader.now)
        ):
            raise BeingMade
    if kept is None:
        kept = _ask(ctx, now, key) if form is Format.PDF else _keep(ctx, form, now, key, text)
    if kept.content is None:
        raise NotPrinted
    return Rendition(name, key, kept.content)


def make(ctx: Context, job: Job) -> None:
    """Print the translations of an edition that are asked for, in the background, and keep them, or why not."""
    with ctx.reading() as reader:
        require(reader.actor, Permission.JOB_RUN, Subject())
        slots = store.asked(reader.connection, job.subject_id, Format.PDF)
    for slot in slots:
        _print(ctx, job, slot)


def _print(ctx: Context, job: Job, slot: Slot) -> None:
    with ctx.reading() as reader:
        try:
            _, now = present(ctx, reader, slot.edition_id, slot.language)
        except Unknown:
            # Its translation is not approved any more: whoever asks next is told so.
            return
        snapshot = publication.from_json(editions.snapshot(ctx, slot.edition_id))
    key = now.key(ctx, Format.PDF)
    tree = ctx.renditions.tree(snapshot, now.facts, now.language, now.offered)
    with jobs.kept(ctx.database, job):
        try:
            made = Kept(ctx.renderer.courtesy(tree, f"urn:sha256:{key}", now.released_at))
        except NotPrintableError as found:
            made = Kept(None, str(found))
    with ctx.transaction() as work:
        require(work.actor, Permission.JOB_RUN, Subject())
        jobs.hold(work.connection, job, work.now)
        still = _is_still(ctx, work, now, Format.PDF, key)
        if still:
            store.keep(work.connection, slot, key, made, work.now)
    if not still:
        _print(ctx, job, slot)


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
    sources = printed.sources | printed.lessons if _is_other(language, printed) else frozenset()
    offered = courtesies.of_texts(reader.connection, sources) if sources else ()
    tongue = _spelled(language, printed, tuple(one for one in offered if one.source in printed.sources))
    shown = tuple(one for one in offered if one.language == tongue)
    facts = _facts(view, view.file_digest)
    return view, Present(edition_id, view.released_at, facts, tongue, shown)


def _check(form: Format, now: Present) -> None:
    if (form is Format.JSON and now.language) or (form is Format.PDF and not now.language):
        raise Unknown(thing="translation")
    if form is Format.PDF and not is_printed(now.language):
        raise FromTheRight


def _keep(ctx: Context, form: Format, now: Present, key: str, text: str) -> Kept:
    write = ctx.renditions.html if form is Format.HTML else ctx.renditions.markdown
    kept = Kept(write(publication.from_json(text), now.facts, now.language, now.offered).encode())
    # Two that ask at once, or a busy database: nobody is refused a file for it.
    with suppress(StaleState, TryAgain), ctx.transaction(durable=False) as work:
        visible_to(work.actor)
        if _is_still(ctx, work, now, form, key):
            store.keep(work.connection, now.slot(form), key, kept, work.now)
    return kept


def _is_still(ctx: Context, work: UnitOfWork, now: Present, form: Format, key: str) -> bool:
    """Tell whether the edition stands as it did when a rendition of it was begun; it does until the work is done.

    Somebody whom it names may have been erased meanwhile.
    """
    store.hold(work.connection)
    with ctx.reading() as reader, suppress(Unknown):
        return present(ctx, reader, now.edition_id, now.language)[1].key(ctx, form) == key
    return False


def _ask(ctx: Context, now: Present, key: str) -> Never:
    with suppress(StaleState), ctx.transaction() as work:
        visible_to(work.actor)
        if store.ask(work.connection, now.slot(Format.PDF), key, work.now):
            jobs.ask_again(work.connection, ctx.new_id(), COURTESY, now.edition_id, work.now)
            jobs.revive_within(work.connection, COURTESY, now.edition_id, work.now)
    raise BeingMade


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
