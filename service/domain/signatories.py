"""Signatories: who is to sign an edition, and what each of them did about it.

They are named when the edition is assembled, and sign exactly its digest: another text is another edition, for which
nobody has signed yet. An edition that names nobody is approved by the first who may.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from service.domain.errors import Invalid
from service.domain.machine import Machine

LONGEST_REASON = 2_000


class SignatoryState(StrEnum):
    """What has become of the request to sign."""

    AWAITED = "awaited"
    SIGNED = "signed"
    DECLINED = "declined"
    TAKEN_OFF = "taken_off"


class SignatoryAction(StrEnum):
    """What is done about it, by the signatory or by the facility."""

    SIGN = "sign"
    DECLINE = "decline"
    TAKE_OFF = "take_off"


_S, _A = SignatoryState, SignatoryAction

LIFECYCLE = Machine(
    name="signatory",
    initial=_S.AWAITED,
    moves={
        (_S.AWAITED, _A.SIGN): _S.SIGNED,
        (_S.AWAITED, _A.DECLINE): _S.DECLINED,
        (_S.AWAITED, _A.TAKE_OFF): _S.TAKEN_OFF,
    },
)


@dataclass(eq=False)
class Signatory:
    """One who is to sign an edition, for an organisation; `digest` is the edition's, `acted_at` when they answered."""

    id: str
    agenda_id: str
    edition_id: str
    person_id: str
    organisation_id: str
    digest: str
    named_at: datetime
    state: SignatoryState = LIFECYCLE.initial
    acted_at: datetime | None = None
    reason: str = ""
    revision: int = 1

    def act(self, action: SignatoryAction, now: datetime, reason: str = "") -> None:
        """Move to the state that `action` leads to, at `now`."""
        self.state = LIFECYCLE.next(self.state, action)
        self.acted_at, self.reason = now, reason


def have_all_signed(signatories: Iterable[Signatory]) -> bool:
    """Tell whether everyone who is still to sign has signed; where nobody is left, nobody has."""
    states = {one.state for one in signatories} - {SignatoryState.TAKEN_OFF}
    return states == {SignatoryState.SIGNED}


def last_to_sign(signatories: Iterable[Signatory]) -> Signatory:
    """Return who signed last, of several that signed."""
    signed = (one for one in signatories if one.state is SignatoryState.SIGNED)
    return max(signed, key=lambda one: (one.acted_at or one.named_at, one.id))


def check_reason(reason: str) -> None:
    """Refuse to decline without a reason that the facility can act on.

    Raises:
        Invalid: names the field.
    """
    if not reason:
        raise Invalid.field(
            "reason", "Say what keeps you from signing: the facility and every reader see it."
        )
    if len(reason) > LONGEST_REASON:
        raise Invalid.field("reason", "Please keep this under %(limit)s characters.", limit=LONGEST_REASON)


def names_digest(person_ids: Sequence[str]) -> str:
    """Return a digest of who is named, for the confirmation of naming them; empty where nobody is."""
    if not person_ids:
        return ""
    return hashlib.sha256("\n".join(sorted(set(person_ids))).encode()).hexdigest()
