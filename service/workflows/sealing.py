"""Whether papers can be sealed: asked before an edition is approved, before it is sealed, and by monitors."""

from collections.abc import Callable, Mapping
from datetime import datetime

from service.domain.errors import DemoKey, NoKey, Refusal, SealNotInForce, StampsExpired
from service.domain.permissions import visible_to
from service.domain.seals import SealDescription, SealFault, fault_of
from service.workflows.context import Context

_REFUSALS: Mapping[SealFault, Callable[[SealDescription], Refusal]] = {
    SealFault.DEMO_KEY: lambda _: DemoKey(),
    SealFault.NOT_IN_FORCE: lambda seal: SealNotInForce(
        begins=_day(seal.valid_from), ends=_day(seal.valid_until)
    ),
    SealFault.STAMPS_EXPIRED: lambda seal: StampsExpired(ended=_day(seal.stamps_until)),
}


def seal_of(ctx: Context) -> SealDescription | None:
    """Return the key that seals papers, or None where there is none."""
    return ctx.sealer.describe() if ctx.sealer.is_ready() else None


def demand_a_seal(ctx: Context, now: datetime) -> None:
    """Refuse unless papers can be sealed at this moment.

    Raises:
        NoKey: there is none.
        DemoKey: the only one is the demonstration's, which is not meant for this address.
        SealNotInForce: its certificate has ended, or has not begun.
        StampsExpired: the timestamp authority's certificate has ended.
    """
    seal = seal_of(ctx)
    if seal is None:
        raise NoKey
    if (fault := fault_of(seal, now)) is not None:
        raise _REFUSALS[fault](seal)


def look(ctx: Context) -> None:
    """Refuse unless papers can be sealed now, for whoever starts the service to hear it; refuses as above."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        demand_a_seal(ctx, reader.now)


def _day(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d}"
