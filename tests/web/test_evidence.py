"""Pages of the evidence."""

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
    assert city.sends(path, fields).leads_to == path
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
