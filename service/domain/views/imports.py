"""What an import of participants did, or would do."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from service.domain.importing import RowError


class Noun(StrEnum):
    """What a row speaks of."""

    ORGANISATION = "organisation"
    PARTNERSHIP = "partnership"
    PERSON = "person"
    MANDATE = "mandate"
    PARTICIPATION = "participation"


class Effect(StrEnum):
    """What becomes of it."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one thing, and the row that says so first."""

    row: int
    noun: Noun
    effect: Effect
    name: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of each thing in a list, or what is wrong with it; `written` tells whether anything was done."""

    changes: tuple[Change, ...]
    errors: tuple[RowError, ...]
    written: bool

    def count(self, noun: Noun, effect: Effect) -> int:
        """Return of how many things of a kind this becomes."""
        return Counter((change.noun, change.effect) for change in self.changes)[noun, effect]
