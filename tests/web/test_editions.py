"""Pages of editions."""

import pytest

from service.domain.phases import Phase
from tests.builders import TITLE, a_position, a_released_edition, an_edition
from tests.web.visitors import Site
from tests.worlds import World


@pytest.fixture
def phase() -> Phase:
    return Phase.ENDORSEMENT


@pytest.fixture
def closed(world: World) -> World:
    """The world when positions are taken and publication is open."""
    for city in world.cities:
        a_position(world, by=city)
    return world.in_phase(Phase.PUBLICATION)


def test_one_assembles_another_approves_and_the_paper_comes_by_itself(site: Site, closed: World) -> None:
    facility, approver = site.acting(closed.facility), site.acting(closed.approvers[0])
    made = facility.sends(f"/agendas/{closed.agenda}/editions")
    edition = made.leads_to
    assert "Sign this edition" not in facility.opens(edition).words
    approver.sends(f"{edition}/approval", approver.opens(edition).fields("/approval"))
    assert 'http-equiv="refresh"' in approver.opens(edition).html
    assert "hx-refresh" not in approver.opens(f"{edition}/progress").headers
    closed.house.work()
    assert approver.opens(f"{edition}/progress").headers["hx-refresh"] == "true"
    page = site.visitor.opens(edition)
    assert ("Download the signed paper" in page.words, 'http-equiv="refresh"' in page.html) == (True, False)
    paper = site.client.get(f"{edition}/paper.pdf")
    assert (paper.status_code, paper.headers["content-type"], paper.content[:4]) == (
        200,
        "application/pdf",
        b"%PDF",
    )
    assert site.visitor.opens(f"/agendas/{closed.agenda}/paper").leads_to == f"{edition}/paper.pdf"


def test_who_assembled_it_cannot_approve_it(site: Site, closed: World) -> None:
    edition = an_edition(closed)
    page = site.acting(closed.facility).sends(
        f"/editions/{edition}/approval", digest=closed.edition(edition).digest
    )
    assert page.status == 403


def test_approval_of_another_digest_is_refused(site: Site, closed: World) -> None:
    edition = an_edition(closed)
    page = site.acting(closed.approvers[0]).sends(f"/editions/{edition}/approval", digest="0" * 64)
    assert page.status == 409


def test_edition_cannot_be_assembled_while_recommendations_are_open(site: Site, world: World) -> None:
    page = site.acting(world.facility).sends(f"/agendas/{world.agenda}/editions")
    assert (page.status, "This is not open now" in page.words) == (409, True)


def test_paper_that_is_not_made_yet_is_not_there(site: Site, closed: World) -> None:
    edition = an_edition(closed)
    assert site.visitor.opens(f"/editions/{edition}/paper.pdf").status == 409
    assert site.visitor.opens(f"/agendas/{closed.agenda}/paper").status == 404


def test_published_agenda_is_read_where_it_is_downloaded(site: Site, closed: World) -> None:
    edition = a_released_edition(closed)
    for path in (f"/agendas/{closed.agenda}/editions", f"/editions/{edition}"):
        page = site.visitor.opens(path)
        assert f'<a href="/recommendations/{closed.recommendation}" dir="auto">{TITLE}</a>' in page.html
        assert "endorsed: 4" in page.words
        assert f'href="/api/v1/editions/{edition}/snapshot" download="edition-1.json"' in page.html


def test_nothing_is_said_to_be_published_before_it_is(site: Site, closed: World) -> None:
    edition = an_edition(closed)
    found = [
        TITLE in site.visitor.opens(path).words
        for path in (f"/agendas/{closed.agenda}/editions", f"/editions/{edition}")
    ]
    assert found == [False, False]


def test_the_facility_names_who_signs_and_everyone_reads_who_has(site: Site, closed: World) -> None:
    facility, (first, second) = site.acting(closed.facility), map(site.acting, closed.approvers)
    where = f"/agendas/{closed.agenda}/editions"
    assert facility.opens(where).html.count('name="signatories"') == 2
    none = facility.sends(where, number="1", naming="1")
    assert (none.status, "Choose at least one person who is to sign it." in none.words) == (422, True)
    ids = [member.person for member in closed.approvers]
    edition = facility.sends(where, number="1", naming="1", signatories=ids).leads_to
    first.sends(f"{edition}/approval", first.opens(edition).fields("/approval"))
    words = site.visitor.opens(edition).words
    assert "Unit one’s person" in words
    assert "It is published when everyone who is to sign it has signed." in words
    assert "Sign this edition" not in first.opens(edition).words
    second.sends(f"{edition}/approval", second.opens(edition).fields("/approval"))
    assert 'http-equiv="refresh"' in second.opens(edition).html


def test_who_declines_says_why_and_the_page_says_what_follows(site: Site, closed: World) -> None:
    facility, first = site.acting(closed.facility), site.acting(closed.approvers[0])
    ids = [member.person for member in closed.approvers]
    edition = facility.sends(f"/agendas/{closed.agenda}/editions", number="1", signatories=ids).leads_to
    digest = first.opens(edition).fields("/refusal")["digest"]
    empty = first.sends(f"{edition}/refusal", digest=digest, reason="")
    assert (empty.status, "Say what keeps you from signing" in empty.words) == (422, True)
    first.sends(f"{edition}/refusal", digest=digest, reason="The third ask is not ours.")
    words = site.visitor.opens(edition).words
    assert ("The third ask is not ours." in words, "A signatory declined to sign" in words) == (True, True)


def test_the_facility_goes_on_without_who_is_silent(site: Site, closed: World) -> None:
    facility, first = site.acting(closed.facility), site.acting(closed.approvers[0])
    ids = [member.person for member in closed.approvers]
    edition = facility.sends(f"/agendas/{closed.agenda}/editions", number="1", signatories=ids).leads_to
    first.sends(f"{edition}/approval", first.opens(edition).fields("/approval"))
    view = closed.edition(edition.rpartition("/")[2])
    silent = next(one for one in view.signatories if one.person_id == closed.approvers[1].person)
    path = f"{edition}/signatories/{silent.id}/removal"
    assert first.sends(path).status == 403
    assert facility.sends(path, facility.opens(edition).fields("/removal")).leads_to == edition
    assert 'http-equiv="refresh"' in facility.opens(edition).html
    again = facility.sends(path)
    assert again.status == 409
