from dataclasses import replace
from datetime import timedelta

import pytest

from service.domain.access import Means
from service.domain.actors import Scope
from service.domain.errors import ConfirmationNeeded, Denied, SignInNeeded, Unknown
from service.store.identity import Identity
from service.workflows import access, confirmations, tokens
from service.workflows.tokens import NewToken
from tests.builders import a_world
from tests.houses import House
from tests.workflows.refusals import fields, refused
from tests.workflows.sessions import by_session


def a_token(house: House, *scopes: Scope) -> NewToken:
    return NewToken("Our list", scopes or (Scope.AMEND,), house.clock.moment + timedelta(days=30))


def test_a_person_makes_a_token_that_does_what_they_chose(house: House) -> None:
    world = a_world(house)
    ctx = by_session(world, world.cities[0])
    with world.recording("house") as entries:
        token_id, secret = tokens.issue_own(ctx, a_token(house))
    assert [(e.name, e.data["scopes"]) for e in entries] == [("token.issued", ["amend"])]
    identity = access.identify_token(house.stranger, secret)
    assert identity == Identity(world.cities[0].person, False, token_id, frozenset({Scope.AMEND}))
    assert [(t.id, t.name, t.scopes) for t in tokens.mine(ctx)] == [(token_id, "Our list", (Scope.AMEND,))]


@pytest.mark.parametrize("scope", [Scope.POSITION, Scope.APPROVE, Scope.FACILITATE])
def test_a_token_that_binds_is_made_after_a_confirmation_of_just_its_scopes(
    house: House, scope: Scope
) -> None:
    world = a_world(house)
    ctx, command = by_session(world, world.cities[0]), a_token(house, Scope.COMMENT, scope)
    other = tokens.act_of(world.cities[0].person, (scope,))
    act = tokens.act_of(world.cities[0].person, command.scopes)
    for given in (None, other, act):
        if given is not None:
            with ctx.transaction() as work:
                confirmations.given(ctx, work, given, Means.LINK)
        if given is not act:
            refused(world, ConfirmationNeeded, lambda: tokens.issue_own(ctx, command))
    tokens.issue_own(ctx, command)
    refused(world, ConfirmationNeeded, lambda: tokens.issue_own(ctx, command))


def test_a_revoked_token_opens_nothing(house: House) -> None:
    world = a_world(house)
    ctx = by_session(world, world.cities[0])
    token_id, secret = tokens.issue_own(ctx, a_token(house))
    refused(world, Unknown, lambda: tokens.revoke(world.acting(world.cities[1]), token_id))
    with world.recording("house") as entries:
        tokens.revoke(ctx, token_id)
    assert [(e.name, e.subject_id) for e in entries] == [("token.revoked", token_id)]
    assert tokens.mine(ctx) == ()
    refused(world, SignInNeeded, lambda: access.identify_token(house.stranger, secret))
    refused(world, Unknown, lambda: tokens.revoke(ctx, token_id))


def test_a_token_makes_and_revokes_no_tokens(house: House) -> None:
    world = a_world(house)
    token_id, secret = tokens.issue_own(by_session(world, world.cities[0]), a_token(house))
    ctx = house.context(access.identify_token(house.stranger, secret))
    refused(world, Denied, lambda: tokens.issue_own(ctx, a_token(house)))
    refused(world, Denied, lambda: tokens.revoke(ctx, token_id))
    refused(world, SignInNeeded, lambda: tokens.issue_own(house.stranger, a_token(house)))
    refused(world, SignInNeeded, lambda: tokens.mine(house.stranger))


def test_a_token_of_ones_own_is_refused_by_field(house: House) -> None:
    world = a_world(house)
    ctx, command = by_session(world, world.cities[0]), a_token(house)
    wrong = NewToken(" ", (), house.clock.moment)
    assert fields(world, lambda: tokens.issue_own(ctx, wrong)) == ["name", "scopes", "expires_at"]
    endless = replace(command, expires_at=command.expires_at + timedelta(days=337))
    assert fields(world, lambda: tokens.issue_own(ctx, endless)) == ["expires_at"]
    assert fields(world, lambda: tokens.issue_own(ctx, replace(command, name="x" * 101))) == ["name"]
