"""Who opens a phase, takes that back, moves a deadline or decides on several at the moment in which others act."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from service.domain.amendments import AmendmentAction
from service.domain.errors import Refusal
from service.domain.phases import Phase
from service.store.collection import Collection
from service.workflows import agendas, amendments, decisions, moving, positions, reading
from service.workflows.agendas import Reschedule
from service.workflows.decisions import DecideTogether
from service.workflows.moving import TakeBack
from service.workflows.positions import ConfirmPosition
from tests.builders import a_position, a_world, an_amendment, consolidated, decided, names, tabling
from tests.houses import House
from tests.workflows.races import race, violations
from tests.worlds import World

PAIRS = 6
# The first of these that goes wrong is enough.
ENOUGH = 40
HOUR = timedelta(hours=1)
Outcome = tuple[object, ...]


def due(world: World) -> World:
    """Let the deadline of the open phase come."""
    closes_at = world.house.clock.moment + HOUR
    command = Reschedule(world.agenda, world.view.phase, closes_at, "It is planned so.")
    agendas.reschedule(world.acting(world.facility), command)
    world.house.clock.moment = closes_at
    return world


def extend_or_close(world: World) -> Outcome:
    """Move a deadline at the moment in which the phase ends with it: there is more time, or it was too late."""
    facility, later = world.acting(world.facility), due(world).house.clock.moment + HOUR
    command = Reschedule(world.agenda, Phase.AMENDING, later, "More time.")
    told = race(
        lambda: agendas.reschedule(facility, command),
        lambda: moving.move_when_due(world.house.operator, world.agenda),
    )
    outcome = (*told, str(world.view.phase))
    if world.view.phase is Phase.CONSOLIDATION:
        world.move(Phase.AMENDING)
    return outcome


def move_twice(world: World) -> Outcome:
    """Let two workers look at the clock: the phase ends once."""
    due(world)
    with world.recording() as entries:
        told = race(*[lambda: moving.keep_time(world.house.operator)] * 2)
    world.move(Phase.AMENDING)
    return (*told, *names(entries))


def take_back_or_write(world: World) -> Outcome:
    """Take an opening back while somebody writes under it: nothing is written, or it cannot be taken back."""
    world.move(Phase.AMENDING)
    facility, city = world.acting(world.facility), world.acting(world.cities[0])
    before, command = world.summary.amendments, tabling(world)
    told = race(
        lambda: moving.take_back(facility, TakeBack(world.agenda)), lambda: amendments.table(city, command)
    )
    outcome = (*told, str(world.view.phase), world.summary.amendments - before)
    if world.view.phase is Phase.AMENDING:
        world.move(Phase.CONSOLIDATION)
    return outcome


def decide_on_two_or_withdraw_one(world: World) -> Outcome:
    """Decide on two amendments while one of them is withdrawn: both are decided, or none is."""
    ids = tuple(an_amendment(world, by=city) for city in world.cities[:2])
    rapporteur, author = world.acting(world.rapporteur), world.acting(world.cities[0])
    command = DecideTogether(world.recommendation, ids, AmendmentAction.ACCEPT)
    told = race(
        lambda: decisions.decide_together(rapporteur, command), lambda: amendments.withdraw(author, ids[0])
    )
    return (*told, *[str(world.amendment(i).state) for i in ids])


def decide_on_two_both_ways(world: World) -> Outcome:
    """Accept two amendments and reject them at once, each chosen in another order: one decision holds for both."""
    one, two = (an_amendment(world, by=city) for city in world.cities[:2])
    here = world.recommendation
    first, second = (
        DecideTogether(here, (one, two), AmendmentAction.ACCEPT),
        DecideTogether(here, (two, one), AmendmentAction.REJECT, "Said already."),
    )
    ctx, other = world.acting(world.rapporteur), world.acting(world.rapporteur)
    told = race(
        lambda: decisions.decide_together(ctx, first), lambda: decisions.decide_together(other, second)
    )
    return (*told, *[str(world.amendment(i).state) for i in (one, two)])


Race = tuple[Phase, Callable[[World], Outcome], tuple[Outcome, ...]]
RACES: dict[str, Race] = {
    "extend and close": (
        Phase.AMENDING,
        extend_or_close,
        (("done", "done", "amending"), ("stale_state", "done", "consolidation")),
    ),
    "close and close": (
        Phase.AMENDING,
        move_twice,
        (("done", "done", "agenda.phase_moved"),),
    ),
    "take back and write": (
        Phase.CONSOLIDATION,
        take_back_or_write,
        (("done", "phase_closed", "consolidation", 0), ("undo_over", "done", "amending", 1)),
    ),
    "decide on two and withdraw one": (
        Phase.AMENDING,
        decide_on_two_or_withdraw_one,
        (
            ("done", "illegal_move", "accepted", "accepted"),
            ("invalid", "done", "withdrawn", "tabled"),
        ),
    ),
    "decide on two both ways": (
        Phase.AMENDING,
        decide_on_two_both_ways,
        (
            ("done", "invalid", "accepted", "accepted"),
            ("invalid", "done", "rejected", "rejected"),
        ),
    ),
}


def asked_again(world: World) -> ConfirmPosition:
    """Let a position be asked for again; returns the command that confirms it."""
    decided(world, an_amendment(world))
    world.in_phase(Phase.ENDORSEMENT)
    position = a_position(world)
    world.move(Phase.CONSOLIDATION)
    consolidated(world)
    world.move(Phase.ENDORSEMENT)
    return ConfirmPosition(position, world.text.id, world.text.digest)


def test_two_who_confirm_a_position_at_once_confirm_it_once(house: House) -> None:
    world = a_world(house)
    command = asked_again(world)
    ctx, other = world.acting(world.cities[0]), world.acting(world.cities[0])
    told = race(lambda: positions.confirm(ctx, command), lambda: positions.confirm(other, command))
    states = sorted(p.state for p in reading.positions(house.stranger, world.recommendation).items)
    assert (sorted(told), states) == (["done", "position_exists"], ["standing", "superseded"])


def test_a_position_that_is_withdrawn_at_once_is_not_confirmed_after_it(house: House) -> None:
    world = a_world(house)
    command = asked_again(world)
    ctx, other = world.acting(world.cities[0]), world.acting(world.cities[0])
    told = race(
        lambda: positions.confirm(ctx, command), lambda: positions.withdraw(other, command.position_id)
    )
    states = sorted(p.state for p in reading.positions(house.stranger, world.recommendation).items)
    assert (told, states) in [
        (["done", "illegal_move"], ["standing", "superseded"]),
        (["illegal_move", "done"], ["withdrawn"]),
    ]


@pytest.mark.parametrize("name", RACES)
def test_phases_and_those_who_act_in_them_leave_what_some_order_explains(house: House, name: str) -> None:
    phase, act, explained = RACES[name]
    world = a_world(house, phase)
    assert violations([act(world) for _ in range(PAIRS)], explained) == []


# SQLite has one writer at a time, locks or no locks.
@pytest.mark.postgresql
@pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
def test_taking_back_would_show_a_lock_that_is_missing(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    phase, act, explained = RACES["take back and write"]
    world = a_world(house, phase)
    monkeypatch.setattr(Collection, "lock", lambda self, identifier, **_: self.get(identifier))

    def told() -> Outcome:
        try:
            return act(world)
        except Refusal as refusal:
            return (refusal.code,)

    assert any(told() not in explained for _ in range(ENOUGH))
