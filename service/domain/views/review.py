"""Views of the review: a queue of changes, one of them in it, and what each person keeps there."""

from dataclasses import dataclass
from datetime import datetime

from service.domain.actors import OrganisationKind, Region
from service.domain.amendments import OPEN, AmendmentState
from service.domain.recommendations import Addressee
from service.domain.reviewing import Fate, ReviewOrder
from service.domain.views.amendments import AmendmentView
from service.domain.views.assessments import AssessmentTally


@dataclass(frozen=True, slots=True)
class ReviewFilter:
    """Which changes to look at; what is left out does not narrow. `to_assess` and `unseen` are the reader's own.

    `not_worked_in` are those that are accepted and not part of a version yet.
    """

    recommendation_id: str | None = None
    states: tuple[AmendmentState, ...] = ()
    addressee: Addressee | None = None
    organisation_id: str | None = None
    kind: OrganisationKind | None = None
    region: Region | None = None
    language: str | None = None
    colliding: bool = False
    to_assess: bool = False
    unseen: bool = False
    words: str = ""
    order: ReviewOrder = ReviewOrder.TEXT
    not_worked_in: bool = False

    @property
    def is_for_what_waits(self) -> bool:
        """Whether it asks for work that waits, of which there is none in a recommendation that was withdrawn."""
        return self.colliding or self.not_worked_in or frozenset(self.states) == OPEN


@dataclass(frozen=True, slots=True)
class Queued:
    """One change in a queue: whether it stands in another's way, whether it is new to the reader, how it was assessed.

    `seen_wording` counts the wordings up to the one that the reader saw last; None where they have seen none.
    """

    amendment: AmendmentView
    collides: bool
    unseen: bool
    seen_wording: int | None
    assessed: AssessmentTally | None


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of a queue; `total` are all that fit the filter, `unseen` those among them that are new to the reader."""

    items: tuple[Queued, ...]
    total: int
    unseen: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a change stands in a queue, from 1; None where it does not fit the filter (any more)."""

    number: int | None
    total: int
    previous_id: str | None
    next_id: str | None


@dataclass(frozen=True, slots=True)
class SavedView:
    """A filter that a person comes back to; `query` is the part of the address that holds it."""

    id: str
    agenda_id: str
    name: str
    query: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What becomes of one chosen change."""

    amendment: AmendmentView
    fate: Fate
