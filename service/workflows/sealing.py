"""Whether papers can be sealed: asked before an edition is approved, before it is sealed, and by monitors."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from service.domain.errors import (
    DemoKey,
    NoKey,
    Refusal,
    SealAway,
    SealNotInForce,
    SealPinRefused,
    SignatoryKeyNotInForce,
    StampsExpired,
)
from service.domain.permissions import visible_to
from service.domain.seal_errors import THEIRS
from service.domain.seals import SealDescription, SealFault, SigningPerson, fault_of
from service.domain.signatory_keys import SignatoryKey
from service.workflows.context import Context

_REFUSALS: Mapping[SealFault, Callable[[SealDescription], Refusal]] = {
    SealFault.DEMO_KEY: lambda _: DemoKey(),
    SealFault.NOT_IN_FORCE: lambda seal: SealNotInForce(
        begins=_day(seal.valid_from), ends=_day(seal.valid_until)
    ),
    SealFault.STAMPS_EXPIRED: lambda seal: StampsExpired(ended=_day(seal.stamps_until)),
    SealFault.AWAY: lambda _: SealAway(),
    SealFault.PIN_REFUSED: lambda _: SealPinRefused(),
}


class KeyUnusableError(RuntimeError):
    """What is wrong with the key of a signatory, for whoever runs the service."""


def seal_of(ctx: Context, now: datetime) -> tuple[SealDescription | None, SealFault | None]:
    """Return the key that seals papers, as far as it is known, and what keeps papers from being sealed with it."""
    if not ctx.sealer.is_ready():
        return None, SealFault.NO_KEY
    try:
        seal = ctx.sealer.describe()
    except SealAway:
        return None, SealFault.AWAY
    except SealPinRefused:
        return None, SealFault.PIN_REFUSED
    return seal, fault_of(seal, now)


def demand_a_seal(ctx: Context, now: datetime, *, patiently: bool = False) -> None:
    """Refuse unless papers can be sealed at this moment; `patiently` asks the key itself, and waits for it.

    Raises:
        SealAway: the key cannot be reached.
        SealPinRefused: what holds it refuses its PIN.
        NoKey: there is none.
        DemoKey: the only one is the demonstration's, which is not meant for this address.
        SealNotInForce: its certificate has ended, or has not begun.
        StampsExpired: the timestamp authority's certificate has ended.
    """
    if not ctx.sealer.is_ready():
        raise NoKey
    seal = ctx.sealer.describe(patiently=patiently)
    if (fault := fault_of(seal, now)) is not None:
        raise _REFUSALS[fault](seal)


def demand_keys_in_force(
    ctx: Context, people: Sequence[SigningPerson], now: datetime, *, patiently: bool = False
) -> None:
    """Refuse where the key of one who signs could not sign at this moment; who has none signs by account.

    `patiently` asks the keys themselves, and waits for them.

    Raises:
        SignatoryKeyNotInForce: a certificate has ended, or has not begun.
        Refusal: a key cannot be reached, cannot be opened, or is not theirs.
    """
    for one in people:
        key = demand_a_key(one, ctx.sealer.key_of(one, patiently=patiently))
        term = key.term if key is not None else None
        if term is not None and not term.holds(now):
            raise SignatoryKeyNotInForce(name=one.name, begins=_day(term.begins), ends=_day(term.ends))


def demand_a_key(person: SigningPerson, key: SignatoryKey | None) -> SignatoryKey | None:
    """Return the key of one who signs, if any, and refuse where something is wrong with it.

    Raises:
        Refusal: it cannot be reached, cannot be opened, or is not theirs; its cause tells more of it.
    """
    if key is not None and key.fault is not None:
        raise THEIRS[key.fault](name=person.name) from KeyUnusableError(key.said or key.fault)
    return key


def look(ctx: Context) -> None:
    """Refuse unless papers can be sealed now, for whoever starts the service to hear it; refuses as above."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        demand_a_seal(ctx, reader.now, patiently=True)


def _day(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d}"
