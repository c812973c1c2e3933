from collections.abc import Mapping
from dataclasses import replace

from service.domain.actors import Role
from service.domain.errors import (
    Denied,
    ForeignOrganisation,
    IllegalMove,
    OwnTranslation,
    SignInNeeded,
    StaleBase,
    StaleState,
    Unknown,
)
from service.domain.phases import Phase
from service.domain.translations import Since, TranslationState
from service.domain.views.translations import TranslationRef
from service.workflows import recommendations, translations
from service.workflows.translations import BeginTranslation, WriteTranslation
from tests.builders import ASK, a_colleague, a_world, an_amendment, consolidated, decided, names
from tests.counting import counting
from tests.houses import House
from tests.workflows.refusals import fields, refused
from tests.worlds import World

WORDS = {"title": "Nommer les villes", "ask": "Nommer un contact.", "why": "Cela marche."}


def texts(world: World, words: Mapping[str, str] = WORDS) -> dict[str, str]:
    return {world.blocks[name].id: text for name, text in words.items()}


def beginning(world: World, words: Mapping[str, str] = WORDS, language: str = "fr") -> BeginTranslation:
    return BeginTranslation(
        world.recommendation, world.cities[0].organisation, language, world.text.id, texts(world, words)
    )


def begun(world: World, words: Mapping[str, str] = WORDS, language: str = "fr") -> str:
    return translations.begin(world.acting(world.cities[0]), beginning(world, words, language))


def writing(world: World, translation: str, **changed: str) -> WriteTranslation:
    return WriteTranslation(
        translation, world.cities[1].organisation, world.text.id, texts(world, {**WORDS, **changed})
    )


def moved_on(world: World) -> None:
    decided(world, an_amendment(world))
    world.in_phase(Phase.CONSOLIDATION)
    consolidated(world)


def test_translation_knows_its_version_and_who_made_it(house: House) -> None:
    world = a_world(house)
    with world.recording() as entries:
        made = begun(world, {"title": WORDS["title"]})
    view = translations.translation(house.stranger, made)
    assert (view.language, view.state, view.stale) == ("fr", TranslationState.HUMAN, False)
    assert (view.version, view.version.id, view.version.digest) == (
        view.current,
        world.text.id,
        world.text.digest,
    )
    assert (view.organisation.id, view.writer_id) == (world.cities[0].organisation, world.cities[0].person)
    assert view.missing == (world.blocks["ask"].id, world.blocks["why"].id)
    assert [(e.name, e.data["language"], e.data["state"]) for e in entries] == [
        ("translation.written", "fr", "human")
    ]
    assert translations.listed(house.stranger, world.recommendation) == (view,)


def test_somebody_else_approves_exactly_these_words(house: House) -> None:
    world = a_world(house)
    made = begun(world)
    with world.recording() as entries:
        translations.approve(world.acting(world.rapporteur), made, 1)
    view = translations.translation(house.stranger, made)
    assert view.approved_for is not None
    assert (view.state, view.approved_for.id) == (TranslationState.APPROVED, world.rapporteur.organisation)
    assert [(e.name, e.subject_id) for e in entries] == [("translation.approved", made)]
    refused(
        world, IllegalMove, lambda: translations.write(world.acting(world.cities[1]), writing(world, made))
    )
    with world.recording() as entries:
        translations.reopen(world.acting(world.rapporteur), made)
    assert names(entries) == ["translation.reopened"]
    again = translations.translation(house.stranger, made)
    assert (again.state, again.approved_for, again.approved_at) == (TranslationState.HUMAN, None, None)


def test_translation_is_stale_when_the_text_says_something_else_and_is_carried_over(house: House) -> None:
    world = a_world(house)
    made = begun(world)
    translations.approve(world.acting(world.rapporteur), made)
    moved_on(world)
    ask = world.blocks["ask"].id
    view = translations.translation(house.stranger, made)
    assert (view.stale, view.since, view.state) == (True, Since(changed=(ask,)), TranslationState.APPROVED)
    assert (view.version.number, view.current.number) == (1, 2)
    translations.write(world.acting(world.cities[1]), writing(world, made, ask="Nommer deux contacts."))
    carried = translations.translation(house.stranger, made)
    assert (carried.stale, carried.state, carried.version.number) == (False, TranslationState.HUMAN, 2)
    assert (carried.organisation.id, carried.approved_for) == (world.cities[1].organisation, None)


def test_stale_translation_is_not_approved(house: House) -> None:
    world = a_world(house)
    made = begun(world)
    moved_on(world)
    refused(world, StaleBase, lambda: translations.approve(world.acting(world.rapporteur), made))


def test_words_of_a_machine_are_not_offered_before_somebody_has_read_them(house: House) -> None:
    world = a_world(house)
    city = world.acting(world.cities[0])
    made = translations.begin(city, replace(beginning(world), machine=True))
    assert translations.translation(house.stranger, made).state is TranslationState.MACHINE
    assert translations.offered(house.stranger, world.recommendation) == ()
    refused(world, IllegalMove, lambda: translations.approve(world.acting(world.rapporteur), made))
    translations.write(
        city, replace(writing(world, made), machine=True, organisation_id=world.cities[0].organisation)
    )
    assert translations.translation(house.stranger, made).state is TranslationState.MACHINE
    translations.write(world.acting(world.cities[1]), writing(world, made))
    offered = TranslationRef(made, world.recommendation, "fr", TranslationState.HUMAN, stale=False)
    assert translations.offered(house.stranger, world.recommendation) == (offered,)
    assert translations.in_agenda(house.stranger, world.agenda) == (offered,)
    again = replace(writing(world, made), machine=True)
    refused(world, IllegalMove, lambda: translations.write(world.acting(world.cities[1]), again))


def test_translation_is_refused_with_its_own_reason(house: House) -> None:
    world = a_world(house)
    city, command = world.acting(world.cities[0]), beginning(world)
    refused(world, SignInNeeded, lambda: translations.begin(house.stranger, command))
    foreign = replace(command, organisation_id=world.cities[1].organisation)
    refused(world, ForeignOrganisation, lambda: translations.begin(city, foreign))
    refused(world, Unknown, lambda: translations.begin(city, replace(command, version_id="nothing")))
    refused(world, Unknown, lambda: translations.translation(house.stranger, "nothing"))
    for wrong in ("en", "English"):
        assert fields(world, lambda w=wrong: translations.begin(city, replace(command, language=w))) == [  # type: ignore[misc]  # a default of a lambda has no type
            "language"
        ]
    begun(world, {"title": "Titre"})
    assert fields(world, lambda: translations.begin(city, command)) == ["language"]
    (view,) = translations.listed(house.stranger, world.recommendation)
    rapporteur = world.acting(world.rapporteur)
    assert fields(world, lambda: translations.approve(rapporteur, view.id)) == [
        f"text.{block}" for block in view.missing
    ]
    stale = replace(writing(world, view.id), revision=view.revision + 1)
    refused(world, StaleState, lambda: translations.write(world.acting(world.cities[1]), stale))


def test_language_is_the_same_however_it_is_spelled(house: House) -> None:
    world = a_world(house)
    made = begun(world, language="PT-br")
    assert translations.translation(house.stranger, made).language == "pt-BR"
    again = beginning(world, language="pt-BR")
    assert fields(world, lambda: translations.begin(world.acting(world.cities[0]), again)) == ["language"]


def test_translation_of_an_older_version_is_not_begun(house: House) -> None:
    world = a_world(house)
    command = beginning(world)
    moved_on(world)
    refused(world, StaleBase, lambda: translations.begin(world.acting(world.cities[0]), command))


def test_nobody_approves_their_own_words(house: House) -> None:
    world = a_world(house)
    rapporteur = world.acting(world.rapporteur)
    own = replace(beginning(world), organisation_id=world.rapporteur.organisation)
    made = translations.begin(rapporteur, own)
    refused(world, OwnTranslation, lambda: translations.approve(rapporteur, made))
    refused(world, Denied, lambda: translations.approve(world.acting(world.cities[1]), made))
    colleague = a_colleague(house, world.rapporteur, Role.RAPPORTEUR)
    translations.approve(world.acting(colleague), made)
    assert translations.translation(house.stranger, made).state is TranslationState.APPROVED


def test_translations_of_a_draft_are_seen_by_those_who_see_the_draft(house: House) -> None:
    world = a_world(house, Phase.PREPARATION)
    rapporteur = world.acting(world.rapporteur)
    made = translations.begin(
        rapporteur, replace(beginning(world), organisation_id=world.rapporteur.organisation)
    )
    refused(world, Unknown, lambda: translations.translation(house.stranger, made))
    refused(world, Unknown, lambda: translations.listed(house.stranger, world.recommendation))
    assert translations.offered(house.stranger, world.recommendation) == ()
    assert [one.id for one in translations.listed(rapporteur, world.recommendation)] == [made]


def test_same_text_again_is_not_stale(house: House) -> None:
    world = a_world(house, Phase.COMMENTING)
    made = begun(world)
    rapporteur = world.acting(world.rapporteur)
    for ask in ("Other words.", ASK):
        text = world.text
        recommendations.rewrite(
            rapporteur,
            recommendations.Rewrite(world.recommendation, text.id, world.reworded(ask=ask), "A word."),
        )
    assert translations.translation(house.stranger, made).stale is False
    translations.approve(rapporteur, made)
    assert translations.translation(house.stranger, made).state is TranslationState.APPROVED


def test_many_languages_cost_as_much_as_one(house: House) -> None:
    world = a_world(house)
    costs = []
    for languages in (("fr",), ("ar", "pt-BR")):
        for language in languages:
            begun(world, language=language)
        with counting(house) as statements:
            found = translations.listed(house.stranger, world.recommendation)
            translations.offered(house.stranger, world.recommendation)
        costs.append((len(found), len(statements)))
    assert costs == [(1, costs[0][1]), (3, costs[0][1])]
