"""What is translated, as it stands: the current version of a recommendation, or the words of a lesson."""

from service.domain.agendas import Agenda
from service.domain.errors import StaleState
from service.domain.lessons import words_of
from service.domain.permissions import visible_to
from service.domain.recommendations import check_base
from service.domain.text import digest
from service.domain.translations import Original, Translated, Translation
from service.domain.views.agendas import LessonView
from service.domain.views.translations import OriginalView
from service.store.uow import UnitOfWork
from service.workflows import library, reading
from service.workflows.context import Context
from service.workflows.recommendations import locked as locked_recommendation


def locked(work: UnitOfWork, of: Translated, subject_id: str) -> tuple[Original, Agenda]:
    """Return what is translated and its agenda; neither changes until the transaction ends."""
    if of is Translated.RECOMMENDATION:
        recommendation, agenda = locked_recommendation(work, subject_id)
        version = work.versions.get(recommendation.current_version_id)
        return (
            Original(
                of, subject_id, agenda.language, version.id, version.number, version.digest, version.blocks
            ),
            agenda,
        )
    agenda = work.agendas.lock(work.lessons.get(subject_id).agenda_id, share=True)
    lesson = work.lessons.lock(subject_id)
    blocks = words_of(lesson.text)
    said = digest(blocks)
    return Original(of, subject_id, lesson.language, said, lesson.wording, said, blocks), agenda


def check_current(work: UnitOfWork, original: Original, version_id: str) -> None:
    """Refuse to translate other words than those that stand: no others are worth the work.

    Raises:
        Unknown: there is no such version of it.
        StaleBase: the text has moved on.
        StaleState: the lesson says something else by now.
    """
    if original.of is Translated.RECOMMENDATION:
        recommendation = work.recommendations.get(original.subject_id)
        check_base(recommendation, work.versions.get(version_id))
    elif version_id != original.version_id:
        raise StaleState


def check_approved(work: UnitOfWork, original: Original, translation: Translation) -> None:
    """Refuse to approve a translation of other words than those that stand.

    Raises:
        StaleBase: the text has moved on.
        StaleState: the lesson says something else by now.
    """
    if translation.digest != original.digest:
        check_current(work, original, translation.version_id or translation.digest)


def read(ctx: Context, of: Translated, subject_id: str) -> OriginalView:
    """Return what is translated, for its reader."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        if of is Translated.LESSON:
            return lesson_read(library.lesson(ctx, subject_id))
        view = reading.recommendation(ctx, subject_id)
        version = reading.current_version(ctx, subject_id)
        language = reading.agenda(ctx, view.agenda_id).language
        return OriginalView(
            of, view.id, view.agenda_id, view.number, language, view.current_version, version.blocks
        )


def lesson_read(view: LessonView) -> OriginalView:
    """Return a lesson as what is translated."""
    return OriginalView(
        Translated.LESSON,
        view.id,
        view.agenda_id,
        view.number,
        view.language,
        view.version,
        words_of(view.text),
    )
