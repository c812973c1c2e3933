"""Pages of an agenda's participants."""

import re

from service.domain.importing import template
from service.workflows import invitations, participants
from tests.counting import counting
from tests.web.visitors import Site, Visitor
from tests.worlds import World

LIST = template().encode()


def path_of(world: World) -> str:
    return f"/agendas/{world.agenda}/participants"


def hands_in(visitor: Visitor, path: str, content: bytes, step: str) -> tuple[int, str]:
    page = visitor.hands_in(path, "file", content, step=step)
    return page.status, page.words


def test_facility_invites_withdraws_and_finds(site: Site, world: World) -> None:
    facility, path = site.acting(world.facility), path_of(world)
    assert path in facility.opens(f"/agendas/{world.agenda}").html
    amara = world.cities[0]
    assert facility.sends(f"{path}/invitations", person_id=amara.person, act="invite").leads_to == path
    found = facility.opens(f"{path}?q=Amara&state=sent")
    assert "Amara’s person invited amara@example.org · sent on 5 January 2026" in found.words
    assert facility.sends(f"{path}/invitations", person_id=amara.person, act="withdraw").status == 303
    assert "invitation withdrawn: 1" in facility.opens(path).words
    assert facility.sends(f"{path}/invitations").status == 303
    assert "not invited yet: 0" in facility.opens(path).words
    assert "Nobody fits." in facility.opens(f"{path}?state=accepted").words


def test_forms_of_the_page_lead_where_invitations_are_made(site: Site, world: World) -> None:
    facility, path = site.acting(world.facility), path_of(world)
    shown = facility.opens(path)
    assert sorted(shown.fields(f"{path}/invitations")) == ["csrf", "person_id"]
    assert f'href="{path}/import"' in shown.html
    assert f'href="{path}"' in facility.opens(f"{path}/import").html


def test_what_cannot_be_done_is_said(site: Site, world: World) -> None:
    facility, path = site.acting(world.facility), path_of(world)
    once = {"person_id": world.cities[0].person, "act": "withdraw"}
    assert facility.sends(f"{path}/invitations", once | {"act": "invite"}).status == 303
    assert facility.sends(f"{path}/invitations", once).status == 303
    page = facility.sends(f"{path}/invitations", once)
    assert (page.status, "This did not work" in page.words) == (409, True)


def test_everyone_is_invited_after_a_look_at_how_many_mails_that_sends(site: Site, world: World) -> None:
    facility, path = site.acting(world.facility), f"{path_of(world)}/invitations"
    asked = facility.opens(path)
    assert re.search(r"Send [0-9]+ mails", asked.words)
    assert facility.sends(path, asked.fields(path)).status == 303
    assert "Everyone was invited." in facility.opens(path).words


def test_one_person_is_added_and_found(site: Site, world: World) -> None:
    facility, path = site.acting(world.facility), f"{path_of(world)}/new"
    amara = world.cities[0]
    told = {"person": "Bo Example", "email": "Bo@new.example", "language": "pt", "role": "representative"}
    sent = facility.opens(path).fields(path) | told | {"organisation": amara.name}
    added = facility.sends(path, sent)
    assert (added.leads_to, added.done) == (f"{path_of(world)}?q=bo%40new.example", "person_added")
    assert "Bo Example not invited yet bo@new.example" in facility.opens(added.lands_on).words


def test_what_is_wrong_with_one_person_stands_beside_the_field_and_nothing_typed_is_lost(
    site: Site, world: World
) -> None:
    facility, path = site.acting(world.facility), f"{path_of(world)}/new"
    sent = facility.opens(path).fields(path) | {
        "person": "Bo",
        "organisation": "Nowhere",
        "role": "representative",
    }
    without = facility.sends(path, sent)
    assert (without.status, "A person needs a mail address." in without.words) == (422, True)
    again = facility.sends(path, sent | {"email": "bo@new.example"})
    assert (again.status, 'value="bo@new.example"' in again.html) == (422, True)
    assert "This organisation is new, so please fill this in." in again.words
    assert "Bo" not in facility.opens(path_of(world)).words.split()


def test_somebody_with_the_address_is_not_renamed_in_passing(site: Site, world: World) -> None:
    facility, path = site.acting(world.facility), f"{path_of(world)}/new"
    amara = world.cities[0]
    told = {"person": "Bo", "email": amara.email, "role": "representative", "organisation": amara.name}
    refused = facility.sends(path, facility.opens(path).fields(path) | told)
    assert (refused.status, "Somebody with another name has this address here." in refused.words) == (
        422,
        True,
    )
    assert "Amara’s person" in facility.opens(path_of(world)).words


def test_a_list_is_shown_and_then_imported(site: Site, world: World) -> None:
    facility, path = site.acting(world.facility), f"{path_of(world)}/import"
    assert "Show what would happen" in facility.opens(path).words
    status, words = hands_in(facility, path, LIST, "preview")
    assert (status, "This would happen" in words, "persons 2 0 0" in words) == (200, True, True)
    status, words = hands_in(facility, path, LIST, "import")
    assert (status, "The list was imported" in words) == (200, True)
    assert "Ada Example" in facility.opens(path_of(world)).words
    assert "persons 0 0 2" in hands_in(facility, path, LIST, "import")[1]


def test_errors_of_rows_are_told_in_the_readers_language(site: Site, world: World) -> None:
    facility, path = site.acting(world.facility), f"{path_of(world)}/import"
    wrong = LIST.replace(b"ada@lakeside.example", b"nobody")
    status, words = hands_in(facility, path, wrong, "preview")
    assert (status, "Row 2 Column email Write one address, such as name@city.example." in words) == (
        200,
        True,
    )
    status, words = hands_in(facility, path, wrong, "import")
    assert (status, "Write one address, such as name@city.example." in words) == (422, True)
    assert hands_in(facility, path, b"", "preview")[0] == 422


def test_an_empty_list_is_downloaded(site: Site) -> None:
    page = site.visitor.opens("/participants/template.csv")
    assert (page.status, page.html.lstrip("\ufeff"), page.headers["content-type"]) == (
        200,
        template(),
        "text/csv; charset=utf-8",
    )


def test_participants_are_the_facilitys_to_see(site: Site, world: World) -> None:
    for path in (path_of(world), f"{path_of(world)}/import"):
        assert site.visitor.opens(path).status == 401
        assert site.acting(world.cities[0]).opens(path).status == 403


def test_page_takes_the_same_statements_however_many_there_are(site: Site, world: World) -> None:
    facility, path = site.acting(world.facility), path_of(world)
    made = []
    for query in ("?q=Amara", ""):
        with counting(site.house) as statements:
            facility.opens(path + query)
        made.append(len(statements))
    assert made[0] == made[1]


def test_participants_are_found_by_region_and_by_partnership(site: Site, world: World) -> None:
    facility, path = site.acting(world.facility), path_of(world)
    partnership = participants.partnerships(world.acting(world.facility), world.agenda)
    assert [one.name for one in partnership] == ["Water for all"]
    asked = (
        "?region=asia_pacific",
        f"?partnership={partnership[0].id}",
        "?region=asia_pacific&q=Amara",
        "?region=x",
    )
    names = [re.findall(r"<h3>([^<]+)</h3>", facility.opens(path + query).html) for query in asked]
    assert names[:3] == [["Dawa’s person"], ["Amara’s person", "Vilaró’s person"], []]
    assert len(names[3]) == 6
    assert "Nobody fits. Look for less, or show all." in facility.opens(path + asked[2]).words


def test_each_person_tells_the_next_step(site: Site, world: World) -> None:
    facility, path = site.acting(world.facility), path_of(world)
    assert "Next: invite them" in facility.opens(f"{path}?q=Amara").words
    invitations.invite(world.acting(world.facility), world.cities[0].person)
    assert "Next: wait; the invitation is on its way" in facility.opens(f"{path}?q=Amara").words
