"""Pages on which the rapporteur begins a recommendation, tables it, or takes it off the agenda."""

import pytest

from service.domain.phases import Phase
from service.domain.recommendations import Addressee, RecommendationState
from service.workflows import reading
from tests.web.visitors import Site
from tests.worlds import World


@pytest.fixture
def phase() -> Phase:
    return Phase.PREPARATION


def test_a_recommendation_is_drafted_tabled_and_withdrawn(site: Site, world: World) -> None:
    rapporteur, new = site.acting(world.rapporteur), f"/agendas/{world.agenda}/recommendations/new"
    typed = {"theme": "Water", "title": "Fund wells", "text": "Calls on cities.\n\n- in 2027\n"}
    fields = rapporteur.opens(new).fields("") | typed
    kept = rapporteur.sends(new, fields, addressee="cities")
    path = kept.leads_to.removesuffix("/edit")
    made = reading.recommendation(world.acting(world.rapporteur), path.rsplit("/", 1)[1])
    assert (made.title, made.addressee, made.state) == (
        "Fund wells",
        Addressee.CITIES,
        RecommendationState.DRAFT,
    )
    edit = rapporteur.opens(kept.leads_to)
    assert "Table this draft" in edit.words
    assert rapporteur.sends(f"{path}/tabling", edit.fields("/tabling")).leads_to == path
    assert "Table this draft" not in rapporteur.opens(f"{path}/edit").words
    page = rapporteur.opens(f"{path}/withdrawal")
    again = rapporteur.sends(f"{path}/withdrawal", page.fields())
    assert (again.status, "Give the reason" in again.words) == (422, True)
    assert (
        rapporteur.sends(f"{path}/withdrawal", page.fields(), reason="It is said elsewhere.").leads_to == path
    )
    assert reading.recommendation(world.house.stranger, made.id).state is RecommendationState.WITHDRAWN


def test_what_a_draft_lacks_is_said_at_its_field(site: Site, world: World) -> None:
    rapporteur, new = site.acting(world.rapporteur), f"/agendas/{world.agenda}/recommendations/new"
    whole = {"addressee": "cities", "theme": "Water", "title": "Fund wells", "text": "Calls on cities."}
    for field, wrong in (
        ("addressee", "x"),
        ("theme", ""),
        ("title", " "),
        ("text", ""),
        ("text", "# Two titles"),
    ):
        page = rapporteur.sends(new, whole | {field: wrong})
        assert (field, page.status, f'href="#{field}"' in page.html) == (field, 422, True)


def test_drafting_and_withdrawing_are_not_for_others(site: Site, world: World) -> None:
    paths = (
        f"/agendas/{world.agenda}/recommendations/new",
        f"/recommendations/{world.recommendation}/withdrawal",
    )
    assert [site.acting(world.service).opens(path).status for path in paths] == [403, 404]
