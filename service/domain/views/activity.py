"""Views of what happened in an agenda, as everyone may know it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class AskRef:
    """A recommendation by number and title."""

    id: str
    number: int
    title: str


@dataclass(frozen=True, slots=True)
class ActivityView:
    """One public entry of an agenda's record: no person, and no words but titles.

    `organisation` is for whom it was done; `recommendation` and `amendment` (its number) are what it is about.
    """

    sequence: int
    at: datetime
    name: str
    subject_id: str
    organisation: str | None
    recommendation: AskRef | None
    amendment: int | None
