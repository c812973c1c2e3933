from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from service.domain.actors import Organisation, OrganisationKind, Partnership, Region
from service.domain.errors import StaleState, TryAgain, Unknown
from service.domain.events import AgendaEdited, OrganisationAdmitted
from service.domain.phases import Phase
from service.store.identity import Identity
from service.store.uow import UnitOfWork, UnrecordedChange, unit_of_work
from tests.builders import a_world
from tests.houses import BEGINNING, House


def a_city(house: House, name: str = "Amara") -> Organisation:
    return Organisation(
        house.new_id(), name, OrganisationKind.LOCAL_AUTHORITY, "Arendia", Region.EUROPEAN_UNION
    )


def count(house: House) -> int:
    with house.operator.transaction() as work:
        return work.organisations.count()


def test_what_was_changed_is_written_with_the_event_that_says_why(house: House) -> None:
    city = a_city(house)
    with unit_of_work(house.database, Identity(operator=True)) as work:
        work.organisations.add(city)
        work.record(OrganisationAdmitted(city.id))
    (entry,) = house.record()
    assert (entry.sequence, entry.at, entry.name, entry.subject_id, entry.person_id) == (
        1,
        BEGINNING,
        "organisation.admitted",
        city.id,
        None,
    )
    assert entry.data == {"organisation_id": city.id}
    assert count(house) == 1


def transact(house: House, do: Callable[[UnitOfWork], object]) -> None:
    with unit_of_work(house.database, Identity(operator=True)) as work:
        do(work)


def add(house: House, work: UnitOfWork) -> None:
    work.organisations.add(a_city(house, "Dawa"))


def change(_: House, work: UnitOfWork) -> None:
    work.organisations.all()[0].name = "Another"


def join(house: House, work: UnitOfWork) -> None:
    city = work.organisations.all()[0].id
    work.memberships.add_partnership(Partnership(house.new_id(), "P", Region.ASIA_PACIFIC, (), city, (city,)))


@pytest.mark.parametrize("do", [add, change, join])
def test_a_change_that_no_event_speaks_of_is_not_written(
    house: House, do: Callable[[House, UnitOfWork], None]
) -> None:
    with house.operator.transaction() as work:
        city = a_city(house)
        work.organisations.add(city)
        work.record(OrganisationAdmitted(city.id))
    with pytest.raises(UnrecordedChange):
        transact(house, partial(do, house))
    with house.operator.transaction() as work:
        assert [o.name for o in work.organisations.all()] == ["Amara"]
        assert work.connection.execute(text("SELECT count(*) FROM partnerships")).scalar_one() == 0
    assert len(house.record()) == 1


def test_admitting_someone_without_saying_so_is_not_written(house: House) -> None:
    world = a_world(house)
    with pytest.raises(UnrecordedChange):
        transact(house, lambda work: work.memberships.admit(world.agenda, [world.outsider.organisation]))
    with house.operator.transaction() as work:
        assert not work.memberships.takes_part(world.agenda, world.outsider.organisation)


def test_reading_alone_needs_no_event(house: House) -> None:
    with unit_of_work(house.database, Identity(operator=True)) as work:
        assert work.organisations.all() == ()
    assert house.record() == ()


def test_nothing_is_written_of_what_was_refused_halfway(house: House) -> None:
    with suppress(Unknown), unit_of_work(house.database, Identity(operator=True)) as work:
        city = a_city(house)
        work.organisations.add(city)
        work.record(OrganisationAdmitted(city.id))
        work.organisations.get("nobody")
    assert count(house) == 0
    assert house.record() == ()


def test_the_record_names_who_acted_for_whom_and_with_which_token(house: House) -> None:
    world = a_world(house)
    identity = Identity(world.facility.person, token_id=world.newcomer)
    with unit_of_work(house.database, identity) as work:
        work.record(
            AgendaEdited(world.agenda, ("title",)),
            agenda_id=world.agenda,
            organisation_id=world.facility.organisation,
        )
    entry, leaf = house.record(world.agenda)[-1], house.leaves(world.agenda)[-1]
    assert (entry.scope, entry.person_id, entry.organisation_id, entry.token_id) == (
        world.agenda,
        world.facility.person,
        world.facility.organisation,
        world.newcomer,
    )
    assert entry.person == leaf.person not in {None, world.facility.person}
    assert entry.data == {"agenda_id": world.agenda, "changed": ["title"]}


def test_each_scope_has_a_record_of_its_own(house: House) -> None:
    world = a_world(house)
    assert [e.sequence for e in house.record(world.agenda)] == list(
        range(1, len(house.record(world.agenda)) + 1)
    )
    assert [e.sequence for e in house.record()] == list(range(1, len(house.record()) + 1))


def test_a_change_of_what_someone_else_changed_meanwhile_is_refused(house: House) -> None:
    world = a_world(house)
    meanwhile = text("UPDATE agendas SET revision = revision + 1")

    def edit(work: UnitOfWork) -> None:
        agenda = work.agendas.get(world.agenda)
        work.connection.execute(meanwhile)
        agenda.title = "Mine"
        work.record(AgendaEdited(agenda.id, ("title",)), agenda_id=agenda.id)

    with pytest.raises(StaleState):
        transact(house, edit)
    assert world.view.title == "Port Alta 2026"


def test_every_change_makes_a_new_revision(house: House) -> None:
    world = a_world(house, Phase.PREPARATION)
    before = world.view.revision
    world.move(Phase.COMMENTING)
    assert world.view.revision == before + 1


def test_what_breaks_a_rule_of_the_database_is_refused_as_someone_elses_change(house: House) -> None:
    city = a_city(house)

    def add_twice(work: UnitOfWork) -> None:
        work.organisations.add(city)
        work.organisations.add(replace(city, id=house.new_id()))

    with pytest.raises(StaleState):
        transact(house, add_twice)
    assert count(house) == 0


def test_a_database_that_fails_is_told_as_such_and_nothing_is_written(house: House) -> None:
    def fail(work: UnitOfWork) -> None:
        work.organisations.add(a_city(house))
        raise OperationalError("COMMIT", {}, RuntimeError("the server went away"))

    with pytest.raises(TryAgain):
        transact(house, fail)
    assert count(house) == 0


def test_the_moment_stands_still_within_a_transaction(house: House) -> None:
    with unit_of_work(house.database, Identity(operator=True)) as work:
        first = work.now
        house.clock.advance(hours=1)
        assert work.now == first == BEGINNING


def test_someone_who_is_gone_is_nobody(house: House) -> None:
    with unit_of_work(house.database, Identity("01J00000000000000000000000")) as work:
        assert work.actor.person_id is None
