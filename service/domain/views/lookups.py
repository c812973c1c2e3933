"""Views of editions that somebody asks for by what is printed on a paper."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from service.domain.editions import EditionState
from service.domain.verification import Verification


class Standing(StrEnum):
    """Whether an edition can be relied on today."""

    STANDS = "stands"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    NOT_RELEASED = "not_released"


@dataclass(frozen=True, slots=True)
class Successor:
    """The edition that has taken another one's place."""

    id: str
    number: int
    released_at: datetime


@dataclass(frozen=True, slots=True)
class Published:
    """An edition as who holds its paper asks for it: what it is, whether it still stands, and its report.

    `withdrawn` is the one that had taken its place and was withdrawn since, where none has taken it again.
    """

    id: str
    agenda_id: str
    agenda: str
    number: int
    state: EditionState
    digest: str
    file_digest: str | None
    released_at: datetime | None
    successor: Successor | None
    verification: Verification | None
    withdrawn: Successor | None = None

    @property
    def standing(self) -> Standing:
        """Whether it can be relied on today."""
        if self.state is EditionState.WITHDRAWN:
            return Standing.WITHDRAWN
        if self.released_at is None:
            return Standing.NOT_RELEASED
        return Standing.SUPERSEDED if self.successor is not None else Standing.STANDS
