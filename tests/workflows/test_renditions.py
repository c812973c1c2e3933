"""An edition in other formats: for whoever may have its paper, the same until it says that something changed."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from sqlalchemy import func, insert, select, update

from service.domain.errors import NotReleased, Unknown
from service.domain.lessons import BLOCK, words_of
from service.domain.publication import Snapshot
from service.domain.renditions import Courtesy, Facts
from service.domain.text import digest
from service.domain.translations import Translated
from service.store import courtesies
from service.store.rendition_tables import kept_renditions
from service.store.translation_tables import courtesy_texts
from service.web.renditions import HouseRenditions
from service.workflows import editions, erasure, lessons, renditions, translations
from service.workflows.renditions import Format
from service.workflows.translations import BeginTranslation
from tests.builders import a_lesson, a_released_edition, a_world, an_edition, endorsed
from tests.counting import counting
from tests.houses import House
from tests.translating import FRENCH, a_translation
from tests.worlds import World

AT_ONCE = (Format.HTML, Format.MARKDOWN, Format.JSON)


def text_of(world: World, edition: str, form: Format = Format.MARKDOWN, language: str = "") -> str:
    return renditions.rendition(world.house.stranger, edition, form, language).content.decode()


def kept(world: World) -> list[tuple[str, str]]:
    """Return the languages of the words that are kept for the text, with what stands as its title."""
    with world.house.database.reading() as connection:
        found = courtesies.of_texts(connection, [world.text.digest])
    return [(one.language, one.blocks[0].text) for one in found]


@pytest.mark.parametrize("form", AT_ONCE)
def test_edition_is_read_in_other_formats_once_it_is_released(house: House, form: Format) -> None:
    world = endorsed(a_world(house))
    edition = an_edition(world)
    with pytest.raises(NotReleased):
        renditions.rendition(house.stranger, edition, form)
    assert renditions.languages(house.stranger, edition) is None
    editions.withdraw(world.acting(world.facility), edition, "It has a mistake.")
    with pytest.raises(NotReleased):
        renditions.rendition(house.stranger, edition, form)
    released = a_released_edition(world)
    file = renditions.rendition(house.stranger, released, form)
    assert file == renditions.rendition(house.stranger, released, form)
    assert file.name == f"edition-2.{ {'markdown': 'md'}.get(form, form.value) }"


def test_data_are_those_that_were_approved(house: House) -> None:
    world = endorsed(a_world(house))
    edition = a_released_edition(world)
    data = renditions.rendition(house.stranger, edition, Format.JSON).content
    assert hashlib.sha256(data).hexdigest() == world.edition(edition).digest


def test_each_names_the_paper_by_its_whole_address_and_its_digest(house: House) -> None:
    world = endorsed(a_world(house))
    edition = a_released_edition(world)
    for form in (Format.HTML, Format.MARKDOWN):
        text = text_of(world, edition, form)
        assert f"https://sympolity.example/editions/{edition}/paper.pdf" in text
        assert str(world.edition(edition).file_digest) in text


def test_edition_that_was_withdrawn_or_followed_says_so(house: House) -> None:
    world = endorsed(a_world(house))
    first, second = a_released_edition(world), a_released_edition(world)
    assert ("Edition 2 is newer" in text_of(world, first), "is newer" in text_of(world, second)) == (
        True,
        False,
    )
    editions.withdraw(world.acting(world.facility), second, "It has a mistake.")
    assert ("is newer" in text_of(world, first), "**Withdrawn**" in text_of(world, second)) == (False, True)


def test_approved_translation_is_shown_as_a_courtesy_and_only_where_it_is_asked_for(house: House) -> None:
    world = endorsed(a_world(house))
    a_translation(world)
    edition = a_released_edition(world)
    own = text_of(world, edition)
    assert renditions.languages(house.stranger, edition) == ("fr",)
    assert (FRENCH["title"] in own, text_of(world, edition, language="EN") == own) == (False, True)
    french = renditions.rendition(house.stranger, edition, Format.HTML, "FR")
    assert (french.name, FRENCH["title"] in french.content.decode()) == ("edition-1-fr.html", True)
    for form, language in ((Format.HTML, "es"), (Format.JSON, "fr")):
        with pytest.raises(Unknown):
            renditions.rendition(house.stranger, edition, form, language)


def test_lessons_are_read_in_their_approved_translations_where_a_text_is_translated(house: House) -> None:
    world = a_world(house)
    lesson = a_lesson(world)
    lessons.shortlist(world.acting(world.rapporteur), lesson)
    words = {BLOCK: "Les petits contrats arrivent plus tôt."}
    source = digest(words_of("Small contracts arrive sooner."))
    for language in ("fr", "es"):
        made = translations.begin(
            world.acting(world.cities[0]),
            BeginTranslation(
                lesson, world.cities[0].organisation, language, source, words, of=Translated.LESSON
            ),
        )
        translations.approve(world.acting(world.rapporteur), made)
    a_translation(world)
    edition = a_released_edition(endorsed(world))
    # A list of lessons alone is no translation of an edition.
    assert renditions.languages(house.stranger, edition) == ("fr",)
    assert words[BLOCK] in text_of(world, edition, language="fr")
    with pytest.raises(Unknown):
        text_of(world, edition, language="es")


def test_translation_that_is_not_approved_is_none(house: House) -> None:
    world = endorsed(a_world(house))
    made = a_translation(world, approved=False)
    edition = a_released_edition(world)
    assert (renditions.languages(house.stranger, edition), kept(world)) == ((), [])
    translations.approve(world.acting(world.rapporteur), made)
    assert (renditions.languages(house.stranger, edition), kept(world)) == (
        ("fr",),
        [("fr", FRENCH["title"])],
    )
    translations.reopen(world.acting(world.rapporteur), made)
    assert (renditions.languages(house.stranger, edition), kept(world)) == ((), [])


def test_words_stay_with_the_edition_when_the_translation_moves_on(house: House) -> None:
    world = endorsed(a_world(house))
    made = a_translation(world)
    edition = a_released_edition(world)
    before = text_of(world, edition, language="fr")
    # As when it is carried over: the same translation, approved for another text.
    with house.database.writing() as connection:
        connection.execute(
            insert(courtesy_texts).values(
                translation_id=made,
                language="fr",
                source="0" * 64,
                blocks=world.text.blocks,
                organisation="Somebody else",
                approved_at=house.clock.moment,
            )
        )
    assert (text_of(world, edition, language="fr"), len(kept(world))) == (before, 1)


def test_words_are_kept_with_who_approved_them_when(house: House) -> None:
    world = a_world(house)
    a_translation(world)
    with house.database.reading() as connection:
        (found,) = courtesies.of_texts(connection, [world.text.digest])
    blocks = tuple(replace(block, text=FRENCH[name], marks=()) for name, block in world.blocks.items())
    expected = Courtesy("fr", world.text.digest, digest(blocks), blocks, "City network", house.clock.moment)
    assert found == expected


def spoil(world: World) -> None:
    """Write something else in the place of every file that is kept, so that whoever reads one shows that they do."""
    with world.house.database.writing() as connection:
        connection.execute(update(kept_renditions).values(content=b"kept"))


def test_rendition_is_made_once_and_kept(house: House) -> None:
    world = endorsed(a_world(house))
    a_translation(world)
    first, second = a_released_edition(world), a_released_edition(world)
    for edition in (first, second):
        for language in ("", "fr"):
            text_of(world, edition, Format.HTML, language)
    made = text_of(world, first)
    spoil(world)
    read = {text_of(world, one, Format.HTML, language) for one in (first, second) for language in ("", "fr")}
    assert (read, text_of(world, first)) == ({"kept"}, "kept")
    assert text_of(world, second) != made


def test_rendition_is_made_anew_when_what_it_tells_of_the_edition_has_changed(house: House) -> None:
    world = endorsed(a_world(house))
    first = a_released_edition(world)
    texts = [text_of(world, first)]
    spoil(world)
    second = a_released_edition(world)
    texts.append(text_of(world, first))
    spoil(world)
    editions.withdraw(world.acting(world.facility), second, "It has a mistake.")
    texts.append(text_of(world, first))
    assert ["is newer" in text for text in texts] == [False, True, False]
    assert texts[0] == texts[2]


def test_courtesy_is_made_anew_when_its_translation_changes_and_the_others_are_not(house: House) -> None:
    world = endorsed(a_world(house))
    made = a_translation(world)
    a_translation(world, "es")
    edition = a_released_edition(world)
    for language in ("", "es"):
        text_of(world, edition, language=language)
    before = text_of(world, edition, language="fr")
    spoil(world)
    translations.reopen(world.acting(world.rapporteur), made)
    with pytest.raises(Unknown):
        text_of(world, edition, language="fr")
    house.clock.moment += timedelta(days=1)
    translations.approve(world.acting(world.rapporteur), made)
    after = text_of(world, edition, language="fr")
    assert (FRENCH["title"] in after, after == before) == (True, False)
    assert [text_of(world, edition, language=one) for one in ("", "es")] == ["kept", "kept"]


def test_another_release_of_the_house_makes_it_anew(house: House) -> None:
    world = endorsed(a_world(house))
    edition = a_released_edition(world)
    text_of(world, edition)
    spoil(world)
    moved = house.stranger
    moved.renditions = HouseRenditions("https://elsewhere.example")
    assert (
        "https://elsewhere.example/verify"
        in renditions.rendition(moved, edition, Format.MARKDOWN).content.decode()
    )


def test_whoever_holds_it_is_given_nothing(house: House) -> None:
    world = endorsed(a_world(house))
    edition = a_released_edition(world)
    for form in AT_ONCE:
        made = renditions.rendition(house.stranger, edition, form)
        again = renditions.rendition(house.stranger, edition, form, held={made.key})
        assert again == replace(made, content=b"")


def test_names_of_who_is_erased_are_not_kept(house: House) -> None:
    world = endorsed(a_world(house))
    edition = a_released_edition(world)
    name = world.edition(edition).assembled_by
    assert name in text_of(world, edition)
    erasure.erase(world.acting(world.facility), world.facility.person)
    with house.database.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(kept_renditions)) == 0
    assert name not in text_of(world, edition)


@dataclass(frozen=True)
class Interrupted(HouseRenditions):
    """Writes what it is asked for, and something else happens before that is kept."""

    meanwhile: Callable[[], None]

    def markdown(
        self, snapshot: Snapshot, facts: Facts, language: str, offered: Sequence[Courtesy] = ()
    ) -> str:
        written = HouseRenditions.markdown(self, snapshot, facts, language, offered)
        self.meanwhile()
        return written


def test_who_is_erased_while_it_is_written_is_not_named_in_what_is_kept(house: House) -> None:
    world = endorsed(a_world(house))
    edition = a_released_edition(world)
    name = world.edition(edition).assembled_by
    interrupted = house.stranger
    interrupted.renditions = Interrupted(
        "https://sympolity.example",
        lambda: erasure.erase(world.acting(world.facility), world.facility.person),
    )
    renditions.rendition(interrupted, edition, Format.MARKDOWN)
    with house.database.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(kept_renditions)) == 0
    assert name not in text_of(world, edition)


def test_how_much_is_asked_does_not_grow_with_the_translations(house: House) -> None:
    world = endorsed(a_world(house))
    a_translation(world, "fr")
    edition = a_released_edition(world)
    text_of(world, edition)
    text_of(world, edition, language="fr")
    counts = []
    for language in ("es", "pt"):
        for asked in ("", "fr"):
            with counting(house) as statements:
                text_of(world, edition, language=asked)
            counts.append(len(statements))
        with counting(house) as statements:
            renditions.languages(house.stranger, edition)
        counts.append(len(statements))
        a_translation(world, language)
    assert counts[:3] == counts[3:]
    assert max(counts) <= 5
