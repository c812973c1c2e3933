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
    assert "Approve and publish" not in facility.opens(edition).words
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
