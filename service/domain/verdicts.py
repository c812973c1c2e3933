"""What a check comes to in one word, how much a seal brings along, and who signed beside it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Verdict(StrEnum):
    """The answer in one word."""

    VALID = "valid"
    BROKEN = "broken"
    UNSIGNED = "unsigned"
    UNKNOWN = "unknown"

    @property
    def exit_code(self) -> int:
        """What a script sees: 0 valid, 1 broken, 2 not signed, 3 cannot tell."""
        return {Verdict.VALID: 0, Verdict.BROKEN: 1, Verdict.UNSIGNED: 2, Verdict.UNKNOWN: 3}[self]


class Level(StrEnum):
    """How much a seal brings along to be checked later (ETSI EN 319 142-1)."""

    B = "PAdES B-B"
    T = "PAdES B-T"
    LT = "PAdES B-LT"
    LTA = "PAdES B-LTA"


@dataclass(frozen=True, slots=True)
class SignedBy:
    """One who signed a paper, and when (UTC); with a key of their own, or by their account as the seal attests."""

    name: str
    organisation: str
    signed_at: datetime
    own_key: bool
