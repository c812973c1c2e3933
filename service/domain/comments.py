"""Comments: threads on a phrase of a version, or on the whole."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from service.domain.errors import FieldError, Invalid
from service.domain.machine import Machine
from service.domain.recommendations import Version

TEXT_LENGTH = 4_000


class CommentKind(StrEnum):
    """What a comment is about."""

    GENERAL = "general"
    TECHNICAL = "technical"
    EDITORIAL = "editorial"


class Audience(StrEnum):
    """Who may read a thread, and know that there is one."""

    EVERYONE = "everyone"
    ORGANISATION = "organisation"


class CommentState(StrEnum):
    """Where a thread stands."""

    OPEN = "open"
    ANSWERED = "answered"
    RESOLVED = "resolved"
    DECLINED = "declined"
    ORPHANED = "orphaned"


class CommentAction(StrEnum):
    """What happens to a thread."""

    ANSWER = "answer"
    RESOLVE = "resolve"
    DECLINE = "decline"
    REOPEN = "reopen"
    ORPHAN = "orphan"
    ATTACH = "attach"


_S, _A = CommentState, CommentAction

LIFECYCLE = Machine(
    name="comment",
    initial=_S.OPEN,
    moves={
        (_S.OPEN, _A.ANSWER): _S.ANSWERED,
        (_S.OPEN, _A.RESOLVE): _S.RESOLVED,
        (_S.OPEN, _A.DECLINE): _S.DECLINED,
        # The phrase a comment is about was deleted; the comment stays visible at its block.
        (_S.OPEN, _A.ORPHAN): _S.ORPHANED,
        (_S.ANSWERED, _A.ANSWER): _S.ANSWERED,
        (_S.ANSWERED, _A.RESOLVE): _S.RESOLVED,
        (_S.ANSWERED, _A.DECLINE): _S.DECLINED,
        (_S.ANSWERED, _A.REOPEN): _S.OPEN,
        (_S.ANSWERED, _A.ORPHAN): _S.ORPHANED,
        (_S.RESOLVED, _A.REOPEN): _S.OPEN,
        (_S.DECLINED, _A.REOPEN): _S.OPEN,
        (_S.ORPHANED, _A.ATTACH): _S.OPEN,
        (_S.ORPHANED, _A.RESOLVE): _S.RESOLVED,
        (_S.ORPHANED, _A.DECLINE): _S.DECLINED,
    },
)
UNSETTLED = frozenset({_S.OPEN, _S.ANSWERED, _S.ORPHANED})
"""The states in which a thread still asks for something."""


@dataclass(frozen=True, slots=True)
class Place:
    """A range of one block's text, in code points, with the words it quotes."""

    block_id: str
    start: int
    end: int
    quotation: str


@dataclass(eq=False)
class Comment:
    """The head of a thread; without a place it is about the whole recommendation, or about an amendment to it.

    What only an organisation reads is how it prepares its one `official` contribution.
    """

    id: str
    agenda_id: str
    recommendation_id: str
    version_id: str
    organisation_id: str
    person_id: str
    kind: CommentKind
    text: str
    created_at: datetime
    block_id: str | None = None
    start: int | None = None
    end: int | None = None
    quotation: str = ""
    state: CommentState = LIFECYCLE.initial
    resolution: str = ""
    audience: Audience = Audience.EVERYONE
    official: bool = False
    amendment_id: str | None = None
    language: str | None = None
    revision: int = 1

    @property
    def internal(self) -> bool:
        """Whether its organisation alone reads it."""
        return self.audience is Audience.ORGANISATION

    def seen_by(self, organisation_ids: Collection[str]) -> bool:
        """Tell whether somebody who acts for these organisations may know of it."""
        return not self.internal or self.organisation_id in organisation_ids

    def act(self, action: CommentAction) -> None:
        """Move to the state that `action` leads to."""
        self.state = LIFECYCLE.next(self.state, action)

    def attach(self, version_id: str, place: Place) -> None:
        """Give a thread whose words are gone a place in another version."""
        self.act(CommentAction.ATTACH)
        self.version_id, self.block_id, self.quotation = version_id, place.block_id, place.quotation
        self.start, self.end = place.start, place.end


@dataclass(eq=False)
class Reply:
    """An answer in a thread."""

    id: str
    comment_id: str
    organisation_id: str
    person_id: str
    text: str
    created_at: datetime
    language: str | None = None


def check_text(text: str, field: str = "text") -> None:
    """Refuse an empty or overlong comment.

    Raises:
        Invalid: names the field.
    """
    if not text:
        raise Invalid.field(field, "Write your comment before you send it.")
    if len(text) > TEXT_LENGTH:
        raise Invalid.field(field, "Please keep this under %(limit)s characters.", limit=TEXT_LENGTH)


def check_audience(audience: Audience, block_id: str | None, *, official: bool) -> None:
    """Refuse an official contribution that is not about the whole, or that nobody else may read.

    Raises:
        Invalid: names the field.
    """
    if official and audience is not Audience.EVERYONE:
        raise Invalid.field("audience", "An official contribution is for everyone to read.")
    if official and block_id is not None:
        raise Invalid.field("block_id", "An official contribution is about the whole recommendation.")


def check_amendment(
    *, tabled: bool, audience: Audience, block_id: str | None, official: bool = False
) -> None:
    """Refuse a comment on an amendment that is about something else too, or that tells others of a draft.

    Raises:
        Invalid: names the field.
    """
    if official:
        raise Invalid.field("amendment", "An official contribution is about the whole recommendation.")
    if block_id is not None:
        raise Invalid.field("block_id", "A comment on an amendment is about the amendment as a whole.")
    if not tabled and audience is Audience.EVERYONE:
        raise Invalid.field("audience", "Only your organisation sees a draft, so only it can discuss it.")


def place(version: Version, block_id: str, start: int | None, end: int | None, quotation: str) -> Place:
    """Return the place of a comment: by offsets, or by the words that it quotes, or else the whole block.

    Raises:
        Invalid: there is no such block, the range is out of it, or the quoted words are not there exactly once.
    """
    block = next((b for b in version.blocks if b.id == block_id), None)
    if block is None:
        raise Invalid.field("block_id", "This version has no such block. Choose one that it has.")
    if start is None and end is None:
        if not quotation:
            return Place(block_id, 0, len(block.text), block.text)
        if block.text.count(quotation) != 1:
            raise Invalid.field(
                "quotation",
                "These words do not stand exactly once in the block. Copy a longer phrase, letter by letter.",
            )
        start = block.text.index(quotation)
        return Place(block_id, start, start + len(quotation), quotation)
    if start is None or end is None or not 0 <= start < end <= len(block.text):
        raise Invalid(
            errors=[
                FieldError(
                    "end",
                    "The range must lie inside the block, which has %(length)s characters.",
                    {"length": len(block.text)},
                )
            ]
        )
    quoted = block.text[start:end]
    if quotation and quotation != quoted:
        raise Invalid.field("quotation", "These words do not stand at that place. Read the version again.")
    return Place(block_id, start, end, quoted)
