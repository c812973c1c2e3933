from dataclasses import replace
from datetime import timedelta

import pytest

from service.domain.access import SESSION_LASTS
from service.domain.actors import Scope
from service.domain.errors import Denied, SignInNeeded, Unknown
from service.store.identity import Identity
from service.workflows import access, amendments, library, sessions
from tests.builders import a_world, names, tabling
from tests.houses import House
from tests.workflows.refusals import fields, refused


def test_a_visitor_of_the_demonstration_becomes_one_of_its_people(house: House) -> None:
    world = a_world(house)
    amara = world.cities[0]
    with world.recording("house") as entries:
        secret = access.sign_in_as(house.stranger, amara.person)
    assert names(entries) == ["session.opened"]
    assert secret not in str(entries[0].data)
    identity = access.identify_session(house.stranger, secret)
    (session,) = sessions.mine(house.context(identity))
    assert identity == Identity(amara.person, session_id=session.id)


def test_the_demonstrations_people_are_shown_where_it_is_on(house: House) -> None:
    a_world(house)
    assert [(p.name, p.organisation) for p in access.demo_people(house.stranger)][:2] == [
        ("Coordination facility’s person", "Coordination facility"),
        ("City network’s person", "City network"),
    ]
    house.demo = False
    assert access.demo_people(house.stranger) == ()


def test_nobody_becomes_anyone_where_the_demonstration_is_off(house: House) -> None:
    world = a_world(house)
    house.demo = False
    refused(world, Denied, lambda: access.sign_in_as(house.stranger, world.facility.person))


def test_nobody_becomes_someone_who_is_not_there(house: House) -> None:
    world = a_world(house)
    refused(world, Unknown, lambda: access.sign_in_as(house.stranger, "nobody"))


def test_a_session_ends_when_its_person_signs_out(house: House) -> None:
    world = a_world(house)
    secret = access.sign_in_as(house.stranger, world.facility.person)
    with world.recording("house") as entries:
        access.sign_out(house.stranger, secret)
        access.sign_out(house.stranger, secret)
    assert names(entries) == ["session.closed"]
    assert access.identify_session(house.stranger, secret) == Identity()


def test_a_session_ends_by_itself(house: House) -> None:
    world = a_world(house)
    secret = access.sign_in_as(house.stranger, world.facility.person)
    house.clock.moment += SESSION_LASTS
    assert access.identify_session(house.stranger, secret) == Identity()


def test_a_made_up_session_is_nobodys(house: House) -> None:
    assert access.identify_session(house.stranger, "made up") == Identity()
    assert access.identify_session(house.stranger, "\0\x7f") == Identity()


def test_a_token_stands_for_its_person_and_its_scopes(house: House) -> None:
    world = a_world(house)
    amara = world.cities[0]
    command = access.IssueToken(
        f" {amara.email.upper()} ", (Scope.AMEND,), house.clock.moment + timedelta(days=1)
    )
    with world.recording("house") as entries:
        token, secret = access.issue_token(house.operator, command)
    assert names(entries) == ["token.issued"]
    identity = access.identify_token(house.stranger, secret)
    assert identity == Identity(amara.person, token_id=token, token_scopes=frozenset({Scope.AMEND}))
    me = library.me(house.context(identity))
    assert me is not None
    assert [m.scopes for m in me.mandates] == [(Scope.AMEND,)]


def test_what_is_done_by_a_token_names_it_in_the_record(house: House) -> None:
    world = a_world(house)
    command = access.IssueToken(world.cities[0].email, (Scope.AMEND,), house.clock.moment + timedelta(days=1))
    token, secret = access.issue_token(house.operator, command)
    ctx = house.context(access.identify_token(house.stranger, secret))
    with world.recording() as entries:
        amendments.table(ctx, tabling(world))
    assert [(e.name, e.token_id, e.person_id) for e in entries] == [
        ("amendment.tabled", token, world.cities[0].person)
    ]


def test_a_token_that_is_unknown_or_over_opens_nothing(house: House) -> None:
    world = a_world(house)
    command = access.IssueToken(world.cities[0].email, (Scope.AMEND,), house.clock.moment + timedelta(days=1))
    _, secret = access.issue_token(house.operator, command)
    with pytest.raises(SignInNeeded):
        access.identify_token(house.stranger, secret + "x")
    house.clock.advance(days=1)
    with pytest.raises(SignInNeeded):
        access.identify_token(house.stranger, secret)


def test_only_the_operator_issues_tokens(house: House) -> None:
    world = a_world(house)
    command = access.IssueToken(world.facility.email, tuple(Scope), house.clock.moment + timedelta(days=1))
    refused(world, Denied, lambda: access.issue_token(world.acting(world.facility), command))


def test_a_token_is_refused_by_field(house: House) -> None:
    world = a_world(house)
    command = access.IssueToken("nobody@example.org", (), house.clock.moment)
    assert fields(world, lambda: access.issue_token(house.operator, command)) == [
        "email",
        "scopes",
        "expires_at",
    ]
    endless = replace(
        command,
        email=world.facility.email,
        scopes=(Scope.COMMENT,),
        expires_at=house.clock.moment + timedelta(days=367),
    )
    assert fields(world, lambda: access.issue_token(house.operator, endless)) == ["expires_at"]
