"""The page of webhooks."""

import re

from service.domain.webhooks import Answer, DeliveryState
from service.workflows import webhooks
from tests.builders import an_amendment
from tests.counting import counting
from tests.web.visitors import Page, Site
from tests.worlds import World

URL = "https://receiver.example/hook"


def secret(page: Page) -> str:
    found = re.search(r"whsec_[A-Za-z0-9+/=]+", page.html)
    return found.group() if found is not None else ""


def path(world: World) -> str:
    return f"/agendas/{world.agenda}/webhooks"


def test_program_is_registered_and_its_secret_is_shown_once(site: Site, world: World) -> None:
    facility = site.acting(world.facility)
    assert "None yet." in facility.opens(path(world)).words
    made = facility.sends(path(world), url=f" {URL} ", events="amendment.*  position.taken")
    assert (made.status, len(secret(made)), made.headers["cache-control"]) == (200, 50, "no-store")
    page = facility.opens(path(world))
    assert (secret(page), "amendment.* position.taken" in page.words) == ("", True)


def test_what_cannot_be_registered_comes_back_as_typed(site: Site, world: World) -> None:
    page = site.acting(world.facility).sends(path(world), url="http://inside/", events="*")
    assert (page.status, secret(page), page.fields(path(world))["url"]) == (422, "", "http://inside/")
    assert "Give a whole address that begins with https://" in page.words


def test_webhook_is_tested_switched_off_and_on_and_given_a_new_secret(site: Site, world: World) -> None:
    facility = site.acting(world.facility)
    first = secret(facility.sends(path(world), url=URL, events="*"))
    (webhook,) = webhooks.listed(world.acting(world.facility), world.agenda)
    states = []
    for action in ("disable", "enable", "test"):
        assert facility.sends(f"/webhooks/{webhook.id}/state", action=action).leads_to == path(world)
        states.append(webhooks.webhook(world.acting(world.facility), webhook.id).state.value)
    assert states == ["disabled", "active", "active"]
    refused = facility.sends(f"/webhooks/{webhook.id}/state", action="enable")
    assert (refused.status, "things have moved on" in refused.words) == (409, True)
    renewed = facility.sends(f"/webhooks/{webhook.id}/secret")
    assert (len(secret(renewed)), secret(renewed) != first) == (50, True)
    assert "the secret before holds until" in renewed.words


def test_message_that_did_not_arrive_says_why_and_is_sent_again(site: Site, world: World) -> None:
    facility, house = site.acting(world.facility), site.house
    facility.sends(path(world), url=URL, events="*")
    house.courier.answers = [Answer(None, "it took too long"), Answer(200)]
    an_amendment(world)
    webhooks.dispatch(house.operator)
    house.work()
    page = facility.opens(path(world))
    assert "on its way 1 attempt, it took too long; again in" in page.words
    (message,) = webhooks.last_deliveries(world.acting(world.facility), world.agenda)
    again = facility.sends(f"/webhook-messages/{message.id}/retry")
    house.work()
    state = webhooks.delivery(world.acting(world.facility), message.id).state
    assert (again.leads_to, state) == (path(world), DeliveryState.DELIVERED)
    assert "arrived 1 attempt, answer 200" in facility.opens(path(world)).words


def test_page_is_the_facilitys(site: Site, world: World) -> None:
    assert site.acting(world.cities[0]).opens(path(world)).status == 403
    assert site.visitor.opens(path(world)).status == 401
    city = site.acting(world.cities[0])
    assert city.sends(path(world), url=URL, events="*").status == 403
    links = [
        f'href="{path(world)}"' in visitor.opens(f"/agendas/{world.agenda}").html
        for visitor in (site.visitor, city, site.acting(world.facility))
    ]
    assert links == [False, False, True]


def test_page_costs_the_same_however_many_webhooks_and_messages(site: Site, world: World) -> None:
    facility, counts = site.acting(world.facility), []
    for more in (1, 2):
        for _ in range(more):
            facility.sends(path(world), url=URL, events="*")
            an_amendment(world)
        webhooks.dispatch(site.house.operator)
        with counting(site.house) as statements:
            facility.opens(path(world))
        counts.append(len(statements))
    assert counts[0] == counts[1]
