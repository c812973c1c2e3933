"""Pages of corrections after publication."""

import pytest

from service.domain.phases import Phase
from tests.builders import REASON, a_lesson, evidenced
from tests.web.visitors import Site
from tests.worlds import World

RIGHT = "Small contracts arrive earlier."


def test_a_published_lesson_is_put_right_where_it_is_read(site: Site, world: World) -> None:
    lesson, listed = a_lesson(world), f"/agendas/{world.agenda}/lessons"
    world.in_phase(Phase.PUBLICATION)
    facility, place = site.acting(world.facility), f"/lessons/{lesson}/correction"
    assert f'href="{place}"' in facility.opens(listed).html
    assert f'href="{place}"' not in site.acting(world.rapporteur).opens(listed).html
    form = facility.opens(place)
    assert form.fields()["text"] == "Small contracts arrive sooner."
    bare = facility.sends(place, form.fields(), text=RIGHT, reason="")
    assert (bare.status, bare.fields()["text"]) == (422, RIGHT)
    assert facility.sends(place, form.fields(), text=RIGHT, reason=REASON).leads_to == f"{listed}#l1"
    late = facility.sends(place, form.fields(), text="Other.", reason=REASON)
    assert (late.status, f"Somebody else saved meanwhile: {RIGHT}" in late.words) == (412, True)
    assert late.fields()["text"] == "Other."
    words = site.visitor.opens(listed).words
    assert f": {REASON} Before that it said: Small contracts arrive sooner." in words


def test_published_evidence_is_put_right_where_it_is_read(site: Site, world: World) -> None:
    piece, listed = evidenced(world), f"/agendas/{world.agenda}/evidence"
    world.in_phase(Phase.PUBLICATION)
    facility, place = site.acting(world.facility), f"/evidence/{piece}/correction"
    assert f'href="{place}"' in facility.opens(listed).html
    form = facility.opens(place)
    wrong = facility.sends(place, form.fields(), url="nowhere", reason=REASON)
    assert (wrong.status, 'href="#url"' in wrong.html) == (422, True)
    assert facility.sends(place, form.fields(), page="12", reason=REASON).leads_to == f"{listed}#e1"
    late = facility.sends(place, form.fields(), page="13", reason=REASON)
    stands = "Somebody else saved meanwhile: Water losses halved · Partnership report · 12"
    assert (late.status, stands in late.words, late.fields()["page"]) == (412, True, "13")
    words = site.visitor.opens(listed).words
    assert f"{REASON} Before that it said: Water losses halved · Partnership report" in words


@pytest.mark.parametrize("kind", ["lessons", "evidence"])
def test_nobody_else_is_shown_the_form_and_nobody_before_publication(
    site: Site, world: World, kind: str
) -> None:
    made = a_lesson(world) if kind == "lessons" else evidenced(world)
    place = f"/{kind}/{made}/correction"
    assert site.acting(world.facility).opens(place).status == 409
    world.in_phase(Phase.PUBLICATION)
    assert [who.opens(place).status for who in (site.acting(world.rapporteur), site.visitor)] == [403, 401]


def test_the_checklist_tells_of_corrections_that_no_edition_prints(site: Site, world: World) -> None:
    world.in_phase(Phase.PUBLICATION)
    words = site.acting(world.facility).opens(f"/agendas/{world.agenda}/publication").words
    assert "No correction waits for a further edition." in words
