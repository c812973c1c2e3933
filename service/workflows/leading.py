"""Use cases of whoever leads a round: seeing how far it has come, and reminding those who are silent."""

from service.domain.agenda_events import ParticipantsReminded
from service.domain.leading import ASKED_IN, Chore, check_reminder, convergence, may_remind_from, tasks
from service.domain.mails import MailState
from service.domain.permissions import Permission, require, visible_to
from service.domain.phases import Phase, by_itself
from service.domain.recommendations import RecommendationState
from service.domain.views.agendas import AgendaView
from service.domain.views.jobs import JobState
from service.domain.views.leading import DeskView, Reminding, Silent, Stage
from service.domain.views.participants import Invited
from service.store.queries import answers
from service.store.queries import jobs as job_queries
from service.store.queries import leading as queries
from service.store.queries import mails as mail_queries
from service.store.queries import moving as moving_queries
from service.store.queries import participants as people
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
        held = moving.held_back(ctx, agenda_id) is not None
        last = queries.last_reminder(reader.connection, agenda_id)
        found = _found(reader, view) | {
            Chore.HELD: int(held),
            Chore.SILENT: len(silent),
            Chore.OPEN_COMMENTS: sum(one.open_comments for one in listed),
        }
        return DeskView(
            agenda_id=agenda_id,
            phase=view.phase,
            closes_at=view.phase_closes_at,
            next=by_itself(view.phase),
            held=held,
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


def _found(reader: Reader, view: AgendaView) -> dict[Chore, int]:
    progress = moving_queries.progress(reader.connection, view.id)
    attendance = people.attendance(reader.connection, view.id, reader.now)
    return {
        Chore.FAILED_JOBS: job_queries.count_jobs(reader.connection)[JobState.FAILED],
        Chore.FAILED_MAILS: mail_queries.count_mails(reader.connection)[MailState.FAILED],
        Chore.NO_DEADLINE: int(view.phase_closes_at is None),
        Chore.NO_TEXT: int(not progress.texts),
        Chore.UNMANNED: len(attendance.unmanned),
        Chore.UNINVITED: attendance.persons[Invited.NOT_YET],
        Chore.COLLIDING: progress.colliding,
        Chore.UNDECIDED: progress.undecided,
        Chore.NOT_WORKED_IN: progress.not_worked_in,
        Chore.UNPUBLISHED: int(not progress.editions),
    }
