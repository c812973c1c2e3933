from dataclasses import replace
from datetime import timedelta

from service.domain.actors import MandateLevel, OrganisationKind, Region, Role, Scope
from service.domain.errors import Denied, SignInNeeded, Unknown
from service.domain.views.people import OrganisationView
from service.workflows import library, people
from tests.builders import a_world, names
from tests.houses import House
from tests.workflows.refusals import fields, refused

CITY = people.EnterOrganisation("Monte Alto", OrganisationKind.LOCAL_AUTHORITY, "Lusvia", Region.ASIA_PACIFIC)
ADA = people.EnterPerson("ada@monte-alto.example", "Ada")


def test_the_facility_enters_an_organisation(house: House) -> None:
    world = a_world(house)
    with world.recording("house") as entries:
        made = people.enter_organisation(world.acting(world.facility), CITY)
    assert names(entries) == ["organisation.admitted"]
    assert entries[0].person_id == world.facility.person
    assert library.organisation(house.stranger, made) == OrganisationView(
        made, "Monte Alto", OrganisationKind.LOCAL_AUTHORITY, "Lusvia", Region.ASIA_PACIFIC, invented=False
    )


def test_the_operator_enters_the_first_people(house: House) -> None:
    made = people.enter_organisation(house.operator, CITY)
    person = people.enter_person(house.operator, ADA)
    assert names(list(house.record())) == ["organisation.admitted", "person.entered"]
    assert library.organisation(house.stranger, made).name == "Monte Alto"
    me = library.me(house.person(person))
    assert me is not None
    assert (me.email, me.mandates) == ("ada@monte-alto.example", ())


def test_only_the_facility_enters_anyone(house: House) -> None:
    world = a_world(house)
    city = world.acting(world.cities[0])
    refused(world, Denied, lambda: people.enter_organisation(city, CITY))
    refused(world, Denied, lambda: people.enter_person(city, ADA))
    refused(world, SignInNeeded, lambda: people.enter_organisation(house.stranger, CITY))


def test_an_organisation_is_refused_by_field(house: House) -> None:
    world = a_world(house)
    ctx = world.acting(world.facility)

    def enter(**words: str) -> list[str]:
        command = replace(CITY, **words)  # type: ignore[arg-type] # words alone
        return fields(world, lambda: people.enter_organisation(ctx, command))

    assert enter(name="  ") == ["name"]
    assert enter(name="n" * 201) == ["name"]
    assert enter(name=" Amara ") == ["name"]
    assert enter(country="c" * 101) == ["country"]


def test_a_person_is_refused_by_field(house: House) -> None:
    world = a_world(house)
    ctx = world.acting(world.facility)

    def enter(command: people.EnterPerson) -> list[str]:
        return fields(world, lambda: people.enter_person(ctx, command))

    for email in ("", "ada", "ada@", "ada@city", "a b@city.example", "ada@cité.example", "a" * 65 + "@b.cc"):
        assert enter(replace(ADA, email=email)) == ["email"]
    endless = "a@" + "b" * 60 + "." + "c" * 60 + "." + "d" * 60 + "." + "e" * 60 + ".example.org"
    assert enter(replace(ADA, email=endless)) == ["email"]
    assert enter(replace(ADA, email=" NEWCOMER@example.org ")) == ["email"]
    assert enter(replace(ADA, time_zone="Europe/Atlantis")) == ["time_zone"]
    assert enter(replace(ADA, time_zone="../etc/passwd")) == ["time_zone"]
    assert enter(replace(ADA, name="")) == ["name"]


def test_a_partnership_has_its_members_with_the_lead_first(house: House) -> None:
    world = a_world(house)
    cities = [c.organisation for c in world.cities]
    command = people.EnterPartnership(
        "Light", Region.ASIA_PACIFIC, ("energy",), cities[2], (*cities, cities[2])
    )
    with world.recording("house") as entries:
        made = people.enter_partnership(world.acting(world.facility), command)
    assert names(entries) == ["partnership.entered"]
    (view,) = (p for p in library.partnerships(house.stranger).items if p.id == made)
    assert (view.lead_id, view.themes) == (cities[2], ("energy",))
    assert [m.name for m in view.members] == ["Kesi", "Amara", "Dawa", "Vilaró"]


def test_a_partnership_is_refused_by_field(house: House) -> None:
    world = a_world(house)
    ctx = world.acting(world.facility)
    amara, other = (c.organisation for c in world.cities[:2])
    command = people.EnterPartnership("Light", Region.ASIA_PACIFIC, (), amara, (amara, other))

    def enter(command: people.EnterPartnership) -> list[str]:
        return fields(world, lambda: people.enter_partnership(ctx, command))

    assert enter(replace(command, lead_id=world.service.organisation)) == ["lead_id"]
    assert enter(replace(command, member_ids=(amara, "nobody"))) == ["member_ids"]
    assert enter(replace(command, name="Water for all")) == ["name"]
    assert enter(replace(command, themes=("",))) == ["themes"]


def test_a_mandate_lets_its_holder_act_from_now_on(house: House) -> None:
    world = a_world(house)
    command = people.GrantMandate(
        world.newcomer,
        world.cities[0].organisation,
        Role.REPRESENTATIVE,
        (Scope.AMEND, Scope.AMEND),
        MandateLevel.POLITICAL,
        "Letter",
    )
    with world.recording("house") as entries:
        made = people.grant_mandate(world.acting(world.facility), command)
    assert names(entries) == ["mandate.granted"]
    assert entries[0].data["scopes"] == ["amend"]
    me = library.me(house.person(world.newcomer))
    assert me is not None
    assert [(m.id, m.organisation, m.scopes) for m in me.mandates] == [(made, "Amara", (Scope.AMEND,))]


def test_a_mandate_ends_when_it_says(house: House) -> None:
    world = a_world(house)
    command = people.GrantMandate(
        world.newcomer,
        world.cities[0].organisation,
        Role.REPRESENTATIVE,
        (Scope.AMEND,),
        MandateLevel.POLITICAL,
        "Letter",
        house.clock.moment + timedelta(days=1),
    )
    people.grant_mandate(world.acting(world.facility), command)
    organisation = world.cities[0].organisation
    assert len(library.mandates(house.stranger, organisation)) == 2
    house.clock.advance(days=1)
    me = library.me(house.person(world.newcomer))
    assert me is not None
    assert me.mandates == ()
    assert len(library.mandates(house.stranger, organisation)) == 1


def test_a_mandate_is_refused_by_field(house: House) -> None:
    world = a_world(house)
    ctx = world.acting(world.facility)
    command = people.GrantMandate(
        world.newcomer,
        world.cities[0].organisation,
        Role.OBSERVER,
        (),
        MandateLevel.TECHNICAL,
        "Letter",
    )
    beyond = replace(command, scopes=(Scope.APPROVE,))
    assert fields(world, lambda: people.grant_mandate(ctx, beyond)) == ["scopes"]
    ended = replace(command, expires_at=house.clock.moment)
    assert fields(world, lambda: people.grant_mandate(ctx, ended)) == ["expires_at"]
    wordy = replace(command, document="d " * 251)
    assert fields(world, lambda: people.grant_mandate(ctx, wordy)) == ["document"]
    refused(world, Unknown, lambda: people.grant_mandate(ctx, replace(command, person_id="nobody")))
    refused(world, Unknown, lambda: people.grant_mandate(ctx, replace(command, organisation_id="nobody")))
