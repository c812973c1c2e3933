import pytest
from sqlalchemy import event, text

from service.domain.errors import StaleState, Unknown
from service.domain.events import AgendaEdited, AmendmentSigned
from service.store.uow import UnitOfWork
from service.workflows.amendments import SignAmendment, sign
from tests.builders import a_world, an_amendment
from tests.houses import House
from tests.worlds import World


def test_one_id_is_one_object_however_it_was_found(house: House) -> None:
    world = a_world(house)
    with house.operator.transaction() as work:
        agenda = work.agendas.get(world.agenda)
        agenda.title = "Another"
        assert work.agendas.find(id=world.agenda) is agenda
        assert work.agendas.all() == (agenda,)
        assert work.agendas.lock(world.agenda) is agenda
        assert agenda.title == "Another"
        work.record(AgendaEdited(agenda.id, ("title",)))


def test_only_what_differs_is_written_and_only_once(house: House) -> None:
    world = a_world(house)
    written: list[str] = []

    def note(*told: object) -> None:
        if str(told[2]).startswith("UPDATE agendas"):
            written.append(str(told[2]))

    with house.operator.transaction() as work:
        agenda = work.agendas.get(world.agenda)
        before = agenda.revision
        event.listen(work.connection, "before_cursor_execute", note)
        agenda.title, agenda.place = "Another", str(agenda.place)
        work.flush()
        work.flush()
        work.record(AgendaEdited(agenda.id, ("title",)))
    (statement,) = written
    assert [name in statement for name in ("title=", "revision=", "place=")] == [True, True, False]
    assert agenda.revision == before + 1


def test_what_was_changed_and_changed_back_is_no_change(house: House) -> None:
    world = a_world(house)
    with house.operator.transaction() as work:
        agenda = work.agendas.get(world.agenda)
        title, agenda.title = agenda.title, "Another"
        agenda.title = title
    assert world.view.revision == agenda.revision


def test_queries_see_what_was_changed_before_them(house: House) -> None:
    world = a_world(house)
    with house.operator.transaction() as work:
        agenda = work.agendas.get(world.agenda)
        agenda.title = "Another"
        assert work.agendas.count(title="Another") == 1
        assert work.agendas.find(title="Another") is agenda
        work.record(AgendaEdited(agenda.id, ("title",)))


def signed(world: World, house: House) -> str:
    amendment, other = an_amendment(world), world.cities[1]
    sign(world.acting(other), SignAmendment(amendment, other.organisation))
    with house.operator.transaction() as work:
        return work.signatures.all(amendment_id=amendment)[0].id


def take_away(work: UnitOfWork, signature_id: str) -> None:
    signature = work.signatures.get(signature_id)
    work.signatures.remove(signature)
    work.record(AmendmentSigned(signature.amendment_id, signature.organisation_id))


def test_what_was_taken_away_is_not_there_any_more(house: House) -> None:
    signature = signed(a_world(house), house)
    with house.operator.transaction() as work:
        take_away(work, signature)
        with pytest.raises(Unknown):
            work.signatures.get(signature)
    with house.operator.transaction() as work:
        assert work.signatures.count() == 0


def test_what_someone_else_took_away_cannot_be_taken_away(house: House) -> None:
    signature = signed(a_world(house), house)

    def come_too_late() -> None:
        with house.operator.transaction() as work:
            work.signatures.get(signature)
            work.connection.execute(text("DELETE FROM signatures"))
            take_away(work, signature)

    with pytest.raises(StaleState):
        come_too_late()
    with house.operator.transaction() as work:
        assert work.signatures.count() == 1
