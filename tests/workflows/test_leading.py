"""The desk of whoever leads a round, and reminding those who are silent."""

from service.domain.errors import Denied, NobodySilent, RemindedLately
from service.domain.leading import Chore
from service.domain.phases import Phase
from service.workflows import leading
from tests.builders import ASK, a_position, a_world, an_amendment, decided
from tests.counting import counting
from tests.houses import House
from tests.workflows.refusals import refused


def test_the_desk_tells_what_waits_how_far_texts_are_and_who_is_silent(house: House) -> None:
    world = a_world(house)
    facility = world.acting(world.facility)
    an_amendment(world)
    an_amendment(world, by=world.cities[1], edit={"ask": ASK.replace("a contact", "an officer")})
    view = leading.desk(facility, world.agenda)
    assert {task.chore: task.count for task in view.tasks} == {
        Chore.NO_DEADLINE: 1,
        Chore.UNINVITED: 6,
        Chore.SILENT: 3,
        Chore.COLLIDING: 2,
    }
    assert [
        (s.recommendation.open_amendments, s.recommendation.colliding, s.outcome) for s in view.stages
    ] == [(2, 2, None)]
    names = {one.organisation.name for one in view.silent}
    assert names == {"EU Delegation to Arendia", "Kesi", "Dawa"}
    assert [(day.open, day.colliding) for day in view.convergence] == [(2, 2)]
    assert (view.next, view.held, view.last_reminder_at) == (Phase.CONSOLIDATION, False, None)


def test_endorsement_tells_what_is_missing_and_whether_it_passes(house: House) -> None:
    world = a_world(house, Phase.ENDORSEMENT)
    a_position(world)
    view = leading.desk(world.acting(world.facility), world.agenda)
    assert [one.recommendations for one in view.silent] == [(1,)] * 3
    assert [stage.outcome.passed for stage in view.stages if stage.outcome] == [False]


def test_convergence_counts_collisions_of_earlier_wordings_too(house: House) -> None:
    world = a_world(house)
    first = an_amendment(world)
    an_amendment(world, by=world.cities[1], edit={"ask": ASK.replace("a contact", "an officer")})
    decided(world, first)
    house.clock.advance(days=1)
    counted = [
        (day.open, day.colliding)
        for day in leading.desk(world.acting(world.facility), world.agenda).convergence
    ]
    assert counted == [(1, 2), (1, 2)]


def test_those_who_are_silent_are_reminded_by_mail_once_a_day(house: House) -> None:
    world = a_world(house)
    facility = world.acting(world.facility)
    an_amendment(world)
    before = leading.reminding(facility, world.agenda)
    assert (len(before.recipients), before.possible, before.last_at) == (4, True, None)
    with world.recording() as entries:
        assert leading.remind(facility, world.agenda) == 4
    assert [(e.name, e.data["phase"], e.data["reminded"]) for e in entries] == [
        ("agenda.participants_reminded", "amending", 4)
    ]
    again = leading.reminding(facility, world.agenda)
    assert (again.possible, again.last_at) == (False, house.clock.moment)
    refused(world, RemindedLately, lambda: leading.remind(facility, world.agenda))
    house.clock.advance(days=1)
    assert leading.remind(facility, world.agenda) == 4


def test_nobody_is_reminded_by_others_or_where_nobody_is_asked(house: House) -> None:
    world = a_world(house, Phase.CONSOLIDATION)
    refused(world, NobodySilent, lambda: leading.remind(world.acting(world.facility), world.agenda))
    assert leading.reminding(world.acting(world.facility), world.agenda).recipients == ()
    refused(world, Denied, lambda: leading.remind(world.acting(world.cities[0]), world.agenda))
    refused(world, Denied, lambda: leading.desk(world.acting(world.cities[0]), world.agenda))


def test_the_desk_takes_the_same_statements_however_much_there_is(house: House) -> None:
    world = a_world(house, cities=5)
    facility = world.acting(world.facility)
    an_amendment(world)
    made = []
    for members in ((world.cities[1],), world.cities[2:5]):
        for member in members:
            an_amendment(
                world, by=member, edit={"ask": ASK.replace("a contact", f"{member.name} as a contact")}
            )
        with counting(house) as statements:
            leading.desk(facility, world.agenda)
        made.append(len(statements))
    assert made[0] == made[1]
