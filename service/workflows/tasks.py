"""What a person's own page is made of: what waits for them, their organisations' amendments, what happened since."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from service.domain.amendments import OPEN, AmendmentState
from service.domain.errors import SignInNeeded, StaleState, TryAgain
from service.domain.permissions import Permission, Subject, allows, visible_to
from service.domain.phases import BOUND_BY_DEADLINE, Capability
from service.domain.tasks import Task, TaskKind, pressing
from service.domain.views.agendas import AgendaView
from service.domain.views.tasks import News, OwnAmendment
from service.store import visits
from service.store.queries import activity
from service.store.queries import tasks as queries
from service.store.queries.signatories import papers_to_sign
from service.store.reader import Reader
from service.workflows import reading
from service.workflows.context import Context

AMENDMENTS = 200
"""So many of an organisation's amendments are looked through, the newest first."""
SHOWN = 12
_NEEDS: Mapping[TaskKind, tuple[Permission, Capability]] = {
    TaskKind.SIGN_EDITION: (Permission.EDITION_APPROVE, Capability.PUBLISH),
    TaskKind.CONFIRM_POSITION: (Permission.POSITION_TAKE, Capability.POSITION),
    TaskKind.TAKE_POSITION: (Permission.POSITION_TAKE, Capability.POSITION),
    TaskKind.ANSWER_COMPROMISE: (Permission.AMENDMENT_SIGN_COMPROMISE, Capability.WITHDRAW_AMENDMENT),
    TaskKind.CARRY_OVER: (Permission.AMENDMENT_REBASE, Capability.WITHDRAW_AMENDMENT),
    TaskKind.SEND_DRAFT: (Permission.AMENDMENT_TABLE, Capability.AMEND),
    TaskKind.ANSWER_QUESTION: (Permission.COMMENT_POST, Capability.COMMENT),
    TaskKind.ANSWER_MENTION: (Permission.COMMENT_POST, Capability.COMMENT),
    TaskKind.READ_ANSWER: (Permission.COMMENT_RESOLVE, Capability.COMMENT),
    TaskKind.PLACE_COMMENT: (Permission.COMMENT_RESOLVE, Capability.COMMENT),
}
"""What each task takes; only what the reader may do now is asked of them."""


def tasks(ctx: Context) -> tuple[Task, ...]:
    """Return what waits for the reader, the most pressing first.

    Raises:
        SignInNeeded: nobody is signed in.
    """
    with ctx.reading() as reader:
        ours = visible_to(reader.actor).organisation_ids
        if reader.actor.person_id is None:
            raise SignInNeeded
        rounds = {one.id: one for one in reading.agendas(ctx, 100).items}
        return pressing(
            replace(task, closes_at=_deadline(rounds[task.agenda_id], task.kind))
            for task in _found(ctx, reader, rounds, ours)
            if task.agenda_id in rounds and _may(ctx, reader, rounds[task.agenda_id], task)
        )


def _found(
    ctx: Context, reader: Reader, rounds: Mapping[str, AgendaView], ours: frozenset[str]
) -> Iterator[Task]:
    connection = reader.connection
    yield from papers_to_sign(connection, reader.actor.person_id or "")
    for awaited in queries.positions_awaited(connection, ours):
        known = rounds.get(awaited.task.agenda_id)
        if known is not None and awaited.kind in known.rule.counts:
            yield awaited.task
    for one in own_amendments(ctx):
        if not one.signed and (kind := _next_step(one)) is not None:
            yield Task(kind, one.id, one.agenda_id, one.recommendation, one.organisation, one.number)
    yield from queries.compromises_to_answer(connection, ours)
    yield from queries.comments_to_follow(connection, ours)
    yield from queries.questions_to_answer(connection, ours)
    told = queries.unread_mentions(connection, reader.actor.person_id or "")
    yield from queries.mentions_to_answer(connection, told, ours)


def _next_step(one: OwnAmendment) -> TaskKind | None:
    if one.state in OPEN | {AmendmentState.DRAFT} and one.stale:
        return TaskKind.CARRY_OVER
    return TaskKind.SEND_DRAFT if one.state is AmendmentState.DRAFT else None


def _may(ctx: Context, reader: Reader, agenda: AgendaView, task: Task) -> bool:
    subject = Subject(
        agenda.phase,
        agenda.phase_closes_at,
        reader.now,
        organisation_id=task.organisation.id,
        demo=ctx.demo,
        confirmed=True,
    )
    return allows(reader.actor, _NEEDS[task.kind][0], subject)


def _deadline(agenda: AgendaView, kind: TaskKind) -> datetime | None:
    return agenda.phase_closes_at if _NEEDS[kind][1] in BOUND_BY_DEADLINE else None


def own_amendments(ctx: Context) -> tuple[OwnAmendment, ...]:
    """Return what the reader's organisations proposed or co-signed, the newest first, 200 at most."""
    with ctx.reading() as reader:
        sight = visible_to(reader.actor)
        return queries.own_amendments(reader.connection, sight.organisation_ids, AMENDMENTS)


def news(ctx: Context, limit: int = SHOWN) -> tuple[News, ...]:
    """Return what others did in each agenda since the reader last said that they have seen it.

    The first look is remembered, and has no news; so a page that is fetched without being read takes none away.

    Raises:
        SignInNeeded: nobody is signed in.
    """
    with ctx.reading() as reader:
        sight = visible_to(reader.actor)
        person_id = reader.actor.person_id
        if person_id is None:
            raise SignInNeeded
        rounds = {one.id: one for one in reading.agendas(ctx, 100).items}
        known = visits.last_visits_of(reader.connection, person_id)
        after = {i: known[i].entry for i in rounds if i in known}
        found = activity.news(reader.connection, sight, after, limit + 1)
        shown = {i: entries for i, entries in found.items() if entries}
        first = {i: one.entries for i, one in rounds.items() if i not in known}
    if first:
        # Two first looks at once, or a busy database: a page is never refused for it.
        with suppress(StaleState, TryAgain), ctx.transaction() as work:
            visits.keep_visits(work.connection, person_id, first, work.now)
    full = sum(map(len, shown.values())) > limit
    return tuple(
        News(rounds[i], known[i].visited_at, rounds[i].entries, entries[:limit], more=full)
        for i, entries in shown.items()
    )


def seen(ctx: Context, entries: Mapping[str, int]) -> None:
    """A reader says how far into the records of agendas they have read; reading less than before changes nothing.

    Raises:
        SignInNeeded: nobody is signed in, so there is nobody to remember it of.
    """
    person_id = ctx.identity.person_id
    if person_id is None:
        raise SignInNeeded
    with ctx.transaction() as work:
        visible_to(work.actor)
        heads = activity.heads(work.connection, entries)
        read = {i: min(entry, heads[i]) for i, entry in entries.items() if i in heads}
        visits.keep_visits(work.connection, person_id, read, work.now)
