"""Views of recommendations, versions, comments and positions."""

from dataclasses import dataclass, field
from datetime import datetime

from service.domain.comments import Audience, CommentKind, CommentState
from service.domain.positions import PositionState, Reservation, Stance
from service.domain.recommendations import Addressee, RecommendationState
from service.domain.text import Block, Lineage, Provenance
from service.domain.views.people import OrganisationRef


@dataclass(frozen=True, slots=True)
class VersionRef:
    """A version by number."""

    id: str
    number: int
    digest: str


@dataclass(frozen=True, slots=True)
class RecommendationSummary:
    """A recommendation in a list, with what is going on around it."""

    id: str
    agenda_id: str
    number: int
    title: str
    addressee: Addressee
    theme: str
    state: RecommendationState
    current_version: VersionRef
    changed_at: datetime
    amendments: int
    open_amendments: int
    colliding: int
    comments: int
    open_comments: int
    positions: int
    revision: int


@dataclass(frozen=True, slots=True)
class VersionView:
    """A version with its text, the origin of its words, and which of its blocks came from others."""

    id: str
    recommendation_id: str
    number: int
    parent_id: str | None
    digest: str
    note: str
    created_at: datetime
    blocks: tuple[Block, ...]
    provenance: Provenance
    lineage: Lineage = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Origin:
    """What an origin in a provenance stands for: an amendment with its organisations, or a version written by hand.

    `compromise` tells that the amendment covers others.
    """

    id: str
    amendment_number: int | None
    organisations: tuple[OrganisationRef, ...]
    version_number: int | None
    compromise: bool = False


@dataclass(frozen=True, slots=True)
class ReplyView:
    """An answer in a thread."""

    id: str
    organisation: OrganisationRef
    text: str
    created_at: datetime
    language: str | None = None


@dataclass(frozen=True, slots=True)
class CommentView:
    """A thread; without a block it is about the whole recommendation, or about an amendment to it.

    `start` and `end` are where its phrase stands in the current version, None where it does not any more. `language` is
    None where nobody said in which it is written.
    """

    id: str
    recommendation_id: str
    version: VersionRef
    organisation: OrganisationRef
    kind: CommentKind
    state: CommentState
    text: str
    created_at: datetime
    block_id: str | None
    start: int | None
    end: int | None
    quotation: str
    resolution: str
    replies: tuple[ReplyView, ...]
    revision: int
    audience: Audience = Audience.EVERYONE
    official: bool = False
    amendment_id: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class PositionView:
    """A position; `counts` tells whether it speaks for exactly the current text."""

    id: str
    recommendation_id: str
    organisation: OrganisationRef
    version: VersionRef
    stance: Stance
    reservation: Reservation | None
    statement: str
    resolved_by: str
    state: PositionState
    taken_at: datetime
    counts: bool
    revision: int
    on_paper: str = ""
    language: str | None = None
