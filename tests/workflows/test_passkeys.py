import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest

from service.domain.access import Door, Means
from service.domain.errors import (
    ConfirmationNeeded,
    Denied,
    PasskeyRefused,
    SignInNeeded,
    TooManyRequests,
    Unknown,
)
from service.domain.phases import Phase
from service.store.identity import Identity
from service.workflows import access, confirmations, passkeys, positions, sessions
from service.workflows.context import Context
from tests.authenticators import PRESENT, Authenticator
from tests.builders import a_world, names, taking
from tests.houses import House
from tests.workflows.refusals import refused
from tests.workflows.sessions import by_session, confirmed
from tests.worlds import World

ADDRESS = "192.0.2.1"


def begun(ctx: Context) -> str:
    """Confirm that a passkey may be added, and begin."""
    act = passkeys.act_of(ctx.identity.person_id or "")
    with ctx.transaction() as work:
        confirmations.given(ctx, work, act, Means.LINK)
    return passkeys.begin_adding(ctx)


def added(ctx: Context, key: Authenticator) -> str:
    return passkeys.add(ctx, key.makes(begun(ctx)), "Firefox, Linux")


def come_in(house: House, key: Authenticator) -> str:
    return passkeys.come_in(house.stranger, key.shows(passkeys.begin(house.stranger, ADDRESS)), "")


def test_a_passkey_lets_its_person_in_without_a_name(house: House) -> None:
    world = a_world(house)
    ctx, key = by_session(world, world.cities[0]), Authenticator()
    refused(world, ConfirmationNeeded, lambda: passkeys.begin_adding(ctx))
    with world.recording("house") as entries:
        made = added(ctx, key)
    assert names(entries) == ["confirmation.given", "passkey.added"]
    assert [(view.id, view.name) for view in passkeys.mine(ctx)] == [(made, "Firefox, Linux")]
    for _ in range(2):
        identity = access.identify_session(house.stranger, come_in(house, key))
        assert identity.person_id == world.cities[0].person
        assert sessions.mine(house.context(identity))[0].door is Door.PASSKEY


def test_a_passkey_confirms_in_the_session_that_asked(house: House) -> None:
    world = a_world(house, Phase.ENDORSEMENT)
    ctx, key = by_session(world, world.cities[0]), Authenticator()
    added(ctx, key)
    act = positions.act_of(taking(world))
    other = by_session(world, world.cities[0])
    foreign = by_session(world, world.cities[1])
    answer = key.shows(passkeys.begin(ctx, ADDRESS))
    refused(world, PasskeyRefused, lambda: passkeys.confirm(other, act, answer))
    refused(world, PasskeyRefused, lambda: passkeys.come_in(house.stranger, answer, ""))
    theirs = key.shows(passkeys.begin(foreign, ADDRESS))
    refused(world, PasskeyRefused, lambda: passkeys.confirm(foreign, act, theirs))
    secret = passkeys.confirm(ctx, act, key.shows(passkeys.begin(ctx, ADDRESS)))
    assert access.identify_session(house.stranger, secret) == ctx.identity
    positions.take(ctx, taking(world))


def test_a_removed_passkey_lets_nobody_in(house: House) -> None:
    world = a_world(house)
    ctx, key = by_session(world, world.cities[0]), Authenticator()
    made = added(ctx, key)
    refused(world, ConfirmationNeeded, lambda: passkeys.remove(ctx, made))
    other = by_session(world, world.cities[1])
    confirmed(other, passkeys.act_of_removing(world.cities[1].person, made))
    refused(world, Unknown, lambda: passkeys.remove(other, made))
    confirmed(ctx, passkeys.act_of_removing(world.cities[0].person, "another"))
    refused(world, ConfirmationNeeded, lambda: passkeys.remove(ctx, made))
    confirmed(ctx, passkeys.act_of_removing(world.cities[0].person, made))
    with world.recording("house") as entries:
        passkeys.remove(ctx, made)
    assert names(entries) == ["passkey.removed"]
    refused(world, PasskeyRefused, lambda: come_in(house, key))


def by_session_of(world: World) -> Context:
    return world.house.context(Identity(world.cities[1].person, session_id="another"))


def test_a_passkey_belongs_to_one_person(house: House) -> None:
    world = a_world(house)
    first, second = (by_session(world, city) for city in world.cities[:2])
    key = Authenticator()
    added(first, key)
    assert json.loads(begun(first))["excludeCredentials"][0]["id"]
    answer = key.makes(begun(second))
    refused(world, PasskeyRefused, lambda: passkeys.add(second, answer, ""))


@pytest.fixture
def world(sqlite_house: House) -> World:
    """A world in which the first city's person has a passkey; what a browser says is the same on every engine."""
    return a_world(sqlite_house)


Attack = Callable[[Authenticator, str], str]
ATTACKS: dict[str, Attack] = {
    "wrong origin": lambda key, options: key.shows(options, origin="https://evil.example"),
    "another port": lambda key, options: key.shows(options, origin="http://127.0.0.1:8001"),
    "wrong host": lambda key, options: replace(key, host="evil.example").shows(options),
    "wrong challenge": lambda key, options: key.shows(options, challenge="AAAA"),
    "made, not shown": lambda key, options: key.shows(options, type="webauthn.create"),
    "nobody verified": lambda key, options: replace(key, flags=PRESENT).shows(options),
    "nobody present": lambda key, options: replace(key, flags=0).shows(options),
    "counter gone back": lambda key, options: replace(key, count=3).shows(options),
    "counter stands": lambda key, options: replace(key, count=6).shows(options),
    "another key": lambda key, options: replace(key, key=Authenticator().key).shows(options),
    "another passkey": lambda key, options: replace(key, credential=b"unknown").shows(options),
    "cut off": lambda key, options: key.shows(options)[:-20],
    "not JSON": lambda *_: "{",
    "a list": lambda *_: "[]",
    "deep": lambda *_: "[" * 50_000,
    "empty": lambda *_: "",
}


@pytest.mark.parametrize("name", ATTACKS)
def test_what_is_no_passkey_lets_nobody_in(world: World, name: str) -> None:
    house, key = world.house, Authenticator(count=6)
    added(by_session(world, world.cities[0]), key)
    come_in(house, key)
    answer = ATTACKS[name](key, passkeys.begin(house.stranger, ADDRESS))
    refused(world, PasskeyRefused, lambda: passkeys.come_in(house.stranger, answer, ""))


def test_an_answer_is_taken_once_and_for_five_minutes(world: World) -> None:
    house, key = world.house, Authenticator()
    added(by_session(world, world.cities[0]), key)
    answer = key.shows(passkeys.begin(house.stranger, ADDRESS))
    passkeys.come_in(house.stranger, answer, "")
    refused(world, PasskeyRefused, lambda: passkeys.come_in(house.stranger, answer, ""))
    late = key.shows(passkeys.begin(house.stranger, ADDRESS))
    house.clock.advance(minutes=5)
    refused(world, PasskeyRefused, lambda: passkeys.come_in(house.stranger, late, ""))


@pytest.mark.parametrize(
    ("flags", "said"),
    [(PRESENT, {}), (5, {"origin": "https://evil.example"}), (5, {"challenge": "AAAA"})],
    ids=["nobody verified", "wrong origin", "wrong challenge"],
)
def test_a_passkey_that_was_made_elsewhere_is_not_kept(
    world: World, flags: int, said: dict[str, str]
) -> None:
    ctx = by_session(world, world.cities[0])
    answer = Authenticator(flags=flags).makes(begun(ctx), **said)
    refused(world, PasskeyRefused, lambda: passkeys.add(ctx, answer, ""))
    assert passkeys.mine(ctx) == ()


def test_a_passkey_is_added_in_the_session_that_began(world: World) -> None:
    first, second = (by_session(world, world.cities[0]) for _ in range(2))
    answer = Authenticator().makes(begun(first))
    refused(world, PasskeyRefused, lambda: passkeys.add(second, answer, ""))
    passkeys.add(first, answer, "")


def test_nobody_handles_passkeys_with_a_token_or_without_a_session(world: World) -> None:
    stranger = world.house.stranger
    token = world.house.context(Identity(world.cities[0].person, token_scopes=frozenset()))
    for ctx, kind in ((stranger, SignInNeeded), (token, Denied)):
        for use in (
            partial(passkeys.begin_adding, ctx),
            partial(passkeys.add, ctx, "{}", ""),
            partial(passkeys.remove, ctx, "1"),
        ):
            refused(world, kind, use)
    refused(world, SignInNeeded, lambda: passkeys.mine(stranger))


def test_twenty_attempts_in_an_hour_are_enough_for_a_network(world: World) -> None:
    for _ in range(20):
        passkeys.begin(world.house.stranger, ADDRESS)
    refused(world, TooManyRequests, lambda: passkeys.begin(world.house.stranger, ADDRESS))
