"""Editions: a published state of the agenda, from the frozen snapshot to the released paper."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from service.domain.machine import Machine


class EditionState(StrEnum):
    """How far an edition has come; every step survives a crash."""

    ASSEMBLED = "assembled"
    APPROVED = "approved"
    RENDERED = "rendered"
    SIGNED = "signed"
    TIMESTAMPED = "timestamped"
    VERIFIED = "verified"
    RELEASED = "released"
    WITHDRAWN = "withdrawn"


class EditionAction(StrEnum):
    """What happens to an edition."""

    APPROVE = "approve"
    RENDER = "render"
    SIGN = "sign"
    TIMESTAMP = "timestamp"
    VERIFY = "verify"
    RELEASE = "release"
    WITHDRAW = "withdraw"


_S, _A = EditionState, EditionAction

LIFECYCLE = Machine(
    name="edition",
    initial=_S.ASSEMBLED,
    moves={
        (_S.ASSEMBLED, _A.APPROVE): _S.APPROVED,
        (_S.ASSEMBLED, _A.WITHDRAW): _S.WITHDRAWN,
        (_S.APPROVED, _A.RENDER): _S.RENDERED,
        (_S.RENDERED, _A.SIGN): _S.SIGNED,
        (_S.SIGNED, _A.TIMESTAMP): _S.TIMESTAMPED,
        (_S.TIMESTAMPED, _A.VERIFY): _S.VERIFIED,
        (_S.VERIFIED, _A.RELEASE): _S.RELEASED,
        (_S.RELEASED, _A.WITHDRAW): _S.WITHDRAWN,
        # What stopped on its way, because it was overtaken or cannot be sealed, need not wait for ever.
        (_S.APPROVED, _A.WITHDRAW): _S.WITHDRAWN,
        (_S.RENDERED, _A.WITHDRAW): _S.WITHDRAWN,
        (_S.SIGNED, _A.WITHDRAW): _S.WITHDRAWN,
        (_S.TIMESTAMPED, _A.WITHDRAW): _S.WITHDRAWN,
        (_S.VERIFIED, _A.WITHDRAW): _S.WITHDRAWN,
    },
)

# The steps that follow an approval by themselves, in order.
STEPS = (_A.RENDER, _A.SIGN, _A.TIMESTAMP, _A.VERIFY, _A.RELEASE)


@dataclass(eq=False)
class Edition:
    """One edition: its snapshot as canonical JSON, the digest of it that was approved, and the paper's file.

    `reason` is why it replaces the one before, `withdrawn_because` why it does not stand any more.
    """

    id: str
    agenda_id: str
    number: int
    snapshot: str
    digest: str
    assembled_by: str
    assembled_at: datetime
    state: EditionState = LIFECYCLE.initial
    approved_by: str | None = None
    approved_at: datetime | None = None
    file_digest: str | None = None
    released_at: datetime | None = None
    verification: str = ""
    reason: str = ""
    withdrawn_because: str = ""
    withdrawn_at: datetime | None = None
    revision: int = 1

    def check(self, action: EditionAction) -> None:
        """Refuse `action` where the table has no such move."""
        LIFECYCLE.next(self.state, action)

    def act(self, action: EditionAction) -> None:
        """Move to the state that `action` leads to."""
        self.state = LIFECYCLE.next(self.state, action)


def newest_published(editions: Iterable[Edition]) -> Edition | None:
    """Return the newest edition that was ever released, also where it was withdrawn since; None where none was."""
    return max(
        (one for one in editions if one.released_at is not None), key=lambda one: one.number, default=None
    )
