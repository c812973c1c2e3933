"""The world that most tests on a database begin with: a round, its people, one recommendation."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

from service.domain.phases import Phase, following
from service.domain.text import Block
from service.domain.views.agendas import AgendaView, EditionView
from service.domain.views.amendments import AmendmentView
from service.domain.views.recommendations import RecommendationSummary, VersionView
from service.domain.views.record import RecordView
from service.workflows import agendas, library, reading
from service.workflows.context import Context
from tests.houses import House


@dataclass(frozen=True)
class Member:
    """Someone with a mandate, and the organisation that it is for."""

    person: str
    organisation: str
    name: str
    email: str


@dataclass
class World:
    """A round with its people and one recommendation, whose first `blocks` are named title, ask and why.

    `version` is the first version. `outsider` is mandated by a city that takes no part;
    `newcomer` has an account and no mandate.
    """

    house: House
    agenda: str
    facility: Member
    rapporteur: Member
    approvers: tuple[Member, ...]
    cities: tuple[Member, ...]
    service: Member
    outsider: Member
    newcomer: str
    recommendation: str
    version: str
    blocks: Mapping[str, Block]

    def acting(self, member: Member) -> Context:
        """Return the context in which `member` acts."""
        return self.house.person(member.person)

    @property
    def view(self) -> AgendaView:
        """The agenda as it stands."""
        return reading.agenda(self.house.stranger, self.agenda)

    @property
    def summary(self) -> RecommendationSummary:
        """The recommendation as it stands."""
        return reading.recommendation(self.acting(self.rapporteur), self.recommendation)

    @property
    def text(self) -> VersionView:
        """The recommendation's current version."""
        return reading.current_version(self.acting(self.rapporteur), self.recommendation)

    def reworded(self, **texts: str) -> tuple[Block, ...]:
        """Return the current text with other words in the blocks that are named."""
        by_id = {self.blocks[name].id: words for name, words in texts.items()}
        return tuple(replace(block, text=by_id.get(block.id, block.text)) for block in self.text.blocks)

    def amendment(self, amendment_id: str, *, by: Member | None = None) -> AmendmentView:
        """Return an amendment as it stands, as `by` sees it; as everyone does, if nobody is named."""
        ctx = self.acting(by) if by is not None else self.house.stranger
        return reading.amendment(ctx, amendment_id)

    def edition(self, edition_id: str) -> EditionView:
        """Return an edition as it stands."""
        return library.edition(self.house.stranger, edition_id)

    def move(self, target: Phase) -> None:
        """Open the phase that follows."""
        agendas.move_phase(self.acting(self.facility), agendas.MovePhase(self.agenda, target))

    def in_phase(self, target: Phase) -> "World":
        """Go forward, phase by phase, until `target` is open."""
        phase = self.view.phase
        while phase is not target:
            phase = following(phase)[-1]
            self.move(phase)
        return self

    @contextmanager
    def recording(self, scope: str | None = None) -> Iterator[list[RecordView]]:
        """Gather what is recorded meanwhile, in this agenda's record or in another."""
        scope = scope or self.agenda
        before = len(self.house.record(scope))
        gathered: list[RecordView] = []
        yield gathered
        gathered.extend(self.house.record(scope)[before:])
