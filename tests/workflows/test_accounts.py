from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import pytest

from service.domain.access import Door
from service.domain.errors import (
    AccountTaken,
    AccountUnknown,
    ConfirmationNeeded,
    Denied,
    ProviderRefused,
    ProviderSilent,
    SignInNeeded,
    TooManyRequests,
    Unknown,
)
from service.domain.phases import Phase
from service.store.identity import Identity
from service.workflows import access, accounts, positions, sessions
from service.workflows.accounts import Answer, Begun
from service.workflows.context import Context
from tests import providers
from tests.builders import a_world, names, taking
from tests.houses import House
from tests.providers import LocalProvider
from tests.workflows.refusals import refused
from tests.workflows.sessions import by_session, confirmed
from tests.worlds import World

ADDRESS = "192.0.2.1"


@dataclass
class Scene:
    """A world whose service knows a provider, and a city's person who has linked an account there."""

    world: World
    provider: LocalProvider

    @property
    def stranger(self) -> Context:
        return self.world.house.stranger

    def begun(
        self, subject: str, ctx: Context | None = None, *, linking: bool = False
    ) -> tuple[Begun, Answer]:
        """Let somebody sign in at the provider; returns what they began with, and the answer they bring."""
        if ctx is not None and linking:
            confirmed(ctx, accounts.act_of_linking(ctx.identity.person_id or ""))
        begun = accounts.begin(ctx or self.stranger, ADDRESS, linking=linking)
        back = self.provider.signs_in(begun.address, subject)
        return begun, Answer(back["state"], back["code"], back.get("iss"))

    def comes(self, subject: str) -> str | None:
        begun, answer = self.begun(subject)
        return accounts.finish(self.stranger, answer, begun.browser_secret, "Firefox, Linux")

    def links(self, ctx: Context, subject: str) -> None:
        begun, answer = self.begun(subject, ctx, linking=True)
        assert accounts.finish(ctx, answer, begun.browser_secret, "") is None


def set_up(house: House) -> Scene:
    world = a_world(house)
    provider = LocalProvider(house.clock)
    house.doors = replace(house.doors, provider=provider.seen_by_us)
    scene = Scene(world, provider)
    scene.links(by_session(world, world.cities[0]), "subject-1")
    return scene


@pytest.fixture
def scene(house: House) -> Scene:
    """The scene, on each engine."""
    return set_up(house)


@pytest.fixture
def small(sqlite_house: House) -> Scene:
    """The scene, for what is the same on every engine: what a provider says."""
    return set_up(sqlite_house)


def test_a_linked_account_lets_its_person_in(scene: Scene) -> None:
    with scene.world.recording("house") as entries:
        secret = scene.comes("subject-1")
    assert names(entries) == ["session.opened"]
    identity = access.identify_session(scene.stranger, secret or "")
    ctx = scene.world.house.context(identity)
    assert identity.person_id == scene.world.cities[0].person
    assert sessions.mine(ctx)[0].door is Door.PROVIDER
    assert [account.issuer for account in accounts.mine(ctx)] == [providers.ISSUER]


def test_who_comes_by_a_provider_confirms_what_binds_all_the_same(scene: Scene) -> None:
    world = scene.world.in_phase(Phase.ENDORSEMENT)
    ctx = world.house.context(access.identify_session(scene.stranger, scene.comes("subject-1") or ""))
    refused(world, ConfirmationNeeded, lambda: positions.take(ctx, taking(world)))


def test_an_account_that_nobody_linked_lets_nobody_in(scene: Scene) -> None:
    refused(scene.world, AccountUnknown, lambda: scene.comes("subject-2"))


def test_an_account_is_never_known_by_its_mail_address(scene: Scene) -> None:
    scene.provider.spoil = lambda claims: claims.update(
        email=scene.world.cities[0].email, email_verified=True
    )
    refused(scene.world, AccountUnknown, lambda: scene.comes("subject-2"))


def test_an_account_belongs_to_one_person(scene: Scene) -> None:
    other = by_session(scene.world, scene.world.cities[1])
    begun, answer = scene.begun("subject-1", other, linking=True)
    refused(scene.world, AccountTaken, lambda: accounts.finish(other, answer, begun.browser_secret, ""))
    with scene.world.recording("house") as entries:
        scene.links(other, "subject-2")
        scene.links(other, "subject-2")
    assert [name for name in names(entries) if name != "confirmation.given"] == ["account.linked"]


def test_an_unlinked_account_lets_nobody_in(scene: Scene) -> None:
    ctx = by_session(scene.world, scene.world.cities[0])
    (account,) = accounts.mine(ctx)
    refused(scene.world, ConfirmationNeeded, lambda: accounts.unlink(ctx, account.id))
    other = by_session(scene.world, scene.world.cities[1])
    confirmed(other, accounts.act_of_unlinking(scene.world.cities[1].person, account.id))
    refused(scene.world, Unknown, lambda: accounts.unlink(other, account.id))
    confirmed(ctx, accounts.act_of_unlinking(scene.world.cities[0].person, "another"))
    refused(scene.world, ConfirmationNeeded, lambda: accounts.unlink(ctx, account.id))
    confirmed(ctx, accounts.act_of_unlinking(scene.world.cities[0].person, account.id))
    with scene.world.recording("house") as entries:
        accounts.unlink(ctx, account.id)
    assert names(entries) == ["account.unlinked"]
    refused(scene.world, AccountUnknown, lambda: scene.comes("subject-1"))


def test_only_who_sits_before_a_browser_links(scene: Scene) -> None:
    begin = accounts.begin
    token = scene.world.house.context(Identity(scene.world.cities[0].person, token_scopes=frozenset()))
    refused(scene.world, SignInNeeded, lambda: begin(scene.stranger, ADDRESS, linking=True))
    refused(scene.world, Denied, lambda: begin(token, ADDRESS, linking=True))
    unconfirmed = by_session(scene.world, scene.world.cities[0])
    refused(scene.world, ConfirmationNeeded, lambda: begin(unconfirmed, ADDRESS, linking=True))
    refused(scene.world, SignInNeeded, lambda: accounts.mine(scene.stranger))


def test_an_account_is_linked_in_the_session_that_asked(scene: Scene) -> None:
    asking = by_session(scene.world, scene.world.cities[0])
    other = by_session(scene.world, scene.world.cities[1])
    for ctx, kind in ((other, ProviderRefused), (scene.stranger, SignInNeeded)):
        begun, answer = scene.begun("subject-3", asking, linking=True)
        refused(scene.world, kind, partial(accounts.finish, ctx, answer, begun.browser_secret, ""))


def test_an_answer_is_taken_once(scene: Scene) -> None:
    begun, answer = scene.begun("subject-1")
    accounts.finish(scene.stranger, answer, begun.browser_secret, "")
    scene.provider.signs_in(begun.address, "subject-1")
    refused(
        scene.world,
        ProviderRefused,
        lambda: accounts.finish(scene.stranger, replace(answer, code="code-2"), begun.browser_secret, ""),
    )


def test_an_answer_is_taken_in_the_browser_that_asked(scene: Scene) -> None:
    begun, answer = scene.begun("subject-1")
    other, _ = scene.begun("subject-1")
    for secret in (other.browser_secret, ""):
        refused(
            scene.world,
            ProviderRefused,
            lambda s=secret: accounts.finish(scene.stranger, answer, s, ""),  # type: ignore[misc]  # a default in a lambda
        )
    # An attacker's attempt to have it taken elsewhere has not used it up.
    assert accounts.finish(scene.stranger, answer, begun.browser_secret, "")


def test_an_answer_is_taken_for_ten_minutes(scene: Scene) -> None:
    begun, answer = scene.begun("subject-1")
    scene.world.house.clock.advance(minutes=10)
    refused(
        scene.world,
        ProviderRefused,
        lambda: accounts.finish(scene.stranger, answer, begun.browser_secret, ""),
    )


def test_twenty_attempts_in_an_hour_are_enough_for_a_network(small: Scene) -> None:
    for _ in range(19):
        accounts.begin(small.stranger, ADDRESS)
    refused(small.world, TooManyRequests, lambda: accounts.begin(small.stranger, ADDRESS))


def test_a_code_of_another_attempt_fails_at_the_changed_verifier(small: Scene) -> None:
    begun, answer = small.begun("subject-1")
    _, stolen = small.begun("subject-1")
    mixed = replace(answer, code=stolen.code)
    refused(
        small.world,
        ProviderRefused,
        lambda: accounts.finish(small.stranger, mixed, begun.browser_secret, ""),
    )


def test_two_providers_are_not_mixed_up(small: Scene) -> None:
    for issuer in ("https://evil.example", None, ""):
        begun, answer = small.begun("subject-1")
        mixed = replace(answer, issuer=issuer)
        asked = len(small.provider.asked)
        refused(
            small.world,
            ProviderRefused,
            lambda a=mixed, b=begun: accounts.finish(small.stranger, a, b.browser_secret, ""),  # type: ignore[misc]  # defaults in a lambda
        )
        # The code went to nobody.
        assert small.provider.asked[asked:] == []


def test_a_provider_that_does_not_announce_its_name_may_leave_it_out(small: Scene) -> None:
    small.provider = LocalProvider(small.world.house.clock, announces=False)
    small.world.house.doors = replace(small.world.house.doors, provider=small.provider.seen_by_us)
    assert small.comes("subject-1")


def without(name: str) -> Callable[[providers.Claims], object]:
    return lambda claims: claims.pop(name)


def other(**values: Any) -> Callable[[providers.Claims], object]:  # noqa: ANN401 - any claim
    return lambda claims: claims.update(values)


SPOILT = {
    "wrong issuer": other(iss="https://evil.example"),
    "no issuer": without("iss"),
    "wrong audience": other(aud="somebody else"),
    "among other audiences": other(aud=["somebody else", providers.CLIENT]),
    "for another client": other(aud=["somebody else", providers.CLIENT], azp="somebody else"),
    "of another party": other(azp="somebody else"),
    "no audience": without("aud"),
    "expired": lambda claims: claims.update(exp=claims["iat"] - 61),
    "no expiry": without("exp"),
    "from the future": lambda claims: claims.update(iat=claims["iat"] + 3600),
    "not yet": lambda claims: claims.update(nbf=claims["iat"] + 3600),
    "replayed nonce": other(nonce="of another attempt"),
    "no nonce": without("nonce"),
    "no subject": without("sub"),
    "empty subject": other(sub=""),
    "subject of another kind": other(sub=7),
    "endless subject": other(sub="s" * 256),
}


@pytest.mark.parametrize("name", SPOILT)
def test_a_token_that_says_otherwise_is_not_believed(small: Scene, name: str) -> None:
    small.provider.spoil = SPOILT[name]
    refused(small.world, ProviderRefused, lambda: small.comes("subject-1"))


@pytest.mark.parametrize(
    "sign",
    [
        providers.unsigned,
        providers.confused,
        providers.by_a_foreign_key,
        providers.claiming_a_key,
        lambda *_: "no token at all",
        lambda *_: "",
    ],
    ids=["alg none", "key confusion", "foreign key", "key in the header", "no token", "empty"],
)
def test_a_token_that_the_provider_did_not_sign_is_not_believed(
    small: Scene, sign: Callable[[LocalProvider, providers.Claims], str]
) -> None:
    small.provider.sign = sign
    refused(small.world, ProviderRefused, lambda: small.comes("subject-1"))


@pytest.mark.parametrize(
    "metadata",
    [
        {"issuer": "https://evil.example"},
        {"authorization_endpoint": "http://id.example/authorize"},
        {"authorization_endpoint": None},
    ],
    ids=["another issuer", "in the clear", "none"],
)
def test_a_provider_that_describes_itself_wrongly_is_not_asked(
    small: Scene, metadata: dict[str, object]
) -> None:
    fresh = LocalProvider(small.world.house.clock, metadata=metadata)
    small.world.house.doors = replace(small.world.house.doors, provider=fresh.seen_by_us)
    refused(small.world, ProviderSilent, lambda: accounts.begin(small.stranger, ADDRESS))


def test_without_a_provider_there_is_no_such_door(house: House) -> None:
    world = a_world(house)
    refused(world, Unknown, lambda: accounts.begin(house.stranger, ADDRESS))
