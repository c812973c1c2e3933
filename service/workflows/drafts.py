"""Use cases around drafts of the paper: asking for one, making it in the background, looking at it."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from service.domain import publication
from service.domain.drafts import DRAFTS_OF_PERSON, Draft, DraftState, NotPrintableError, state_of
from service.domain.errors import Unknown
from service.domain.permissions import Permission, Subject, require
from service.domain.publication import Snapshot
from service.store import drafts as store
from service.store import jobs
from service.store.jobs import Job
from service.store.reader import Reader
from service.workflows import limits, reading
from service.workflows.context import Context
from service.workflows.snapshots import snapshot_of

DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class DraftView:
    """What there is of a draft of the paper; `made_at` and the digest of the file are those of the last one.

    Of one that failed, `fault` says why, in the words of the printer; or of whatever else stopped the work again and
    again, where the last try was `given_up`.
    """

    agenda_id: str
    state: DraftState
    made_at: datetime | None = None
    file_digest: str | None = None
    fault: str = ""
    given_up: bool = False


def ask(ctx: Context, agenda_id: str) -> None:
    """Have a draft of the paper made, unless there is one of the agenda as it stands, or one is being made.

    Raises:
        TooManyRequests: whoever asks has had many made in the last hour.
    """
    view = draft(ctx, agenda_id)
    if view.state in {DraftState.MAKING, DraftState.READY}:
        return
    with ctx.transaction() as work:
        require(work.actor, Permission.EDITION_DRAFT, work.agendas.get(agenda_id).subject(work.now))
        limits.spend(ctx, (DRAFTS_OF_PERSON, work.actor.person_id or ""))
        jobs.ask_again(work.connection, ctx.new_id(), DRAFT, agenda_id, work.now)
        jobs.revive_within(work.connection, DRAFT, agenda_id, work.now)


def make(ctx: Context, job: Job) -> None:
    """Print a draft in the background, and keep it, or why it could not be printed."""
    with ctx.reading() as reader:
        require(reader.actor, Permission.JOB_RUN, Subject())
        present = _present(ctx, reader, job.subject_id)
    content, digest, fault = None, None, ""
    with jobs.kept(ctx.database, job):
        try:
            content = ctx.renderer.draft(present)
            digest = hashlib.sha256(content).hexdigest()
        except NotPrintableError as found:
            fault = str(found)
    with ctx.transaction() as work:
        require(work.actor, Permission.JOB_RUN, Subject())
        made = Draft(publication.digest(present), work.now, digest, fault)
        store.keep(work.connection, job.subject_id, made, content)
        jobs.close(work.connection, job, work.now)


def draft(ctx: Context, agenda_id: str) -> DraftView:
    """Return what there is of a draft of the paper."""
    with ctx.reading() as reader:
        _require(ctx, reader, agenda_id)
        last = store.last(reader.connection, agenda_id)
        job = jobs.last(reader.connection, DRAFT, agenda_id)
        making = job is not None and job.state in {"ready", "running"}
        gave_up = job is not None and job.state == "failed"
        # What is being made, was never asked for, or came to no end needs no comparing.
        compared = last is not None and not making and not gave_up
        present = publication.digest(_present(ctx, reader, agenda_id)) if compared else ""
        view = _view(agenda_id, last, state_of(last, present, making=making, gave_up=gave_up))
        return replace(view, fault=job.error, given_up=True) if job is not None and gave_up else view


def pdf(ctx: Context, agenda_id: str) -> bytes:
    """Return the last draft that was made, whether the agenda has moved on or not."""
    with ctx.reading() as reader:
        _require(ctx, reader, agenda_id)
        content = store.content(reader.connection, agenda_id)
        if content is None:
            raise Unknown(thing="draft")
        return content


def failed(reader: Reader, agenda_id: str) -> bool:
    """Tell whether the last draft of an agenda could not be printed."""
    last, job = store.last(reader.connection, agenda_id), jobs.last(reader.connection, DRAFT, agenda_id)
    return (last is not None and last.file_digest is None) or (job is not None and job.state == "failed")


def _require(ctx: Context, reader: Reader, agenda_id: str) -> None:
    require(reader.actor, Permission.EDITION_DRAFT, reading.abilities(ctx, agenda_id).subject)


def _present(ctx: Context, reader: Reader, agenda_id: str) -> Snapshot:
    """Return what an edition would print, of the moment when the agenda last changed: the same until it does again."""
    number = reading.figures(ctx, agenda_id).editions + 1
    return snapshot_of(ctx, agenda_id, number, store.changed_at(reader.connection, agenda_id))


def _view(agenda_id: str, last: Draft | None, state: DraftState) -> DraftView:
    if last is None:
        return DraftView(agenda_id, state)
    return DraftView(agenda_id, state, last.made_at, last.file_digest, last.fault)
