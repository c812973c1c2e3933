"""Use cases around corrections: the facility puts a published lesson or a published piece of evidence right."""

from dataclasses import dataclass

from service.domain import corrections, evidence
from service.domain.corrections import EVIDENCE, Correction
from service.domain.errors import StaleState
from service.domain.events import EvidenceCorrected, LessonCorrected
from service.domain.lessons import words_of
from service.domain.permissions import Permission, require, visible_to
from service.domain.text import digest, normalise
from service.domain.tongues import written_in
from service.store.queries import corrections as queries
from service.workflows import reading
from service.workflows.context import Context
from service.workflows.recommendations import author


@dataclass(frozen=True, slots=True)
class CorrectLesson:
    """What a lesson says from now on, and why; `revision` is the one that the facility has read."""

    lesson_id: str
    text: str
    reason: str
    language: str = ""
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class CorrectEvidence:
    """What a piece of evidence is from now on, and why; `known` is how often it was corrected when it was read."""

    evidence_id: str
    title: str
    source: str
    page: str
    quotation: str
    url: str
    reason: str
    language: str = ""
    known: int | None = None


def correct_lesson(ctx: Context, command: CorrectLesson) -> None:
    """The facility corrects what a lesson of a published agenda says; a further edition says so."""
    with ctx.transaction() as work:
        agenda = work.agendas.lock(work.lessons.get(command.lesson_id).agenda_id, share=True)
        lesson = work.lessons.lock(command.lesson_id)
        require(work.actor, Permission.LESSON_CORRECT, agenda.subject(work.now))
        if command.revision not in {None, lesson.revision}:
            raise StaleState
        reason = corrections.check_reason(command.reason)
        language = written_in(command.language, lesson.language)
        before = corrections.correct_lesson(lesson, normalise(command.text), language)
        work.corrections.add(
            Correction(
                id=ctx.new_id(),
                agenda_id=agenda.id,
                number=work.corrections.count(lesson_id=lesson.id) + 1,
                before=before,
                reason=reason,
                person_id=author(work),
                corrected_at=work.now,
                lesson_id=lesson.id,
            )
        )
        work.record(LessonCorrected(lesson.id, digest(words_of(lesson.text)), reason), agenda_id=agenda.id)


def correct_evidence(ctx: Context, command: CorrectEvidence) -> None:
    """The facility corrects a piece of evidence of a published agenda; a further edition says so."""
    with ctx.transaction() as work:
        agenda = work.agendas.lock(work.evidence.get(command.evidence_id).agenda_id, share=True)
        piece = work.evidence.lock(command.evidence_id)
        require(work.actor, Permission.EVIDENCE_CORRECT, agenda.subject(work.now))
        earlier = work.corrections.count(evidence_id=piece.id)
        if command.known not in {None, earlier}:
            raise StaleState
        reason = corrections.check_reason(command.reason)
        words = {name: normalise(getattr(command, name), field=name) for name in EVIDENCE}
        evidence.check(**words)
        language = written_in(command.language, piece.language)
        before = corrections.correct_evidence(piece, tuple(words[name] for name in EVIDENCE), language)
        work.corrections.add(
            Correction(
                id=ctx.new_id(),
                agenda_id=agenda.id,
                number=earlier + 1,
                before=before,
                reason=reason,
                person_id=author(work),
                corrected_at=work.now,
                evidence_id=piece.id,
            )
        )
        work.record(EvidenceCorrected(piece.id, reason), agenda_id=agenda.id)


def unpublished(ctx: Context, agenda_id: str) -> int:
    """Return how many lessons and pieces of evidence were corrected since the newest edition was assembled."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        reading.agenda(ctx, agenda_id)
        return queries.count_unpublished(reader.connection, agenda_id)
