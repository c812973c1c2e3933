from dataclasses import replace
from datetime import timedelta

import pytest

from service.domain.actors import MandateNature, Scope
from service.domain.errors import Denied, ForeignOrganisation, MandateEnded, NotDelegable, Unknown
from service.domain.permissions import Permission
from service.domain.phases import Phase
from service.store.identity import Identity
from service.workflows import library, mandates, participants, positions
from service.workflows.mandates import Delegate, NameAlternate, Revoke
from tests.builders import a_position, a_world, taking
from tests.houses import House
from tests.workflows.refusals import fields, refused
from tests.worlds import Member, World

NEWCOMER = "newcomer@example.org"


def mandate_of(world: World, member: Member) -> str:
    view = library.me(world.acting(member))
    assert view is not None
    return view.mandates[0].id


def lending(world: World, *scopes: Scope) -> Delegate:
    until = world.house.clock.moment + timedelta(days=3)
    source = mandate_of(world, world.cities[0])
    return Delegate(source, NEWCOMER, "A newcomer", scopes or (Scope.POSITION,), until)


def lent(world: World, *scopes: Scope) -> str:
    return mandates.delegate(world.acting(world.cities[0]), lending(world, *scopes))


def newcomer(world: World) -> Member:
    return Member(world.newcomer, world.cities[0].organisation, "A newcomer", NEWCOMER)


def test_a_delegate_acts_for_the_organisation_and_the_record_names_both(house: House) -> None:
    world = a_world(house, Phase.ENDORSEMENT)
    made = lent(world)
    with world.recording() as entries:
        a_position(world, by=newcomer(world))
    assert [(e.name, e.person_id, e.organisation_id, e.data["mandate"]) for e in entries] == [
        (
            "position.taken",
            world.newcomer,
            world.cities[0].organisation,
            {"id": made, "nature": "delegated", "source_id": mandate_of(world, world.cities[0])},
        )
    ]
    house.check_records()


def test_a_delegation_is_recorded_without_names(house: House) -> None:
    world = a_world(house)
    with world.recording("house") as entries:
        made = lent(world, Scope.COMMENT)
    assert [(e.name, e.subject_id, e.organisation_id, e.data["scopes"]) for e in entries] == [
        ("mandate.delegated", made, world.cities[0].organisation, ["comment"])
    ]
    assert NEWCOMER not in str(entries)


def test_a_delegation_ends_on_its_day_with_its_source_and_by_hand(house: House) -> None:
    world = a_world(house)
    acting = house.person(world.newcomer)

    def held() -> int:
        view = library.me(acting)
        assert view is not None
        return len(view.mandates)

    first = lent(world)
    assert held() == 1
    mandates.revoke(world.acting(world.cities[0]), Revoke(first, "Back from leave."))
    assert held() == 0
    lent(world)
    house.clock.advance(days=3)
    assert held() == 0
    lent(world)
    assert held() == 1
    mandates.revoke(
        world.acting(world.facility), Revoke(mandate_of(world, world.cities[0]), "The council voted.")
    )
    assert held() == 0


def test_a_lent_mandate_is_not_lent_on_and_lends_no_more_than_it_says(house: House) -> None:
    world = a_world(house, Phase.ENDORSEMENT)
    made = lent(world, Scope.COMMENT)
    acting = house.person(world.newcomer)
    on = replace(lending(world, Scope.COMMENT), mandate_id=made, email="third@example.org")
    refused(world, NotDelegable, lambda: mandates.delegate(acting, on))
    refused(world, ForeignOrganisation, lambda: positions.take(acting, taking(world)))


def test_an_alternate_is_named_by_the_holder_or_the_facility_and_marked(house: House) -> None:
    world = a_world(house)
    source = mandate_of(world, world.cities[0])
    for who, address in ((world.cities[0], NEWCOMER), (world.facility, "second@example.org")):
        made = mandates.name_alternate(world.acting(who), NameAlternate(source, address, "Second"))
        detail = participants.mandate(world.acting(world.facility), made).detail
        assert (detail.nature, detail.source_person, detail.email, detail.scopes) == (
            MandateNature.ALTERNATE,
            f"{world.cities[0].name}’s person",
            address,
            participants.mandate(world.acting(who), source).detail.scopes,
        )


def test_whether_an_address_has_an_account_is_not_told(house: House) -> None:
    world = a_world(house)
    amara = world.acting(world.cities[0])
    for address in (NEWCOMER, "unheard-of@example.org"):
        mandates.delegate(amara, replace(lending(world), email=address, name="Somebody"))
    seen = participants.mandate(amara, mandate_of(world, world.cities[0])).passed_on
    assert [(one.person, one.email) for one in seen] == [("", NEWCOMER), ("", "unheard-of@example.org")]


def test_a_mandate_is_passed_on_to_a_few_alone(house: House) -> None:
    world = a_world(house)
    amara = world.acting(world.cities[0])
    for n in range(10):
        mandates.delegate(amara, replace(lending(world), email=f"p{n}@example.org"))
    eleventh = replace(lending(world), email="p10@example.org")
    assert fields(world, lambda: mandates.delegate(amara, eleventh)) == ["email"]
    assert fields(world, lambda: mandates.delegate(amara, replace(lending(world), email="nobody"))) == [
        "email"
    ]


def test_a_mandate_is_unknown_to_whoever_has_nothing_to_do_with_it(house: House) -> None:
    world = a_world(house)
    source = mandate_of(world, world.cities[0])
    for ctx in (house.stranger, world.acting(world.cities[1])):
        for known in (source, "no-such-mandate"):
            command = replace(lending(world), mandate_id=known)
            refused(world, Unknown, lambda c=ctx, m=known: participants.mandate(c, m))  # type: ignore[misc]  # defaults in a lambda
            refused(world, Unknown, lambda c=ctx, m=known: mandates.revoke(c, Revoke(m, "No.")))  # type: ignore[misc]  # the same
            refused(world, Unknown, lambda c=ctx, d=command: mandates.delegate(c, d))  # type: ignore[misc]  # the same


def test_the_facility_lends_nothing_of_others(house: House) -> None:
    world = a_world(house)
    refused(world, Denied, lambda: mandates.delegate(world.acting(world.facility), lending(world)))
    may = participants.mandate(world.acting(world.facility), mandate_of(world, world.cities[0])).may
    assert may == {
        Permission.MANDATE_READ,
        Permission.MANDATE_REVOKE,
        Permission.MANDATE_ATTACH,
        Permission.MANDATE_NAME_ALTERNATE,
    }


def test_what_has_ended_is_not_ended_again(house: House) -> None:
    world = a_world(house)
    source = mandate_of(world, world.cities[0])
    ctx = world.acting(world.facility)
    mandates.revoke(ctx, Revoke(source, "Elections."))
    refused(world, MandateEnded, lambda: mandates.revoke(ctx, Revoke(source, "Elections.")))
    detail = participants.mandate(ctx, source).detail
    assert (detail.in_force, detail.revocation) == (False, "Elections.")


@pytest.mark.parametrize("scopes", [frozenset({Scope.COMMENT}), frozenset[Scope]()])
def test_a_token_lends_what_it_was_given_for_alone(house: House, scopes: frozenset[Scope]) -> None:
    world = a_world(house)
    by_token = house.context(Identity(world.cities[0].person, token_scopes=scopes))
    assert fields(world, lambda: mandates.delegate(by_token, lending(world, Scope.POSITION))) == ["scopes"]


def test_a_token_that_was_given_for_less_names_no_alternate(house: House) -> None:
    world = a_world(house)
    command = NameAlternate(mandate_of(world, world.cities[0]), NEWCOMER, "Second")
    for scopes in (frozenset({Scope.COMMENT}), frozenset(Scope) - {Scope.APPROVE}):
        by_token = house.context(Identity(world.cities[0].person, token_scopes=scopes))
        refused(world, Denied, lambda c=by_token: mandates.name_alternate(c, command))  # type: ignore[misc]  # a default in a lambda
    mandates.name_alternate(
        house.context(Identity(world.cities[0].person, token_scopes=frozenset(Scope))), command
    )


def test_a_letter_is_entered_by_the_facility_and_both_are_recorded(house: House) -> None:
    world = a_world(house, Phase.ENDORSEMENT)
    command = replace(taking(world), on_paper="Letter of 3 January, signed by the mayor")
    with world.recording() as entries:
        made = positions.take(world.acting(world.facility), command)
    organisation = world.cities[0].organisation
    assert [(e.name, e.person_id, e.organisation_id) for e in entries] == [
        ("position.taken", world.facility.person, organisation),
        ("position.entered_on_paper", world.facility.person, organisation),
    ]
    assert made == entries[1].subject_id
    refused(world, Denied, lambda: positions.take(world.acting(world.cities[1]), command))
    long = replace(command, on_paper="x" * 501)
    assert fields(world, lambda: positions.take(world.acting(world.facility), long)) == ["on_paper"]
    bound = house.context(Identity(world.facility.person, token_scopes=frozenset({Scope.FACILITATE})))
    refused(world, Denied, lambda: positions.take(bound, command))
