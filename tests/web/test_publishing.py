"""Pages before a paper is made: the checklist, the draft, the frozen text, and the keys."""

from tests.builders import an_amendment, an_edition, endorsed
from tests.counting import counting
from tests.web.visitors import Site
from tests.worlds import World


def test_facility_is_told_what_blocks_and_what_to_look_at(site: Site, world: World) -> None:
    an_amendment(world)
    path = f"/agendas/{world.agenda}/publication"
    page = site.acting(world.facility).opens(path)
    assert [
        said in page.words
        for said in (
            "3 things still keep the agenda from being published.",
            "1 amendment waits for a decision.",
            "1 claim is named by no evidence.",
            "Unit one’s person, Unit one",
            "Assemble edition 1",
        )
    ] == [True, True, True, True, False]
    assert [site.acting(world.cities[0]).opens(path).status, site.visitor.opens(path).status] == [403, 401]


def test_edition_is_assembled_after_a_look_at_its_draft(site: Site, world: World) -> None:
    endorsed(world)
    facility, path = site.acting(world.facility), f"/agendas/{world.agenda}/publication"
    page = facility.opens(path)
    assert "Nothing keeps the agenda from being published." in page.words
    assert page.fields("/editions")["number"] == "1"
    draft = facility.opens(f"{path}/preview").words
    assert ["DRAFT: this is no edition" in draft, "1. Name cities as partners" in draft] == [True, True]
    assert site.acting(world.cities[0]).opens(f"{path}/preview").status == 403


def test_who_approves_reads_exactly_what_was_frozen(site: Site, world: World) -> None:
    edition = an_edition(endorsed(world))
    approver = site.acting(world.approvers[0])
    assert f'href="/editions/{edition}/preview"' in approver.opens(f"/editions/{edition}").html
    words = approver.opens(f"/editions/{edition}/preview").words
    assert "Frozen: exactly what edition 1 prints" in words
    assert world.edition(edition).digest in words
    listed = site.acting(world.facility).opens(f"/agendas/{world.agenda}/publication").words
    assert "waits for a second person" in listed
    assert site.visitor.opens("/editions/nothing/preview").status == 404


def test_keys_are_told_to_the_facility_without_a_secret(site: Site, world: World) -> None:
    page = site.acting(world.facility).opens("/keys")
    assert [said in page.words for said in ("CN=Test seal", "PAdES-B-LTA", "A key of the demonstration")] == [
        True
    ] * 3
    assert site.house.notary.key.text in page.html.replace("&#43;", "+")
    assert [site.acting(world.cities[0]).opens("/keys").status, site.visitor.opens("/keys").status] == [
        403,
        401,
    ]


def test_publication_costs_the_same_for_three_editions_as_for_one(site: Site, world: World) -> None:
    endorsed(world)
    path, facility = f"/agendas/{world.agenda}/publication", site.acting(world.facility)
    facility.opens(path)
    costs = []
    for more in (1, 2):
        for _ in range(more):
            an_edition(world)
        with counting(site.house) as statements:
            facility.opens(path)
        costs.append(len(statements))
    assert costs[0] == costs[1]
