"""Pages of the draft of a paper."""

import pytest

from service.domain.drafts import NotPrintableError
from service.domain.phases import Phase
from service.store.jobs import ATTEMPTS
from tests.builders import a_position
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


def test_draft_is_asked_for_waited_for_and_downloaded(site: Site, closed: World) -> None:
    path, approver = f"/agendas/{closed.agenda}/draft-paper", site.acting(closed.approvers[0])
    assert "None has been made yet." in approver.opens(path).words
    assert approver.sends(path).leads_to == path
    waiting = approver.opens(path)
    assert ("It is being made." in waiting.words, 'hx-trigger="every 2s"' in waiting.html) == (True, True)
    closed.house.work()
    done = approver.opens(path)
    assert ("It shows the agenda as it stands." in done.words, "hx-get" in done.html) == (True, False)
    file = approver.opens(f"{path}/draft.pdf")
    assert (file.headers["content-type"], file.headers["cache-control"]) == ("application/pdf", "no-store")
    assert file.html.startswith("%PDF-fake DRAFT")


def test_fault_of_the_printer_is_told(site: Site, closed: World) -> None:
    def refuse(step: str) -> None:
        if step == "draft":
            raise NotPrintableError("a part of it is too tall")

    closed.house.renderer.before = refuse
    path, facility = f"/agendas/{closed.agenda}/draft-paper", site.acting(closed.facility)
    facility.sends(path)
    closed.house.work()
    page = facility.opens(path)
    assert ("a part of it is too tall" in page.words, "Download the draft" in page.words) == (True, False)
    assert (
        "The last draft of the paper could not be printed."
        in facility.opens(f"/agendas/{closed.agenda}/publication").words
    )


def test_draft_that_came_to_no_end_is_told_with_what_to_do(site: Site, closed: World) -> None:
    def stop(step: str) -> None:
        if step == "draft":
            raise OSError("no room on the disk")

    closed.house.renderer.before = stop
    path, facility = f"/agendas/{closed.agenda}/draft-paper", site.acting(closed.facility)
    facility.sends(path)
    for _ in range(ATTEMPTS):
        closed.house.work()
        closed.house.clock.advance(hours=1)
    words = facility.opens(path).words
    said = ("The last try did not succeed", "no room on the disk", "Make a draft", "None has been made yet")
    assert [one in words for one in said] == [True, True, True, False]


def test_draft_is_offered_to_those_who_may_have_it(site: Site, closed: World) -> None:
    link = f'href="/agendas/{closed.agenda}/draft-paper"'
    visitors = (site.visitor, site.acting(closed.cities[0]), site.acting(closed.approvers[0]))
    shown = [link in one.opens(f"/agendas/{closed.agenda}/editions").html for one in visitors]
    assert shown == [False, False, True]
    assert site.acting(closed.cities[0]).opens(f"/agendas/{closed.agenda}/draft-paper").status == 403
