"""Pages of the lessons learnt."""

from tests.builders import a_lesson, evidenced
from tests.counting import counting
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
        == f"{path}#l1"
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


def test_choice_tells_what_speaks_for_each_and_which_are_alike(site: Site, world: World) -> None:
    path = f"/agendas/{world.agenda}/lessons/shortlist"
    assert "Nothing else is proposed." in site.visitor.opens(path).words
    one = a_lesson(world, "Small contracts arrive sooner than others.")
    a_lesson(world, "Small contracts arrived sooner than others.")
    rapporteur = site.acting(world.rapporteur)
    assert rapporteur.opens(path).words.count("much like lesson") == 2
    sent = rapporteur.sends(f"/lessons/{one}/shortlist", action="shortlist", reason="It lasts.", at="choice")
    assert sent.leads_to == f"{path}#l1"
    words = site.visitor.opens(path).words
    assert ["1 of 10 is on the shared list." in words, "Because: It lasts." in words] == [True, True]
    assert "Put it on the list" not in words


def test_lessons_on_the_list_are_put_into_another_order(site: Site, world: World) -> None:
    rapporteur, path = site.acting(world.rapporteur), f"/agendas/{world.agenda}/lessons/shortlist"
    one, other = (a_lesson(world, words) for words in ("Start small.", "Plan upkeep."))
    for lesson in (one, other):
        rapporteur.sends(f"/lessons/{lesson}/shortlist", action="shortlist")
    assert rapporteur.sends(f"/lessons/{other}/rank", rank="1", at="choice").leads_to == f"{path}#l2"
    words = site.visitor.opens(f"/agendas/{world.agenda}/lessons").words
    assert words.index("Plan upkeep.") < words.index("Start small.")
    refused = rapporteur.sends(f"/lessons/{other}/rank", rank="9", at="choice")
    assert (refused.status, "Choose another place, from 1 to 2." in refused.words) == (422, True)


def test_choice_costs_the_same_for_three_lessons_as_for_one(site: Site, world: World) -> None:
    costs, reader = [], site.acting(world.cities[1])
    path = f"/agendas/{world.agenda}/lessons/shortlist"
    reader.opens(path)
    for more in (1, 2):
        for number in range(more):
            a_lesson(world, f"Lesson number {number}{more}.")
        with counting(site.house) as statements:
            reader.opens(path)
        costs.append(len(statements))
    assert costs[0] == costs[1]
