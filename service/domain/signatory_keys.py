"""What is known of the keys of those who sign papers. Nothing of it is secret."""

from dataclasses import dataclass
from enum import StrEnum

from service.domain.seals import KeyPlace, Term


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
