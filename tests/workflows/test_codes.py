from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from hashlib import sha256

import pyotp
import pytest
from sqlalchemy import select

from service.domain.access import Means
from service.domain.errors import (
    ConfirmationNeeded,
    Denied,
    Invalid,
    SignInNeeded,
    TooManyRequests,
    Unknown,
)
from service.domain.permissions import Act
from service.domain.phases import Phase
from service.store.access_tables import code_apps, recovery_codes
from service.store.identity import Identity
from service.workflows import access, codes, confirmations, positions
from service.workflows.codes import CodesView
from service.workflows.context import Context
from tests.builders import a_world, names, taking
from tests.houses import House
from tests.workflows.refusals import fields, refused
from tests.workflows.sessions import by_session
from tests.worlds import World


@dataclass
class App:
    """A person's session, and the app on their phone."""

    world: World
    ctx: Context
    secret: str
    recovery: tuple[str, ...]

    def code(self, steps: int = 0) -> str:
        """Return what the app shows, or shows some spans later."""
        return pyotp.TOTP(self.secret).at(self.world.house.clock.moment, counter_offset=steps)

    @property
    def act(self) -> Act:
        return positions.act_of(taking(self.world))

    def confirms(self, code: str) -> str:
        return codes.confirm(self.ctx, self.act, code).secret


def may_change(ctx: Context) -> None:
    act = codes.act_of(ctx.identity.person_id or "")
    with ctx.transaction() as work:
        confirmations.given(ctx, work, act, Means.LINK)


@pytest.fixture
def app(house: House) -> App:
    """An app in use, by the person of the first city."""
    house.doors = replace(house.doors, secret_of=lambda label: sha256(label.encode()).digest())
    world = a_world(house, Phase.ENDORSEMENT)
    ctx = by_session(world, world.cities[0])
    may_change(ctx)
    made = codes.set_up(ctx)
    app = App(world, ctx, made.secret, ())
    app.recovery = codes.prove(ctx, app.code())
    house.clock.advance(minutes=15)
    return app


def test_a_code_confirms_an_act_and_gives_the_session_a_new_secret(app: App) -> None:
    with app.world.recording("house") as entries:
        secret = app.confirms(f"{app.code()[:3]} {app.code()[3:]}")
    assert [(e.name, e.data["means"]) for e in entries] == [("confirmation.given", "code")]
    assert access.identify_session(app.world.house.stranger, secret) == app.ctx.identity
    positions.take(app.ctx, taking(app.world))


def test_a_code_works_once_and_none_before_it_works_after(app: App) -> None:
    app.confirms(app.code())
    for steps in (0, -1):
        assert fields(app.world, lambda s=steps: app.confirms(app.code(s))) == ["code"]  # type: ignore[misc]  # a default in a lambda
    app.confirms(app.code(1))


def test_a_code_from_before_the_last_or_after_the_next_span_is_wrong(app: App) -> None:
    for code in (app.code(-2), app.code(2), "000000x", "", "é"):
        assert fields(app.world, lambda c=code: app.confirms(c)) == ["code"]  # type: ignore[misc]  # a default in a lambda


def test_of_many_who_send_a_code_at_once_one_confirms(app: App) -> None:
    code = app.code()

    def confirms(_: int) -> bool:
        try:
            ctx = app.world.house.context(app.ctx.identity)
            return bool(codes.confirm(ctx, app.act, code))
        except Invalid:
            return False

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(confirms, range(4))) == 1


def test_a_recovery_code_works_once(app: App) -> None:
    assert (len(set(app.recovery)), [len(code) for code in app.recovery]) == (10, [19] * 10)
    app.confirms(app.recovery[0].upper())
    assert codes.mine(app.ctx) == CodesView(in_use=True, left=9)
    assert fields(app.world, lambda: app.confirms(app.recovery[0])) == ["code"]
    app.confirms(app.recovery[1].replace("-", " "))


def test_new_recovery_codes_end_those_before(app: App) -> None:
    refused(app.world, ConfirmationNeeded, lambda: codes.renew_recovery(app.ctx))
    may_change(app.ctx)
    fresh = codes.renew_recovery(app.ctx)
    assert fields(app.world, lambda: app.confirms(app.recovery[0])) == ["code"]
    app.confirms(fresh[0])


def test_guessing_ends_after_five_tries(app: App) -> None:
    for _ in range(5):
        fields(app.world, lambda: app.confirms("000000"))
    refused(app.world, TooManyRequests, lambda: app.confirms(app.code()))


def test_nothing_that_is_kept_makes_a_code(app: App) -> None:
    with app.world.house.database.reading() as connection:
        kept = str([connection.execute(select(table)).all() for table in (code_apps, recovery_codes)])
    assert [secret for secret in (app.secret, *app.recovery) if secret in kept] == []


def test_an_app_counts_once_it_has_shown_a_code(app: App) -> None:
    may_change(app.ctx)
    made = replace(app, secret=codes.set_up(app.ctx).secret)
    assert codes.mine(app.ctx) == CodesView(in_use=False, left=0)
    for code in (app.code(), made.code()):
        assert fields(app.world, lambda c=code: made.confirms(c)) == ["code"]  # type: ignore[misc]  # a default in a lambda
    assert fields(app.world, lambda: codes.prove(app.ctx, app.code())) == ["code"]
    codes.prove(app.ctx, made.code())
    made.confirms(made.code(1))


def test_a_removed_app_confirms_nothing(app: App) -> None:
    refused(app.world, ConfirmationNeeded, lambda: codes.remove(app.ctx))
    may_change(app.ctx)
    with app.world.recording("house") as entries:
        codes.remove(app.ctx)
    assert names(entries) == ["codes.changed"]
    for code in (app.code(), app.recovery[0]):
        assert fields(app.world, lambda c=code: app.confirms(c)) == ["code"]  # type: ignore[misc]  # a default in a lambda
    may_change(app.ctx)
    refused(app.world, Unknown, lambda: codes.renew_recovery(app.ctx))


def test_nobody_changes_an_app_without_a_session(app: App) -> None:
    token = app.world.house.context(Identity(app.world.cities[0].person, token_scopes=frozenset()))
    for ctx, kind in ((app.world.house.stranger, SignInNeeded), (token, Denied)):
        refused(app.world, kind, lambda c=ctx: codes.set_up(c))  # type: ignore[misc]  # a default in a lambda
    refused(app.world, SignInNeeded, lambda: codes.mine(app.world.house.stranger))


def test_without_a_key_there_is_no_app(house: House) -> None:
    world = a_world(house)
    ctx = by_session(world, world.cities[0])
    may_change(ctx)
    refused(world, Unknown, lambda: codes.set_up(ctx))


def test_whoever_shows_right_codes_confirms_as_often_as_they_like(app: App) -> None:
    for _ in range(8):
        app.confirms(app.code())
        app.world.house.clock.advance(seconds=30)
