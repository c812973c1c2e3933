"""Views of what the opening of a phase would bring, and of those who are told."""

from dataclasses import dataclass
from datetime import datetime

from service.domain.actors import Scope
from service.domain.adoption import Outcome
from service.domain.moving import Hindrance, Progress
from service.domain.phases import Capability, Phase
from service.domain.views.people import OrganisationRef
from service.domain.views.recommendations import VersionRef


@dataclass(frozen=True, slots=True)
class Recipient:
    """A person who takes part in an agenda, with what their mandates in force let them do, for whom."""

    person_id: str
    name: str
    email: str
    language: str
    time_zone: str
    scopes: frozenset[Scope]
    organisation_ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class TextAtStake:
    """A recommendation on which positions are taken, or the rule is applied; `outcome` is as things stand."""

    id: str
    number: int
    title: str
    version: VersionRef
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class MoveView:
    """What opening a phase would bring, before it is opened.

    `told` is how many persons are told, `counted` how many organisations the rule counts. `texts` are those that
    positions are taken on, or that the rule is applied to; `standing` is how many positions stand on them.
    """

    agenda_id: str
    phase: Phase
    target: Phase
    opens: tuple[Capability, ...]
    closes: tuple[Capability, ...]
    stays: tuple[Capability, ...]
    back: bool
    closes_at: datetime | None
    hindrances: tuple[Hindrance, ...]
    progress: Progress
    told: int
    counted: int
    standing: int
    texts: tuple[TextAtStake, ...]


@dataclass(frozen=True, slots=True)
class UndoView:
    """The opening of a phase that can still be taken back: which phase is open again then, and until when it can.

    `closes_at` is when that phase was to close.
    """

    source: Phase
    target: Phase
    until: datetime
    closes_at: datetime | None


@dataclass(frozen=True, slots=True)
class Reminder:
    """A warning of a deadline that was given, and those whose turn it still is."""

    agenda_id: str
    phase: Phase
    closes_at: datetime
    hours: int
    recipients: tuple[Recipient, ...]


@dataclass(frozen=True, slots=True)
class Unanswered:
    """An organisation that counts, and the recommendations on whose present text it has taken no position.

    `again` are those among them on whose earlier text it took one.
    """

    organisation: OrganisationRef
    recommendations: tuple[int, ...]
    again: tuple[int, ...]
