"""The shapes of the demonstration's content; a loader turns them into acts of the people named in them.

Nothing here has an identifier of its own: recommendations, blocks, amendments, evidence and threads carry
local keys that are unique within their meeting, organisations and accounts carry the local part of an
address (`city12`, `facility`).
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

from service.domain.adoption import AdoptionRule

Language = Literal["en", "fr", "es", "pt", "ar"]
Side = Literal["member_state", "partner_country"]
Region = Literal[
    "sub_saharan_africa",
    "asia_pacific",
    "latin_america_caribbean",
    "southern_neighbourhood",
    "eastern_neighbourhood",
    "european_union",
]
Theme = Literal[
    "integrated urban development",
    "water and sanitation",
    "waste",
    "sustainable mobility",
    "housing",
    "public space",
    "climate adaptation",
    "local economy",
    "governance and digital",
    "culture and youth",
]
Addressee = Literal["eu_headquarters", "eu_delegations", "cities", "other_actors"]
BlockKind = Literal["heading", "paragraph", "list_item", "quotation"]
MarkKind = Literal["emphasis", "strong", "link"]
Wave = Literal[1, 2]
AmendmentState = Literal[
    "tabled",
    "admissible",
    "inadmissible",
    "under_examination",
    "accepted",
    "accepted_modified",
    "rejected",
    "withdrawn",
    "fallen",
]
Opinion = Literal["accept", "accept_modified", "reject"]
CommentKind = Literal["general", "technical", "editorial"]
CommentState = Literal["open", "answered", "resolved", "declined"]
EvidenceKind = Literal["document", "result", "indicator"]
PolicyFit = Literal["fits", "needs_new", "conflicts", "no_comment"]
EvidenceStrength = Literal["strong", "some", "weak", "none", "no_comment"]
LessonState = Literal["proposed", "shortlisted"]
Stance = Literal["endorsed", "endorsed_with_reservation", "no_objection", "objection", "abstained", "recused"]
ReservationKind = Literal["scrutiny", "linguistic", "substantive"]
Phase = Literal[
    "preparation", "commenting", "amending", "consolidation", "endorsement", "publication", "follow_up"
]
Role = Literal["facility", "rapporteur", "signatory", "stakeholder", "representative", "observer"]


@dataclass(frozen=True, slots=True)
class Organisation:
    """A body that people act for: a local authority, an EU service, a network, or the coordination facility."""

    key: str
    name: str
    kind: Literal["local_authority", "eu_service", "network", "facility"]
    country: str
    region: Region
    language: Language
    side: Side | None = None


@dataclass(frozen=True, slots=True)
class Partnership:
    """A city-to-city project: number k joins city 2k-1 of a Member State and city 2k of a partner country."""

    number: int
    name: str
    project: str
    lead: int
    partner: int
    region: Region
    themes: tuple[Theme, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """An account, named by its role so that no real person's name occurs; `local` is the part before the @."""

    local: str
    name: str
    role: Role
    organisation: str
    language: Language
    zone: str

    @property
    def email(self) -> str:
        """The address that the person signs in with."""
        return f"{self.local}@example.org"


@dataclass(frozen=True, slots=True)
class Mark:
    """An emphasis, a strong phrase or a link on words that occur once in their block."""

    kind: MarkKind
    phrase: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class BlockText:
    """One block of a recommendation as first drafted, under the local key that edits and comments use."""

    key: str
    kind: BlockKind
    text: str
    level: int = 0
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One numbered ask of an agenda as it stood in its first version; the first addressee is asked before others."""

    key: str
    number: int
    addressees: tuple[Addressee, ...]
    theme: Theme
    deadline: str
    blocks: tuple[BlockText, ...]

    @property
    def title(self) -> str:
        """The heading that the recommendation is known by."""
        return self.blocks[0].text


@dataclass(frozen=True, slots=True)
class Replace:
    """Words that occur exactly once in the block give way to others; no new words means they are deleted."""

    block: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class InsertAfter:
    """A new block, with a key of its own, follows an existing one."""

    after: str
    block: BlockText


@dataclass(frozen=True, slots=True)
class Delete:
    """A whole block is left out."""

    block: str


@dataclass(frozen=True, slots=True)
class Move:
    """A block takes another place, behind the one named."""

    block: str
    after: str


Edit = Replace | InsertAfter | Delete | Move


@dataclass(frozen=True, slots=True)
class Amendment:
    """A proposed change with its reasons, and the state the demonstration brings it to.

    Wave 1 is written on version 1 and decided in the first consolidation, whose merge makes version 2 of the
    recommendations that took something from it; wave 2 is written on the version current after that merge.
    `adopted` is the wording that was accepted where it differs from `edits`. `covers` names the colliding
    amendments that a compromise replaces; they fall with its acceptance, for the reason that the house gives.
    """

    key: str
    recommendation: str
    city: int
    justification: str
    edits: tuple[Edit, ...]
    state: AmendmentState = "tabled"
    wave: Wave = 2
    language: Language = "en"
    cosignatories: tuple[int, ...] = ()
    reason: str = ""
    adopted: tuple[Edit, ...] = ()
    opinion: Opinion | None = None
    covers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """One further contribution to a thread, by the account named."""

    author: str
    text: str


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment on a phrase of a block, on a block, or on the whole, with what became of it.

    `wave` says on which text it was written, as for amendments. `closing` is what was said when the thread was
    answered, resolved or declined, by the account `closed_by`.
    """

    key: str
    recommendation: str
    author: str
    kind: CommentKind
    text: str
    block: str | None = None
    quote: str | None = None
    wave: Wave = 2
    language: Language = "en"
    state: CommentState = "open"
    replies: tuple[Reply, ...] = ()
    closing: str = ""
    closed_by: str | None = None


@dataclass(frozen=True, slots=True)
class Support:
    """The block of a recommendation that a piece of evidence underpins."""

    recommendation: str
    block: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A document, a partnership's result or an indicator; invented unless it is the concept note itself."""

    key: str
    kind: EvidenceKind
    title: str
    quotation: str
    source: str
    supports: tuple[Support, ...]
    page: int | None = None
    partnership: int | None = None

    @property
    def invented(self) -> bool:
        """Whether the source says that it was made up."""
        return self.source == INVENTED


INVENTED = "Invented for the demonstration"


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson learnt that a city proposed, its evidence, and its place on the shared list if it has one."""

    key: str
    statement: str
    detail: str
    city: int
    theme: Theme
    evidence: tuple[str, ...]
    state: LessonState = "proposed"
    rank: int | None = None

    @property
    def text(self) -> str:
        """The lesson as it is proposed: what was learnt in one sentence, then what it means."""
        return f"{self.statement}. {self.detail}"


@dataclass(frozen=True, slots=True)
class Translation:
    """A recommendation in another language, by the account named, of the text that a wave is written on.

    `texts` are pairs of a block's key and its translated words; what is left out is not translated yet.
    """

    recommendation: str
    language: Language
    author: str
    wave: Wave
    texts: tuple[tuple[str, str], ...]
    approved: bool = False


@dataclass(frozen=True, slots=True)
class Position:
    """What one city says of the final text of a recommendation, where it says more than that it endorses it."""

    city: int
    stance: Stance
    statement: str = ""
    reservation: ReservationKind | None = None
    resolved_by: str = ""
    language: Language = "en"


@dataclass(frozen=True, slots=True)
class PositionPlan:
    """All positions on one recommendation: the cities that simply endorse, and those with more to say."""

    recommendation: str
    outcome: Literal["adopted", "not_adopted"]
    endorsed: tuple[int, ...]
    others: tuple[Position, ...]


@dataclass(frozen=True, slots=True)
class RelativeStep:
    """A phase that closes a number of days after the day of loading, at a time of day in its zone."""

    phase: Phase
    closes_in_days: int
    at: time
    zone: str = "Europe/Brussels"


@dataclass(frozen=True, slots=True)
class FixedStep:
    """A phase that closed at a moment of history."""

    phase: Phase
    closes: datetime


@dataclass(frozen=True, slots=True)
class Assessment:
    """What an EU service finds of a recommendation, on the text that a wave of amendments is written on."""

    recommendation: str
    author: str
    fit: PolicyFit
    strength: EvidenceStrength
    wave: Wave
    fit_note: str = ""
    strength_note: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """One agenda with everything that was said about it.

    `wave_phases` gives, for each wave of amendments, the index in the timetable of the amending phase it belongs
    to. `positions` is empty while the meeting has not come to its endorsement.
    """

    key: str
    title: str
    headline: str
    description: str
    programme: str
    meeting: str
    place: str
    starts_on: date
    ends_on: date
    time_zone: str
    language: Language
    rule: AdoptionRule
    timetable: tuple[RelativeStep, ...] | tuple[FixedStep, ...]
    wave_phases: dict[Wave, int]
    current_phase: int
    recommendations: tuple[Recommendation, ...]
    amendments: tuple[Amendment, ...]
    threads: tuple[Thread, ...]
    evidence: tuple[Evidence, ...]
    lessons: tuple[Lesson, ...]
    positions: tuple[PositionPlan, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    translations: tuple[Translation, ...] = ()
