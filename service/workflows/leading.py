"""Use cases of whoever leads a round: seeing how far it has come, and reminding those who are silent."""

from collections.abc import Sequence

from service.domain.agenda_events import ParticipantsReminded
from service.domain.leading import (
    ASKED_IN,
    Chore,
    Task,
    check_reminder,
    convergence,
    may_remind_from,
    tasks,
)
from service.domain.mails import MailState
from service.domain.permissions import Permission, allows, require, visible_to
from service.domain.phases import Phase, by_itself
from service.domain.recommendations import RecommendationState
from service.domain.views.agendas import AgendaView
from service.domain.views.jobs import JobState
from service.domain.views.leading import DeskView, Reminding, Silent, Stage, Waiting
from service.domain.views.participants import Invited
from service.store.queries import answers
from service.store.queries import jobs as job_queries
from service.store.queries import leading as queries
from service.store.queries import mails as mail_queries
from service.store.queries import moving as moving_queries
from service.store.queries import participants as people
from service.store.queries import review as reviews
from service.store.reader import Reader
from service.workflows import moving, reading
from service.workflows.context import Context
from service.workflows.pages import every

_AT_STAKE = frozenset({Phase.ENDORSEMENT, Phase.PUBLICATION})


def desk(ctx: Context, agenda_id: str) -> DeskView:
    """Return a round at a glance, for the coordination facility."""
    with ctx.reading() as reader:
        require(reader.actor, Permission.AGENDA_EDIT, reading.abilities(ctx, agenda_id).subject)
        view = reading.agenda(ctx, agenda_id)
        listed = every(lambda cursor: reading.recommendations(ctx, agenda_id, 100, cursor))
        outcomes = reading.outcomes(ctx, agenda_id) if view.phase in _AT_STAKE else {}
        silent = _silent(reader, view)
        found = _found(ctx, reader, view, silent)
        last = queries.last_reminder(reader.connection, agenda_id)
        return DeskView(
            agenda_id=agenda_id,
            phase=view.phase,
            closes_at=view.phase_closes_at,
            next=by_itself(view.phase),
            held=bool(found[Chore.HELD]),
            tasks=tasks(view.phase, found),
            stages=tuple(
                Stage(one, outcomes.get(one.id) if one.state is RecommendationState.TABLED else None)
                for one in listed
            ),
            silent=silent,
            convergence=convergence(
                queries.steps(reader.connection, agenda_id),
                queries.colliding(reader.connection, agenda_id),
                reader.now,
                view.time_zone,
            ),
            last_reminder_at=last,
            may_remind_at=may_remind_from(last),
        )


def waiting(ctx: Context, rounds: Sequence[AgendaView]) -> tuple[Waiting, ...]:
    """Return what waits for the reader in the rounds that they run, decide in or assess, in the order of `rounds`."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        able = {one.id: reading.abilities_in(ctx, one) for one in rounds if one.phase is not Phase.FOLLOW_UP}

        def among(permission: Permission) -> list[str]:
            return [i for i, abilities in able.items() if allows(reader.actor, permission, abilities.subject)]

        run, deciding, assessing = among(Permission.AGENDA_EDIT), among(Permission.AMENDMENT_DECIDE), {
            i: frozenset(one.id for one in abilities.organisations(Permission.ASSESSMENT_GIVE))
            for i, abilities in able.items()
        }  # fmt: skip
        working_in = among(Permission.RECOMMENDATION_CONSOLIDATE)
        decisions = queries.decisions_awaited(reader.connection, {*deciding, *working_in})
        # Whoever comments settles their own; those of everyone are for the rapporteur.
        to_answer = queries.open_comments(reader.connection, among(Permission.COMMENT_RESOLVE))
        to_assess = reviews.to_assess(reader.connection, assessing)
        told = [
            Waiting(
                one,
                runs=one.id in run,
                reviews=one.id in deciding or bool(assessing[one.id]),
                tasks=_tasks(ctx, reader, one) if run[:1] == [one.id] else (),
                to_decide=decisions.get(one.id, (0, 0))[0] if one.id in deciding else 0,
                to_work_in=decisions.get(one.id, (0, 0))[1] if one.id in working_in else 0,
                to_answer=to_answer.get(one.id, 0),
                to_assess=to_assess.get(one.id, 0),
            )
            for one in rounds
            if one.id in able
        ]
        return tuple(one for one in told if one.runs or one.reviews or one.total)


def reminding(ctx: Context, agenda_id: str) -> Reminding:
    """Return whom a reminder would go to now, and whether it may go out."""
    with ctx.reading() as reader:
        subject = reading.abilities(ctx, agenda_id).subject
        require(reader.actor, Permission.PARTICIPANT_REMIND, subject)
        view = reading.agenda(ctx, agenda_id)
        recipients = moving.whom_to_remind(reader, view) if view.phase in ASKED_IN else ()
        last = queries.last_reminder(reader.connection, agenda_id)
        again = may_remind_from(last)
        free = again is None or reader.now >= again
        return Reminding(recipients, last, again, bool(recipients) and free)


def remind(ctx: Context, agenda_id: str) -> int:
    """The facility reminds those who are asked for something and have not answered; returns how many persons."""
    with ctx.transaction() as work:
        # Two who press the button at once wait for each other, so that nobody is reminded twice.
        agenda = work.agendas.lock(agenda_id)
        require(work.actor, Permission.PARTICIPANT_REMIND, agenda.subject(work.now))
        recipients = moving.whom_to_remind(work, agenda)
        last = queries.last_reminder(work.connection, agenda_id)
        check_reminder(agenda.phase, last, len(recipients), work.now)
        work.record(ParticipantsReminded(agenda_id, agenda.phase.value, len(recipients)), agenda_id=agenda_id)
        return len(recipients)


def _tasks(ctx: Context, reader: Reader, view: AgendaView) -> tuple[Task, ...]:
    return tasks(view.phase, _found(ctx, reader, view, _silent(reader, view)))


def _silent(reader: Reader, view: AgendaView) -> tuple[Silent, ...]:
    """Return the organisations that the open phase asks for something and that have not answered."""
    if view.phase is Phase.ENDORSEMENT:
        found = answers.unanswered(reader.connection, visible_to(reader.actor), view.id)
        return tuple(Silent(one.organisation, one.recommendations) for one in found)
    if view.phase not in ASKED_IN:
        return ()
    # An organisation that nobody can act for is not silent: somebody has to be found for it.
    heard = moving_queries.heard(reader.connection, view.id, view.phase)
    asked = {
        organisation_id
        for person in moving.whom_to_remind(reader, view)
        for organisation_id in person.organisation_ids - heard
    }
    return tuple(Silent(one) for one in queries.participants(reader.connection, view.id) if one.id in asked)


def _found(ctx: Context, reader: Reader, view: AgendaView, silent: tuple[Silent, ...]) -> dict[Chore, int]:
    progress = moving_queries.progress(reader.connection, view.id)
    attendance = people.attendance(reader.connection, view.id, reader.now)
    return {
        Chore.HELD: int(moving.held_back(ctx, view.id) is not None),
        Chore.FAILED_JOBS: job_queries.count_jobs(reader.connection)[JobState.FAILED],
        Chore.FAILED_MAILS: mail_queries.count_mails(reader.connection)[MailState.FAILED],
        Chore.NO_DEADLINE: int(view.phase_closes_at is None),
        Chore.NO_TEXT: int(not progress.texts),
        Chore.NOBODY: int(not queries.participants(reader.connection, view.id)),
        Chore.UNMANNED: len(attendance.unmanned),
        Chore.UNINVITED: attendance.persons[Invited.NOT_YET],
        Chore.SILENT: len(silent),
        Chore.COLLIDING: progress.colliding,
        Chore.UNDECIDED: progress.undecided,
        Chore.NOT_WORKED_IN: progress.not_worked_in,
        Chore.OPEN_COMMENTS: queries.open_comments(reader.connection, [view.id]).get(view.id, 0),
        Chore.UNPUBLISHED: int(not progress.editions),
    }
