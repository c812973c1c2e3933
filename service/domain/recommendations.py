"""Recommendations and their immutable versions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from service.domain.errors import IllegalMove, Invalid, StaleBase, Unknown
from service.domain.machine import Machine
from service.domain.text import Block, Lineage, Provenance, descended, digest, normalise_blocks
from service.domain.text.blocks import BlockKind

THEME_LENGTH = 100


class Addressee(StrEnum):
    """Whom a recommendation asks."""

    EU_HEADQUARTERS = "eu_headquarters"
    EU_DELEGATIONS = "eu_delegations"
    CITIES = "cities"
    OTHER_ACTORS = "other_actors"


class RecommendationState(StrEnum):
    """Where a recommendation stands."""

    DRAFT = "draft"
    TABLED = "tabled"
    ADOPTED = "adopted"
    NOT_ADOPTED = "not_adopted"
    WITHDRAWN = "withdrawn"
    PUBLISHED = "published"


class RecommendationAction(StrEnum):
    """What happens to a recommendation."""

    TABLE = "table"
    ADOPT = "adopt"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    PUBLISH = "publish"
    RETURN = "return"
    CORRECT = "correct"


LIFECYCLE = Machine(
    name="recommendation",
    initial=RecommendationState.DRAFT,
    moves={
        (RecommendationState.DRAFT, RecommendationAction.TABLE): RecommendationState.TABLED,
        (RecommendationState.DRAFT, RecommendationAction.WITHDRAW): RecommendationState.WITHDRAWN,
        (RecommendationState.TABLED, RecommendationAction.ADOPT): RecommendationState.ADOPTED,
        (RecommendationState.TABLED, RecommendationAction.REFUSE): RecommendationState.NOT_ADOPTED,
        (RecommendationState.TABLED, RecommendationAction.WITHDRAW): RecommendationState.WITHDRAWN,
        (RecommendationState.ADOPTED, RecommendationAction.PUBLISH): RecommendationState.PUBLISHED,
        # Positions are bound to exact words: a text that is corrected is decided on anew.
        (RecommendationState.ADOPTED, RecommendationAction.CORRECT): RecommendationState.TABLED,
        (RecommendationState.PUBLISHED, RecommendationAction.CORRECT): RecommendationState.TABLED,
        # Where the opening of a phase is taken back, so is what it decided.
        (RecommendationState.TABLED, RecommendationAction.RETURN): RecommendationState.DRAFT,
        (RecommendationState.ADOPTED, RecommendationAction.RETURN): RecommendationState.TABLED,
        (RecommendationState.NOT_ADOPTED, RecommendationAction.RETURN): RecommendationState.TABLED,
    },
)


@dataclass(eq=False)
class Recommendation:
    """One numbered ask; its title is the first block of its current version."""

    id: str
    agenda_id: str
    number: int
    addressee: Addressee
    theme: str
    title: str
    current_version_id: str
    current_version_number: int
    state: RecommendationState = LIFECYCLE.initial
    revision: int = 1

    def act(self, action: RecommendationAction) -> None:
        """Move to the state that `action` leads to."""
        self.state = LIFECYCLE.next(self.state, action)


@dataclass(frozen=True, eq=False)
class Version:
    """An immutable numbered state of a recommendation's text.

    With it stand the origin of every run of its words, and which of its blocks were split from others or joined.
    """

    id: str
    recommendation_id: str
    number: int
    parent_id: str | None
    person_id: str
    blocks: tuple[Block, ...]
    provenance: Provenance
    digest: str
    note: str
    created_at: datetime
    lineage: Lineage = field(default_factory=dict)


def check_text(blocks: Sequence[Block], base: Sequence[Block] = ()) -> tuple[Block, ...]:
    """Return the blocks normalised; the first is the title, and no other is a heading of the first level.

    Args:
        blocks: a text as somebody sent it.
        base: the version's text that it was made from, which was normalised when it came in.

    Raises:
        Invalid: names the field of each block that cannot stand.
    """
    clean = normalise_blocks(blocks, base)
    first = clean[0]
    if first.kind is not BlockKind.HEADING or first.level != 1:
        raise Invalid.field("blocks.0.kind", "The first block is the title: a heading of level 1.")
    for index, block in enumerate(clean[1:], start=1):
        if block.kind is BlockKind.HEADING and block.level == 1:
            raise Invalid.field(
                f"blocks.{index}.level", "Only the title is a heading of level 1. Use level 2 or deeper here."
            )
    if len(clean) == 1:
        raise Invalid.field(
            "blocks", "A recommendation needs at least one paragraph below its title: the ask."
        )
    return clean


def new_version(
    recommendation: Recommendation,
    *,
    version_id: str,
    parent: Version | None,
    person_id: str,
    blocks: tuple[Block, ...],
    provenance: Provenance,
    note: str,
    now: datetime,
    came: Mapping[str, Sequence[str]] | None = None,
) -> Version:
    """Return the next version and make it the current one; `came` tells which blocks its editor made of which.

    Raises:
        Invalid: a block is told to come from one that the parent does not have.
    """
    before, known = (parent.blocks, parent.lineage) if parent is not None else ((), {})
    number = parent.number + 1 if parent is not None else 1
    recommendation.current_version_id = version_id
    recommendation.current_version_number = number
    recommendation.title = blocks[0].text
    return Version(
        version_id,
        recommendation.id,
        number,
        parent.id if parent is not None else None,
        person_id,
        blocks,
        provenance,
        digest(blocks),
        note,
        now,
        descended(before, known, blocks, number, came),
    )


def check_editable(state: RecommendationState) -> None:
    """Refuse to rewrite a text that is off the agenda, or that was decided on.

    Raises:
        IllegalMove: says what is possible.
    """
    if state not in {RecommendationState.DRAFT, RecommendationState.TABLED}:
        raise IllegalMove(LIFECYCLE.name, state, "edit", LIFECYCLE.actions(state))


def is_correction(state: RecommendationState) -> bool:
    """Tell whether a new version written by hand corrects a text that was decided on."""
    return LIFECYCLE.allows(state, RecommendationAction.CORRECT)


def check_why(note: str) -> None:
    """Refuse to correct a text that was decided on without saying why.

    Raises:
        Invalid: the note is empty.
    """
    if not note:
        raise Invalid.field("note", "Say what is corrected, and why: everyone who took a position reads it.")


def check_base(recommendation: Recommendation, base: Version) -> None:
    """Refuse work that starts from an older version than the current one.

    Raises:
        Unknown: the version is another recommendation's.
        StaleBase: the text has moved on.
    """
    if base.recommendation_id != recommendation.id:
        raise Unknown(thing="version")
    if base.id != recommendation.current_version_id:
        raise StaleBase(current=recommendation.current_version_number, base=base.number)
