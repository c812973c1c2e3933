"""What an organisation says of one exact version of a recommendation."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from service.domain.errors import FieldError, Invalid, OtherText
from service.domain.machine import Machine
from service.domain.recommendations import Version

STATEMENT_LENGTH = 4_000
LETTER_LENGTH = 500


class Stance(StrEnum):
    """What the organisation says; `no_record` is the absence of a position."""

    ENDORSED = "endorsed"
    ENDORSED_WITH_RESERVATION = "endorsed_with_reservation"
    NO_OBJECTION = "no_objection"
    OBJECTION = "objection"
    ABSTAINED = "abstained"
    RECUSED = "recused"


class Reservation(StrEnum):
    """What kind of reservation it is."""

    SCRUTINY = "scrutiny"
    LINGUISTIC = "linguistic"
    SUBSTANTIVE = "substantive"


class PositionState(StrEnum):
    """Whether a position still speaks for its organisation."""

    STANDING = "standing"
    RECONFIRMATION_REQUESTED = "reconfirmation_requested"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class PositionAction(StrEnum):
    """What happens to a position."""

    REQUEST_RECONFIRMATION = "request_reconfirmation"
    SUPERSEDE = "supersede"
    CARRY = "carry"
    WITHDRAW = "withdraw"


LIFECYCLE = Machine(
    name="position",
    initial=PositionState.STANDING,
    moves={
        (
            PositionState.STANDING,
            PositionAction.REQUEST_RECONFIRMATION,
        ): PositionState.RECONFIRMATION_REQUESTED,
        (PositionState.STANDING, PositionAction.WITHDRAW): PositionState.WITHDRAWN,
        (PositionState.RECONFIRMATION_REQUESTED, PositionAction.SUPERSEDE): PositionState.SUPERSEDED,
        # The text is again the one that the position was taken on.
        (PositionState.RECONFIRMATION_REQUESTED, PositionAction.CARRY): PositionState.STANDING,
        (PositionState.RECONFIRMATION_REQUESTED, PositionAction.WITHDRAW): PositionState.WITHDRAWN,
    },
)

# An organisation has at most one position in these states on a recommendation.
CURRENT = frozenset({PositionState.STANDING, PositionState.RECONFIRMATION_REQUESTED})


@dataclass(eq=False)
class Position:
    """A position, bound to the digest of the text it was taken on.

    `on_paper` names the letter by which it came, where the coordination facility entered it for the organisation;
    `language` is that of its words, where it has any.
    """

    id: str
    recommendation_id: str
    organisation_id: str
    person_id: str
    version_id: str
    digest: str
    stance: Stance
    reservation: Reservation | None
    statement: str
    resolved_by: str
    taken_at: datetime
    state: PositionState = LIFECYCLE.initial
    on_paper: str = ""
    language: str | None = None
    revision: int = 1

    def act(self, action: PositionAction) -> None:
        """Move to the state that `action` leads to."""
        self.state = LIFECYCLE.next(self.state, action)


def check_digest(version: Version, digest: str) -> None:
    """Refuse a position on a text that its author did not see.

    Raises:
        OtherText: the digest is not that of the version.
    """
    if digest != version.digest:
        raise OtherText


def check_letter(on_paper: str) -> str:
    """Return the name of the letter by which a position came.

    Raises:
        Invalid: it is longer than a letter's name.
    """
    if len(on_paper) > LETTER_LENGTH:
        raise Invalid.field("on_paper", "Please keep this under %(limit)s characters.", limit=LETTER_LENGTH)
    return on_paper


def check(stance: Stance, reservation: Reservation | None, statement: str, resolved_by: str) -> None:
    """Refuse a position that does not say what its stance calls for.

    Raises:
        Invalid: names each field that is missing, or does not belong.
    """
    errors = [
        *_check_reservation(stance, reservation, statement),
        *_check_objection(stance, statement, resolved_by),
    ]
    errors += [
        FieldError(name, "Please keep this under %(limit)s characters.", {"limit": STATEMENT_LENGTH})
        for name, text in (("statement", statement), ("resolved_by", resolved_by))
        if len(text) > STATEMENT_LENGTH
    ]
    if errors:
        raise Invalid(errors=errors)


def _check_reservation(
    stance: Stance, reservation: Reservation | None, statement: str
) -> Iterator[FieldError]:
    if stance is not Stance.ENDORSED_WITH_RESERVATION:
        if reservation is not None:
            yield FieldError(
                "reservation", "Only an endorsement with reservation takes a kind of reservation."
            )
        return
    if reservation is None:
        yield FieldError("reservation", "Say what kind of reservation it is.")
    if not statement:
        yield FieldError("statement", "Say what the reservation is. It is printed with your endorsement.")


def _check_objection(stance: Stance, statement: str, resolved_by: str) -> Iterator[FieldError]:
    if stance is not Stance.OBJECTION:
        if resolved_by:
            yield FieldError("resolved_by", "Only an objection says what would resolve it.")
        return
    if not statement:
        yield FieldError("statement", "Say what you object to. It is printed with your position.")
    if not resolved_by:
        yield FieldError("resolved_by", "Say which change would resolve your objection.")


def carry_over(position: Position, version: Version) -> bool:
    """Carry a position to a new version: the same text keeps it standing, another text asks for it again.

    Returns:
        Whether reconfirmation was requested.
    """
    if position.digest == version.digest or position.state is not PositionState.STANDING:
        return False
    position.act(PositionAction.REQUEST_RECONFIRMATION)
    return True


def come_back(position: Position, version: Version) -> bool:
    """Let a position stand again where the text has become the one that it was taken on; returns whether it does."""
    if position.digest != version.digest or position.state is not PositionState.RECONFIRMATION_REQUESTED:
        return False
    position.act(PositionAction.CARRY)
    return True
