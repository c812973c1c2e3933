"""Pages of the lessons learnt."""

from tests.builders import a_lesson, evidenced
from tests.web.visitors import Site
from tests.worlds import World


def test_lesson_is_proposed_with_its_evidence_and_put_on_the_list(site: Site, world: World) -> None:
    evidence = evidenced(world)
    city, path = site.acting(world.cities[0]), f"/agendas/{world.agenda}/lessons"
    city.sends(
        path,
        text="Small sums teach more.",
        organisation_id=world.cities[0].organisation,
        evidence_ids=evidence,
    )
    lesson = a_lesson(world)
    assert (
        site.acting(world.rapporteur).sends(f"/lessons/{lesson}/shortlist", action="shortlist").leads_to
        == path
    )
    words = site.visitor.opens(path).words
    assert ("The shared list: 1 of 10" in words, "evidence 1" in words) == (True, True)


def test_list_takes_no_eleventh(site: Site, world: World) -> None:
    rapporteur = site.acting(world.rapporteur)
    ids = [a_lesson(world, f"Lesson number {n}.") for n in range(11)]
    pages = [rapporteur.sends(f"/lessons/{i}/shortlist", action="shortlist") for i in ids]
    assert [page.status for page in pages] == [*[303] * 10, 409]
    assert "The shared list already holds 10 lessons." in pages[-1].words


def test_empty_lesson_comes_back(site: Site, world: World) -> None:
    page = site.acting(world.cities[0]).sends(
        f"/agendas/{world.agenda}/lessons", text="", organisation_id=world.cities[0].organisation
    )
    assert (page.status, page.words.count("Say in one sentence what was learnt.")) == (422, 2)


def test_forms_are_for_those_who_may_use_them(site: Site, world: World) -> None:
    a_lesson(world)
    path = f"/agendas/{world.agenda}/lessons"
    shown = {
        "visitor": site.visitor.opens(path).words,
        "city": site.acting(world.cities[0]).opens(path).words,
        "rapporteur": site.acting(world.rapporteur).opens(path).words,
    }
    found = {who: ["Propose a lesson" in w, "Put on the list" in w] for who, w in shown.items()}
    assert found == {"visitor": [False, False], "city": [True, False], "rapporteur": [True, True]}
