import pytest

from service.domain.actors import MandateLevel, Role
from service.domain.errors import Denied, IllegalMove, PersonGone, Unknown
from service.domain.views.participants import Invited, ParticipantFilter
from service.store.identity import Identity
from service.store.uow import unit_of_work
from service.workflows import erasure, invitations, participants
from service.workflows.people import GrantMandate, grant_mandate
from tests.builders import a_world
from tests.counting import counting
from tests.houses import House
from tests.workflows.refusals import refused
from tests.worlds import World


def states(world: World, state: Invited | None = None, words: str = "") -> dict[str, Invited]:
    found = participants.participants(
        world.acting(world.facility), world.agenda, ParticipantFilter(state, words)
    )
    return {one.email: one.invited for one in found.items}


def accepts(house: House, person_id: str) -> bool:
    with unit_of_work(house.database, Identity(operator=True)) as work:
        return invitations.accept_invitation(work, person_id)


def test_everyone_who_was_not_invited_yet_is_invited_once(house: House) -> None:
    world = a_world(house)
    facility = world.acting(world.facility)
    amara = world.cities[0]
    invitations.invite(facility, amara.person)
    everyone = len(states(world))
    with world.recording("house") as entries:
        assert invitations.invite_all(facility, world.agenda) == everyone - 1
        assert invitations.invite_all(facility, world.agenda) == 0
    assert [e.name for e in entries] == ["person.invited"] * (everyone - 1)
    assert set(states(world).values()) == {Invited.SENT}


def test_an_invitation_expires_is_sent_again_and_accepted(house: House) -> None:
    world = a_world(house)
    facility, amara = world.acting(world.facility), world.cities[0]
    assert not accepts(house, amara.person)
    invitations.invite(facility, amara.person)
    house.clock.advance(days=7)
    assert states(world, Invited.EXPIRED) == {amara.email: Invited.EXPIRED}
    assert states(world, Invited.SENT) == {}
    assert not accepts(house, amara.person)
    invitations.invite(facility, amara.person)
    assert accepts(house, amara.person)
    assert not accepts(house, amara.person)
    assert states(world, Invited.ACCEPTED) == {amara.email: Invited.ACCEPTED}
    refused(world, IllegalMove, lambda: invitations.invite(facility, amara.person))


def test_a_person_who_was_erased_is_neither_invited_nor_given_a_mandate(house: House) -> None:
    world = a_world(house)
    facility, amara = world.acting(world.facility), world.cities[0]
    invitations.invite(facility, amara.person)
    erasure.erase(facility, amara.person)
    for person in (amara.person, erased_uninvited(world)):
        refused(world, PersonGone, lambda p=person: invitations.invite(facility, p))  # type: ignore[misc]  # a default in a lambda
    command = GrantMandate(
        amara.person, amara.organisation, Role.OBSERVER, (), MandateLevel.TECHNICAL, "Letter"
    )
    refused(world, PersonGone, lambda: grant_mandate(facility, command))
    assert invitations.invite_all(facility, world.agenda) > 0


def erased_uninvited(world: World) -> str:
    person = world.cities[1].person
    erasure.erase(world.acting(world.facility), person)
    return person


def test_a_withdrawn_invitation_opens_nothing(house: House) -> None:
    world = a_world(house)
    facility, amara = world.acting(world.facility), world.cities[0]
    refused(world, Unknown, lambda: invitations.withdraw(facility, amara.person))
    invitations.invite(facility, amara.person)
    invitations.withdraw(facility, amara.person)
    assert not accepts(house, amara.person)
    assert states(world, Invited.WITHDRAWN) == {amara.email: Invited.WITHDRAWN}
    invitations.invite(facility, amara.person)
    assert states(world, words="amara") == {amara.email: Invited.SENT}


def test_inviting_is_the_facilitys(house: House) -> None:
    world = a_world(house)
    ctx, amara = world.acting(world.cities[0]), world.cities[0].person
    refused(world, Denied, lambda: invitations.invite(ctx, amara))
    refused(world, Denied, lambda: invitations.invite_all(ctx, world.agenda))
    refused(world, Denied, lambda: invitations.withdraw(ctx, amara))
    refused(world, Denied, lambda: participants.participants(ctx, world.agenda, ParticipantFilter()))
    refused(world, Denied, lambda: participants.attendance(ctx, world.agenda))


def test_participants_are_found_by_name_address_and_organisation(house: House) -> None:
    world = a_world(house)
    amara = world.cities[0]
    for words in ("AMARA’S", "amara@example", "Amara"):
        assert states(world, words=words) == {amara.email: Invited.NOT_YET}
    assert states(world, words="%") == {}
    assert world.outsider.email not in states(world)


def test_an_agendas_people_are_counted(house: House) -> None:
    world = a_world(house)
    facility = world.acting(world.facility)
    invitations.invite(facility, world.cities[0].person)
    everyone = len(states(world))
    seen = participants.attendance(facility, world.agenda)
    assert {state: n for state, n in seen.persons.items() if n} == {
        Invited.NOT_YET: everyone - 1,
        Invited.SENT: 1,
    }
    assert seen.unmanned == ()


@pytest.mark.parametrize("words", ["", "amara"])
def test_a_page_of_participants_takes_the_same_however_long_it_is(house: House, words: str) -> None:
    world = a_world(house)
    facility = world.acting(world.facility)
    made = []
    for limit in (1, 3):
        with counting(house) as statements:
            participants.participants(facility, world.agenda, ParticipantFilter(words=words), limit)
        made.append(len(statements))
    assert made[0] == made[1]
