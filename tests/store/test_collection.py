import pytest

from service.domain.actors import OrganisationKind
from service.domain.errors import Unknown
from service.domain.events import AgendaEdited
from service.domain.phases import Phase
from service.domain.positions import PositionState
from tests.builders import a_position, a_world
from tests.counting import counting
from tests.houses import House


def test_what_is_there_is_found_by_its_id(house: House) -> None:
    world = a_world(house)
    with house.operator.transaction() as work:
        assert work.agendas.get(world.agenda).id == world.agenda
        assert work.agendas.lock(world.agenda) is work.agendas.get(world.agenda)
        assert work.agendas.lock(world.agenda, share=True) is work.agendas.get(world.agenda)


@pytest.mark.parametrize("identifier", ["nobody", "", "\0", "a\0b", "\ud800", "é" * 30, "x" * 500])
def test_what_is_not_there_is_unknown_whatever_it_is_called(house: House, identifier: str) -> None:
    with house.operator.transaction() as work:
        with pytest.raises(Unknown, match="There is no such agenda here"):
            work.agendas.get(identifier)
        with pytest.raises(Unknown):
            work.agendas.lock(identifier)
        assert work.agendas.find(id=identifier) is None
        assert work.recommendations.all(agenda_id=identifier) == ()


def test_equality_narrows_what_is_found(house: House) -> None:
    world = a_world(house)
    with house.operator.transaction() as work:
        cities = work.organisations.all(kind=OrganisationKind.LOCAL_AUTHORITY, order="name")
        assert [c.name for c in cities] == ["Amara", "Dawa", "Kesi", "Port Nova", "Vilaró"]
        services = {OrganisationKind.EU_SERVICE, OrganisationKind.NETWORK}
        assert work.organisations.count(kind=services) == 4
        assert work.organisations.count(kind=()) == 0
        assert work.editions.all(agenda_id=world.agenda, approved_by=None) == ()


def test_a_lock_shows_what_others_changed_since_it_was_read(house: House) -> None:
    world = a_world(house, Phase.ENDORSEMENT)
    position = a_position(world)
    with house.operator.transaction() as work:
        known = work.positions.get(position)
        work.connection.exec_driver_sql("UPDATE positions SET state = 'withdrawn', revision = revision + 1")
        assert known.state is PositionState.STANDING
        locked = work.positions.lock(position)
    # On SQLite a writing transaction is alone, so what it has read stands; elsewhere the lock reads again.
    alone = house.database.is_sqlite
    assert locked.state is (PositionState.STANDING if alone else PositionState.WITHDRAWN)


def test_locking_a_list_shows_what_others_changed_too(house: House) -> None:
    world = a_world(house, Phase.ENDORSEMENT)
    a_position(world)
    with house.operator.transaction() as work:
        (known,) = work.positions.all()
        work.connection.exec_driver_sql(
            "UPDATE positions SET statement = 'Changed.', revision = revision + 1"
        )
        assert [p.statement for p in work.positions.all(lock=True)] == ["Changed."]
        assert known.statement == "Changed."


def test_what_belongs_to_an_agenda_comes_with_it(house: House) -> None:
    world = a_world(house)
    with house.operator.transaction() as work, counting(house) as statements:
        recommendation = work.recommendations.get(world.recommendation)
        agenda = work.agendas.get(world.agenda)
        assert (recommendation.agenda_id, agenda.id) == (world.agenda, world.agenda)
        assert work.recommendations.get(world.recommendation) is recommendation
    assert len([one for one in statements if one.startswith("SELECT")]) == 1


def test_an_agenda_that_was_changed_already_is_not_read_over(house: House) -> None:
    world = a_world(house)
    with house.operator.transaction() as work:
        agenda = work.agendas.get(world.agenda)
        agenda.title = "Another"
        work.recommendations.get(world.recommendation)
        assert (work.agendas.get(world.agenda), agenda.title) == (agenda, "Another")
        work.record(AgendaEdited(agenda.id, ("title",)))


def test_what_never_changes_is_read_once(house: House) -> None:
    world = a_world(house)
    version = world.text.id
    with house.operator.transaction() as work:
        first = work.versions.get(version)
    with house.operator.transaction() as work, counting(house) as statements:
        assert work.versions.get(version) is first
        with pytest.raises(Unknown, match="There is no such version here"):
            work.versions.get("nobody")
    assert len([one for one in statements if one.startswith("SELECT")]) == 1
