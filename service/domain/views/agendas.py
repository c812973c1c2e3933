"""Views of agendas, lessons, evidence and editions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from service.domain.adoption import AdoptionRule
from service.domain.editions import EditionState
from service.domain.evidence import EvidenceKind
from service.domain.halts import Halt
from service.domain.lessons import LessonState, words_of
from service.domain.phases import Capability, Phase
from service.domain.signatories import SignatoryState
from service.domain.text import digest
from service.domain.verification import Verification
from service.domain.views.corrections import CorrectionView
from service.domain.views.people import OrganisationRef
from service.domain.views.recommendations import VersionRef


@dataclass(frozen=True, slots=True)
class AgendaView:
    """An agenda. `open` is what can be done at this moment: by the phase, and by its deadline.

    `entries` is how many its record has.
    """

    id: str
    title: str
    headline: str
    programme: str
    meeting: str
    place: str
    starts_on: date
    ends_on: date
    language: str
    time_zone: str
    phase: Phase
    phase_closes_at: datetime | None
    following: tuple[Phase, ...]
    open: frozenset[Capability]
    timetable: Mapping[Phase, datetime]
    rule: AdoptionRule
    invented: bool
    revision: int
    entries: int = 0


@dataclass(frozen=True, slots=True)
class AgendaFigures:
    """An agenda in numbers; `active_partnerships` have amended, commented or taken a position.

    The words that `orphaned_comments` were about are gone; whether they were answered before is not known.
    """

    recommendations: int
    amendments: int
    open_amendments: int
    colliding: int
    comments: int
    open_comments: int
    orphaned_comments: int
    partnerships: int
    active_partnerships: int
    organisations: int
    shortlisted_lessons: int
    editions: int


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """One piece of evidence, with the recommendations and blocks that it underpins."""

    id: str
    agenda_id: str
    number: int
    kind: EvidenceKind
    title: str
    source: str
    page: str
    quotation: str
    url: str
    invented: bool
    organisation: OrganisationRef
    underpins: tuple["Underpinned", ...]
    language: str = ""
    corrections: tuple[CorrectionView, ...] = ()


@dataclass(frozen=True, slots=True)
class Underpinned:
    """A recommendation, or one block of it."""

    recommendation_id: str
    block_id: str | None


@dataclass(frozen=True, slots=True)
class LessonView:
    """A lesson learnt; `rank` is its place on the shared list, None when it does not stand there."""

    id: str
    agenda_id: str
    number: int
    text: str
    state: LessonState
    evidence_ids: tuple[str, ...]
    organisation: OrganisationRef
    revision: int
    rank: int | None = None
    reason: str = ""
    language: str = ""
    wording: int = 1
    corrections: tuple[CorrectionView, ...] = ()

    @property
    def version(self) -> VersionRef:
        """Its words by number and digest, for whoever translates or corrects exactly these."""
        said = digest(words_of(self.text))
        return VersionRef(said, self.wording, said)


@dataclass(frozen=True, slots=True)
class EditionRef:
    """An edition, named."""

    id: str
    number: int


@dataclass(frozen=True, slots=True)
class SignatoryView:
    """One who is to sign an edition, for whom, and what they did about it; `reason` is why they declined."""

    id: str
    person_id: str
    name: str
    organisation: OrganisationRef
    state: SignatoryState
    digest: str
    acted_at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class EditionView:
    """An edition; `verification` is what was found when the sealed file was checked, once it was.

    `reason` is why it replaces the one before, `superseded_by` the newest edition that stands, where it is a later one.
    `halt` is what keeps it from being published, told only where one edition is looked at.
    """

    id: str
    agenda_id: str
    agenda: str
    number: int
    state: EditionState
    digest: str
    file_digest: str | None
    assembled_by: str
    assembled_at: datetime
    approved_by: str | None
    approved_at: datetime | None
    released_at: datetime | None
    verification: Verification | None
    revision: int
    # Whether the reader assembled it: then someone else has to approve it.
    own: bool
    reason: str = ""
    withdrawn_because: str = ""
    withdrawn_at: datetime | None = None
    superseded_by: EditionRef | None = None
    signatories: tuple[SignatoryView, ...] = ()
    halt: Halt | None = None

    @property
    def declined(self) -> bool:
        """Whether somebody declined to sign it."""
        return any(one.state is SignatoryState.DECLINED for one in self.signatories)

    def is_awaited(self, person_id: str | None) -> bool:
        """Tell whether it waits for this person: named and silent; where nobody is named, for anyone who may."""
        if not self.signatories:
            return True
        awaited = (one for one in self.signatories if one.state is SignatoryState.AWAITED)
        return not self.declined and any(one.person_id == person_id for one in awaited)

    def can_spare(self, signatory: SignatoryView) -> bool:
        """Tell whether the edition can do without this one: they are silent, and somebody else is to sign."""
        standing = [one for one in self.signatories if one.state is not SignatoryState.TAKEN_OFF]
        return signatory.state is SignatoryState.AWAITED and len(standing) > 1
