"""A position that came by letter."""

from dataclasses import replace

import pytest

from service.domain.phases import Phase
from tests.web.test_access import secret_of
from tests.web.visitors import Site
from tests.worlds import World


@pytest.fixture
def phase() -> Phase:
    return Phase.ENDORSEMENT


def test_facility_enters_a_letter_that_everyone_sees_named(site: Site, world: World) -> None:
    facility, path = site.acting(world.facility), f"/recommendations/{world.recommendation}"
    assert f"{path}/letter" in facility.opens(path).html
    fields = facility.opens(f"{path}/letter").fields() | {
        "organisation_id": world.cities[0].organisation,
        "stance": "endorsed",
    }
    page = facility.sends(f"{path}/letter", fields)
    assert (page.status, "Name the letter: who signed it, and on which day." in page.words) == (422, True)
    sent = facility.sends(f"{path}/letter", fields, on_paper="Letter of the mayor, 3 January")
    seen = site.visitor.opens(sent.leads_to.partition("?")[0])
    assert "entered by the coordination facility: Letter of the mayor, 3 January" in seen.words


def test_a_letter_is_entered_once_the_facility_has_confirmed_it(guarded: Site, world: World) -> None:
    facility, path = guarded.by_link(world.facility), f"/recommendations/{world.recommendation}/letter"
    fields = facility.opens(path).fields() | {"organisation_id": world.cities[0].organisation}
    asked = facility.sends(path, fields, stance="abstained", on_paper="Letter of 3 January")
    assert (asked.status, "Enter a position that came by letter" in asked.words) == (403, True)
    sent = facility.sends("/me/confirmations/mail", asked.fields("/me/confirmations/mail"))
    done = facility.sends("/me/confirmations/link", key=guarded.house.mailed.secret)
    renewed = replace(facility, secret=secret_of(done.headers["set-cookie"]))
    again = renewed.sends(path, sent.fields(path))
    taken = renewed.sends(path, again.fields(path))
    assert "Letter of 3 January" in renewed.opens(taken.leads_to).words


def test_no_organisation_is_chosen_before_somebody_chooses(site: Site, world: World) -> None:
    facility, path = site.acting(world.facility), f"/recommendations/{world.recommendation}/letter"
    fields = facility.opens(path).fields()
    assert fields["organisation_id"] == ""
    page = facility.sends(path, fields, stance="endorsed", on_paper="Letter of the mayor, 3 January")
    assert (page.status, "Choose one of these." in page.words) == (422, True)


def test_letters_are_the_facilitys_to_enter(site: Site, world: World) -> None:
    city, path = site.acting(world.cities[0]), f"/recommendations/{world.recommendation}"
    assert f"{path}/letter" not in city.opens(path).html
    assert city.opens(f"{path}/letter").status == 403
