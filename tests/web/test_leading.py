"""The desk of whoever leads a round, and reminding those who are silent."""

from datetime import timedelta

from service.domain.phases import Phase
from service.workflows import agendas
from tests.builders import ASK, an_amendment
from tests.web.visitors import Site
from tests.worlds import World


def test_the_desk_says_what_closes_when_what_waits_and_who_is_silent(site: Site, world: World) -> None:
    facility, path = site.acting(world.facility), f"/agendas/{world.agenda}/desk"
    assert f'href="{path}"' in facility.opens(f"/agendas/{world.agenda}").html
    assert "No amendment has been tabled yet." in facility.opens(path).words
    for member, who in zip(world.cities[:2], ("two contacts", "an officer"), strict=True):
        an_amendment(world, by=member, edit={"ask": ASK.replace("a contact", who)})
    later = (site.house.clock.moment + timedelta(days=3)).replace(hour=17)
    move = agendas.Reschedule(world.agenda, Phase.AMENDING, later, "So.")
    agendas.reschedule(world.acting(world.facility), move)
    words = facility.opens(path).words
    told = (
        "“Amendments” closes on Thursday 8 January, 18:00 in Brussels, in 3 days;",
        "then “Consolidation” opens by itself.",
        "3 organisations have not answered",
        "2 amendments collide",
        "Invite 6 persons",
        "3 organisations that are asked now have not answered. Dawa EU Delegation to Arendia Kesi",
        "2 of 2 amendments are still open. 2 collide with others.",
        "Name cities as partners",
    )
    assert [sentence for sentence in told if sentence not in words] == []


def test_a_reminder_is_shown_before_it_goes_out_and_then_told(site: Site, world: World) -> None:
    facility, path = site.acting(world.facility), f"/agendas/{world.agenda}/reminder"
    page = facility.opens(path)
    assert ("Remind 5 persons?" in page.words, "Amara’s person English" in page.words) == (True, True)
    sent = facility.sends(path, page.fields())
    assert "5 persons are being reminded." in facility.opens(sent.lands_on).words
    again = facility.sends(path, page.fields())
    assert (again.status, "They were reminded within the last day." in again.words) == (409, True)
    assert "the next reminder can go out from" in facility.opens(path).words
    assert "The next reminder can go out from" in facility.opens(f"/agendas/{world.agenda}/desk").words


def test_in_other_phases_nobody_is_silent(site: Site, world: World) -> None:
    world.move(Phase.CONSOLIDATION)
    facility, path = site.acting(world.facility), f"/agendas/{world.agenda}"
    assert "The organisations are asked for nothing in this phase." in facility.opens(f"{path}/desk").words
    assert "There is nobody to remind" in facility.opens(f"{path}/reminder").words
    world.in_phase(Phase.FOLLOW_UP)
    words = facility.opens(f"{path}/desk").words
    assert ("“Follow-up” is the last phase." in words, "Nothing waits for you." in words) == (True, True)


def test_the_desk_is_the_facilitys(site: Site, world: World) -> None:
    paths = [f"/agendas/{world.agenda}/{name}" for name in ("desk", "reminder")]
    assert [site.acting(world.rapporteur).opens(path).status for path in paths] == [403, 403]
    assert [site.visitor.opens(path).status for path in paths] == [401, 401]
