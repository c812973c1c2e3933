"""What was worked out for a text, kept for the next who asks: as much of it as a bound in characters allows."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Final, Generic, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

CHARACTERS: Final = 2_000_000
"""How many characters of texts are held by what one function keeps: those of some hundred agendas."""


class Keeping(Generic[P, R]):
    """A pure function that keeps what it returned, and lets go of what was asked for least recently.

    Texts are of any length, and whoever types a preview decides on it, so what is kept is bounded by their
    characters and not by their number; a single text that is longer than a tenth of the bound is not kept at all.
    """

    def __init__(
        self,
        function: Callable[P, R],
        weigh: Callable[P, int],
        most: int = CHARACTERS,
        outcome: Callable[[R], int] = lambda _: 0,
    ) -> None:
        self._function, self._weigh, self._most, self._outcome = function, weigh, most, outcome
        self._kept: OrderedDict[Hashable, tuple[R, int]] = OrderedDict()
        self._held = 0
        self._lock = Lock()

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """Return what the function returns."""
        key = (args, *sorted(kwargs.items()))
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key][0]
        found = self._function(*args, **kwargs)
        weight = self._weigh(*args, **kwargs) + self._outcome(found)
        if weight <= self._most // 10:
            self._keep(key, found, weight)
        return found

    def forget(self) -> None:
        """Let go of everything, so that a measurement begins anew."""
        with self._lock:
            self._kept.clear()
            self._held = 0

    def _keep(self, key: Hashable, found: R, weight: int) -> None:
        with self._lock:
            if key in self._kept:
                return
            self._kept[key] = found, weight
            self._held += weight
            while self._held > self._most:
                _, (_, freed) = self._kept.popitem(last=False)
                self._held -= freed


def keeping(
    weigh: Callable[P, int], most: int = CHARACTERS, outcome: Callable[[R], int] = lambda _: 0
) -> Callable[[Callable[P, R]], Keeping[P, R]]:
    """Let a pure function keep what it returns.

    Args:
        weigh: how many characters its arguments hold.
        most: how many characters are held at most.
        outcome: how many characters what it returns counts for, where that can be much more than it was asked.
    """
    return lambda function: Keeping(function, weigh, most, outcome)
