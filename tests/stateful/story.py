"""What the tables say should happen, step by step, beside what the service says over HTTP."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from httpx import Response

from service.domain import (
    amendments,
    comments,
    editions,
    invitations,
    lessons,
    moving,
    phases,
    positions,
    webhooks,
)
from service.domain.amendments import AmendmentAction
from service.domain.comments import CommentAction
from service.domain.errors import IllegalMove, UndoOver
from service.domain.events import PhaseMoved
from service.domain.machine import Machine
from service.domain.phases import BOUND_BY_DEADLINE, CAPABILITIES, Capability, Phase
from service.domain.positions import PositionAction
from service.domain.recommendations import LIFECYCLE as RECOMMENDATIONS
from service.domain.recommendations import RecommendationAction, RecommendationState
from tests.api.world import Caller, Round
from tests.stateful.ground import Ground, told

AnyMachine = Machine[Any, Any]
Cell = tuple[str, str, str]
"""A cell of a table of transitions: the machine, the state, the action."""

MACHINES: tuple[AnyMachine, ...] = (
    phases.MOVES,
    RECOMMENDATIONS,
    amendments.LIFECYCLE,
    comments.LIFECYCLE,
    positions.LIFECYCLE,
    lessons.LIFECYCLE,
    editions.LIFECYCLE,
    invitations.LIFECYCLE,
    webhooks.LIFECYCLE,
    webhooks.DELIVERIES,
)


def legal_cells() -> set[Cell]:
    """Return every cell of every table that holds a move."""
    return {(machine.name, state, action) for machine in MACHINES for state, action in machine.moves}


# What nobody asks for by itself: it follows from something else that is done.
_FOLLOWS = frozenset(
    {
        RecommendationAction.ADOPT,
        RecommendationAction.REFUSE,
        RecommendationAction.PUBLISH,
        RecommendationAction.RETURN,
        RecommendationAction.CORRECT,
        AmendmentAction.RESTORE,
        CommentAction.ORPHAN,
        PositionAction.REQUEST_RECONFIRMATION,
        PositionAction.SUPERSEDE,
        PositionAction.CARRY,
        webhooks.DeliveryAction.DELIVER,
        webhooks.DeliveryAction.GIVE_UP,
        *editions.STEPS,
        *phases.PhaseAction,
    }
)


def asked_cells() -> set[Cell]:
    """Return every cell, whether it holds a move or not, of what people can ask for."""
    return {
        (machine.name, state, action)
        for machine in MACHINES
        for state in {one for row, _ in machine.moves for one in (row, machine.moves[row, _])}
        for action in {action for _, action in machine.moves} - _FOLLOWS
    }


@dataclass(eq=False)
class Thing:
    """Something that the story follows, with the state that it should be in."""

    path: str
    machine: AnyMachine
    state: Any
    by: Caller
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass
class Story:
    """One round: what should be true of it, and which cells were visited so far."""

    ground: Ground
    round: Round
    visited: set[Cell]
    phase: Phase = phases.MOVES.initial
    closes_at: datetime | None = None
    recommendation: RecommendationState = RECOMMENDATIONS.initial
    things: list[Thing] = field(default_factory=list)
    # What the recommendation was when the last phase was opened.
    settled: RecommendationState = RECOMMENDATIONS.initial

    def all(self, machine: AnyMachine, *states: StrEnum) -> list[Thing]:
        """Return the things of one kind, in some states if any are named."""
        return [t for t in self.things if t.machine is machine and (not states or t.state in states)]

    def moves(self, thing: Thing, *actions: StrEnum) -> None:
        """Let a thing take legal moves, and note the cells."""
        for action in actions:
            self.visited.add((thing.machine.name, thing.state, action))
            thing.state = thing.machine.next(thing.state, action)

    def refuses(self, machine: AnyMachine, state: StrEnum, action: StrEnum) -> str:
        """Note that a cell without a move was tried; returns what is told of it."""
        self.visited.add((machine.name, state, action))
        return IllegalMove.code

    def closed(self, capability: Capability) -> str | None:
        """Return what is told to who comes while the phase does not open something; None while it does."""
        if capability not in CAPABILITIES[self.phase]:
            return "phase_closed"
        late = self.closes_at is not None and self.ground.clock() >= self.closes_at
        return "deadline_passed" if late and capability in BOUND_BY_DEADLINE else None

    def last_move(self) -> dict[str, Any] | None:
        """Return the last opening of a phase, as the record tells it, if it can still be taken back."""
        entries = list(self._all(self.ground.facility, f"{self.round.agenda}/record"))
        names = [entry["name"] for entry in entries]
        if PhaseMoved.name not in names:
            return None
        last = len(names) - 1 - names[::-1].index(PhaseMoved.name)
        at = datetime.fromisoformat(entries[last]["at"])
        try:
            moving.check_undo(at, set(names[last + 1 :]), self.ground.clock())
        except UndoOver:
            return None
        moved: dict[str, Any] = entries[last]["data"]
        return moved

    def expect(self, answer: Response, expected: str) -> Any:  # noqa: ANN401 - JSON
        """Compare what somebody was told with what the tables say; returns what was made."""
        assert told(answer) == expected, answer.text
        return answer.json() if answer.is_success and answer.content else None

    def look(self, thing: Thing) -> None:
        """Compare the state that readers see with the one that the tables lead to."""
        if thing.machine is lessons.LIFECYCLE:
            listed = self.ground.facility.get(f"{self.round.agenda}/lessons?limit=100").json()["items"]
            seen = next(one["state"] for one in listed if thing.path.endswith(one["id"]))
        else:
            seen = thing.by.get(thing.path).json()["state"]
        assert seen == thing.state, (thing.path, seen, thing.state)

    def look_around(self) -> None:
        """Compare the round itself, and everything in it as readers find it in lists."""
        agenda = self.ground.facility.get(self.round.agenda).json()
        seen = self.ground.facility.get(self.round.recommendation).json()
        assert (agenda["phase"], seen["state"]) == (self.phase, self.recommendation)
        found: dict[str, str] = {}
        for by in self.ground.cities:
            for path in self._lists() if self.things else ():
                found |= {one["id"]: one["state"] for one in self._all(by, path)}
        for thing in self.things:
            # A position that was replaced stands in no list.
            if thing.path.rpartition("/")[2] not in found:
                self.look(thing)
        told = {thing.path.rpartition("/")[2]: thing.state for thing in self.things}
        listed = told.keys() & found.keys()
        assert {one: found[one] for one in listed} == {one: told[one] for one in listed}

    def _lists(self) -> tuple[str, ...]:
        about = [f"{self.round.recommendation}/{name}" for name in ("comments", "positions")]
        around = [f"{self.round.agenda}/{name}" for name in ("amendments", "lessons", "editions")]
        return (*around, *(about if self.recommendation is not RecommendationState.DRAFT else ()))

    def _all(self, by: Caller, path: str) -> Iterator[dict[str, Any]]:
        cursor: str | None = ""
        while cursor is not None:
            page = by.get(f"{path}?limit=100{cursor}").json()
            yield from page["items"]
            cursor = f"&cursor={page['next']}" if page["next"] is not None else None


def way(
    machine: AnyMachine, source: StrEnum, target: StrEnum, open_to: Iterable[StrEnum]
) -> tuple[StrEnum, ...]:
    """Return the fewest actions, of those that people can take, that lead from one state to another."""
    allowed = frozenset(open_to)
    paths: dict[StrEnum, tuple[StrEnum, ...]] = {source: ()}
    waiting = deque([source])
    while waiting:
        state = waiting.popleft()
        for action in machine.actions(state):
            following = machine.next(state, action)
            if action in allowed and following not in paths:
                paths[following] = (*paths[state], action)
                waiting.append(following)
    return paths[target]


def reachable(machine: AnyMachine, open_to: Iterable[StrEnum], start: StrEnum) -> list[StrEnum]:
    """Return the states that people's own actions lead to."""
    found = [start]
    for state in found:
        for action in machine.actions(state):
            following = machine.next(state, action)
            if action in frozenset(open_to) and following not in found:
                found.append(following)
    return found


Act = Callable[[Thing], Response]
