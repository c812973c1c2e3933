"""Views of what happened in an agenda, as everyone may know it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from service.domain.activity import ActivityKind


@dataclass(frozen=True, slots=True)
class AskRef:
    """A recommendation by number and title."""

    id: str
    number: int
    title: str


@dataclass(frozen=True, slots=True)
class ActivityView:
    """One public entry of an agenda's record: no person, and no words but titles.

    `organisation` is for whom it was done; `recommendation` and `amendment` (its number) are what it is about;
    `led_to` is the phase, state, stance or opinion that it led to, if it led to one, and
    `again` tells that it was there before, and a decision was taken back.
    """

    sequence: int
    at: datetime
    name: str
    subject_id: str
    organisation: str | None
    recommendation: AskRef | None
    amendment: int | None
    led_to: StrEnum | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class ActivityFilter:
    """Which entries are looked for: of one kind, around one recommendation."""

    kind: ActivityKind | None = None
    recommendation_id: str | None = None
