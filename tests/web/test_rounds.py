"""Pages on which the facility opens a round and edits it."""

from datetime import date

import pytest

from service.domain.actors import OrganisationKind
from service.domain.adoption import AdoptionRule, Share
from service.domain.phases import Phase
from service.workflows import reading
from tests.builders import RULE, a_recommendation
from tests.counting import counting
from tests.web.visitors import Site
from tests.worlds import World

TYPED = {
    "title": "Lagos 2027",
    "headline": "Cities build",
    "programme": "Partnerships",
    "meeting": "Meeting",
    "place": "Lagos",
    "starts_on": "2027-03-10",
    "ends_on": "2027-03-12",
    "time_zone": "Africa/Lagos",
}


@pytest.fixture
def phase() -> Phase:
    return Phase.PREPARATION


def test_a_round_is_opened_after_its_rule_is_read_in_words(site: Site, world: World) -> None:
    facility = site.acting(world.facility)
    page = facility.opens("/agendas/new")
    assert "At least 2 of 3 of those for or against have to endorse" in page.words
    fields = page.fields() | TYPED | {"threshold_of": "3", "threshold_per": "4"}
    seen = facility.sends("/agendas/new", fields, step="preview", counts=["local_authority", "network"])
    assert "Those that count: local authority and network." in seen.words
    assert "At least 3 of 4 of those for or against have to endorse, and at least one." in seen.words
    made = facility.sends(
        "/agendas/new", fields, step="save", counts=["local_authority", "network"], silence="yes"
    )
    view = reading.agenda(site.house.stranger, made.leads_to.split("/")[2])
    kinds = (OrganisationKind.LOCAL_AUTHORITY, OrganisationKind.NETWORK)
    assert (view.title, view.starts_on, view.time_zone, view.language) == (
        "Lagos 2027",
        date(2027, 3, 10),
        "Africa/Lagos",
        "en",
    )
    assert view.rule == AdoptionRule(kinds, Share(1, 2), Share(3, 4), 0, silence=True)


def test_what_a_round_lacks_is_said_at_its_field_and_kept(site: Site, world: World) -> None:
    facility = site.acting(world.facility)
    fields = facility.opens("/agendas/new").fields() | TYPED
    wrong = {
        "starts_on": "soon",
        "time_zone": "Mars/Base",
        "quorum_of": "half",
        "threshold_of": "5",
        "title": "",
        "language": "xx",
    }
    for field, typed in wrong.items():
        page = facility.sends(
            "/agendas/new", fields | {field: typed}, step="save", counts=["local_authority"]
        )
        assert (field, page.status, f'href="#{field}"' in page.html) == (field, 422, True)
    del fields["counts"]
    nobody = facility.sends("/agendas/new", fields, step="save")
    assert (nobody.status, 'href="#counts"' in nobody.html, "Lagos 2027" in nobody.html) == (422, True, True)
    early = facility.sends(
        "/agendas/new", fields | {"ends_on": "2027-03-09"}, step="save", counts=["network"]
    )
    assert "The meeting cannot end before it starts." in early.words


def test_a_round_is_edited_and_the_record_names_only_what_changed(site: Site, world: World) -> None:
    facility, path = site.acting(world.facility), f"/agendas/{world.agenda}/edit"
    page = facility.opens(path)
    assert "Recommendations are drafted in it, so it stays." in page.words
    fields = page.fields("") | {"place": "Lagos", "blocking": "3"}
    with world.recording() as entries:
        saved = facility.sends(path, fields, step="save", counts=["local_authority"])
    assert [(e.name, e.data["changed"]) for e in entries] == [("agenda.edited", ["place", "rule"])]
    assert "The round is changed." in facility.opens(saved.lands_on).words
    stale = facility.sends(path, fields, step="save", counts=["local_authority"])
    assert (stale.status, "Someone else changed this in the meantime." in stale.words) == (412, True)
    seen = facility.sends(path, fields, step="preview", counts=["eu_service"])
    assert ("Those that count: EU service." in seen.words, world.view.rule.counts) == (True, RULE.counts)


def test_drafts_are_put_into_another_order(site: Site, world: World) -> None:
    other = a_recommendation(world.acting(world.rapporteur), world.agenda)
    facility, path = site.acting(world.facility), f"/agendas/{world.agenda}"
    page = facility.opens(f"{path}/edit")
    for step, numbers in ((f"up.{other}", [2, 1]), (f"down.{other}", [1, 2]), (f"up.{other}", [2, 1])):
        moved = facility.sends(f"{path}/order", page.fields("/order"), step=step)
        assert moved.leads_to == f"{path}/edit#order"
        assert [
            world.summary.number,
            reading.recommendation(world.acting(world.rapporteur), other).number,
        ] == numbers
    world.move(Phase.COMMENTING)
    settled = facility.sends(f"{path}/order", page.fields("/order"), step=f"up.{world.recommendation}")
    assert (settled.status, "The order cannot change any more" in settled.words) == (409, True)
    assert (
        "They were tabled and are known by their numbers, so the order stays."
        in facility.opens(f"{path}/edit").words
    )


def test_a_rule_that_positions_are_taken_under_stays(site: Site, world: World) -> None:
    world.in_phase(Phase.ENDORSEMENT)
    facility, path = site.acting(world.facility), f"/agendas/{world.agenda}/edit"
    page = facility.opens(path)
    assert "Positions are taken under this rule, so it stays." in page.words
    rule = {"quorum_of": "0", "quorum_per": "1", "threshold_of": "1", "threshold_per": "2", "blocking": "0"}
    refused = facility.sends(path, page.fields("") | rule, step="save", counts=["local_authority"])
    assert (refused.status, "The rule for adoption cannot change any more" in refused.words) == (409, True)
    facility.sends(path, page.fields("") | {"place": "Lagos"}, step="save")
    assert (world.view.place, world.view.rule) == ("Lagos", RULE)


def test_rounds_are_the_facilitys(site: Site, world: World) -> None:
    paths = ("/agendas/new", f"/agendas/{world.agenda}/edit")
    assert [site.acting(world.rapporteur).opens(path).status for path in paths] == [403, 403]
    assert [site.visitor.opens(path).status for path in paths] == [401, 401]


def test_the_round_editor_takes_the_same_statements_however_many_texts_there_are(
    site: Site, world: World
) -> None:
    facility, made = site.acting(world.facility), []
    for more in (0, 2):
        for _ in range(more):
            a_recommendation(world.acting(world.rapporteur), world.agenda)
        with counting(site.house) as statements:
            facility.opens(f"/agendas/{world.agenda}/edit")
        made.append(len(statements))
    assert made[0] == made[1]
