"""State machines as tables: every legal move is one row, and nothing else is legal."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from service.domain.errors import IllegalMove

S = TypeVar("S", bound=StrEnum)
A = TypeVar("A", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Machine(Generic[S, A]):
    """The legal moves of one kind of thing."""

    name: str
    initial: S
    moves: Mapping[tuple[S, A], S]

    def next(self, state: S, action: A) -> S:
        """Return the state that `action` leads to.

        Raises:
            IllegalMove: the table has no such row; the refusal lists what is possible instead.
        """
        try:
            return self.moves[state, action]
        except KeyError:
            raise IllegalMove(self.name, state, action, self.actions(state)) from None

    def allows(self, state: S, action: A) -> bool:
        """Tell whether the table has a row for `action` in `state`."""
        return (state, action) in self.moves

    def actions(self, state: S) -> tuple[A, ...]:
        """Return what can be done in `state`, in the order of the table."""
        return tuple(action for source, action in self.moves if source == state)
