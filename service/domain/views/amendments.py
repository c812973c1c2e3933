"""Views of amendments and of how they collide."""

from dataclasses import dataclass
from datetime import datetime

from service.domain.amendments import Amendment, AmendmentState, Opinion, stands
from service.domain.own_reasons import LANGUAGE, recognised
from service.domain.text import Block, CollisionKind, Coverage, Operation, touched
from service.domain.views.people import OrganisationRef
from service.domain.views.recommendations import VersionRef


@dataclass(frozen=True, slots=True)
class NumberedRef:
    """An amendment by number, without who stands behind it."""

    id: str
    number: int | None
    state: AmendmentState


@dataclass(frozen=True, slots=True)
class AmendmentView:
    """An amendment; `organisations` begins with its author, co-signatories follow.

    `base_blocks` is the text of its base version; `stale` tells that a newer version has come since. One that `covers`
    others is a compromise; `covered_by` are the compromises on it. What it `replaces` gave way to it, as it gave way to
    what it was `replaced_by`.
    """

    id: str
    agenda_id: str
    recommendation_id: str
    recommendation_number: int
    recommendation_title: str
    number: int | None
    state: AmendmentState
    organisations: tuple[OrganisationRef, ...]
    base_version: VersionRef
    base_blocks: tuple[Block, ...]
    blocks: tuple[Block, ...]
    operations: tuple[Operation, ...]
    justification: str
    language: str
    created_at: datetime
    tabled_at: datetime | None
    opinion: Opinion | None
    opinion_reason: str
    decision_reason: str
    decision_language: str | None
    decided_at: datetime | None
    decided_blocks: tuple[Block, ...] | None
    incorporated_in: VersionRef | None
    rebased: int
    stale: bool
    revision: int
    covers: tuple[NumberedRef, ...] = ()
    covered_by: tuple[NumberedRef, ...] = ()
    replaces: NumberedRef | None = None
    replaced_by: NumberedRef | None = None

    @property
    def stands(self) -> bool:
        """Whether it can still become text."""
        return stands(self.state, self.incorporated_in)

    @property
    def standing_blocks(self) -> tuple[Block, ...]:
        """The wording that would be worked in: as decided, else as proposed."""
        return self.decided_blocks if self.decided_blocks is not None else self.blocks

    @property
    def reason_language(self) -> str | None:
        """In which language the reason of the decision is: as its author said, English where the house gave it."""
        return LANGUAGE if recognised(self.decision_reason) else self.decision_language

    @classmethod
    def of(
        cls,
        amendment: Amendment,
        *,
        recommendation_number: int,
        recommendation_title: str,
        organisations: tuple[OrganisationRef, ...],
        base_version: VersionRef,
        base_blocks: tuple[Block, ...],
        incorporated_in: VersionRef | None = None,
        stale: bool = False,
        covers: tuple[NumberedRef, ...] = (),
        covered_by: tuple[NumberedRef, ...] = (),
        replaces: NumberedRef | None = None,
        replaced_by: NumberedRef | None = None,
    ) -> "AmendmentView":
        """Return an amendment with what else its readers see of it."""
        return cls(
            id=amendment.id,
            agenda_id=amendment.agenda_id,
            recommendation_id=amendment.recommendation_id,
            recommendation_number=recommendation_number,
            recommendation_title=recommendation_title,
            number=amendment.number,
            state=amendment.state,
            organisations=organisations,
            base_version=base_version,
            base_blocks=base_blocks,
            blocks=amendment.blocks,
            operations=amendment.operations,
            justification=amendment.justification,
            language=amendment.language,
            created_at=amendment.created_at,
            tabled_at=amendment.tabled_at,
            opinion=amendment.opinion,
            opinion_reason=amendment.opinion_reason,
            decision_reason=amendment.decision_reason,
            decision_language=amendment.decision_language,
            decided_at=amendment.decided_at,
            decided_blocks=amendment.decided_blocks,
            incorporated_in=incorporated_in,
            rebased=amendment.rebased,
            stale=stale,
            revision=amendment.revision,
            covers=covers,
            covered_by=covered_by,
            replaces=replaces,
            replaced_by=replaced_by,
        )

    @property
    def block_ids(self) -> tuple[str, ...]:
        """The blocks that it touches, in the order of its operations."""
        return tuple(dict.fromkeys(block for operation in self.operations for block in touched(operation)))


@dataclass(frozen=True, slots=True)
class AmendmentRef:
    """An amendment by number."""

    id: str
    number: int | None
    state: AmendmentState
    organisations: tuple[OrganisationRef, ...]

    @classmethod
    def unstored(cls, amendment_id: str) -> "AmendmentRef":
        """Return what stands for an amendment that is still being written."""
        return cls(amendment_id, None, AmendmentState.DRAFT, ())


@dataclass(frozen=True, slots=True)
class CollisionView:
    """Two amendments that touch the same words; `identical` ones want to be one."""

    first: AmendmentRef
    second: AmendmentRef
    kind: CollisionKind
    # None: both place a paragraph at the very beginning.
    block_id: str | None
    start: int
    end: int
    # Only these stop a consolidation while both are accepted.
    blocks_merge: bool


@dataclass(frozen=True, slots=True)
class SettlementView:
    """How a collision was settled when a version was made: by whom, when, which way, and in which words.

    Exactly one of three: `prefer` names the amendment that stands, `replacement` is the text that stands in the place
    of all (empty: the block went), or all stand `in_order`, the one in which they are named.
    """

    amendments: tuple[NumberedRef, ...]
    prefer: str | None
    block_id: str | None
    replacement: str | None
    in_order: bool
    resolver: str
    settled_at: datetime


@dataclass(frozen=True, slots=True)
class WordingView:
    """What an amendment says, or said before it was carried over: then `replaced_at` tells until when.

    `parent_id` is the wording that this one was made from; the original has none. The present wording has the id of the
    amendment.
    """

    id: str
    parent_id: str | None
    number: int
    base_version: VersionRef
    base_blocks: tuple[Block, ...]
    blocks: tuple[Block, ...]
    replaced_at: datetime | None


@dataclass(frozen=True, slots=True)
class CoveredView:
    """An amendment beside another, and which share of the covered one the other wording realises."""

    amendment: AmendmentRef
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class CoverageView:
    """What becomes of the words that amendments ask for.

    `covers`: of those that this one covers, in its own wording; `covered_by`: of this one, in each compromise on it;
    `decided`: of this one, in the wording that was accepted in its place; `text`: of this one, in the current text,
    once that has moved on.
    """

    covers: tuple[CoveredView, ...]
    covered_by: tuple[CoveredView, ...]
    decided: Coverage | None
    text: Coverage | None


@dataclass(frozen=True, slots=True)
class AmendmentFilter:
    """Which amendments to list; what is left out does not narrow."""

    agenda_id: str | None = None
    recommendation_id: str | None = None
    states: tuple[AmendmentState, ...] = ()
    organisation_id: str | None = None
