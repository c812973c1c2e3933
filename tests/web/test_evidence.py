"""Pages of the evidence."""

from tests.builders import evidenced
from tests.counting import counting
from tests.web.visitors import Site
from tests.worlds import World

TYPED = {
    "kind": "result",
    "title": "Losses halved",
    "source": "",
    "quotation": "From 40 to 20 %",
    "url": "javascript:1",
}


def test_evidence_is_added_and_leads_to_what_it_underpins(site: Site, world: World) -> None:
    city, path = site.acting(world.cities[0]), f"/agendas/{world.agenda}/evidence"
    fields = city.opens(path).fields("/evidence") | TYPED
    fields |= {"source": "Report", "url": "https://example.org/r", "recommendation_id": world.recommendation}
    assert city.sends(path, fields).tells == f"{path}?done=evidence_added#e1"
    page = site.visitor.opens(path)
    assert ("Underpins recommendation 1" in page.words, 'href="https://example.org/r"' in page.html) == (
        True,
        True,
    )


def test_every_fault_is_told_and_everything_typed_comes_back(site: Site, world: World) -> None:
    city, path = site.acting(world.cities[0]), f"/agendas/{world.agenda}/evidence"
    page = city.sends(path, city.opens(path).fields("/evidence") | TYPED)
    again = page.fields("/evidence")
    assert (page.status, {name: again[name] for name in TYPED}) == (422, TYPED)
    assert [f'href="#{name}"' in page.html for name in ("source", "url", "title")] == [True, True, False]


def test_claims_without_evidence_lead_to_the_form_for_exactly_that_block(site: Site, world: World) -> None:
    path, city = f"/agendas/{world.agenda}/evidence/claims", site.acting(world.cities[0])
    page = city.opens(path)
    assert "1 of 1 claim is named by no evidence yet." in page.words
    block = world.blocks["why"].id
    link = (
        f"/agendas/{world.agenda}/evidence?recommendation_id={world.recommendation}&amp;block_id={block}#add"
    )
    assert (link in page.html, link in site.visitor.opens(path).html) == (True, False)
    form = city.opens(link.replace("&amp;", "&").removesuffix("#add"))
    assert "It underpins exactly this, block 3: Partnerships have shown results" in form.words
    fields = form.fields("/evidence") | TYPED | {"source": "Report", "url": ""}
    assert city.sends(f"/agendas/{world.agenda}/evidence", fields).status == 303
    words = site.visitor.opens(path).words
    assert ("0 of 1 claim" in words, "Every claim is named by evidence." in words) == (True, True)
    assert "1. Losses halved" in site.visitor.opens(f"{path}?show=all").words


def test_claims_cost_the_same_for_three_pieces_of_evidence_as_for_one(site: Site, world: World) -> None:
    costs, reader = [], site.acting(world.cities[1])
    path = f"/agendas/{world.agenda}/evidence/claims?show=all"
    reader.opens(path)
    for more in (1, 2):
        for _ in range(more):
            evidenced(world)
        with counting(site.house) as statements:
            reader.opens(path)
        costs.append(len(statements))
    assert costs[0] == costs[1]
