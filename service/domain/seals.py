"""What is known of the keys in use: of the papers’ seal, and of the record’s signature. Nothing of it is secret."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LEVEL = "PAdES-B-LTA"
"""A signature in the PDF, with all that is needed to check it, and an archive timestamp over the whole."""
WARNED_BEFORE = (timedelta(days=60), timedelta(days=14))
"""How long before a certificate ends the facility is warned, the earliest first."""

_FINGERPRINT = re.compile(r"[0-9a-f]{64}")


class KeyPlace(StrEnum):
    """Where the key is that seals papers."""

    DEMO = "demo"
    FILE = "file"
    TOKEN = "token"  # noqa: S105 - a device that holds keys
    SERVICE = "service"


class SealFault(StrEnum):
    """What keeps papers from being sealed."""

    NO_KEY = "no_key"
    DEMO_KEY = "demo_key"
    NOT_IN_FORCE = "seal_not_in_force"
    STAMPS_EXPIRED = "timestamps_expired"
    AWAY = "seal_unavailable"
    PIN_REFUSED = "seal_pin_refused"


AWAY = frozenset({SealFault.AWAY, SealFault.PIN_REFUSED})
"""What keeps the key itself from being reached; whoever runs the service can mend it at once, and all is as before."""


@dataclass(frozen=True, slots=True)
class SigningPerson:
    """One who signs an edition beside the facility's seal: by the address of e-mail their key is found."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Term:
    """From when until when (UTC) the certificate of a signatory's key is in force."""

    begins: datetime
    ends: datetime

    def holds(self, now: datetime) -> bool:
        """Tell whether it is in force at a moment."""
        return self.begins <= now < self.ends


@dataclass(frozen=True, slots=True)
class SealDescription:
    """The certificate of the key that seals papers; `fingerprint` is the SHA-256 of its DER form, in hex.

    `timestamps` is the address of the timestamp authority, empty for the demonstration's own; `stamps_until` when
    its certificate ends, as far as that is known: an authority elsewhere tells it by what it stamps, and changes it by
    itself, so nothing is refused for it. `allowed` tells whether papers may be sealed with this key here:
    not with the demonstration's where the address is open to the world, unless the operator says so. `away` is what
    keeps the key itself, which was found before, from being reached now.
    """

    subject: str
    issuer: str
    serial: str
    fingerprint: str
    valid_from: datetime
    valid_until: datetime
    algorithm: str
    demo: bool
    timestamps: str
    level: str = LEVEL
    place: KeyPlace = KeyPlace.DEMO
    allowed: bool = True
    stamps_until: datetime | None = None
    away: SealFault | None = None


@dataclass(frozen=True, slots=True)
class KeysView:
    """The keys in use; `seal` is None where there is none, or it was not reached yet.

    `record_key` is the line that checkers are given. `fault` is what keeps papers from being sealed, if anything does;
    `days_left` tells how many days are left until one of the certificates ends, where that is soon enough to warn of;
    `not_renewed` is how many papers could not be given a fresh archive timestamp, `ending` those that need one soon.
    """

    seal: SealDescription | None
    record_name: str
    record_key: str
    fault: SealFault | None = None
    days_left: int | None = None
    not_renewed: int = 0
    ending: int = 0

    @property
    def away(self) -> bool:
        """Whether the key itself cannot be reached."""
        return self.fault in AWAY


def signers_named(text: str) -> tuple[str, ...]:
    """Return whose seals are expected, by name or fingerprint; a fingerprint may be spelled as tools show it."""
    return tuple(_spelled(one.strip()) for one in text.split(",") if one.strip())


def is_expected(name: str, fingerprint: str, signers: Collection[str]) -> bool:
    """Tell whether a seal is that of one of these; a name that is spelled like a fingerprint counts for none."""
    return fingerprint in signers or (name in signers and not _FINGERPRINT.fullmatch(_digits(name)))


def is_fingerprint(signer: str) -> bool:
    """Tell whether a signer that was named is told by fingerprint."""
    return bool(_FINGERPRINT.fullmatch(signer))


def _spelled(signer: str) -> str:
    return _digits(signer) if _FINGERPRINT.fullmatch(_digits(signer)) else signer


def _digits(signer: str) -> str:
    return signer.replace(":", "").replace(" ", "").lower()


def fault_of(seal: SealDescription | None, now: datetime) -> SealFault | None:
    """Return what keeps papers from being sealed at this moment, or None."""
    if seal is None:
        return SealFault.NO_KEY
    if not seal.allowed:
        return SealFault.DEMO_KEY
    if not seal.valid_from <= now < seal.valid_until:
        return SealFault.NOT_IN_FORCE
    if seal.stamps_until is not None and seal.stamps_until <= now:
        return SealFault.STAMPS_EXPIRED
    return seal.away


def ends_at(seal: SealDescription) -> datetime:
    """Return when the first of the certificates ends that sealing needs."""
    return min(seal.valid_until, seal.stamps_until or seal.valid_until)


def days_left(seal: SealDescription, now: datetime) -> int | None:
    """Return for how many days papers can still be sealed where that is to be warned of; None where it is not yet.

    A day that has begun counts, so that the last day is one, and zero is the end.
    """
    return days_until(ends_at(seal), now)


def days_until(end: datetime, now: datetime) -> int | None:
    """Return how many days are left until a certificate ends, as above."""
    left = end - now
    return max(0, -(-left // timedelta(days=1))) if left <= WARNED_BEFORE[0] else None


def warning_due(end: datetime, now: datetime) -> timedelta | None:
    """Return which warning of a certificate's end is due: the latest of them, or None before the first."""
    left = end - now
    return min((before for before in WARNED_BEFORE if left <= before), default=None)
