"""What is known of the keys of those who sign papers. Nothing of it is secret."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from service.domain.seals import KeyPlace, Term, days_until


class KeyFault(StrEnum):
    """What keeps the key of a signatory from signing."""

    AWAY = "signatory_key_unavailable"
    PIN_REFUSED = "signatory_pin_refused"
    SHUT = "signatory_key_shut"
    OF_ANOTHER = "signatory_key_of_another"


@dataclass(frozen=True, slots=True)
class SignatoryKey:
    """The key of one who signs papers, as far as it is known.

    `fingerprint` is the SHA-256 of its certificate, in hex, and `term` when that is in force: both are empty until it
    was found. `fault` is what keeps it from signing now, and `said` tells whoever runs the service more of that.
    """

    place: KeyPlace
    fingerprint: str = ""
    term: Term | None = None
    fault: KeyFault | None = None
    said: str = ""


class KeyHint(StrEnum):
    """What the facility should know of a key before it names its owner to sign; nothing of it forbids that."""

    NONE = "no_key"
    AWAY = "signatory_key_unavailable"
    PIN_REFUSED = "signatory_pin_refused"
    SHUT = "signatory_key_shut"
    OF_ANOTHER = "signatory_key_of_another"
    NOT_IN_FORCE = "signatory_key_not_in_force"
    ENDS_BEFORE = "ends_before_publication"
    ENDS = "ends_soon"


def hint_of(key: SignatoryKey | None, now: datetime, publication: datetime | None = None) -> KeyHint | None:
    """Return what should be known of a key now, where something is published at a moment; None where it is in order."""
    if key is None:
        return KeyHint.NONE
    if key.fault is not None:
        return KeyHint(key.fault.value)
    if key.term is None:
        return None
    if not key.term.holds(now):
        return KeyHint.NOT_IN_FORCE
    if publication is not None and key.term.ends <= publication:
        return KeyHint.ENDS_BEFORE
    return KeyHint.ENDS if days_until(key.term.ends, now) is not None else None
