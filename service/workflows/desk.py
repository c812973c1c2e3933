"""What those who tell of an agenda's record work with, and what they make: a notice, and to whom it goes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from service.domain.actors import Scope
from service.store import notifications as store
from service.store.notifications import Happened, Reader
from service.store.queries.record import announced_over
from service.store.uow import UnitOfWork

Values = dict[str, object]


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to tell: by which mail, about what thing, to whom; a `receipt` also to whoever did it."""

    template: str
    values: Values
    thread: str
    readers: Sequence[Reader]
    receipt: bool = False


@dataclass
class Desk:
    """What a teller of one agenda's record works with."""

    work: UnitOfWork
    agenda_id: str

    @cached_property
    def participants(self) -> Mapping[str, str]:
        """The names of the organisations that take part, by their ids."""
        return store.participants(self.work.connection, self.agenda_id)

    @cached_property
    def everyone(self) -> tuple[Reader, ...]:
        """Everyone who acts for an organisation that takes part."""
        return self.acting_for(self.participants)

    @cached_property
    def agenda(self) -> str:
        """The agenda's title."""
        return self.work.agendas.get(self.agenda_id).title

    @property
    def zone(self) -> str:
        """The time zone in which the agenda's deadlines are set."""
        return self.work.agendas.get(self.agenda_id).time_zone

    def acting_for(self, organisation_ids: Iterable[str], scope: Scope | None = None) -> tuple[Reader, ...]:
        """Return who acts for any of these organisations, each person once."""
        found = store.readers_of(self.work.connection, set(organisation_ids), self.work.now, scope)
        return tuple({reader.person_id: reader for group in found.values() for reader in group}.values())

    def checkpoint(self, entry: Happened) -> str | None:
        """Return the signed checkpoint that was taken with an entry, for the reader to keep."""
        found = announced_over(self.work.connection, self.agenda_id, entry.sequence)
        return found.note if found is not None else None

    def name(self, organisation_id: str) -> str:
        """Return an organisation's name."""
        return self.work.organisations.get(organisation_id).name

    def about(self, recommendation_id: str) -> Values:
        """Return what names a recommendation."""
        recommendation = self.work.recommendations.get(recommendation_id)
        return {
            "agenda": self.agenda,
            "recommendation_id": recommendation.id,
            "recommendation": recommendation.title,
            "recommendation_number": recommendation.number,
        }
