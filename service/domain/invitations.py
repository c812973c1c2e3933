"""Invitations: who was asked to come, and whether they did."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from service.domain.machine import Machine

LASTS = timedelta(days=7)
"""How long an invitation's link can be used."""


class InvitationState(StrEnum):
    """Where an invitation stands."""

    SENT = "sent"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"


class InvitationAction(StrEnum):
    """What happens to an invitation."""

    SEND_AGAIN = "send_again"
    ACCEPT = "accept"
    WITHDRAW = "withdraw"


_S, _A = InvitationState, InvitationAction

LIFECYCLE = Machine(
    name="invitation",
    initial=_S.SENT,
    moves={
        (_S.SENT, _A.SEND_AGAIN): _S.SENT,
        (_S.SENT, _A.ACCEPT): _S.ACCEPTED,
        (_S.SENT, _A.WITHDRAW): _S.WITHDRAWN,
        (_S.WITHDRAWN, _A.SEND_AGAIN): _S.SENT,
    },
)


@dataclass(eq=False)
class Invitation:
    """A person was asked to come; there is one at most for each, which is sent again as often as needed."""

    id: str
    person_id: str
    invited_by: str | None
    sent_at: datetime
    expires_at: datetime
    state: InvitationState = LIFECYCLE.initial
    times_sent: int = 1
    accepted_at: datetime | None = None
    revision: int = 1

    def send_again(self, by: str | None, now: datetime) -> None:
        """Send it once more, for another seven days."""
        self.state = LIFECYCLE.next(self.state, InvitationAction.SEND_AGAIN)
        self.invited_by, self.sent_at, self.expires_at = by, now, now + LASTS
        self.times_sent += 1

    def accept(self, now: datetime) -> None:
        """Note that the person came."""
        self.state, self.accepted_at = LIFECYCLE.next(self.state, InvitationAction.ACCEPT), now

    def withdraw(self) -> None:
        """Take it back."""
        self.state = LIFECYCLE.next(self.state, InvitationAction.WITHDRAW)
