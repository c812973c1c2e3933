"""What the facility puts right in lessons and evidence after publication, and what a further edition says of it."""

from dataclasses import replace
from datetime import timedelta

from service.domain import publication
from service.domain.checklist import Check
from service.domain.errors import Denied, EmptyChange, PhaseClosed, SignInNeeded, StaleState, Unknown
from service.domain.lessons import BLOCK
from service.domain.phases import Phase
from service.domain.publication import Snapshot
from service.domain.translations import Since, Translated
from service.domain.views.corrections import CorrectionView
from service.workflows import checklists, corrections, editions, erasure, lessons, library, translations
from service.workflows.corrections import CorrectEvidence, CorrectLesson
from service.workflows.erasure import EraseWords
from service.workflows.translations import BeginTranslation, WriteTranslation
from tests.builders import REASON, a_lesson, a_released_edition, a_world, an_edition, endorsed, evidenced
from tests.counting import counting
from tests.houses import House
from tests.workflows.refusals import fields, refused
from tests.worlds import World

SAID, RIGHT = "Small contracts arrive sooner.", "Small contracts arrive earlier."


def published(world: World) -> tuple[str, str]:
    """Publish an agenda with a shared lesson and a piece of evidence; returns their ids."""
    lesson, piece = a_lesson(world), evidenced(world)
    lessons.shortlist(world.acting(world.rapporteur), lesson)
    a_released_edition(endorsed(world))
    return lesson, piece


def righting(piece: str, *, title: str = "Water losses halved", page: str = "") -> CorrectEvidence:
    return CorrectEvidence(piece, title, "Partnership report", page, "", "", REASON)


def frozen(world: World, edition: str) -> Snapshot:
    return publication.from_json(editions.snapshot(world.house.stranger, edition))


def waiting(world: World) -> int:
    """Return how many corrections the checklist finds in no edition."""
    found = {
        item.check: item.count for item in checklists.look(world.acting(world.facility), world.agenda).items
    }
    return found[Check.CORRECTIONS]


def test_a_published_lesson_is_corrected_with_a_reason_that_everyone_reads(house: House) -> None:
    world = a_world(house)
    lesson, _ = published(world)
    with world.recording() as entries:
        corrections.correct_lesson(world.acting(world.facility), CorrectLesson(lesson, RIGHT, REASON))
    assert [(e.name, e.subject_id, e.data["reason"]) for e in entries] == [
        ("lesson.corrected", lesson, REASON)
    ]
    view = library.lesson(house.stranger, lesson)
    assert (view.text, view.version.number) == (RIGHT, 2)
    assert view.corrections == (CorrectionView(1, (SAID,), REASON, house.clock.moment),)
    assert library.lessons(house.stranger, world.agenda).items == (view,)


def test_published_evidence_is_corrected_with_a_reason_that_everyone_reads(house: House) -> None:
    world = a_world(house)
    _, piece = published(world)
    with world.recording() as entries:
        corrections.correct_evidence(
            world.acting(world.facility), righting(piece, page=" 12 ", title="Water")
        )
    assert [(e.name, e.subject_id, e.data["reason"]) for e in entries] == [
        ("evidence.corrected", piece, REASON)
    ]
    view = library.one_evidence(house.stranger, piece)
    assert (view.title, view.source, view.page) == ("Water", "Partnership report", "12")
    before = ("Water losses halved", "Partnership report", "", "", "")
    assert view.corrections == (CorrectionView(1, before, REASON, house.clock.moment),)
    assert library.evidence_for(house.stranger, world.recommendation) == (view,)


def test_a_correction_is_the_facilitys_once_publication_is_open(house: House) -> None:
    world = a_world(house)
    lesson, piece = a_lesson(world), evidenced(world)
    facility, command = world.acting(world.facility), CorrectLesson(lesson, RIGHT, REASON)
    refused(world, PhaseClosed, lambda: corrections.correct_lesson(facility, command))
    refused(world, PhaseClosed, lambda: corrections.correct_evidence(facility, righting(piece, page="1")))
    world.in_phase(Phase.PUBLICATION)
    for ctx, refusal in ((world.acting(world.rapporteur), Denied), (house.stranger, SignInNeeded)):
        refused(world, refusal, lambda c=ctx: corrections.correct_lesson(c, command))  # type: ignore[misc]  # a default of a lambda has no type
        refused(world, refusal, lambda c=ctx: corrections.correct_evidence(c, righting(piece, page="1")))  # type: ignore[misc]  # the same
    refused(
        world, Unknown, lambda: corrections.correct_lesson(facility, replace(command, lesson_id="nothing"))
    )
    nothing = righting("nothing")
    refused(world, Unknown, lambda: corrections.correct_evidence(facility, nothing))


def test_a_correction_is_refused_with_its_own_reason(house: House) -> None:
    world = a_world(house)
    lesson, piece = published(world)
    facility, command = world.acting(world.facility), CorrectLesson(lesson, RIGHT, REASON)
    assert fields(world, lambda: corrections.correct_lesson(facility, replace(command, reason=" "))) == [
        "reason"
    ]
    assert fields(world, lambda: corrections.correct_lesson(facility, replace(command, text=" "))) == ["text"]
    assert fields(world, lambda: corrections.correct_evidence(facility, righting(piece, title=""))) == [
        "title"
    ]
    refused(world, EmptyChange, lambda: corrections.correct_lesson(facility, replace(command, text=SAID)))
    refused(world, EmptyChange, lambda: corrections.correct_evidence(facility, righting(piece)))
    read = library.lesson(house.stranger, lesson).revision
    refused(
        world, StaleState, lambda: corrections.correct_lesson(facility, replace(command, revision=read + 1))
    )
    unread = replace(righting(piece, page="1"), known=1)
    refused(world, StaleState, lambda: corrections.correct_evidence(facility, unread))


def test_a_further_edition_names_what_was_corrected_and_why(house: House) -> None:
    world = a_world(house)
    lesson, piece = published(world)
    (first,) = library.editions(house.stranger, world.agenda).items
    facility = world.acting(world.facility)
    house.clock.advance(minutes=1)
    assert waiting(world) == 0
    corrections.correct_lesson(facility, CorrectLesson(lesson, RIGHT, "The word was wrong."))
    corrections.correct_evidence(facility, righting(piece, page="12"))
    assert waiting(world) == 2
    house.clock.advance(minutes=1)
    second = a_released_edition(world)
    told = frozen(world, second).corrigendum
    assert told is not None
    assert [(change.about, change.what) for change in told.changes] == [
        (
            "Recommendation 1",
            (
                "Evidence that was corrected: Water losses halved, Partnership report, p. 12. "
                f"It was: Water losses halved, Partnership report. Why: {REASON}"
            ),
        ),
        (
            "Lessons learnt",
            f"Lesson 1 was corrected. It says: “{RIGHT}” It said: “{SAID}” Why: The word was wrong.",
        ),
    ]
    assert (waiting(world), world.edition(first.id).digest) == (0, first.digest)
    third = frozen(world, an_edition(world)).corrigendum
    assert third is not None
    assert third.changes == ()


def test_a_translation_of_a_corrected_lesson_is_of_earlier_words_and_is_carried_over(house: House) -> None:
    world = a_world(house)
    lesson, _ = published(world)
    city, member = world.acting(world.cities[0]), world.cities[0].organisation
    said = library.lesson(house.stranger, lesson).version
    texts = {BLOCK: "Les petits contrats."}
    made = translations.begin(
        city, BeginTranslation(lesson, member, "fr", said.id, texts, of=Translated.LESSON)
    )
    corrections.correct_lesson(world.acting(world.facility), CorrectLesson(lesson, RIGHT, REASON))
    rapporteur = world.acting(world.rapporteur)
    view = translations.translation(house.stranger, made)
    assert (view.stale, view.since, view.version, view.current.number) == (
        True,
        Since(changed=(BLOCK,)),
        said,
        2,
    )
    assert [block.text for block in (*view.source, *view.now)] == [SAID, RIGHT]
    refused(world, StaleState, lambda: translations.approve(rapporteur, made))
    (offered,) = translations.lessons_offered(house.stranger, world.agenda)
    assert offered.ref.stale
    translations.write(city, WriteTranslation(made, member, view.current.id, texts))
    translations.approve(rapporteur, made)
    carried = translations.translation(house.stranger, made)
    assert (carried.stale, carried.version, carried.source) == (False, view.current, view.now)


def test_words_of_a_correction_are_erased_with_their_entry(house: House) -> None:
    world = a_world(house)
    lesson, _ = published(world)
    facility = world.acting(world.facility)
    with world.recording() as entries:
        corrections.correct_lesson(facility, CorrectLesson(lesson, RIGHT, "Ada misread it."))
    erasure.erase_words(facility, EraseWords(world.agenda, entries[0].sequence))
    assert [one.reason for one in library.lesson(house.stranger, lesson).corrections] == [""]


def test_lists_ask_as_often_for_three_corrected_as_for_one(house: House) -> None:
    world = a_world(house)
    found = [(a_lesson(world), evidenced(world)) for _ in range(3)]
    world.in_phase(Phase.PUBLICATION)
    facility, costs = world.acting(world.facility), []
    for many in (found[:1], found[1:]):
        for lesson, piece in many:
            corrections.correct_lesson(facility, CorrectLesson(lesson, RIGHT, REASON))
            corrections.correct_evidence(facility, righting(piece, page="12"))
        house.clock.moment += timedelta(seconds=1)
        with counting(house) as statements:
            library.lessons(house.stranger, world.agenda)
            library.evidence(house.stranger, world.agenda)
        costs.append(len(statements))
    assert costs[0] == costs[1]
