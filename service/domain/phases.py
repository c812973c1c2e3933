"""The phases of an agenda: how one follows another, and what each opens."""

from collections.abc import Mapping
from enum import StrEnum

from service.domain.errors import IllegalMove
from service.domain.machine import Machine


class Phase(StrEnum):
    """A stretch of the round."""

    PREPARATION = "preparation"
    COMMENTING = "commenting"
    AMENDING = "amending"
    CONSOLIDATION = "consolidation"
    ENDORSEMENT = "endorsement"
    PUBLICATION = "publication"
    FOLLOW_UP = "follow_up"


class PhaseAction(StrEnum):
    """How a phase ends."""

    ADVANCE = "advance"
    REOPEN_AMENDMENTS = "reopen_amendments"
    REOPEN_CONSOLIDATION = "reopen_consolidation"


class Capability(StrEnum):
    """Something that a phase opens."""

    DRAFT = "draft"
    DOCUMENT = "document"
    COMMENT = "comment"
    AMEND = "amend"
    WITHDRAW_AMENDMENT = "withdraw_amendment"
    DECIDE = "decide"
    CONSOLIDATE = "consolidate"
    POSITION = "position"
    PUBLISH = "publish"


MOVES = Machine(
    name="agenda phase",
    initial=Phase.PREPARATION,
    moves={
        (Phase.PREPARATION, PhaseAction.ADVANCE): Phase.COMMENTING,
        (Phase.COMMENTING, PhaseAction.ADVANCE): Phase.AMENDING,
        (Phase.AMENDING, PhaseAction.ADVANCE): Phase.CONSOLIDATION,
        # The second reading: what consolidation brought to light is opened to amendments once more.
        (Phase.CONSOLIDATION, PhaseAction.REOPEN_AMENDMENTS): Phase.AMENDING,
        (Phase.CONSOLIDATION, PhaseAction.ADVANCE): Phase.ENDORSEMENT,
        # An objection can be resolved by other words; endorsements of changed words are asked for again.
        (Phase.ENDORSEMENT, PhaseAction.REOPEN_CONSOLIDATION): Phase.CONSOLIDATION,
        (Phase.ENDORSEMENT, PhaseAction.ADVANCE): Phase.PUBLICATION,
        (Phase.PUBLICATION, PhaseAction.ADVANCE): Phase.FOLLOW_UP,
    },
)

CAPABILITIES: Mapping[Phase, frozenset[Capability]] = {
    Phase.PREPARATION: frozenset({Capability.DRAFT, Capability.DOCUMENT}),
    Phase.COMMENTING: frozenset({Capability.DRAFT, Capability.DOCUMENT, Capability.COMMENT}),
    Phase.AMENDING: frozenset(
        {
            Capability.DOCUMENT,
            Capability.COMMENT,
            Capability.AMEND,
            Capability.WITHDRAW_AMENDMENT,
            Capability.DECIDE,
            Capability.CONSOLIDATE,
        }
    ),
    Phase.CONSOLIDATION: frozenset(
        {
            Capability.DOCUMENT,
            Capability.COMMENT,
            Capability.WITHDRAW_AMENDMENT,
            Capability.DECIDE,
            Capability.CONSOLIDATE,
        }
    ),
    Phase.ENDORSEMENT: frozenset({Capability.POSITION}),
    Phase.PUBLICATION: frozenset({Capability.PUBLISH}),
    Phase.FOLLOW_UP: frozenset({Capability.PUBLISH}),
}

# The facility works on after a deadline; what cities and services hand in is bound by it.
BOUND_BY_DEADLINE: frozenset[Capability] = frozenset(
    {Capability.COMMENT, Capability.AMEND, Capability.POSITION}
)


def action_to(phase: Phase, target: Phase) -> PhaseAction:
    """Return the move that leads from `phase` to `target`.

    Raises:
        IllegalMove: no move does; the refusal names the phases that can follow.
    """
    for action in MOVES.actions(phase):
        if MOVES.next(phase, action) is target:
            return action
    raise IllegalMove(MOVES.name, phase, target, following(phase))


def following(phase: Phase) -> tuple[Phase, ...]:
    """Return the phases that can come next."""
    return tuple(MOVES.next(phase, action) for action in MOVES.actions(phase))
