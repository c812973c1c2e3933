"""Two people who act at once leave a state that some order of the two explains."""

from collections.abc import Callable

import pytest

from service.domain.amendments import AmendmentAction, AmendmentState
from service.domain.errors import Refusal
from service.domain.lessons import SHARED_LIST
from service.domain.phases import Phase
from service.domain.positions import PositionState
from service.domain.views.amendments import AmendmentFilter
from service.store.collection import Collection
from service.workflows import (
    agendas,
    amendments,
    consolidation,
    decisions,
    editions,
    lessons,
    library,
    positions,
    reading,
)
from service.workflows.amendments import EditDraft
from service.workflows.context import Context
from tests.builders import (
    a_compromise,
    a_lesson,
    a_world,
    an_amendment,
    an_edition,
    approve,
    consolidated,
    decided,
    endorsed,
    tabling,
    taking,
)
from tests.houses import House
from tests.workflows.races import race, violations
from tests.worlds import World

PAIRS = 25
Outcome = tuple[object, ...]


def table_or_close(world: World) -> Outcome:
    """Table an amendment while amending is closed: it is in, or it is told that it came too late."""
    city, facility = world.acting(world.cities[0]), world.acting(world.facility)
    before, command = world.summary.amendments, tabling(world)
    target = agendas.MovePhase(world.agenda, Phase.CONSOLIDATION)
    told = race(lambda: amendments.table(city, command), lambda: agendas.move_phase(facility, target))
    record = [e.name for e in world.house.record(world.agenda)][-2:]
    outcome = (*told, world.summary.amendments - before, record[-1])
    world.move(Phase.AMENDING)
    return outcome


def endorse_twice(world: World) -> Outcome:
    """Endorse for one organisation twice: one voice stands."""
    ctx, other = world.acting(world.cities[0]), world.acting(world.cities[0])
    command = taking(world)
    told = race(lambda: positions.take(ctx, command), lambda: positions.take(other, command))
    listed = reading.positions(world.house.stranger, world.recommendation, 100).items
    standing = [p.id for p in listed if p.state is PositionState.STANDING]
    for position in standing:
        positions.withdraw(ctx, position)
    return (sorted(told), len(standing))


def decide_or_withdraw(world: World) -> Outcome:
    """Accept an amendment while its author withdraws it: whoever came first has decided."""
    amendment = an_amendment(world)
    author, rapporteur = world.acting(world.cities[0]), world.acting(world.rapporteur)
    command = decisions.Decide(amendment, AmendmentAction.ACCEPT)
    told = race(lambda: decisions.decide(rapporteur, command), lambda: amendments.withdraw(author, amendment))
    return (*told, str(world.amendment(amendment).state))


def accept_or_consolidate(world: World) -> Outcome:
    """Accept a compromise while what it covers is worked in: one of them is in, and the other falls or waits."""
    number = world.text.number
    one = decided(world, an_amendment(world, edit={"ask": f"Ask number {number} of the cities."}))
    made = a_compromise(world, one, ask=f"Request number {number} to all.")
    decider, maker = world.acting(world.rapporteur), world.acting(world.rapporteur)
    accept = decisions.Decide(made, AmendmentAction.ACCEPT)
    told = race(
        lambda: decisions.decide(decider, accept),
        lambda: consolidation.consolidate(maker, consolidation.Consolidate(world.recommendation)),
    )
    found = [world.amendment(i) for i in (one, made)]
    outcome = (*told, *[(str(a.state), a.incorporated_in is not None) for a in found])
    if found[1].incorporated_in is None:
        decided(world, made, AmendmentAction.FALL)
    return outcome


def reopen_or_accept(world: World) -> Outcome:
    """Reopen an accepted compromise while it is accepted anew: what it covers comes back whenever it is reopened."""
    wanted = AmendmentFilter(recommendation_id=world.recommendation)
    one, made = (a.id for a in reading.amendments(world.house.stranger, wanted, 100).items)
    decided(world, made)
    ctx, other = world.acting(world.rapporteur), world.acting(world.rapporteur)
    reopen = decisions.Decide(made, AmendmentAction.REOPEN, "New facts.")
    accept = decisions.Decide(made, AmendmentAction.ACCEPT)
    told = race(lambda: decisions.decide(ctx, reopen), lambda: decisions.decide(other, accept))
    found = str(world.amendment(one).state)
    if world.amendment(made).state is AmendmentState.ACCEPTED:
        decisions.decide(ctx, reopen)
    return (*told, found, str(world.amendment(one).state))


def covered(world: World) -> World:
    a_compromise(world, an_amendment(world))
    return world


def eleventh_lesson(world: World) -> Outcome:
    """Add a tenth and an eleventh lesson at once: one of them finds no room."""
    rapporteur, facility = world.acting(world.rapporteur), world.acting(world.facility)
    listed = library.lessons(world.house.stranger, world.agenda, 100).items
    first, second = listed[SHARED_LIST - 1].id, listed[SHARED_LIST].id
    told = race(lambda: lessons.shortlist(rapporteur, first), lambda: lessons.shortlist(facility, second))
    on_the_list = reading.figures(world.house.stranger, world.agenda).shortlisted_lessons
    for one in library.lessons(world.house.stranger, world.agenda, 100).items:
        if one.id in {first, second} and one.state == "shortlisted":
            lessons.take_off(rapporteur, one.id)
    return (sorted(told), on_the_list)


def nine_lessons(world: World) -> World:
    made = [a_lesson(world, f"Lesson {n}.") for n in range(SHARED_LIST + 1)]
    for lesson in made[: SHARED_LIST - 1]:
        lessons.shortlist(world.acting(world.rapporteur), lesson)
    return world


Race = tuple[Callable[[House], World], Callable[[World], Outcome], tuple[Outcome, ...]]
RACES: dict[str, Race] = {
    "table and close": (
        a_world,
        table_or_close,
        (("done", "done", 1, "agenda.phase_moved"), ("phase_closed", "done", 0, "agenda.phase_moved")),
    ),
    "endorse and endorse": (
        lambda house: a_world(house, Phase.ENDORSEMENT),
        endorse_twice,
        ((["done", "position_exists"], 1),),
    ),
    "decide and withdraw": (
        a_world,
        decide_or_withdraw,
        (("done", "illegal_move", "accepted"), ("illegal_move", "done", "withdrawn")),
    ),
    "accept and consolidate": (
        a_world,
        accept_or_consolidate,
        (
            ("done", "done", ("fallen", False), ("accepted", True)),
            ("done", "done", ("accepted", True), ("accepted", False)),
        ),
    ),
    "reopen and accept": (
        lambda house: covered(a_world(house)),
        reopen_or_accept,
        (
            ("done", "done", "fallen", "under_examination"),
            ("done", "illegal_move", "under_examination", "under_examination"),
        ),
    ),
    "the tenth and the eleventh lesson": (
        lambda house: nine_lessons(a_world(house)),
        eleventh_lesson,
        ((["done", "too_many_lessons"], SHARED_LIST),),
    ),
}


@pytest.mark.parametrize("name", RACES)
def test_two_who_act_at_once_leave_what_some_order_explains(house: House, name: str) -> None:
    build, act, explained = RACES[name]
    world = build(house)
    assert violations([act(world) for _ in range(PAIRS)], explained) == []


def test_numbers_are_given_once_however_many_table_at_once(house: House) -> None:
    world = a_world(house)
    commands = [(world.acting(city), tabling(world, by=city)) for city in world.cities]
    for _ in range(5):
        told = race(*[lambda c=ctx, m=command: amendments.table(c, m) for ctx, command in commands])
        assert told == ["done"] * len(commands)
    every = reading.amendments(house.stranger, AmendmentFilter(agenda_id=world.agenda), 100).items
    assert sorted(a.number or 0 for a in every) == list(range(1, 21))


def test_drafts_that_are_finished_and_sent_at_once_are_all_tabled(house: House) -> None:
    world = a_world(house)

    def send(ctx: Context, edit: EditDraft) -> None:
        with ctx.transaction():
            amendments.edit_draft(ctx, edit)
            amendments.table_draft(ctx, edit.amendment_id)

    for number in range(5):
        blocks = world.reworded(ask=f"Ask number {number} of the cities.")
        drafts = [
            (
                world.acting(city),
                EditDraft(an_amendment(world, by=city, draft=True), blocks, "Because.", "en"),
            )
            for city in world.cities
        ]
        told = race(*[lambda c=ctx, e=edit: send(c, e) for ctx, edit in drafts])
        assert told == ["done"] * len(drafts)


def test_two_who_consolidate_at_once_make_one_version(house: House) -> None:
    world = a_world(house)
    for number in range(2, 7):
        decided(world, an_amendment(world, edit={"ask": f"Ask number {number} of the cities."}))
        told = race(lambda: consolidated(world), lambda: consolidated(world))
        assert (sorted(told), world.text.number) == (["done", "nothing_to_merge"], number)


def test_two_who_approve_at_once_approve_once(house: House) -> None:
    world = endorsed(a_world(house))
    edition = an_edition(world)
    digest = world.edition(edition).digest
    approvers = [world.acting(member) for member in world.approvers]
    told = race(
        *[lambda c=ctx: editions.approve(c, editions.ApproveEdition(edition, digest)) for ctx in approvers]
    )
    assert sorted(told) == ["done", "illegal_move"]
    assert house.work() == 1


def test_two_workers_publish_an_edition_once(house: House) -> None:
    world = endorsed(a_world(house))
    edition = an_edition(world)
    approve(world, edition)
    assert race(house.work, house.work) == ["done", "done"]
    states = [e.data.get("state") for e in house.record(world.agenda) if e.subject_id == edition]
    assert states.count("released") == 1


# SQLite has one writer at a time, locks or no locks.
@pytest.mark.postgresql
@pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
@pytest.mark.parametrize("name", ["decide and withdraw", "the tenth and the eleventh lesson"])
def test_the_race_would_show_a_lock_that_is_missing(
    house: House, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    build, act, explained = RACES[name]
    world = build(house)
    monkeypatch.setattr(Collection, "lock", lambda self, identifier, **_: self.get(identifier))
    found = []
    for _ in range(PAIRS):
        try:
            found.append(act(world))
        except Refusal as refusal:
            found.append((refusal.code,))
    assert violations(found, explained) != []
