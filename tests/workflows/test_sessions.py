from datetime import timedelta

import pytest

from service.domain.access import SESSION_LASTS, Door
from service.domain.errors import Denied, SignInNeeded, Unknown
from service.store.identity import Identity
from service.workflows import access, idempotency, links, sessions, sweeping, unsent
from service.workflows.context import Context
from tests.builders import a_world
from tests.counting import counting
from tests.houses import House
from tests.workflows.refusals import refused
from tests.worlds import World


def signed_in(world: World, browser: str = "") -> Context:
    secret = access.sign_in_as(world.house.stranger, world.cities[0].person, browser)
    return world.house.context(access.identify_session(world.house.stranger, secret))


def test_a_person_sees_where_they_are_signed_in(house: House) -> None:
    world = a_world(house)
    signed_in(world, "Firefox, Linux")
    house.clock.advance(minutes=90)
    ctx = signed_in(world, "x" * 100)
    access.sign_in_as(house.stranger, world.cities[1].person)
    assert [(s.door, s.browser, s.present) for s in sessions.mine(ctx)] == [
        (Door.DEMO, "x" * 60, True),
        (Door.DEMO, "Firefox, Linux", False),
    ]


def test_when_a_session_was_used_is_told_to_the_hour(house: House) -> None:
    world = a_world(house)
    secret = access.sign_in_as(house.stranger, world.cities[0].person)
    begun = house.clock.moment
    house.clock.advance(minutes=59)
    with counting(house) as statements:
        ctx = house.context(access.identify_session(house.stranger, secret))
    assert [s for s in statements if not s.startswith(("BEGIN", "SELECT"))] == []
    assert [s.used_at for s in sessions.mine(ctx)] == [begun]
    house.clock.advance(minutes=1)
    access.identify_session(house.stranger, secret)
    assert [s.used_at for s in sessions.mine(ctx)] == [begun + timedelta(hours=1)]


def test_a_session_is_ended_from_another(house: House) -> None:
    world = a_world(house)
    lost, here = signed_in(world), signed_in(world)
    (lost_id,) = (s.id for s in sessions.mine(lost) if s.present)
    with world.recording("house") as entries:
        sessions.revoke(here, lost_id)
    assert [(e.name, e.data) for e in entries] == [
        ("session.revoked", {"person_id": world.cities[0].person, "session_ids": [lost_id]})
    ]
    assert [s.present for s in sessions.mine(here)] == [True]


def test_signing_out_everywhere_leaves_nobody_elses_session_behind(house: House) -> None:
    world = a_world(house)
    here = signed_in(world)
    signed_in(world)
    other = access.sign_in_as(house.stranger, world.cities[1].person)
    sessions.revoke(here)
    assert sessions.mine(here) == ()
    assert access.identify_session(house.stranger, other).person_id == world.cities[1].person


def test_nobody_ends_the_session_of_another(house: House) -> None:
    world = a_world(house)
    (theirs,) = sessions.mine(signed_in(world))
    other = world.acting(world.cities[1])
    refused(world, Unknown, lambda: sessions.revoke(other, theirs.id))
    token = house.context(Identity(world.cities[0].person, token_scopes=frozenset()))
    refused(world, Denied, lambda: sessions.revoke(token))
    refused(world, SignInNeeded, lambda: sessions.revoke(house.stranger))
    with pytest.raises(SignInNeeded):
        sessions.mine(house.stranger)


def test_what_is_over_is_forgotten(house: House) -> None:
    world = a_world(house)
    ctx = signed_in(world)
    links.sign_in_link(house.operator, world.cities[0].email)
    links.ask(house.stranger, "nobody@example.org", "192.0.2.1")
    idempotency.once(ctx, "key", "0" * 64, lambda: "made")
    refused(world, Denied, lambda: sweeping.sweep(ctx))
    assert sweeping.sweep(house.operator) == 0
    house.clock.advance(hours=1)
    # The link, the counters of account and network, and the two of the mail that was not sent.
    assert sweeping.sweep(house.operator) == 5
    house.clock.moment += SESSION_LASTS
    assert sweeping.sweep(house.operator) == 1
    unsent.keep(house.person(world.cities[0].person), "/amendments/1/edit", {})
    house.clock.advance(days=7)
    assert sweeping.sweep(house.operator) == 1
    house.clock.advance(days=83)
    # What was typed and never sent.
    assert sweeping.sweep(house.operator) == 1
