"""Courtesy translations on paper: made in the background when somebody asks, and kept as long as they are right."""

import pytest
from sqlalchemy import select

from service.domain.drafts import NotPrintableError
from service.domain.errors import BeingMade, FromTheRight, NotPrinted, NotReleased, Unknown
from service.store.rendition_tables import kept_renditions
from service.workflows import editions, erasure, renditions, translations
from service.workflows.renditions import Format
from tests.builders import a_released_edition, a_world, an_edition, endorsed
from tests.counting import counting
from tests.houses import House
from tests.translating import a_translation
from tests.worlds import World


def read(world: World, edition: str, language: str = "fr") -> bytes:
    return renditions.rendition(world.house.stranger, edition, Format.PDF, language).content


def made(world: World, edition: str, language: str = "fr") -> bytes:
    """Ask for a translation on paper, let it be made, and read it."""
    with pytest.raises(BeingMade):
        read(world, edition, language)
    world.house.work()
    return read(world, edition, language)


def test_whoever_waits_for_it_writes_nothing_and_after_a_while_it_is_asked_for_again(house: House) -> None:
    world = endorsed(a_world(house))
    a_translation(world)
    edition = a_released_edition(world)
    written = []
    for minutes in (0, 0, 11):
        house.clock.advance(minutes=minutes)
        with counting(house) as statements, pytest.raises(BeingMade):
            read(world, edition)
        written.append(any(one.startswith(("INSERT", "UPDATE", "DELETE")) for one in statements))
    assert written == [True, False, True]


def test_it_is_made_when_it_is_first_asked_for_and_kept(house: House) -> None:
    world = endorsed(a_world(house))
    a_translation(world)
    edition = a_released_edition(world)
    printed = len(house.renderer.printed)
    for _ in range(2):
        with pytest.raises(BeingMade):
            read(world, edition)
    assert house.work() == 1
    first = read(world, edition, "FR")
    assert first.startswith(b"%PDF-fake COURTESY fr Traduction de courtoisie")
    assert (read(world, edition) == first, house.work(), len(house.renderer.printed)) == (
        True,
        0,
        printed + 1,
    )


def test_languages_are_made_apart_and_by_one_job(house: House) -> None:
    world = endorsed(a_world(house))
    a_translation(world)
    a_translation(world, "es")
    edition = a_released_edition(world)
    for language in ("es", "fr"):
        with pytest.raises(BeingMade):
            read(world, edition, language)
    assert house.work() == 1
    assert read(world, edition, "es") != read(world, edition, "fr")


def test_it_is_made_anew_when_the_edition_has_another_fate(house: House) -> None:
    world = endorsed(a_world(house))
    a_translation(world)
    edition = a_released_edition(world)
    first = made(world, edition)
    editions.withdraw(world.acting(world.facility), edition, "It has a mistake.")
    assert made(world, edition) != first


def test_who_is_erased_while_it_is_printed_is_not_named_in_what_is_kept(house: House) -> None:
    world = endorsed(a_world(house))
    a_translation(world)
    edition = a_released_edition(world)
    erased: list[str] = []

    def erase_once(step: str) -> None:
        if step == "courtesy" and not erased:
            erased.append(world.facility.person)
            erasure.erase(world.acting(world.facility), world.facility.person)

    printed = len(house.renderer.printed)
    house.renderer.before = erase_once
    file = made(world, edition)
    first, second = house.renderer.printed[printed:]
    assert (first != second, second.encode() in file) == (True, True)


def test_what_is_asked_for_no_more_when_it_is_printed_is_not_kept(house: House) -> None:
    world = endorsed(a_world(house))
    translation = a_translation(world)
    edition = a_released_edition(world)

    def reopen(step: str) -> None:
        if step == "courtesy":
            translations.reopen(world.acting(world.rapporteur), translation)

    house.renderer.before = reopen
    with pytest.raises(BeingMade):
        read(world, edition)
    assert house.work() == 1
    with house.database.reading() as connection:
        assert connection.scalars(select(kept_renditions.c.content)).all() == [None]


def test_it_is_gone_with_the_approval_also_while_it_is_asked_for(house: House) -> None:
    world = endorsed(a_world(house))
    translation = a_translation(world)
    edition = a_released_edition(world)
    with pytest.raises(BeingMade):
        read(world, edition)
    translations.reopen(world.acting(world.rapporteur), translation)
    assert house.work() == 1
    with pytest.raises(Unknown):
        read(world, edition)


def test_what_cannot_be_printed_is_told_and_tried_again_only_when_something_has_changed(house: House) -> None:
    world = endorsed(a_world(house))
    a_translation(world)
    edition = a_released_edition(world)

    def refuse(step: str) -> None:
        if step == "courtesy":
            raise NotPrintableError("a part of it is too tall")

    house.renderer.before = refuse
    with pytest.raises(NotPrinted):
        made(world, edition)
    with pytest.raises(NotPrinted):
        read(world, edition)
    assert house.work() == 0
    house.renderer.before, house.renderer.maker = (lambda _: None), "another release"
    assert made(world, edition).startswith(b"%PDF-fake COURTESY")


def test_what_is_no_translation_is_no_courtesy(house: House) -> None:
    world = endorsed(a_world(house))
    waiting = an_edition(world)
    with pytest.raises(NotReleased):
        read(world, waiting)
    editions.withdraw(world.acting(world.facility), waiting, "It has a mistake.")
    edition = a_released_edition(world)
    for language in ("", "en", "fr"):
        with pytest.raises(Unknown):
            read(world, edition, language)


def test_language_that_runs_from_right_to_left_is_refused_and_read_in_the_browser(house: House) -> None:
    world = endorsed(a_world(house))
    a_translation(world, "ar")
    edition = a_released_edition(world)
    with pytest.raises(FromTheRight):
        read(world, edition, "ar")
    assert house.work() == 0
    assert b'dir="rtl"' in renditions.rendition(house.stranger, edition, Format.HTML, "ar").content


def test_reading_what_is_kept_asks_as_much_however_many_languages_there_are(house: House) -> None:
    world = endorsed(a_world(house))
    a_translation(world)
    edition = a_released_edition(world)
    made(world, edition)
    counts = []
    for language in ("es", "pt"):
        with counting(house) as statements:
            read(world, edition)
        counts.append(len(statements))
        a_translation(world, language)
    assert counts == [counts[0]] * 2
    assert counts[0] <= 5
