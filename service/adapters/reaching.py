"""What is kept of a key elsewhere: as it was found last, so that no page waits for a device or a service.

Only who seals, and who starts the service, asks the key itself. A page is told what is known; where that is old, it is
looked at again beside, once for all who ask.
"""

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from service.adapters.key_sources import CannotSealError, KeyAwayError

AWAY_FOR = 30.0
"""For how many seconds a key that was away counts as away."""
THERE_FOR = 300.0
"""For how many seconds a key that was found counts as found."""


T = TypeVar("T")


def _beside(look: Callable[[], object]) -> None:
    threading.Thread(target=look, name="look-for-the-key", daemon=True).start()


class Reached(Generic[T]):
    """What `find` returned last, and what keeps it from being found now, if anything does."""

    def __init__(
        self,
        find: Callable[[], T],
        *,
        holds: float = THERE_FOR,
        judged: bool = False,
        clock: Callable[[], float] = time.monotonic,
        beside: Callable[[Callable[[], object]], None] = _beside,
    ) -> None:
        """Find it when it is first asked for; `holds` tells for how many seconds it counts as found.

        What is wrong with it at the start stops the service, and counts as away later; where it is `judged` it is told
        as what it is, whenever that is.
        """
        self._holds, self._judged = holds, judged
        self._find, self._clock, self._beside = find, clock, beside
        self._turn, self._looking = threading.Lock(), threading.Lock()
        self._found: T | None = None
        self._fault: CannotSealError | None = None
        self._looked_at: float | None = None

    @property
    def last(self) -> T | None:
        """What was found last, even if it is away now."""
        return self._found

    @property
    def fault(self) -> CannotSealError | None:
        """What keeps it from being found now."""
        return self._fault

    def look(self) -> T:
        """Find it now, however long that takes.

        Raises:
            KeyAwayError: it is away.
            CannotSealError: it never was to be found: what names it is wrong.
        """
        first = self._looked_at is None
        with self._turn:
            try:
                found = self._find()
            except CannotSealError as fault:
                # Whatever is wrong with a key after the start does not stop a service that runs.
                told = first or self._judged or isinstance(fault, KeyAwayError)
                away = fault if told else KeyAwayError(str(fault))
                self._note(away)
                raise away from fault
            self._found = found
            self._note(None)
            return found

    def known(self, *, waits: bool = True) -> T:
        """Return it as it was found last, at once, and look again beside where that is old; only the first one waits.

        Raises:
            CannotSealError: as above, where it was never found; KeyAwayError where the first one does not wait.
        """
        if self._looked_at is None and waits:
            return self.look()
        if self._is_old() and self._looking.acquire(blocking=False):
            self._begin()
        found, fault = self._found, self._fault
        if found is None:
            # One that is raised again would keep alive whoever was told before: their stacks hang on its traceback.
            raise type(fault)(str(fault)) if fault else KeyAwayError("The key has not been looked for yet.")
        return found

    def _is_old(self) -> bool:
        holds = self._holds if self._fault is None else AWAY_FOR
        return self._looked_at is None or self._clock() - self._looked_at >= holds

    def _begin(self) -> None:
        try:
            self._beside(self._again)
        except RuntimeError:
            # There is no room for a thread now; whoever asks next tries once more.
            self._looking.release()

    def lost(self, fault: CannotSealError | None) -> None:
        """Note what whoever used it met with."""
        self._note(fault)

    def _note(self, fault: CannotSealError | None) -> None:
        self._fault = None if fault is None else type(fault)(str(fault))
        self._looked_at = self._clock()

    def _again(self) -> None:
        try:
            self.look()
        except CannotSealError:
            # It is kept, for whoever asks.
            pass
        finally:
            self._looking.release()
