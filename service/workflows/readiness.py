"""Whether this instance can serve: what a load balancer and a monitor ask."""

from collections.abc import Mapping
from dataclasses import dataclass

from service.domain.permissions import visible_to
from service.domain.seals import ends_at
from service.store import figures
from service.store.migrate import is_current
from service.workflows import signatory_keys
from service.workflows.context import Context
from service.workflows.sealing import seal_of

READY = "ready"


@dataclass(frozen=True, slots=True)
class Readiness:
    """What has to be in order before requests are sent here."""

    database: bool
    migrations: bool
    keys: bool
    seal: str = READY
    """What keeps papers from being sealed, by its code; everything else goes on without."""
    signatories: str = READY
    """What keeps the key of one who may sign papers from signing, by its code; their editions alone wait for it."""

    @property
    def is_ready(self) -> bool:
        """Tell whether all is in order."""
        return self.database and self.migrations and self.keys


def readiness(ctx: Context) -> Readiness:
    """Return what is in order.

    Raises:
        TryAgain: the database cannot be reached.
    """
    with ctx.reading() as reader:
        visible_to(reader.actor)
        _, fault = seal_of(ctx, reader.now)
        return Readiness(
            database=True,
            migrations=is_current(reader.connection),
            keys=ctx.sealer.is_ready(),
            seal=fault or READY,
            signatories=signatory_keys.fault(ctx) or READY,
        )


def measures(ctx: Context) -> Mapping[str, int]:
    """Return what a monitor draws curves of: jobs by state, how long the record is, how long papers can be sealed."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        seal, _ = seal_of(ctx, reader.now)
        left = {} if seal is None else {"seal_days_left": max(0, (ends_at(seal) - reader.now).days)}
        return {**figures.measures(reader.connection), **left}
