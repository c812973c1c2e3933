"""Confirming an act that binds, where nobody signs in as a demo person."""

from dataclasses import replace

import pytest

from service.domain.access import LinkPurpose
from service.domain.phases import Phase
from service.web.links import address
from service.workflows import editions, positions
from tests.builders import endorsed, taking
from tests.web.confirming import confirmed_by_mail
from tests.web.test_access import secret_of
from tests.web.visitors import Site
from tests.worlds import World


@pytest.fixture
def phase() -> Phase:
    return Phase.ENDORSEMENT


def test_a_position_is_confirmed_by_mail_and_nothing_typed_is_lost(guarded: Site, world: World) -> None:
    city = guarded.by_link(world.cities[0])
    path = f"/recommendations/{world.recommendation}/position"
    check = city.sends(path, city.opens(path).fields(), stance="abstained", statement="Later.", step="check")
    asked = city.sends(path, check.fields(), step="send")
    assert (asked.status, "Confirm that it is you" in asked.words) == (403, True)
    sent = city.sends("/me/confirmations/mail", asked.fields("/me/confirmations/mail"))
    assert (sent.status, "Look into your mail" in sent.words) == (200, True)
    too_early = city.sends(path, sent.fields(path))
    assert too_early.status == 403
    shown = city.opens(address(guarded.house.mailed.secret, LinkPurpose.CONFIRM))
    assert "Take a position on exactly the text that you have read" in shown.words
    done = city.sends("/me/confirmations/link", shown.fields("/me/confirmations/link"))
    assert (done.status, "Confirmed" in done.words) == (200, True)
    renewed = replace(city, secret=secret_of(done.headers["set-cookie"]))
    assert [city.opens("/me").status, renewed.opens("/me").status] == [401, 200]
    # The page from before belongs to the secret from before, so it is shown once more.
    again = renewed.sends(path, sent.fields(path))
    assert again.status == 403
    taken = renewed.sends(path, again.fields(path))
    assert taken.leads_to.startswith("/positions/")
    assert "Later." in renewed.opens(taken.leads_to).words


def test_a_link_used_up_or_opened_elsewhere_says_what_to_do(guarded: Site, world: World) -> None:
    city, elsewhere = (guarded.by_link(world.cities[0]) for _ in range(2))
    path = f"/recommendations/{world.recommendation}/position"
    asked = city.sends(path, city.opens(path).fields(), stance="endorsed", step="send")
    city.sends("/me/confirmations/mail", asked.fields("/me/confirmations/mail"))
    link = address(guarded.house.mailed.secret, LinkPurpose.CONFIRM)
    for page in (
        elsewhere.opens(link),
        elsewhere.sends("/me/confirmations/link", key=guarded.house.mailed.secret),
        guarded.visitor.opens(link),
    ):
        assert (page.status, "This link does not work here" in page.words) == (410, True)


def test_a_confirmed_stance_cannot_be_sent_as_another(guarded: Site, world: World) -> None:
    city = guarded.by_link(world.cities[0])
    path = f"/recommendations/{world.recommendation}/position"
    fields = city.opens(path).fields()
    asked = city.sends(path, fields, stance="endorsed", step="send")
    city.sends("/me/confirmations/mail", asked.fields("/me/confirmations/mail"))
    done = city.sends("/me/confirmations/link", key=guarded.house.mailed.secret)
    renewed = replace(city, secret=secret_of(done.headers["set-cookie"]))
    other = {"stance": "objection", "statement": "No.", "resolved_by": "Another date.", "step": "send"}
    fresh = renewed.opens(path).fields()
    assert renewed.sends(path, fresh, **other).status == 403
    assert renewed.sends(path, fresh, stance="endorsed", step="send").leads_to.startswith("/positions/")


def test_a_position_is_withdrawn_once_that_is_confirmed(guarded: Site, world: World) -> None:
    position = positions.take(world.acting(world.cities[0]), taking(world))
    city, path = guarded.by_link(world.cities[0]), f"/positions/{position}/withdrawal"
    asked = city.sends(path)
    assert (asked.status, "Withdraw exactly this position of your organisation" in asked.words) == (403, True)
    sent = city.sends("/me/confirmations/mail", asked.fields("/me/confirmations/mail"))
    assert f'href="/positions/{position}">Begin anew' in sent.html
    renewed, done = confirmed_by_mail(guarded, city, asked, path)
    assert done.leads_to == f"/positions/{position}"
    assert "withdrawn" in renewed.opens(done.leads_to).words


def test_an_edition_is_withdrawn_once_that_is_confirmed(guarded: Site, world: World) -> None:
    endorsed(world)
    edition = editions.assemble(world.acting(world.facility), world.agenda)
    facility, path = guarded.by_link(world.facility), f"/editions/{edition}/withdrawal"
    asked = facility.sends(path, reason="A mistake.")
    assert (asked.status, "Withdraw exactly the edition that you were shown" in asked.words) == (403, True)
    renewed, done = confirmed_by_mail(guarded, facility, asked, path)
    assert done.leads_to == f"/editions/{edition}"
    assert "withdrawn" in renewed.opens(done.leads_to).words


def test_a_confirmation_of_nothing_is_refused(guarded: Site, world: World) -> None:
    city = guarded.by_link(world.cities[0])
    assert city.sends("/me/confirmations/mail", action="agenda.create").status == 422
    page = city.sends("/me/confirmations/mail", action="position.take", object_id="?", target="/me")
    assert (page.status, "This did not work" in page.words) == (422, True)
