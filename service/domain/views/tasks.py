"""Views of what a person's own page shows: their organisations' amendments in brief, and what happened since."""

from dataclasses import dataclass
from datetime import datetime

from service.domain.amendments import AmendmentState
from service.domain.views.activity import ActivityView, AskRef
from service.domain.views.agendas import AgendaView
from service.domain.views.people import OrganisationRef


@dataclass(frozen=True, slots=True)
class OwnAmendment:
    """An amendment of an organisation in brief; `signed` where it co-signed it, `covers` where it is a compromise."""

    id: str
    agenda_id: str
    number: int | None
    state: AmendmentState
    recommendation: AskRef
    organisation: OrganisationRef
    signed: bool
    stale: bool
    covers: bool
    incorporated: bool


@dataclass(frozen=True, slots=True)
class News:
    """What happened in an agenda since a person last said that they have seen it, the newest first.

    `entry` is how far its record goes; `more` tells that there is more than is shown.
    """

    agenda: AgendaView
    since: datetime
    entry: int
    entries: tuple[ActivityView, ...]
    more: bool
