"""What is looked at before an agenda is published: what keeps it from being assembled, and what only warns."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Check(StrEnum):
    """One thing to look at, in the order in which a facility does."""

    PHASE = "phase"
    OPEN_RECOMMENDATIONS = "open_recommendations"
    NOTHING_DECIDED = "nothing_decided"
    UNDECIDED_AMENDMENTS = "undecided_amendments"
    NOT_WORKED_IN = "not_worked_in"
    RECONFIRMATIONS = "reconfirmations"
    NOT_ADOPTED = "not_adopted"
    STALE_TRANSLATIONS = "stale_translations"
    CORRECTIONS = "corrections"
    DRAFT_NOT_PRINTED = "draft_not_printed"
    CLAIMS_WITHOUT_EVIDENCE = "claims_without_evidence"
    OPEN_COMMENTS = "open_comments"
    ROOM_FOR_LESSONS = "room_for_lessons"
    SEAL = "seal"
    SEAL_REACHED = "seal_reached"
    SEAL_ENDS = "seal_ends"


class Weight(StrEnum):
    """What an item means for publishing."""

    DONE = "done"
    WARNS = "warns"
    BLOCKS = "blocks"


# What the use case that assembles an edition refuses; everything else is for a person to judge.
BLOCKING = frozenset({Check.PHASE, Check.OPEN_RECOMMENDATIONS, Check.NOTHING_DECIDED})


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that was looked at, and how many of its kind were found."""

    check: Check
    count: int

    @property
    def weight(self) -> Weight:
        """Whether it keeps the agenda from being assembled, only warns, or is done."""
        if not self.count:
            return Weight.DONE
        return Weight.BLOCKS if self.check in BLOCKING else Weight.WARNS


@dataclass(frozen=True, slots=True)
class Checklist:
    """Everything that was looked at."""

    items: tuple[Item, ...]

    @property
    def ready(self) -> bool:
        """Whether nothing keeps the agenda from being assembled."""
        return all(item.weight is not Weight.BLOCKS for item in self.items)

    @property
    def by_weight(self) -> Mapping[Weight, int]:
        """How many items there are of each weight."""
        return MappingProxyType({w: sum(item.weight is w for item in self.items) for w in Weight})


def checklist(found: Mapping[Check, int]) -> Checklist:
    """Return the list for what was found; what is not named there was not found."""
    return Checklist(tuple(Item(check, found.get(check, 0)) for check in Check))
