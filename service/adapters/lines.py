"""Waiting lines: what a device or a service is asked is asked one after the other, so that nobody floods it."""

import logging
import threading
from collections.abc import Callable
from queue import SimpleQueue

LOG = logging.getLogger(__name__)


class Line:
    """Does what it is given in a thread of its own, which begins with the first and ends with the process."""

    def __init__(self, name: str) -> None:
        """Begin nothing yet."""
        self._name, self._turn = name, threading.Lock()
        self._waiting: SimpleQueue[Callable[[], object]] = SimpleQueue()
        self._begun = False

    def __call__(self, one: Callable[[], object]) -> None:
        """Have one thing done, after those that were given before.

        Raises:
            RuntimeError: there is no room for a thread now.
        """
        with self._turn:
            if not self._begun:
                threading.Thread(target=self._work, name=self._name, daemon=True).start()
                self._begun = True
        self._waiting.put(one)

    def _work(self) -> None:
        while True:
            one = self._waiting.get()
            try:
                one()
            except Exception:
                # Those behind it have their turn all the same.
                LOG.exception("what waited in the line %s could not be done", self._name)
