"""Trying two choices side by side: the address holds them, nothing is kept."""

from tests.builders import ASK, a_compromise, an_amendment, decided
from tests.web.visitors import Site
from tests.worlds import World

TWO, DESK = ASK.replace("a contact", "two contacts"), ASK.replace("a contact", "one desk")


def colliding(world: World) -> tuple[str, str]:
    one = an_amendment(world, edit={"ask": TWO})
    return one, an_amendment(world, by=world.cities[1], edit={"ask": DESK})


def test_both_choices_begin_with_what_is_accepted(site: Site, world: World) -> None:
    one, other = colliding(world)
    decided(world, one)
    page = site.acting(world.rapporteur).opens(f"/recommendations/{world.recommendation}/scenarios")
    assert (page.html.count(f'value="{one}" checked'), page.html.count(f'value="{other}" checked')) == (2, 0)
    assert page.words.count("Replaces “a contact” by “two contacts”.") == 2


def test_texts_and_whom_they_serve_stand_side_by_side(site: Site, world: World) -> None:
    one, other = colliding(world)
    before = world.house.record(world.agenda)
    rapporteur = site.acting(world.rapporteur)
    path = f"/recommendations/{world.recommendation}/scenarios?tried=yes&a={one}&b={other}"
    page = rapporteur.opens(path)
    assert [
        words in page.words
        for words in (
            "Replaces “a contact” by “two contacts”.",
            "Replaces “a contact” by “one desk”.",
            "From choice A to choice B",
            "4 of 4 words asked for",
            "2 of 4 words asked for",
        )
    ] == [True] * 5
    assert world.house.record(world.agenda) == before


def test_collision_inside_a_choice_is_settled_there(site: Site, world: World) -> None:
    one, other = colliding(world)
    rapporteur = site.acting(world.rapporteur)
    path = f"/recommendations/{world.recommendation}/scenarios?tried=yes&a={one}&a={other}&b={one}"
    page = rapporteur.opens(path)
    assert ("Choice A: what collides" in page.words, "Choice B: what collides" in page.words) == (True, False)
    key = f"a.choice.{one}.{other}.{world.blocks['ask'].id}"
    settled = rapporteur.opens(f"{path}&{key}={other}")
    assert ("by “one desk”." in settled.words, f'value="{other}" checked' in settled.html) == (True, True)
    # What was chosen for a collision that is none any more is let be.
    alone = rapporteur.opens(
        f"/recommendations/{world.recommendation}/scenarios?tried=yes&a={one}&{key}={other}"
    )
    assert (alone.status, "No amendment is in, so version 1 stays as it is." in alone.words) == (200, True)


def test_compromise_takes_the_place_of_what_it_covers(site: Site, world: World) -> None:
    one, other = colliding(world)
    made = a_compromise(world, one, other)
    path = f"/recommendations/{world.recommendation}/scenarios?tried=yes&a={made}&a={one}&b={one}"
    page = site.acting(world.rapporteur).opens(path)
    assert ("These would fall" in page.words, "a compromise on 1 and 2" in page.words) == (True, True)


def test_trying_is_the_rapporteurs_and_says_when_there_is_nothing_to_try(site: Site, world: World) -> None:
    path = f"/recommendations/{world.recommendation}/scenarios"
    assert site.acting(world.cities[0]).opens(path).status == 403
    assert site.visitor.opens(path).status == 401
    assert "There is no amendment to choose from." in site.acting(world.rapporteur).opens(path).words


def test_page_that_makes_the_version_leads_to_trying_another_choice(site: Site, world: World) -> None:
    decided(world, colliding(world)[0])
    page = site.acting(world.rapporteur).opens(f"/recommendations/{world.recommendation}/consolidate")
    assert f'href="/recommendations/{world.recommendation}/scenarios"' in page.html
    assert "Who is served" in page.words
