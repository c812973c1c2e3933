"""What is kept in memory beyond a transaction, because it never changes."""

import threading
from collections import OrderedDict
from typing import Generic, TypeVar

T = TypeVar("T")


class Remembered(Generic[T]):
    """The things that were asked for last, by id."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._things: OrderedDict[str, T] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, identifier: str) -> T | None:
        """Return the thing, or None if it is not remembered."""
        with self._lock:
            if identifier not in self._things:
                return None
            self._things.move_to_end(identifier)
            return self._things[identifier]

    def keep(self, identifier: str, thing: T) -> None:
        """Remember a thing; the one that nobody has asked for longest makes room."""
        with self._lock:
            self._things[identifier] = thing
            if len(self._things) > self._most:
                self._things.popitem(last=False)
