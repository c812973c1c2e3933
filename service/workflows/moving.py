"""Use cases around the phases: what opening one would bring, opening it, taking that back, and keeping the time."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from service.domain import adoption, agendas, moving
from service.domain.agendas import Agenda
from service.domain.checkpoints import Occasion
from service.domain.errors import Refusal, UndoOver
from service.domain.events import (
    DeadlineNear,
    PhaseMoved,
    PhaseMoveTakenBack,
    RecommendationAdopted,
    RecommendationRefused,
    RecommendationReturned,
    RecommendationTabled,
)
from service.domain.moving import ACTS, UNDO_WITHIN, WARNINGS
from service.domain.permissions import Permission, require, visible_to
from service.domain.phases import CAPABILITIES, Phase, action_to, by_itself, leads_back
from service.domain.positions import PositionState
from service.domain.recommendations import RecommendationAction, RecommendationState
from service.domain.text import normalise
from service.domain.views.agendas import AgendaView
from service.domain.views.moving import MoveView, Recipient, Reminder, TextAtStake, UndoView
from service.store.queries import moving as queries
from service.store.queries.moving import Warned
from service.store.reader import Reader
from service.store.uow import UnitOfWork
from service.workflows import checkpoints, reading
from service.workflows.context import Context
from service.workflows.pages import every

LOG = logging.getLogger(__name__)
BY_THE_CLOCK = "The deadline has passed."


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Take the last opening of a phase back; `closes_at` is needed where the deadline before it has passed."""

    agenda_id: str
    reason: str = ""
    closes_at: datetime | None = None


def foreseen(ctx: Context, agenda_id: str, target: Phase) -> MoveView:
    """Return what opening a phase would bring: what it opens and closes, what stands in the way, who is told."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        view = reading.agenda(ctx, agenda_id)
        action_to(view.phase, target)
        before, after = CAPABILITIES[view.phase], CAPABILITIES[target]
        progress = queries.progress(reader.connection, agenda_id)
        planned = view.timetable.get(target)
        outcomes = reading.outcomes(ctx, agenda_id)
        listed = every(lambda cursor: reading.recommendations(ctx, agenda_id, 100, cursor))
        return MoveView(
            agenda_id=agenda_id,
            phase=view.phase,
            target=target,
            opens=tuple(sorted(after - before)),
            closes=tuple(sorted(before - after)),
            stays=tuple(sorted(after & before)),
            back=leads_back(view.phase, target),
            closes_at=planned if planned is not None and planned > reader.now else None,
            hindrances=moving.hindrances(view.phase, target, progress),
            progress=progress,
            told=len(queries.audience(reader.connection, agenda_id, reader.now)),
            counted=max((one.counted for one in outcomes.values()), default=0),
            standing=queries.standing_positions(reader.connection, agenda_id),
            texts=tuple(
                TextAtStake(one.id, one.number, one.title, one.current_version, outcomes[one.id])
                for one in listed
                if one.state is RecommendationState.TABLED
            ),
        )


def carry_out(
    ctx: Context,
    work: UnitOfWork,
    agenda: Agenda,
    target: Phase,
    reason: str,
    *,
    closes_at: datetime | None = None,
) -> None:
    """Open a phase of an agenda that is locked; what the change of phase decides is decided in the same transaction."""
    source, planned, why = agenda.phase, agenda.phase_closes_at, normalise(reason, field="reason")
    agendas.move(agenda, target, why, closes_at, work.now)
    work.record(
        PhaseMoved(agenda.id, source.value, target.value, why, _told(agenda.phase_closes_at), _told(planned)),
        agenda_id=agenda.id,
    )
    checkpoints.take(ctx, work, agenda.id, Occasion.PHASE_CLOSED)
    if source is Phase.PREPARATION:
        _table_drafts(work, agenda)
    if source is Phase.ENDORSEMENT and target is Phase.PUBLICATION:
        _apply_rule(work, agenda)


def undoable(ctx: Context, agenda_id: str) -> UndoView | None:
    """Return the opening of a phase that can be taken back at this moment, if there is one."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        last = queries.last_move(reader.connection, agenda_id)
        if last is None or reading.agenda(ctx, agenda_id).phase is not last.target:
            return None
        try:
            moving.check_undo(last.at, {name for name, _ in last.since}, reader.now)
        except UndoOver:
            return None
        return UndoView(last.source, last.target, last.at + UNDO_WITHIN, last.source_closes_at)


def held_back(ctx: Context, agenda_id: str) -> MoveView | None:
    """Return what would have opened by itself when the deadline passed, if something stands in its way."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        view = reading.agenda(ctx, agenda_id)
        target = by_itself(view.phase)
        if target is None or view.phase_closes_at is None or view.phase_closes_at > reader.now:
            return None
        found = foreseen(ctx, agenda_id, target)
        return found if found.hindrances else None


def take_back(ctx: Context, command: TakeBack) -> None:
    """The facility takes the opening of a phase back, while nothing has come of it; what it decided is open again."""
    with ctx.transaction() as work:
        # The exclusive lock waits for whoever writes under the new phase, and lets no one begin to.
        agenda = work.agendas.lock(command.agenda_id)
        require(work.actor, Permission.AGENDA_MOVE_PHASE, agenda.subject(work.now))
        last = queries.last_move(work.connection, agenda.id)
        if last is None or agenda.phase is not last.target:
            raise UndoOver(minutes=int(UNDO_WITHIN.total_seconds()) // 60)
        moving.check_undo(last.at, {name for name, _ in last.since}, work.now)
        reason = normalise(command.reason, field="reason")
        agendas.take_back(
            agenda, last.source, last.source_closes_at, command.closes_at, reason=reason, now=work.now
        )
        work.record(
            PhaseMoveTakenBack(
                agenda.id, last.target.value, last.source.value, reason, _told(agenda.phase_closes_at)
            ),
            agenda_id=agenda.id,
        )
        decided = frozenset(subject for name, subject in last.since if name != DeadlineNear.name)
        for one in work.recommendations.all(id=decided, order="number", lock=True) if decided else ():
            one.act(RecommendationAction.RETURN)
            work.record(RecommendationReturned(one.id, one.state.value), agenda_id=agenda.id)


def keep_time(ctx: Context) -> tuple[Reminder, ...]:
    """Open what is due by the clock, and warn of the deadlines that are near; returns the warnings that were given.

    Nothing hangs on when this runs: what comes after a deadline is refused in its own transaction.
    """
    with ctx.reading() as reader:
        visible_to(reader.actor)
        near = queries.deadlines(reader.connection, reader.now, max(WARNINGS))
        now = reader.now
        held = {
            one.agenda_id for one in near if one.closes_at <= now and _held(reader, one.agenda_id, one.phase)
        }
    given: list[Reminder] = []
    for one in near:
        due = moving.warning_due(one.closes_at, one.set_at, now)
        try:
            if one.closes_at <= now and one.agenda_id not in held:
                move_when_due(ctx, one.agenda_id)
            elif due is not None and _hours(due) not in one.given and (told := remind(ctx, one.agenda_id)):
                given.append(told)
        except Refusal as refusal:
            # One agenda that cannot move must not keep the others waiting.
            LOG.warning("agenda %s at its deadline: %s", one.agenda_id, refusal.message)
    return tuple(given)


def move_when_due(ctx: Context, agenda_id: str) -> bool:
    """Open the phase that follows a passed deadline, unless something stands in the way; returns whether it did."""
    with ctx.transaction() as work:
        # Another worker, or the facility, may have been here a moment ago.
        agenda = work.agendas.lock(agenda_id)
        require(work.actor, Permission.AGENDA_KEEP_TIME, agenda.subject(work.now))
        target, closes_at = by_itself(agenda.phase), agenda.phase_closes_at
        if target is None or closes_at is None or closes_at > work.now:
            return False
        if _held(work, agenda.id, agenda.phase):
            return False
        carry_out(ctx, work, agenda, target, BY_THE_CLOCK)
        return True


def remind(ctx: Context, agenda_id: str) -> Reminder | None:
    """Warn of a deadline once, however many workers look at the clock; returns the warning if it was given here."""
    with ctx.transaction() as work:
        agenda = work.agendas.lock(agenda_id)
        require(work.actor, Permission.AGENDA_KEEP_TIME, agenda.subject(work.now))
        closes_at = agenda.phase_closes_at
        due = (
            moving.warning_due(closes_at, agenda.deadline_set_at, work.now) if closes_at is not None else None
        )
        if closes_at is None or due is None:
            return None
        warning = Warned(agenda.id, agenda.phase, closes_at, _hours(due))
        if queries.is_given(work.connection, warning):
            return None
        queries.give(work.connection, warning, work.now)
        recipients = whom_to_remind(work, agenda)
        work.record(
            DeadlineNear(
                agenda.id, agenda.phase.value, closes_at.isoformat(), warning.hours, len(recipients)
            ),
            agenda_id=agenda.id,
        )
        return Reminder(agenda.id, agenda.phase, closes_at, warning.hours, recipients)


def whom_to_remind(at: Reader | UnitOfWork, agenda: Agenda | AgendaView) -> tuple[Recipient, ...]:
    """Return those whose turn it is in the open phase, and whose organisations have not done all of it yet."""
    scope = ACTS[agenda.phase]
    done = queries.heard(at.connection, agenda.id, agenda.phase)
    return tuple(
        one
        for one in queries.audience(at.connection, agenda.id, at.now)
        if scope in one.scopes and one.organisation_ids - done
    )


def _held(at: Reader | UnitOfWork, agenda_id: str, phase: Phase) -> bool:
    """Tell whether something stands in the way of the phase that would open by itself."""
    target = by_itself(phase)
    return target is None or bool(
        moving.hindrances(phase, target, queries.progress(at.connection, agenda_id))
    )


def _hours(before: timedelta) -> int:
    return int(before / timedelta(hours=1))


def _told(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment is not None else None


def _table_drafts(work: UnitOfWork, agenda: Agenda) -> None:
    """Lay every draft before the partnerships when preparation ends."""
    for recommendation in work.recommendations.all(
        agenda_id=agenda.id, state=RecommendationState.DRAFT, order="number", lock=True
    ):
        recommendation.act(RecommendationAction.TABLE)
        work.record(RecommendationTabled(recommendation.id), agenda_id=agenda.id)


def _apply_rule(work: UnitOfWork, agenda: Agenda) -> None:
    """Decide on each recommendation when the time for positions is over."""
    counted = work.memberships.counted(agenda.id, agenda.rule.counts)
    recommendations = work.recommendations.all(
        agenda_id=agenda.id, state=RecommendationState.TABLED, order="number", lock=True
    )
    ids = frozenset(r.id for r in recommendations)
    standing = work.positions.all(recommendation_id=ids, state=PositionState.STANDING)
    digests = {
        v.id: v.digest for v in work.versions.all(id=frozenset(r.current_version_id for r in recommendations))
    }
    for recommendation in recommendations:
        digest = digests[recommendation.current_version_id]
        stances = [
            p.stance
            for p in standing
            if p.recommendation_id == recommendation.id
            and p.digest == digest
            and p.organisation_id in counted
        ]
        passed = adoption.outcome(agenda.rule, len(counted), stances).passed
        recommendation.act(RecommendationAction.ADOPT if passed else RecommendationAction.REFUSE)
        event = RecommendationAdopted if passed else RecommendationRefused
        work.record(event(recommendation.id, digest), agenda_id=agenda.id)
