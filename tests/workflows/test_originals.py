"""Translations of lessons: the same use cases as for a recommendation, of words that have no versions."""

from dataclasses import replace

from service.domain.errors import Denied, Invalid, OwnTranslation, StaleState, Unknown
from service.domain.lessons import BLOCK, words_of
from service.domain.text import digest
from service.domain.translations import Translated, TranslationState
from service.domain.views.recommendations import VersionRef
from service.domain.views.translations import LessonInOtherWords, TranslationRef
from service.store import courtesies
from service.workflows import library, originals, translations
from service.workflows.lessons import ProposeLesson, propose
from service.workflows.translations import BeginTranslation, WriteTranslation
from tests.builders import a_lesson, a_world, names
from tests.counting import counting
from tests.houses import House
from tests.workflows.refusals import fields, refused
from tests.worlds import World

SAID = "Small contracts arrive sooner."
FRENCH = "Les petits contrats arrivent plus tôt."
SAID_DIGEST = digest(words_of(SAID))


def beginning(world: World, lesson: str, language: str = "fr", text: str = FRENCH) -> BeginTranslation:
    return BeginTranslation(
        lesson, world.cities[0].organisation, language, SAID_DIGEST, {BLOCK: text}, of=Translated.LESSON
    )


def begun(world: World, lesson: str, language: str = "fr") -> str:
    return translations.begin(world.acting(world.cities[0]), beginning(world, lesson, language))


def test_a_lesson_is_translated_from_exactly_its_words(house: House) -> None:
    world = a_world(house)
    lesson = a_lesson(world)
    with world.recording() as entries:
        made = begun(world, lesson)
    view = translations.translation(house.stranger, made)
    said = VersionRef(SAID_DIGEST, 1, SAID_DIGEST)
    assert (view.lesson_id, view.recommendation_id, view.of) == (lesson, None, Translated.LESSON)
    assert (view.version, view.current, view.stale, view.missing) == (said, said, False, ())
    assert (view.source, view.blocks) == (words_of(SAID), words_of(FRENCH))
    assert [(e.name, e.data["lesson_id"], e.data["recommendation_id"]) for e in entries] == [
        ("translation.written", lesson, None)
    ]
    assert translations.listed(house.stranger, lesson, Translated.LESSON) == (view,)
    assert originals.read(house.stranger, Translated.LESSON, lesson).blocks == words_of(SAID)


def test_somebody_else_approves_a_lesson_in_other_words_and_these_are_kept(house: House) -> None:
    world = a_world(house)
    made = begun(world, a_lesson(world))
    refused(world, Denied, lambda: translations.approve(world.acting(world.cities[1]), made))
    rapporteur = world.acting(world.rapporteur)
    with world.recording() as entries:
        translations.approve(rapporteur, made, 1)
        translations.reopen(rapporteur, made)
        translations.approve(rapporteur, made)
    assert names(entries) == ["translation.approved", "translation.reopened", "translation.approved"]
    assert translations.translation(house.stranger, made).state is TranslationState.APPROVED
    with house.database.reading() as connection:
        assert [one.blocks for one in courtesies.of_texts(connection, [SAID_DIGEST])] == [words_of(FRENCH)]


def test_who_wrote_a_lesson_in_other_words_does_not_approve_them(house: House) -> None:
    world = a_world(house)
    rapporteur = world.acting(world.rapporteur)
    own = replace(beginning(world, a_lesson(world)), organisation_id=world.rapporteur.organisation)
    made = translations.begin(rapporteur, own)
    refused(world, OwnTranslation, lambda: translations.approve(rapporteur, made))


def test_other_words_than_those_that_stand_are_not_translated(house: House) -> None:
    world = a_world(house)
    city, lesson = world.acting(world.cities[0]), a_lesson(world)
    command = beginning(world, lesson)
    refused(world, StaleState, lambda: translations.begin(city, replace(command, version_id="0" * 64)))
    refused(world, Unknown, lambda: translations.begin(city, replace(command, subject_id="nothing")))
    made = translations.begin(city, command)
    assert fields(world, lambda: translations.begin(city, command)) == ["language"]
    other = WriteTranslation(made, world.cities[0].organisation, "0" * 64, {BLOCK: FRENCH})
    refused(world, StaleState, lambda: translations.write(city, other))


def test_a_lesson_is_translated_from_the_language_that_it_was_written_in(house: House) -> None:
    world = a_world(house)
    member = world.cities[0]
    city = world.acting(member)
    lesson = propose(city, ProposeLesson(world.agenda, member.organisation, SAID, language="ES"))
    assert library.lesson(house.stranger, lesson).language == "es"
    assert fields(world, lambda: translations.begin(city, beginning(world, lesson, "es"))) == ["language"]
    made = translations.begin(city, beginning(world, lesson, "en"))
    assert translations.translation(house.stranger, made).language == "en"
    wrong = ProposeLesson(world.agenda, member.organisation, SAID, language="Spanish")
    told = refused(world, Invalid, lambda: propose(city, wrong))
    assert [error.field for error in told.errors] == ["language"]


def test_readers_are_offered_what_a_person_wrote(house: House) -> None:
    world = a_world(house)
    city = world.acting(world.cities[0])
    first, second = a_lesson(world), a_lesson(world)
    one = begun(world, second)
    translations.begin(city, replace(beginning(world, first), machine=True))
    ref = TranslationRef(one, None, "fr", TranslationState.HUMAN, stale=False, lesson_id=second)
    assert translations.lessons_offered(house.stranger, world.agenda) == (
        LessonInOtherWords(ref, words_of(FRENCH)),
    )
    assert [r.lesson_id for r in translations.in_agenda(house.stranger, world.agenda)] == [first, second]


def test_many_lessons_in_many_languages_cost_as_much_as_one(house: House) -> None:
    world = a_world(house)
    costs = []
    for languages in (("fr",), ("ar", "pt-BR")):
        lesson = a_lesson(world)
        for language in languages:
            begun(world, lesson, language)
        with counting(house) as statements:
            found = translations.lessons_offered(house.stranger, world.agenda)
            translations.listed(house.stranger, lesson, Translated.LESSON)
        costs.append((len(found), len(statements)))
    assert costs == [(1, costs[0][1]), (3, costs[0][1])]
