from dataclasses import replace

from service.domain.errors import (
    Denied,
    ForeignOrganisation,
    IllegalMove,
    PhaseClosed,
    SignInNeeded,
    TooManyLessons,
    Unknown,
)
from service.domain.lessons import SHARED_LIST, LessonState
from service.domain.phases import Phase
from service.workflows import erasure, lessons, library, reading
from service.workflows.lessons import ProposeLesson
from tests.builders import a_lesson, a_world, evidenced
from tests.houses import House
from tests.workflows.refusals import fields, refused


def test_a_lesson_is_proposed_with_what_underpins_it(house: House) -> None:
    world = a_world(house)
    piece = evidenced(world)
    amara = world.cities[0]
    command = ProposeLesson(world.agenda, amara.organisation, " Start  small. ", (piece, piece))
    with world.recording() as entries:
        made = lessons.propose(world.acting(amara), command)
    view = library.lesson(house.stranger, made)
    assert (view.number, view.text, view.state, view.evidence_ids) == (
        1,
        "Start small.",
        LessonState.PROPOSED,
        (piece,),
    )
    assert [(e.name, e.organisation_id) for e in entries] == [("lesson.proposed", amara.organisation)]


def test_a_lesson_is_refused_with_its_own_reason(house: House) -> None:
    world = a_world(house)
    amara = world.acting(world.cities[0])
    command = ProposeLesson(world.agenda, world.cities[0].organisation, "Start small.")
    refused(world, SignInNeeded, lambda: lessons.propose(house.stranger, command))
    foreign = replace(command, organisation_id=world.cities[1].organisation)
    refused(world, ForeignOrganisation, lambda: lessons.propose(amara, foreign))
    refused(world, Unknown, lambda: lessons.propose(amara, replace(command, agenda_id="nobody")))
    assert fields(world, lambda: lessons.propose(amara, replace(command, text=""))) == ["text"]
    unknown = replace(command, evidence_ids=("nobody",))
    assert fields(world, lambda: lessons.propose(amara, unknown)) == ["evidence_ids"]
    world.in_phase(Phase.ENDORSEMENT)
    refused(world, PhaseClosed, lambda: lessons.propose(amara, command))


def test_the_rapporteur_puts_lessons_on_the_shared_list_and_takes_them_off(house: House) -> None:
    world = a_world(house)
    lesson = a_lesson(world)
    ctx = world.acting(world.rapporteur)
    with world.recording() as entries:
        lessons.shortlist(ctx, lesson)
        assert reading.figures(house.stranger, world.agenda).shortlisted_lessons == 1
        lessons.take_off(ctx, lesson)
    assert [(e.name, e.subject_id) for e in entries] == [
        ("lesson.shortlisted", lesson),
        ("lesson.taken_off", lesson),
    ]
    refused(world, IllegalMove, lambda: lessons.take_off(ctx, lesson))
    refused(world, Denied, lambda: lessons.shortlist(world.acting(world.cities[0]), lesson))
    refused(world, Unknown, lambda: lessons.shortlist(ctx, "nobody"))


def test_the_shared_list_holds_ten_and_no_more(house: House) -> None:
    world = a_world(house)
    ctx = world.acting(world.rapporteur)
    made = [a_lesson(world, f"Lesson {n}.") for n in range(SHARED_LIST + 1)]
    for lesson in made[:SHARED_LIST]:
        lessons.shortlist(ctx, lesson)
    refused(world, TooManyLessons, lambda: lessons.shortlist(ctx, made[-1]))
    lessons.take_off(ctx, made[0])
    lessons.shortlist(ctx, made[-1])
    states = [one.state for one in library.lessons(house.stranger, world.agenda).items]
    assert states == [LessonState.PROPOSED, *[LessonState.SHORTLISTED] * SHARED_LIST]


def test_the_shared_list_has_an_order_that_the_rapporteur_changes(house: House) -> None:
    world = a_world(house)
    ctx = world.acting(world.rapporteur)
    first, second, third = (a_lesson(world, f"Lesson {n}.") for n in range(3))
    for lesson in (third, first, second):
        lessons.shortlist(ctx, lesson, " It  lasts. ")

    def ranks() -> dict[str, int | None]:
        return {one.id: one.rank for one in library.lessons(house.stranger, world.agenda).items}

    assert ranks() == {third: 1, first: 2, second: 3}
    with world.recording() as entries:
        lessons.move(ctx, second, 1)
    assert ranks() == {second: 1, third: 2, first: 3}
    assert [(e.name, e.data["rank"]) for e in entries] == [("lesson.moved", 1)]
    lessons.take_off(ctx, third)
    assert ranks() == {second: 1, third: None, first: 2}
    assert [library.lesson(house.stranger, i).reason for i in (second, third)] == ["It lasts.", ""]
    assert fields(world, lambda: lessons.move(ctx, first, 3)) == ["rank"]
    refused(world, IllegalMove, lambda: lessons.move(ctx, third, 1))
    refused(world, Denied, lambda: lessons.move(world.acting(world.cities[0]), first, 1))
    assert fields(world, lambda: lessons.shortlist(ctx, third, "w " * 501)) == ["reason"]


def test_reason_for_a_lesson_can_be_erased(house: House) -> None:
    world = a_world(house)
    lesson = a_lesson(world)
    lessons.shortlist(world.acting(world.rapporteur), lesson, "Ada said so.")
    number = house.record(world.agenda)[-1].sequence
    erasure.erase_words(house.operator, erasure.EraseWords(world.agenda, number))
    assert library.lesson(house.stranger, lesson).reason == ""
