"""How often one may knock: counted in the database, so that it holds for all processes together."""

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from service.domain.access import Limit
from service.domain.errors import TooManyRequests
from service.store import allowances
from service.store.uow import UnitOfWork
from service.workflows.context import Context
from service.workflows.secret_digests import digest_of

BATCH = 10
REMEMBERED = 10_000


def spend(ctx: Context, *charges: tuple[Limit, str], amount: int = 1, durable: bool = True) -> float:
    """Count once more for each subject, all or none; returns the seconds for which the last count is good.

    A count that is not durable may be gone when the power goes.

    Raises:
        TooManyRequests: a limit is reached; it says from when on it is worth trying again.
    """
    remaining = 0.0
    with ctx.transaction(durable=durable) as work:
        for limit, subject in charges:
            ends_at = allowances.spend(work.connection, limit, digest_of(subject), work.now, amount)
            if ends_at is None:
                again = allowances.begins_anew(work.connection, limit, digest_of(subject))
                raise _too_many(again, work.now)
            remaining = (ends_at - work.now).total_seconds()
    return remaining


def forgive(work: UnitOfWork, limit: Limit, subject: str) -> None:
    """Count once less in the caller's transaction, because the attempt was the person's own."""
    allowances.forgive(work.connection, limit, digest_of(subject))


def _too_many(again: datetime, now: datetime) -> TooManyRequests:
    seconds = max(1, math.ceil((again - now).total_seconds()))
    return TooManyRequests(at=again.strftime("%H:%M:%S"), seconds=seconds)


@dataclass
class Reserved:
    """What this process may still let through without asking the database: counted there already, in batches."""

    limit: Limit
    clock: Callable[[], float] = time.monotonic
    _left: dict[str, tuple[int, float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def spend(self, ctx: Context, subject: str) -> None:
        """Let somebody through once more.

        Raises:
            TooManyRequests: the limit is reached.
        """
        batch = min(BATCH, self.limit.count)
        with self._lock:
            left, until = self._left.get(subject, (0, 0.0))
            if left and self.clock() < until:
                self._left[subject] = (left - 1, until)
                return
        # Whoever writes waits for the disk anyway: not for this count, too, whose loss would let somebody write more.
        good_for = spend(ctx, (self.limit, subject), amount=batch, durable=False)
        now = self.clock()
        with self._lock:
            if len(self._left) >= REMEMBERED:
                self._left.clear()
            # Whoever asked at the same moment has counted a batch, too: together they are good for both.
            left, until = self._left.get(subject, (0, 0.0))
            left, until = (left, min(until, now + good_for)) if now < until else (0, now + good_for)
            self._left[subject] = (left + batch - 1, until)
