"""Use cases around translations: writing one, carrying it over to a newer text, approving it, and reading."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from service.domain import translations as rules
from service.domain.actors import Scope
from service.domain.agendas import Agenda
from service.domain.errors import Invalid, Unknown
from service.domain.events import TranslationApproved, TranslationReopened, TranslationWritten
from service.domain.permissions import Permission, require, visible_to
from service.domain.translations import (
    Original,
    Translated,
    Translation,
    TranslationAction,
    TranslationState,
)
from service.domain.views.translations import LessonInOtherWords, TranslationRef, TranslationView
from service.store import courtesies
from service.store.queries import translations as queries
from service.store.uow import UnitOfWork
from service.workflows import originals, reading
from service.workflows.context import Context
from service.workflows.recommendations import author

_UNREAD = frozenset({TranslationState.MACHINE})
_FIELDS = {Translated.RECOMMENDATION: "recommendation_id", Translated.LESSON: "lesson_id"}


@dataclass(frozen=True, slots=True)
class BeginTranslation:
    """A translation to begin, on the words that stand; `texts` are the translated words by the id of their block.

    `subject_id` is the id of a recommendation, or of what else it is a translation `of`.
    """

    subject_id: str
    organisation_id: str
    language: str
    version_id: str
    texts: Mapping[str, str]
    machine: bool = False
    of: Translated = Translated.RECOMMENDATION


@dataclass(frozen=True, slots=True)
class WriteTranslation:
    """All the words of a translation anew, on the current version; `revision` is the one that the writer has read."""

    translation_id: str
    organisation_id: str
    version_id: str
    texts: Mapping[str, str]
    machine: bool = False
    revision: int | None = None


def begin(ctx: Context, command: BeginTranslation) -> str:
    """An organisation begins a translation, written by a person or drafted by a machine; returns its id."""
    with ctx.transaction() as work:
        original, agenda = originals.locked(work, command.of, command.subject_id)
        require(work.actor, Permission.TRANSLATION_WRITE, agenda.subject(work.now, command.organisation_id))
        language = rules.language_tag(command.language, original.language)
        originals.check_current(work, original, command.version_id)
        subject = {_FIELDS[command.of]: command.subject_id}
        if work.translations.find(**subject, language=language) is not None:
            raise Invalid.field(
                "language", "There is a translation into this language already. Open it instead."
            )
        rules.check_room(work.translations.count(**subject))
        translation = Translation(
            id=ctx.new_id(),
            agenda_id=agenda.id,
            recommendation_id=subject.get("recommendation_id"),
            lesson_id=subject.get("lesson_id"),
            language=language,
            version_id=None,
            version_number=original.number,
            digest=original.digest,
            blocks=rules.check_text(original.blocks, command.texts),
            organisation_id=command.organisation_id,
            person_id=author(work),
            written_at=work.now,
        )
        translation.follow(original)
        translation.act(TranslationAction.DRAFT if command.machine else TranslationAction.WRITE)
        work.translations.add(translation)
        _record_written(work, translation)
        return translation.id


def write(ctx: Context, command: WriteTranslation) -> None:
    """An organisation writes a translation anew, on the current text; on a newer text it is thereby carried over."""
    with ctx.transaction() as work:
        translation, original, agenda = _locked(work, command.translation_id)
        require(work.actor, Permission.TRANSLATION_WRITE, agenda.subject(work.now, command.organisation_id))
        rules.check_revision(translation, command.revision)
        originals.check_current(work, original, command.version_id)
        translation.act(_how(command, moved_on=original.digest != translation.digest))
        translation.blocks = rules.check_text(original.blocks, command.texts)
        translation.follow(original)
        translation.organisation_id, translation.person_id = command.organisation_id, author(work)
        translation.written_at = work.now
        _record_written(work, translation)


def _how(command: WriteTranslation, *, moved_on: bool) -> TranslationAction:
    if command.machine:
        return TranslationAction.DRAFT
    return TranslationAction.CARRY_OVER if moved_on else TranslationAction.WRITE


def approve(ctx: Context, translation_id: str, revision: int | None = None) -> None:
    """The rapporteur approves a complete translation of the current text, which somebody else wrote."""
    with ctx.transaction() as work:
        translation, original, agenda = _locked(work, translation_id)
        subject = replace(agenda.subject(work.now), written_by=translation.person_id)
        require(work.actor, Permission.TRANSLATION_APPROVE, subject)
        rules.check_revision(translation, revision)
        originals.check_approved(work, original, translation)
        rules.check_complete(original.blocks, translation)
        translation.act(TranslationAction.APPROVE)
        translation.approved_by, translation.approved_at = author(work), work.now
        translation.approved_for = _approving_for(work)
        approver = work.organisations.get(translation.approved_for)
        courtesies.keep(work.connection, translation, approver.name, work.now)
        work.record(
            TranslationApproved(
                translation.id, translation.recommendation_id, translation.own_digest, translation.lesson_id
            ),
            agenda_id=agenda.id,
            organisation_id=translation.approved_for,
        )


def reopen(ctx: Context, translation_id: str) -> None:
    """The rapporteur opens an approved translation to other words again."""
    with ctx.transaction() as work:
        translation, _, agenda = _locked(work, translation_id)
        require(work.actor, Permission.TRANSLATION_APPROVE, agenda.subject(work.now))
        translation.act(TranslationAction.REOPEN)
        courtesies.let_go(work.connection, translation)
        work.record(
            TranslationReopened(translation.id, translation.recommendation_id, translation.lesson_id),
            agenda_id=agenda.id,
        )


def language_of(
    ctx: Context, subject_id: str, written: str, of: Translated = Translated.RECOMMENDATION
) -> str:
    """Return the tag of the language that somebody is about to begin with, as it is usually spelled.

    Raises:
        Invalid: nobody translates into it.
    """
    with ctx.reading() as reader:
        visible_to(reader.actor)
        return rules.language_tag(written, originals.read(ctx, of, subject_id).language)


def listed(
    ctx: Context, subject_id: str, of: Translated = Translated.RECOMMENDATION
) -> tuple[TranslationView, ...]:
    """Return the translations of a recommendation or a lesson, by language."""
    with ctx.reading() as reader:
        originals.read(ctx, of, subject_id)
        return queries.list_translations(reader.connection, visible_to(reader.actor), of, subject_id)


def translation(ctx: Context, translation_id: str) -> TranslationView:
    """Return one translation."""
    with ctx.reading() as reader:
        view = queries.get_translation(reader.connection, visible_to(reader.actor), translation_id)
        if view is None:
            raise Unknown(thing="translation")
        return view


def offered(ctx: Context, recommendation_id: str) -> tuple[TranslationRef, ...]:
    """Return in which other languages a recommendation can be read; what a machine wrote is not offered."""
    with ctx.reading() as reader:
        found = queries.translations_of(reader.connection, visible_to(reader.actor), recommendation_id)
        return tuple(one for one in found if one.state not in _UNREAD)


def lessons_offered(ctx: Context, agenda_id: str) -> tuple[LessonInOtherWords, ...]:
    """Return an agenda's lessons in other languages, by number and language; what a machine wrote is not offered."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        reading.agenda(ctx, agenda_id)
        return queries.lessons_in_other_words(reader.connection, agenda_id, _UNREAD)


def in_agenda(ctx: Context, agenda_id: str) -> tuple[TranslationRef, ...]:
    """Return all translations of an agenda's recommendations, then of its lessons."""
    with ctx.reading() as reader:
        return queries.translations_in(reader.connection, visible_to(reader.actor), agenda_id)


def _locked(work: UnitOfWork, translation_id: str) -> tuple[Translation, Original, Agenda]:
    known = work.translations.get(translation_id)
    original, agenda = originals.locked(work, known.of, known.subject_id)
    return work.translations.lock(translation_id), original, agenda


def _approving_for(work: UnitOfWork) -> str:
    """Return for whom the actor consolidates; permissions have made sure that there is such a mandate."""
    actor = work.actor
    return next(a.organisation_id for a in actor.authorities if Scope.CONSOLIDATE in actor.effective(a))


def _record_written(work: UnitOfWork, translation: Translation) -> None:
    work.record(
        TranslationWritten(
            translation.id,
            translation.recommendation_id,
            translation.language,
            translation.version_id or translation.digest,
            translation.own_digest,
            translation.state.value,
            translation.lesson_id,
        ),
        agenda_id=translation.agenda_id,
        organisation_id=translation.organisation_id,
    )
