"""How readers are told, and how they turn it off."""

import pytest

from service.domain.mails import Frequency, NotificationKind
from service.domain.phases import Phase
from service.store.mails import signing_key
from service.workflows import mails, notifications, wishes
from tests.web.visitors import Site
from tests.worlds import Member, World


def chosen(world: World, member: Member) -> dict[str, str]:
    return {w.kind.value: w.frequency.value for w in wishes.wishes(world.acting(member))}


def moved(world: World) -> None:
    """Let everyone be told of a new phase."""
    notifications.pass_over(world.house.operator)
    world.move(Phase.CONSOLIDATION)
    world.house.tell()


def token(world: World, member: Member, what: str) -> str:
    """Return the token of a link to turn mails off, as the house signs it."""
    with world.house.operator.transaction() as work:
        key = signing_key(work.connection, lambda: "k")
    return f"{member.person}.{what}.{mails.signature(key, member.person, what)}"


def test_my_page_tells_what_is_new_until_it_was_read(site: Site, world: World) -> None:
    reader = site.acting(world.cities[0])
    assert "Nothing yet." in reader.opens("/me").words
    moved(world)
    page = reader.opens("/me")
    assert "Port Alta 2026: the phase “Consolidation” is open new" in page.words
    assert f'href="/agendas/{world.agenda}"' in page.html
    assert reader.sends("/me/notifications/read", page.fields("/read")).leads_to == "/me"
    page = reader.opens("/me")
    assert "Port Alta 2026: the phase “Consolidation” is open new" not in page.words
    assert "Port Alta 2026: the phase “Consolidation” is open" in page.words


def test_reader_chooses_for_each_kind(site: Site, world: World) -> None:
    reader = site.acting(world.cities[0])
    page = reader.opens("/me/notifications")
    fields = {**page.fields("")}
    assert fields["phases"] == "at_once"
    answer = reader.sends("/me/notifications", fields, phases="daily", mentions="off")
    assert answer.tells == "/me/notifications?done=choice_saved"
    assert "Your choice is saved." in reader.opens(answer.lands_on).words
    assert {kind: how for kind, how in chosen(world, world.cities[0]).items() if how != "at_once"} == {
        "phases": "daily",
        "mentions": "off",
    }
    assert set(chosen(world, world.cities[1]).values()) == {"at_once"}


def test_what_is_a_duty_cannot_be_turned_off(site: Site, world: World) -> None:
    reader = site.acting(world.cities[0])
    assert 'name="reconfirmation"' not in reader.opens("/me/notifications").html
    refused = reader.sends("/me/notifications", reconfirmation="off", phases="off")
    assert (refused.status, "This cannot be turned off or put off" in refused.words) == (422, True)
    assert set(chosen(world, world.cities[0]).values()) == {"at_once"}


def test_choice_that_is_not_offered_is_refused(site: Site, world: World) -> None:
    assert site.acting(world.cities[0]).sends("/me/notifications", phases="never").status == 422


@pytest.mark.parametrize("path", ["/me/notifications"])
def test_strangers_have_nothing_to_choose(site: Site, path: str) -> None:
    assert (site.visitor.opens(path).status, site.visitor.sends(path).status) == (401, 401)


def test_link_of_a_mail_shows_first_and_then_turns_its_kind_off(site: Site, world: World) -> None:
    path = f"/unsubscribe/{token(world, world.cities[0], 'phases')}"
    page = site.visitor.opens(path)
    assert "Turn these mails off? A new phase of an agenda" in page.words
    assert chosen(world, world.cities[0])["phases"] == "at_once"
    done = site.visitor.sends(path)
    assert "These mails are turned off" in done.words
    assert chosen(world, world.cities[0])["phases"] == "off"
    assert "These mails are turned off" in site.visitor.opens(path).words


def test_mail_programs_turn_off_by_one_click_without_a_session(site: Site, world: World) -> None:
    path = f"/unsubscribe/{token(world, world.cities[0], 'decisions')}"
    headers = {"content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "cross-site"}
    answer = site.client.post(path, content="List-Unsubscribe=One-Click", headers=headers)
    assert answer.status_code == 200
    assert chosen(world, world.cities[0])["decisions"] == "off"


def test_link_of_a_daily_mail_turns_off_what_came_in_it(site: Site, world: World) -> None:
    wanted = {NotificationKind.PHASES: Frequency.DAILY, NotificationKind.ANSWERS: Frequency.DAILY}
    wishes.choose(world.acting(world.cities[0]), wanted)
    path = f"/unsubscribe/{token(world, world.cities[0], 'digest')}"
    assert "The daily mail, and everything" in site.visitor.opens(path).words
    site.visitor.sends(path)
    now = chosen(world, world.cities[0])
    assert (now["phases"], now["answers"], now["decisions"]) == ("off", "off", "at_once")


def test_link_that_was_not_made_here_turns_nothing_off(site: Site, world: World) -> None:
    good = token(world, world.cities[0], "phases")
    other = good.replace(world.cities[0].person, world.cities[1].person)
    for wrong in (other, good[:-1], good.replace("phases", "decisions"), "x", "a..b", "a.b.ü"):
        answers = site.visitor.opens(f"/unsubscribe/{wrong}"), site.visitor.sends(f"/unsubscribe/{wrong}")
        assert [answer.status for answer in answers] == [404, 404]
    assert set(chosen(world, world.cities[1]).values()) == {"at_once"}


def test_mail_that_is_sent_carries_the_link_that_turns_it_off(site: Site, world: World) -> None:
    moved(world)
    assert site.house.postman is not None
    (mine,) = [m for m in site.house.postman.sent if m["To"] == world.cities[0].email]
    carried = mine.get_content().strip()
    assert carried == token(world, world.cities[0], "phases")
