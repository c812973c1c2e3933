"""Views of a round as whoever leads it sees it."""

from dataclasses import dataclass
from datetime import datetime

from service.domain.adoption import Outcome
from service.domain.leading import Day, Task
from service.domain.phases import Phase
from service.domain.views.agendas import AgendaView
from service.domain.views.moving import Recipient
from service.domain.views.people import OrganisationRef
from service.domain.views.recommendations import RecommendationSummary


@dataclass(frozen=True, slots=True)
class Silent:
    """An organisation that is asked for something and has not answered.

    `recommendations` are the numbers of those on which its position is missing, where positions are asked for.
    """

    organisation: OrganisationRef
    recommendations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Reminding:
    """Whom a reminder goes to, when the last one went out, and from when on the next one may."""

    recipients: tuple[Recipient, ...]
    last_at: datetime | None
    again_at: datetime | None
    possible: bool


@dataclass(frozen=True, slots=True)
class Stage:
    """How far a recommendation has come; `outcome` tells whether it passes as things stand."""

    recommendation: RecommendationSummary
    outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class DeskView:
    """A round at a glance: what waits, how far each text has come, who is silent, how the texts converge.

    `next` is the phase that opens when the open one closes; `held` tells that it should have and did not.
    """

    agenda_id: str
    phase: Phase
    closes_at: datetime | None
    next: Phase | None
    held: bool
    tasks: tuple[Task, ...]
    stages: tuple[Stage, ...]
    silent: tuple[Silent, ...]
    convergence: tuple[Day, ...]
    last_reminder_at: datetime | None
    may_remind_at: datetime | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits in a round for the reader who runs it, decides in it or assesses its texts, each in numbers.

    `tasks` are those of the desk, told of the foremost round alone that the reader runs. `to_answer` are comments,
    `to_decide`, `to_work_in` and `to_assess` amendments; what the reader may not do now counts nothing.
    """

    agenda: AgendaView
    runs: bool
    reviews: bool
    tasks: tuple[Task, ...] = ()
    to_decide: int = 0
    to_work_in: int = 0
    to_answer: int = 0
    to_assess: int = 0

    @property
    def total(self) -> int:
        """How many sorts of things wait."""
        counts = (self.to_decide, self.to_work_in, self.to_answer, self.to_assess)
        return len(self.tasks) + sum(map(bool, counts))
