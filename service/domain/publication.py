"""The final document as a pure tree: everything an edition prints, and nothing that is decided after it.

What the second person approves, what the seal covers and what anyone can recompute is the `digest` of this
tree. A PDF is one rendering of it. Organisations are named by their ids throughout; `Snapshot.organisations`
says who they are.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from service.domain import canonical
from service.domain.canonical import LATER
from service.domain.corrigenda import Corrigendum
from service.domain.particulars import due_of, success_of
from service.domain.receipts import Receipts
from service.domain.text import Block

FORMAT = "sympolity-edition/1"

STANCES = ("endorsed", "endorsed_with_reservation", "no_objection", "objection", "abstained", "recused")
NO_RECORD = "no_record"
ACCEPTED = ("accepted", "accepted_modified")
OPEN = ("tabled", "admissible", "under_examination")
CALLOUT = 1
RATIONALE = 2


@dataclass(frozen=True, slots=True)
class Meeting:
    """Where and when the agenda was adopted."""

    name: str
    place: str
    starts: date
    ends: date


@dataclass(frozen=True, slots=True)
class Organisation:
    """A participant as printed: its kind, country and region in words, its partnership or an empty string."""

    id: str
    name: str
    kind: str
    country: str = ""
    region: str = ""
    partnership: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """What was put right after publication: `was` is what it said until then, field by field."""

    on: date
    reason: str
    was: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What underpins a claim; `number` counts from 1 inside its recommendation or lesson.

    `blocks` are the paragraphs that make the claim; none where it underpins the whole. `language` is that of its words
    where it is another than the edition's. What was corrected were title, source, page, quotation and address.
    """

    number: int
    title: str
    source: str = ""
    page: str = ""
    quotation: str = ""
    url: str = ""
    blocks: tuple[str, ...] = field(default=(), metadata=LATER)
    language: str = field(default="", metadata=LATER)
    corrections: tuple[Correction, ...] = field(default=(), metadata=LATER)

    @property
    def words(self) -> tuple[str, ...]:
        """What it says, in the order in which a correction keeps what it said."""
        return (self.title, self.source, self.page, self.quotation, self.url)


@dataclass(frozen=True, slots=True)
class Lesson:
    """One of at most ten lessons learnt of the shared list.

    `language` is named where it is another than the edition's.
    """

    number: int
    text: str
    evidence: tuple[Evidence, ...] = ()
    language: str = field(default="", metadata=LATER)
    corrections: tuple[Correction, ...] = field(default=(), metadata=LATER)


@dataclass(frozen=True, slots=True)
class Version:
    """The exact text that was put to the organisations: its number and its content digest."""

    number: int
    digest: str


class Standing(StrEnum):
    """What was decided on a recommendation; only a draft of a paper shows what is not decided yet."""

    ADOPTED = "adopted"
    NOT_ADOPTED = "not_adopted"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether the adoption rule is met, and the sentence that says why.

    `decided` tells that it was applied; `counted` is how many organisations count, 0 where that is not known.
    """

    passed: bool
    sentence: str
    decided: bool = field(default=True, metadata=LATER)
    counted: int = field(default=0, metadata=LATER)

    @property
    def standing(self) -> Standing:
        """What was decided."""
        if not self.decided:
            return Standing.UNDECIDED
        return Standing.ADOPTED if self.passed else Standing.NOT_ADOPTED


@dataclass(frozen=True, slots=True)
class Position:
    """What one organisation says of exactly this version; `stance` is one of `STANCES`.

    `entry` is the number, from 1, of the record's entry that tells of it; 0 where it is not known. `language` is that
    of its words where it is another than the edition's.
    """

    organisation: str
    stance: str
    reservation: str = ""
    statement: str = ""
    resolved_by: str = ""
    entry: int = field(default=0, metadata=LATER)
    language: str = field(default="", metadata=LATER)


@dataclass(frozen=True, slots=True)
class Amendment:
    """An amendment and what became of it.

    `base` and `amended` hold only the blocks it touches; `target` is the number of the first of them in the
    base version, counted from 1; `compromise_of` lists the amendments it covers. `reason_language` is that of the
    reason where it is another than the edition's.
    """

    number: int
    organisations: tuple[str, ...]
    base_version: int
    target: int
    language: str
    base: tuple[Block, ...]
    amended: tuple[Block, ...]
    justification: str
    state: str
    reason: str = ""
    decided_on: date | None = None
    incorporated_in: int | None = None
    compromise_of: tuple[int, ...] = ()
    reason_language: str = field(default="", metadata=LATER)


@dataclass(frozen=True, slots=True)
class Run:
    """Words from `start` to `end` (code points) of a block, and where they come from, in words."""

    start: int
    end: int
    origin: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """The runs that together make up one block, in order."""

    block: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One numbered ask: block 1 is its title, block 2 the ask itself, the others say why."""

    number: int
    title: str
    addressee: str
    theme: str
    version: Version
    blocks: tuple[Block, ...]
    outcome: Outcome
    positions: tuple[Position, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    provenance: tuple[Provenance, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    success: str = ""
    due: str = ""

    @property
    def ask(self) -> str:
        """The sentence that the addressee is asked to act on; the title where there is no other."""
        return self.blocks[CALLOUT].text if len(self.blocks) > CALLOUT else self.title

    @property
    def rationale(self) -> tuple[Block, ...]:
        """The blocks that say why; those that stand in a place of their own are not told twice."""
        apart = {
            *(success_of(self.blocks).blocks if self.success else ()),
            *(due_of(self.blocks).blocks if self.due else ()),
        }
        return tuple(block for block in self.blocks[RATIONALE:] if block.id not in apart)


@dataclass(frozen=True, slots=True)
class Participants:
    """How many were invited and took part, and a note of the organisers."""

    invited: int
    active: int
    comments: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step on the way to the edition, for the reader who asks how it came about."""

    at: datetime
    what: str


@dataclass(frozen=True, slots=True)
class RecordHead:
    """How far the record had come when the edition was assembled: the newest entry, and the root over all of them."""

    sequence: int
    hash: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One edition of an advocacy agenda, frozen; times are in UTC, `language` is a BCP 47 tag."""

    programme: str
    title: str
    subtitle: str
    meeting: Meeting
    edition: int
    assembled_at: datetime
    language: str
    status: str
    editor: str
    record: RecordHead
    participants: Participants
    recommendations: tuple[Recommendation, ...] = ()
    lessons: tuple[Lesson, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    mandate: str = ""
    method: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    imprint: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    demo: bool = False
    format: str = FORMAT
    corrigendum: Corrigendum | None = field(default=None, metadata=LATER)
    proofs: Receipts | None = field(default=None, metadata=LATER)

    def organisation_name(self, organisation: str) -> str:
        """Return the printed name of an organisation; its id when it is not among the participants."""
        return next((one.name for one in self.organisations if one.id == organisation), organisation)


@dataclass(frozen=True, slots=True)
class Signatory:
    """One who signed the edition, and for whom.

    `certificate` is the SHA-256, in hex, of the certificate with which they also sign the paper itself; it is empty
    where they have no key of their own.
    """

    name: str
    organisation: str
    signed_at: datetime
    certificate: str = ""


def field_of(number: int) -> str:
    """Return the name of the paper's field in which a signatory signs, by their place in the list, from 1."""
    return f"Signatory{number}"


@dataclass(frozen=True, slots=True)
class Approval:
    """Who stands behind the edition; kept apart, because it is the snapshot's digest that is approved.

    Where several signed it, `signatories` names them all, and `approved_by` is the last of them.
    """

    assembled_by: str | None = None
    approved_by: str | None = None
    approved_at: datetime | None = None
    signatories: tuple[Signatory, ...] = ()


def to_json(value: Snapshot | Approval) -> str:
    """Return the canonical JSON: sorted keys, no white space, UTF-8 unescaped."""
    return canonical.to_json(value)


def from_json(text: str) -> Snapshot:
    """Read a snapshot back, exactly.

    Raises:
        NotCanonicalError: The text does not describe a snapshot.
    """
    return canonical.from_json(Snapshot, text)


def approval_from_json(text: str) -> Approval:
    """Read an approval back, exactly.

    Raises:
        NotCanonicalError: The text does not describe an approval.
    """
    return canonical.from_json(Approval, text)


def digest(snapshot: Snapshot) -> str:
    """Return what is approved and sealed: the SHA-256 of the canonical JSON, 64 hexadecimal characters."""
    return canonical.digest(snapshot)
