"""Use cases around lessons learnt."""

from dataclasses import dataclass

from service.domain import lessons
from service.domain.agendas import Agenda
from service.domain.errors import Invalid
from service.domain.events import LessonMoved, LessonProposed, LessonShortlisted, LessonTakenOff
from service.domain.lessons import Lesson, LessonState
from service.domain.permissions import Permission, require
from service.domain.text import normalise
from service.domain.tongues import written_in
from service.store.uow import UnitOfWork
from service.workflows.context import Context
from service.workflows.recommendations import author


@dataclass(frozen=True, slots=True)
class ProposeLesson:
    """A lesson learnt, with the evidence that underpins it; in the agenda's language unless another is named."""

    agenda_id: str
    organisation_id: str
    text: str
    evidence_ids: tuple[str, ...] = ()
    language: str = ""


def propose(ctx: Context, command: ProposeLesson) -> str:
    """An organisation, or the rapporteur, proposes a lesson; returns its id."""
    with ctx.transaction() as work:
        agenda = work.agendas.lock(command.agenda_id)
        require(work.actor, Permission.LESSON_PROPOSE, agenda.subject(work.now, command.organisation_id))
        text = normalise(command.text)
        lessons.check_text(text)
        known = {e.id for e in work.evidence.all(agenda_id=agenda.id, id=frozenset(command.evidence_ids))}
        if unknown := [e for e in command.evidence_ids if e not in known]:
            raise Invalid.field("evidence_ids", "This agenda has no evidence %(id)s.", id=unknown[0])
        lesson = Lesson(
            id=ctx.new_id(),
            agenda_id=agenda.id,
            number=work.lessons.count(agenda_id=agenda.id) + 1,
            text=text,
            evidence_ids=tuple(dict.fromkeys(command.evidence_ids)),
            organisation_id=command.organisation_id,
            person_id=author(work),
            created_at=work.now,
            language=written_in(command.language, agenda.language),
        )
        work.lessons.add(lesson)
        work.record(LessonProposed(lesson.id), agenda_id=agenda.id, organisation_id=command.organisation_id)
        return lesson.id


def shortlist(ctx: Context, lesson_id: str, reason: str = "") -> None:
    """The rapporteur puts a lesson at the end of the shared list of at most ten, and may say why."""
    with ctx.transaction() as work:
        # The agenda's lock makes two who add the tenth lesson wait for each other.
        lesson, agenda = _locked(work, lesson_id)
        require(work.actor, Permission.LESSON_SHORTLIST, agenda.subject(work.now))
        why = normalise(reason, field="reason")
        on_the_list = work.lessons.count(agenda_id=agenda.id, state=LessonState.SHORTLISTED)
        lessons.shortlist(lesson, on_the_list, why)
        work.record(LessonShortlisted(lesson.id, why), agenda_id=agenda.id)


def take_off(ctx: Context, lesson_id: str) -> None:
    """The rapporteur takes a lesson off the shared list."""
    with ctx.transaction() as work:
        lesson, agenda = _locked(work, lesson_id)
        require(work.actor, Permission.LESSON_SHORTLIST, agenda.subject(work.now))
        lessons.take_off(lesson, _shared(work, agenda))
        work.record(LessonTakenOff(lesson.id), agenda_id=agenda.id)


def move(ctx: Context, lesson_id: str, rank: int) -> None:
    """The rapporteur gives a lesson another place on the shared list."""
    with ctx.transaction() as work:
        lesson, agenda = _locked(work, lesson_id)
        require(work.actor, Permission.LESSON_SHORTLIST, agenda.subject(work.now))
        lessons.move(lesson, rank, _shared(work, agenda))
        work.record(LessonMoved(lesson.id, rank), agenda_id=agenda.id)


def _shared(work: UnitOfWork, agenda: Agenda) -> tuple[Lesson, ...]:
    return work.lessons.all(agenda_id=agenda.id, state=LessonState.SHORTLISTED, lock=True)


def _locked(work: UnitOfWork, lesson_id: str) -> tuple[Lesson, Agenda]:
    agenda = work.agendas.lock(work.lessons.get(lesson_id).agenda_id)
    return work.lessons.lock(lesson_id), agenda
