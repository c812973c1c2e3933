from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import select

from service.domain.access import Door, LinkPurpose
from service.domain.errors import Denied, LinkOver, TooManyRequests
from service.store.access_tables import links as table
from service.workflows import access, invitations, links, sessions
from tests.builders import a_world
from tests.counting import counting
from tests.houses import House
from tests.workflows.refusals import fields, refused
from tests.worlds import World


def a_link(house: House, purpose: LinkPurpose, person: str) -> str:
    ctx = house.operator
    with ctx.transaction() as work:
        return links.make_link(work, ctx, purpose, person)


def posting(house: House) -> list[tuple[str, LinkPurpose, str]]:
    """Let the house send mail; returns what it has sent."""
    house.doors = replace(house.doors, post_link=house.mailed)
    return house.mailed.links


def test_a_link_lets_its_person_in_once(house: House) -> None:
    world = a_world(house)
    amara = world.cities[0]
    secret = links.sign_in_link(house.operator, f" {amara.email.upper()} ")
    with world.recording("house") as entries:
        session = links.come_in(house.stranger, secret, "Firefox, Linux")
    assert [(e.name, e.data) for e in entries] == [
        ("link.used", {"person_id": amara.person, "purpose": "sign_in"}),
        ("session.opened", {"person_id": amara.person}),
    ]
    identity = access.identify_session(house.stranger, session)
    (mine,) = sessions.mine(house.context(identity))
    assert (identity.person_id, mine.door, mine.browser) == (amara.person, Door.LINK, "Firefox, Linux")
    refused(world, LinkOver, lambda: links.come_in(house.stranger, secret, ""))
    refused(world, LinkOver, lambda: links.show(house.stranger, secret))


def test_looking_at_a_link_uses_nothing_up(house: House) -> None:
    world = a_world(house)
    secret = links.sign_in_link(house.operator, world.cities[0].email)
    for _ in range(3):
        assert links.show(house.stranger, secret).name == f"{world.cities[0].name}’s person"
    links.come_in(house.stranger, secret, "")


@pytest.mark.parametrize(
    ("purpose", "minutes", "door"),
    [(LinkPurpose.SIGN_IN, 15, Door.LINK), (LinkPurpose.INVITATION, 7 * 24 * 60, Door.INVITATION)],
)
def test_a_link_works_until_its_time_is_over(
    house: House, purpose: LinkPurpose, minutes: int, door: Door
) -> None:
    world = a_world(house)
    invitations.invite(world.acting(world.facility), world.cities[0].person)
    early, late = (a_link(house, purpose, world.cities[0].person) for _ in range(2))
    house.clock.advance(minutes=minutes, seconds=-1)
    session = links.come_in(house.stranger, early, "")
    identity = access.identify_session(house.stranger, session)
    assert [s.door for s in sessions.mine(house.context(identity))] == [door]
    house.clock.advance(seconds=1)
    refused(world, LinkOver, lambda: links.come_in(house.stranger, late, ""))


def test_of_many_who_use_a_link_at_once_one_is_let_in(house: House) -> None:
    world = a_world(house)
    secret = links.sign_in_link(house.operator, world.cities[0].email)

    def come_in(_: int) -> bool:
        try:
            return bool(links.come_in(house.stranger, secret, ""))
        except LinkOver:
            return False

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(come_in, range(8))) == 1


def test_a_link_that_confirms_an_act_lets_nobody_in(house: House) -> None:
    world = a_world(house)
    secret = a_link(house, LinkPurpose.CONFIRM, world.cities[0].person)
    refused(world, LinkOver, lambda: links.come_in(house.stranger, secret, ""))


def test_no_secret_of_a_link_is_kept(house: House) -> None:
    world = a_world(house)
    secret = links.sign_in_link(house.operator, world.cities[0].email)
    with house.database.reading() as connection:
        assert secret not in str(connection.execute(select(table)).all())


def test_only_the_operator_makes_links_at_once(house: House) -> None:
    world = a_world(house)
    ctx = world.acting(world.facility)
    refused(world, Denied, lambda: links.sign_in_link(ctx, world.cities[0].email))
    assert fields(world, lambda: links.sign_in_link(house.operator, "nobody@example.org")) == ["email"]


def test_a_link_is_mailed_to_whoever_has_an_account(house: House) -> None:
    world = a_world(house)
    sent = posting(house)
    for email in (world.cities[0].email, "nobody@example.org"):
        links.ask(house.stranger, email, "192.0.2.1")
    assert [link[:2] for link in sent] == [(world.cities[0].email, LinkPurpose.SIGN_IN)]
    assert fields(world, lambda: links.ask(house.stranger, "no address", "192.0.2.1")) == ["email"]


def test_asking_for_an_unknown_address_writes_as_much_as_a_mail_does(house: House) -> None:
    posting(house)
    with counting(house) as statements:
        links.ask(house.stranger, "nobody@example.org", "192.0.2.1")
    # Two counters of those who knock, and two rows in the place of the mail and its job.
    assert len([s for s in statements if s.startswith("INSERT")]) == 4


def knocks(world: World, emails: list[str], address: str) -> list[bool]:
    def heard(email: str) -> bool:
        try:
            links.ask(world.house.stranger, email, address)
        except TooManyRequests:
            return False
        return True

    return [heard(email) for email in emails]


def test_five_links_in_a_quarter_of_an_hour_are_enough_for_an_account(house: House) -> None:
    world = a_world(house)
    amara = world.cities[0].email
    # The same for an address that nobody has.
    for email in (amara, "nobody@example.org"):
        assert knocks(world, [email] * 6, "192.0.2.1") == [True] * 5 + [False]
    assert knocks(world, [amara.upper()], "198.51.100.1") == [False]
    house.clock.advance(minutes=15)
    assert knocks(world, [amara], "192.0.2.1") == [True]


def test_twenty_links_in_an_hour_are_enough_for_a_network(house: House) -> None:
    world = a_world(house)
    emails = [f"nobody{n}@example.org" for n in range(20)]
    assert knocks(world, emails, "2001:db8::1") == [True] * 20
    assert knocks(world, ["other@example.org"], "2001:db8::ffff") == [False]
    assert knocks(world, ["other@example.org"], "2001:db8:0:1::1") == [True]


def test_a_token_asks_for_no_links(house: House) -> None:
    world = a_world(house)
    secret = links.sign_in_link(house.operator, world.cities[0].email)
    identity = replace(house.person(world.cities[0].person).identity, token_scopes=frozenset())
    refused(world, Denied, lambda: links.come_in(house.context(identity), secret, ""))


def test_without_mail_nothing_is_sent(house: House) -> None:
    world = a_world(house)
    assert house.doors.post_link is None
    links.ask(house.stranger, world.cities[0].email, "192.0.2.1")


def test_an_invitation_that_was_taken_back_opens_nothing(house: House) -> None:
    world = a_world(house)
    facility, person = world.acting(world.facility), world.cities[0].person
    invitations.invite(facility, person)
    before = a_link(house, LinkPurpose.INVITATION, person)
    invitations.withdraw(facility, person)
    after = a_link(house, LinkPurpose.INVITATION, person)
    for secret in (before, after):
        with pytest.raises(LinkOver):
            links.come_in(house.stranger, secret, "")


def test_an_invited_person_comes_in_by_the_mail_once(house: House) -> None:
    world = a_world(house)
    invitations.invite(world.acting(world.facility), world.newcomer)
    house.work()
    assert house.postman is not None
    (message,) = house.postman.sent
    secret = message.get_content().split()[0]
    identity = access.identify_session(house.stranger, links.come_in(house.stranger, secret, ""))
    assert (message["Subject"], identity.person_id) == ("invitation", world.newcomer)
    with pytest.raises(LinkOver):
        links.come_in(house.stranger, secret, "")
