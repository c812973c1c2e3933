"""Who is told of what happened: one table from events to mails, driven from the record after the commit.

A job reads what an agenda's record has gained, posts the mails and moves the cursor, all in one transaction: a crash
neither loses nor doubles a mail.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from service.domain.actors import Scope
from service.domain.amendments import AmendmentAction
from service.domain.editions import EditionState
from service.domain.errors import StaleState, Unknown
from service.domain.events import (
    AmendmentMoved,
    AmendmentTabled,
    CommentAnswered,
    CommentPosted,
    DeadlineMoved,
    DeadlineNear,
    EditionAssembled,
    EditionDeclined,
    EditionMoved,
    ParticipantsReminded,
    PhaseMoved,
    PhaseMoveTakenBack,
    ReconfirmationRequested,
)
from service.domain.mails import Mail
from service.domain.mentions import mentioned
from service.domain.permissions import Permission, Subject, require
from service.domain.recommendations import RecommendationState
from service.domain.text import Block, digest, summarise
from service.store import jobs
from service.store import notifications as store
from service.store.jobs import Job
from service.store.notifications import Happened
from service.store.uow import HOUSE
from service.workflows import edition_notices, mails, round_notices
from service.workflows.context import Context
from service.workflows.desk import Desk, Notice, Values
from service.workflows.notices import told_change

NOTIFY = "notify"
BATCH = 200


def _sent(desk: Desk, entry: Happened) -> Iterator[Notice]:
    """Who sent an amendment gets a receipt: its number, what it changes, and where it stands from now on."""
    work = desk.work
    amendment = work.amendments.get(entry.data["amendment_id"])
    sender = store.reader(work.connection, amendment.person_id)
    if sender is None or sender.person_id != entry.person_id:
        return
    base = work.versions.get(entry.data["base_version_id"])
    values: Values = {
        **desk.about(amendment.recommendation_id),
        "amendment_id": amendment.id,
        "number": amendment.number,
        "organisation": desk.name(amendment.organisation_id),
        "version": base.number,
        "changes": _changes(base.blocks, amendment.blocks) if amendment.base_version_id == base.id else [],
        "digest": digest(amendment.blocks),
    }
    yield Notice("amendment_sent", values, amendment.id, (sender,), receipt=True)


def _decision(desk: Desk, entry: Happened) -> Iterator[Notice]:
    """The authors and the co-signatories of an amendment hear every decision on it, with the reason."""
    data, work = entry.data, desk.work
    if data["action"] in {AmendmentAction.TABLE, AmendmentAction.WITHDRAW}:
        return
    amendment = work.amendments.get(data["amendment_id"])
    base = work.versions.get(amendment.base_version_id).blocks
    values: Values = {
        **desk.about(amendment.recommendation_id),
        "amendment_id": amendment.id,
        "number": amendment.number,
        "organisation": desk.name(amendment.organisation_id),
        "state": data["state"],
        "reason": data["reason"],
        "changes": _changes(base, amendment.standing_blocks),
        "as_decided": amendment.decided_blocks is not None,
    }
    authors = desk.acting_for((amendment.organisation_id,))
    yield Notice("decision", {**values, "signed": False}, amendment.id, authors)
    signed = {s.organisation_id for s in work.signatures.all(amendment_id=amendment.id)}
    if others := signed - {amendment.organisation_id}:
        told = {reader.person_id for reader in authors}
        also = [reader for reader in desk.acting_for(others) if reader.person_id not in told]
        yield Notice("decision", {**values, "signed": True}, amendment.id, also)


def _reconfirmation(desk: Desk, entry: Happened) -> Iterator[Notice]:
    """Who takes positions for an organisation hears that its text has changed, and how."""
    work = desk.work
    position = work.positions.get(entry.data["position_id"])
    taken, now = work.versions.get(position.version_id), work.versions.get(entry.data["version_id"])
    closes_at = work.agendas.get(desk.agenda_id).phase_closes_at
    values: Values = {
        **desk.about(position.recommendation_id),
        "organisation": desk.name(position.organisation_id),
        "stance": position.stance.value,
        "from_version": taken.number,
        "to_version": now.number,
        "changes": _changes(taken.blocks, now.blocks),
        "closes_at": closes_at.isoformat() if closes_at is not None and closes_at > work.now else None,
        "zone": desk.zone,
    }
    readers = desk.acting_for((position.organisation_id,), Scope.POSITION)
    yield Notice("reconfirmation", values, position.recommendation_id, readers)


def _posted(desk: Desk, entry: Happened) -> Iterator[Notice]:
    """Organisations that a comment mentions hear of it."""
    comment = desk.work.comments.get(entry.data["comment_id"])
    yield from _mentions(desk, comment.id, comment.recommendation_id, comment.organisation_id, comment.text)


def _answered(desk: Desk, entry: Happened) -> Iterator[Notice]:
    """Who wrote a comment hears the answer; organisations that the answer mentions hear of it, too."""
    work = desk.work
    reply, comment = work.replies.get(entry.data["reply_id"]), work.comments.get(entry.data["comment_id"])
    author = store.reader(work.connection, comment.person_id)
    if author is not None:
        values: Values = {
            **desk.about(comment.recommendation_id),
            "comment_id": comment.id,
            "organisation": desk.name(reply.organisation_id),
            "comment": comment.text,
            "answer": reply.text,
        }
        yield Notice("answer", values, comment.id, (author,))
    told = {author.person_id} if author is not None else set()
    for notice in _mentions(desk, comment.id, comment.recommendation_id, reply.organisation_id, reply.text):
        others = [reader for reader in notice.readers if reader.person_id not in told]
        yield Notice(notice.template, notice.values, notice.thread, others)


def _mentions(desk: Desk, comment_id: str, recommendation_id: str, by: str, text: str) -> Iterator[Notice]:
    if "@" not in text:
        return
    told: set[str] = set()
    for organisation_id in mentioned(text, desk.participants):
        readers = [r for r in desk.acting_for((organisation_id,)) if r.person_id not in told]
        told |= {reader.person_id for reader in readers}
        values: Values = {
            **desk.about(recommendation_id),
            "comment_id": comment_id,
            "organisation": desk.name(by),
            "mentioned": desk.participants[organisation_id],
            "text": text,
        }
        yield Notice("mention", values, comment_id, readers)


def _edition(desk: Desk, entry: Happened) -> Iterator[Notice]:
    """Everyone who takes part hears that an edition is published."""
    if entry.data["state"] != EditionState.RELEASED:
        return
    edition = desk.work.editions.get(entry.data["edition_id"])
    published = desk.work.recommendations.all(
        agenda_id=desk.agenda_id, state=RecommendationState.PUBLISHED, order="number"
    )
    values: Values = {
        "agenda": desk.agenda,
        "edition_id": edition.id,
        "number": edition.number,
        "recommendations": [f"{one.number}. {one.title}" for one in published],
        "checkpoint": desk.checkpoint(entry),
    }
    yield Notice("edition_released", values, desk.agenda_id, desk.everyone)


Teller = Callable[[Desk, Happened], Iterator[Notice]]

TOLD: Mapping[str, Teller] = {
    AmendmentTabled.name: _sent,
    AmendmentMoved.name: _decision,
    ReconfirmationRequested.name: _reconfirmation,
    PhaseMoved.name: round_notices.phase_opened,
    PhaseMoveTakenBack.name: round_notices.phase_taken_back,
    DeadlineMoved.name: round_notices.deadline_moved,
    DeadlineNear.name: round_notices.deadline_near,
    ParticipantsReminded.name: round_notices.reminded,
    CommentPosted.name: _posted,
    CommentAnswered.name: _answered,
    EditionAssembled.name: edition_notices.signature_awaited,
    EditionDeclined.name: edition_notices.signature_declined,
    EditionMoved.name: _edition,
}
"""Which events are told, and by whom; nobody is told what they did themselves, but for a receipt of it."""


def find_due(ctx: Context) -> bool:
    """Ask for the telling of every record that has grown; returns whether there was one.

    Only a late worker is late with it: what the record holds is told whenever it comes to it.
    """
    with ctx.reading() as reader:
        require(reader.actor, Permission.JOB_RUN, Subject())
        scopes = store.behind(reader.connection, NOTIFY, HOUSE)
    if scopes:
        # Another worker asks for the same at the same moment: one of them is enough.
        with suppress(StaleState), ctx.transaction() as work:
            require(work.actor, Permission.JOB_RUN, Subject())
            for scope in scopes:
                jobs.ask_again(work.connection, ctx.new_id(), NOTIFY, scope, work.now)
    return bool(scopes)


def notify(ctx: Context, job: Job) -> None:
    """Tell what an agenda's record has gained since it was told."""
    full = True
    while full:
        with ctx.transaction() as work:
            require(work.actor, Permission.JOB_RUN, Subject())
            jobs.hold(work.connection, job, work.now)
            told = store.cursor_of(work.connection, job.subject_id)
            entries = store.happened_after(work.connection, job.subject_id, told, BATCH)
            full = len(entries) == BATCH
            if entries:
                mails.post_all(ctx, work, _mails(Desk(work, job.subject_id), entries))
                store.move_cursor(work.connection, job.subject_id, entries[-1].sequence)
                job.reached("notify.before_commit")
            if not full:
                jobs.close(work.connection, job, work.now)
        job.reached("notify.after")


def pass_over(ctx: Context) -> None:
    """Take everything that has happened so far as told, such as what a demonstration is loaded with."""
    with ctx.transaction() as work:
        require(work.actor, Permission.JOB_RUN, Subject())
        store.move_all_to_the_end(work.connection)


def _mails(desk: Desk, entries: Sequence[Happened]) -> list[Mail]:
    return [
        Mail(notice.template, one.email, one.language, notice.values, one.person_id, notice.thread)
        for entry in _last_words(entries)
        for notice in _notices(desk, entry)
        for one in notice.readers
        if notice.receipt or one.person_id != entry.person_id
    ]


def _notices(desk: Desk, entry: Happened) -> tuple[Notice, ...]:
    try:
        return tuple(TOLD[entry.name](desk, entry))
    except Unknown:
        # What it was about has been taken away since, so there is nothing left to tell.
        return ()


def _last_words(entries: Sequence[Happened]) -> Iterator[Happened]:
    """Yield what is told; of the steps of one decision, which are taken at one moment, only the last."""
    last: dict[tuple[Any, ...], int] = {}
    for entry in entries:
        if entry.name == AmendmentMoved.name:
            last[entry.at, entry.data["amendment_id"]] = entry.sequence
    for entry in entries:
        if entry.name not in TOLD:
            continue
        if entry.name != AmendmentMoved.name or last[entry.at, entry.data["amendment_id"]] == entry.sequence:
            yield entry


def _changes(before: Sequence[Block], after: Sequence[Block]) -> list[dict[str, object]]:
    return told_change(summarise(before, after))
