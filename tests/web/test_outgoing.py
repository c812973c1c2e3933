"""Outgoing mail and jobs, as the coordination facility sees them."""

from email.message import EmailMessage

import pytest

from service.domain.access import LinkPurpose
from service.domain.mails import Mail, Undeliverable
from service.store import jobs
from service.store.uow import UnitOfWork
from service.workflows import mails
from service.workflows.context import Context
from service.workflows.ports import Mailing
from tests.counting import counting
from tests.houses import House
from tests.web.visitors import Site
from tests.worlds import World

FACTS = {"comment_id": "C1", "recommendation": "Name <cities>", "recommendation_number": 1}
MENTION = {**FACTS, "organisation": "Amara", "mentioned": "Kesi", "text": "What do\nyou say?"}


def post(house: House, person_id: str | None = None, *, link: LinkPurpose | None = None) -> str:
    template = "mention" if link is None else "sign_in_link"
    mail = Mail(template, "ada@city.example", "en", MENTION, person_id, link=link)
    with house.operator.transaction() as work:
        return mails.post(house.operator, work, mail)


def refused(house: House) -> str:
    """Post a mail that the server refuses for good."""
    assert house.postman is not None

    def refuse(_: EmailMessage) -> None:
        raise Undeliverable("550 no such person")

    house.postman.before = refuse
    mail = post(house)
    house.work()
    house.postman.before = lambda _: None
    return mail


def test_facility_reads_every_mail_as_its_reader_gets_it(site: Site, world: World) -> None:
    mail = post(site.house)
    site.house.work()
    facility = site.acting(world.facility)
    listed = facility.opens("/mail")
    assert f'href="/mail/{mail}"' in listed.html
    assert "to ada@city.example" in listed.words
    read = facility.opens(f"/mail/{mail}")
    assert "In a comment on recommendation 1, “Name &lt;cities&gt;”, Amara writes:" in read.html
    assert 'href="/comments/C1"' in read.html
    assert "You get this because you act for Kesi, which is mentioned in it." in read.words


@pytest.mark.parametrize("path", ["/mail", "/mail/01J9ZC5V7N8Q4T2X6B3D0KMRWA", "/jobs"])
def test_nobody_else_reads_them(site: Site, world: World, path: str) -> None:
    assert (site.visitor.opens(path).status, site.acting(world.cities[0]).opens(path).status) == (401, 403)


def test_mail_that_is_not_there_is_not_found(site: Site, world: World) -> None:
    facility = site.acting(world.facility)
    assert facility.opens("/mail/01J9ZC5V7N8Q4T2X6B3D0KMRWA").status == 404
    assert facility.sends("/mail/01J9ZC5V7N8Q4T2X6B3D0KMRWA/retry").status == 404
    assert facility.sends("/jobs/01J9ZC5V7N8Q4T2X6B3D0KMRWA/retry").status == 404


def test_state_that_is_none_is_refused(site: Site, world: World) -> None:
    facility = site.acting(world.facility)
    assert [facility.opens(f"{path}?state=lost").status for path in ("/mail", "/jobs")] == [422, 422]


def test_failure_is_told_and_tried_again(site: Site, world: World) -> None:
    mail = refused(site.house)
    facility = site.acting(world.facility)
    assert f"/mail/{mail}" in facility.opens("/mail?state=failed").html
    page = facility.opens(f"/mail/{mail}")
    assert "What stopped it: 550 no such person" in page.words
    assert facility.sends(f"/mail/{mail}/retry", page.fields("/retry")).leads_to == f"/mail/{mail}"
    site.house.work()
    assert [sent["To"] for sent in site.house.postman.sent] == ["ada@city.example"]  # type: ignore[union-attr]  # there is one
    assert "failed" not in facility.opens(f"/mail/{mail}").words


def test_mail_at_which_every_worker_died_waits_for_a_person_who_tries_again(site: Site, world: World) -> None:
    mail = post(site.house)
    for _ in range(jobs.ATTEMPTS):
        assert jobs.claim(site.house.database, "dies") is not None
        site.house.clock.advance(seconds=61)
    site.house.work()
    facility = site.acting(world.facility)
    assert f"/mail/{mail}" in facility.opens("/mail?state=failed").html
    assert f"/mail/{mail}" not in facility.opens("/mail?state=waiting").html
    assert "failed (1)" in facility.opens("/mail").words
    page = facility.opens(f"/mail/{mail}")
    assert "What stopped it: the worker died at every attempt" in page.words
    assert "It waits for a person now: nothing is tried again by itself." in page.words
    facility.sends(f"/mail/{mail}/retry", page.fields("/retry"))
    assert "waiting" in facility.opens(f"/mail/{mail}").words
    site.house.work()
    assert [sent["To"] for sent in site.house.postman.sent] == ["ada@city.example"]  # type: ignore[union-attr]  # there is one
    assert "sent" in facility.opens(f"/mail/{mail}").words


def test_job_that_was_given_up_is_told_and_begins_anew(site: Site, world: World) -> None:
    mail = refused(site.house)
    facility = site.acting(world.facility)
    page = facility.opens("/jobs?state=failed")
    assert "Sending a mail failed" in page.words
    assert "What stopped it: Undeliverable: 550 no such person" in page.words
    assert f'href="/mail/{mail}"' in page.html
    job = page.html.partition('action="/jobs/')[2].partition("/retry")[0]
    assert facility.sends(f"/jobs/{job}/retry", page.fields("/retry")).leads_to == "/jobs"
    site.house.work()
    assert "Sending a mail done" in facility.opens("/jobs").words


def test_lists_cost_the_same_for_one_and_for_three(site: Site, world: World) -> None:
    facility = site.acting(world.facility)
    costs = []
    for more in (1, 2):
        for _ in range(more):
            post(site.house)
        with counting(site.house) as statements:
            facility.opens("/mail")
            facility.opens("/jobs")
        costs.append(len(statements))
    assert costs[0] == costs[1]


def test_secret_link_is_followed_in_the_demonstration_alone(
    site: Site, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def make(work: UnitOfWork, ctx: Context, purpose: LinkPurpose, person_id: str, _: str | None) -> str:
        del work, ctx
        return f"{purpose}-{person_id}"

    settled = Mailing(site.house.letters, None, make)
    monkeypatch.setattr(House, "mailing", settled)
    mail = post(site.house, world.newcomer, link=LinkPurpose.SIGN_IN)
    facility = site.acting(world.facility)
    page = facility.opens(f"/mail/{mail}")
    assert "It is shown to nobody else." in page.words
    answer = facility.sends(f"/mail/{mail}/link", page.fields("/link"))
    assert answer.leads_to == f"/sign-in/link?key=sign_in-{world.newcomer}"
    assert site.acting(world.cities[0]).sends(f"/mail/{mail}/link").status == 403
    site.house.demo = False
    assert "/link" not in facility.opens(f"/mail/{mail}").html
    assert facility.sends(f"/mail/{mail}/link").status == 403


def test_mail_without_a_link_has_none_to_follow(site: Site, world: World) -> None:
    mail = post(site.house)
    assert site.acting(world.facility).sends(f"/mail/{mail}/link").status == 404


def test_my_page_leads_the_facility_there_and_nobody_else(site: Site, world: World) -> None:
    assert 'href="/jobs"' in site.acting(world.facility).opens("/me").html
    assert 'href="/jobs"' not in site.acting(world.cities[0]).opens("/me").html
