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
    """How a phase ends: another follows, or its opening is taken back."""

    ADVANCE = "advance"
    REOPEN_AMENDMENTS = "reopen_amendments"
    REOPEN_CONSOLIDATION = "reopen_consolidation"
    REOPEN_ENDORSEMENT = "reopen_endorsement"
    REOPEN_PUBLICATION = "reopen_publication"
    UNDO_ADVANCE = "undo_advance"
    UNDO_REOPENED_AMENDMENTS = "undo_reopened_amendments"
    UNDO_REOPENED_CONSOLIDATION = "undo_reopened_consolidation"
    UNDO_REOPENED_ENDORSEMENT = "undo_reopened_endorsement"
    UNDO_REOPENED_PUBLICATION = "undo_reopened_publication"


UNDOES: Mapping[PhaseAction, PhaseAction] = {
    PhaseAction.UNDO_ADVANCE: PhaseAction.ADVANCE,
    PhaseAction.UNDO_REOPENED_AMENDMENTS: PhaseAction.REOPEN_AMENDMENTS,
    PhaseAction.UNDO_REOPENED_CONSOLIDATION: PhaseAction.REOPEN_CONSOLIDATION,
    PhaseAction.UNDO_REOPENED_ENDORSEMENT: PhaseAction.REOPEN_ENDORSEMENT,
    PhaseAction.UNDO_REOPENED_PUBLICATION: PhaseAction.REOPEN_PUBLICATION,
}
"""What each of the actions that take an opening back, takes back."""


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
        # A published text that was corrected is another text: it needs positions of its own.
        (Phase.PUBLICATION, PhaseAction.REOPEN_ENDORSEMENT): Phase.ENDORSEMENT,
        (Phase.PUBLICATION, PhaseAction.ADVANCE): Phase.FOLLOW_UP,
        (Phase.FOLLOW_UP, PhaseAction.REOPEN_PUBLICATION): Phase.PUBLICATION,
        # What was opened by mistake is taken back while nothing has come of it.
        (Phase.COMMENTING, PhaseAction.UNDO_ADVANCE): Phase.PREPARATION,
        (Phase.AMENDING, PhaseAction.UNDO_ADVANCE): Phase.COMMENTING,
        (Phase.AMENDING, PhaseAction.UNDO_REOPENED_AMENDMENTS): Phase.CONSOLIDATION,
        (Phase.CONSOLIDATION, PhaseAction.UNDO_ADVANCE): Phase.AMENDING,
        (Phase.CONSOLIDATION, PhaseAction.UNDO_REOPENED_CONSOLIDATION): Phase.ENDORSEMENT,
        (Phase.ENDORSEMENT, PhaseAction.UNDO_ADVANCE): Phase.CONSOLIDATION,
        (Phase.ENDORSEMENT, PhaseAction.UNDO_REOPENED_ENDORSEMENT): Phase.PUBLICATION,
        (Phase.PUBLICATION, PhaseAction.UNDO_ADVANCE): Phase.ENDORSEMENT,
        (Phase.PUBLICATION, PhaseAction.UNDO_REOPENED_PUBLICATION): Phase.FOLLOW_UP,
        (Phase.FOLLOW_UP, PhaseAction.UNDO_ADVANCE): Phase.PUBLICATION,
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
    for action in _leading(phase):
        if MOVES.next(phase, action) is target:
            return action
    raise IllegalMove(MOVES.name, phase, target, following(phase))


def leads_back(phase: Phase, target: Phase) -> bool:
    """Tell whether opening `target` opens again what was closed: a second reading."""
    return tuple(Phase).index(target) < tuple(Phase).index(phase)


def by_itself(phase: Phase) -> Phase | None:
    """Return the phase that opens by itself when the deadline of this one comes; None where the round ends."""
    advances = MOVES.allows(phase, PhaseAction.ADVANCE)
    return MOVES.next(phase, PhaseAction.ADVANCE) if advances else None


def back_to(phase: Phase, source: Phase) -> Phase:
    """Return the phase that is open again when the move from `source` to `phase` is taken back: `source`.

    Raises:
        IllegalMove: the table has no such move.
    """
    taken = action_to(source, phase)
    return MOVES.next(phase, next(undo for undo, done in UNDOES.items() if done is taken))


def following(phase: Phase) -> tuple[Phase, ...]:
    """Return the phases that can come next."""
    return tuple(MOVES.next(phase, action) for action in _leading(phase))


def _leading(phase: Phase) -> tuple[PhaseAction, ...]:
    """Return the actions that open another phase, without those that take an opening back."""
    return tuple(action for action in MOVES.actions(phase) if action not in UNDOES)
