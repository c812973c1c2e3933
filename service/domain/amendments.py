"""Amendments: proposed changes to a version, and what becomes of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from service.domain.errors import EmptyChange, FieldError, IllegalMove, Invalid
from service.domain.machine import Machine
from service.domain.own_reasons import OwnReason
from service.domain.recommendations import check_text
from service.domain.text import Block, Operation, diff, read_markdown, recover_ids

JUSTIFICATION_LENGTH = 4_000
LANGUAGES = ("en", "fr", "es", "pt", "ar")


class AmendmentState(StrEnum):
    """Where an amendment stands: a fact, apart from anyone's opinion of it."""

    DRAFT = "draft"
    TABLED = "tabled"
    ADMISSIBLE = "admissible"
    INADMISSIBLE = "inadmissible"
    UNDER_EXAMINATION = "under_examination"
    ACCEPTED = "accepted"
    ACCEPTED_MODIFIED = "accepted_modified"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    FALLEN = "fallen"
    SUPERSEDED = "superseded"


class AmendmentAction(StrEnum):
    """What happens to an amendment."""

    TABLE = "table"
    ADMIT = "admit"
    DECLARE_INADMISSIBLE = "declare_inadmissible"
    EXAMINE = "examine"
    ACCEPT = "accept"
    ACCEPT_MODIFIED = "accept_modified"
    REJECT = "reject"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"
    FALL = "fall"
    SUPERSEDE = "supersede"
    RESTORE = "restore"


class Opinion(StrEnum):
    """What the rapporteur recommends to do with an amendment."""

    ACCEPT = "accept"
    ACCEPT_MODIFIED = "accept_modified"
    REJECT = "reject"


_S, _A = AmendmentState, AmendmentAction

LIFECYCLE = Machine(
    name="amendment",
    initial=_S.DRAFT,
    moves={
        (_S.DRAFT, _A.TABLE): _S.TABLED,
        (_S.DRAFT, _A.WITHDRAW): _S.WITHDRAWN,
        (_S.TABLED, _A.ADMIT): _S.ADMISSIBLE,
        (_S.TABLED, _A.DECLARE_INADMISSIBLE): _S.INADMISSIBLE,
        (_S.TABLED, _A.WITHDRAW): _S.WITHDRAWN,
        (_S.TABLED, _A.FALL): _S.FALLEN,
        (_S.TABLED, _A.SUPERSEDE): _S.SUPERSEDED,
        (_S.ADMISSIBLE, _A.EXAMINE): _S.UNDER_EXAMINATION,
        (_S.ADMISSIBLE, _A.WITHDRAW): _S.WITHDRAWN,
        (_S.ADMISSIBLE, _A.FALL): _S.FALLEN,
        (_S.ADMISSIBLE, _A.SUPERSEDE): _S.SUPERSEDED,
        # An appeal against inadmissibility can succeed.
        (_S.INADMISSIBLE, _A.ADMIT): _S.ADMISSIBLE,
        (_S.UNDER_EXAMINATION, _A.ACCEPT): _S.ACCEPTED,
        (_S.UNDER_EXAMINATION, _A.ACCEPT_MODIFIED): _S.ACCEPTED_MODIFIED,
        (_S.UNDER_EXAMINATION, _A.REJECT): _S.REJECTED,
        (_S.UNDER_EXAMINATION, _A.WITHDRAW): _S.WITHDRAWN,
        (_S.UNDER_EXAMINATION, _A.FALL): _S.FALLEN,
        (_S.UNDER_EXAMINATION, _A.SUPERSEDE): _S.SUPERSEDED,
        # A decision can be taken back until it is worked into a version.
        (_S.ACCEPTED, _A.REOPEN): _S.UNDER_EXAMINATION,
        (_S.ACCEPTED, _A.FALL): _S.FALLEN,
        (_S.ACCEPTED_MODIFIED, _A.REOPEN): _S.UNDER_EXAMINATION,
        (_S.ACCEPTED_MODIFIED, _A.FALL): _S.FALLEN,
        (_S.REJECTED, _A.REOPEN): _S.UNDER_EXAMINATION,
        # What fell with a compromise comes back when the compromise is accepted no more.
        (_S.FALLEN, _A.RESTORE): _S.UNDER_EXAMINATION,
    },
)

# Still to be decided: what a reader means by an open amendment.
OPEN = frozenset({_S.TABLED, _S.ADMISSIBLE, _S.UNDER_EXAMINATION})
ACCEPTED = frozenset({_S.ACCEPTED, _S.ACCEPTED_MODIFIED})
# What a decision calls for before it can be taken, in order.
_BEFORE = {_S.TABLED: _A.ADMIT, _S.ADMISSIBLE: _A.EXAMINE}
_NEEDS_REASON = frozenset({_A.DECLARE_INADMISSIBLE, _A.ACCEPT_MODIFIED, _A.REJECT, _A.FALL, _A.REOPEN})
DECISIONS = (
    _A.ADMIT, _A.DECLARE_INADMISSIBLE, _A.EXAMINE, _A.ACCEPT, _A.ACCEPT_MODIFIED, _A.REJECT, _A.FALL, _A.REOPEN,
)  # fmt: skip
# What can be decided of several at once; other words are found for one amendment at a time.
TOGETHER = tuple(action for action in DECISIONS if action is not _A.ACCEPT_MODIFIED)


@dataclass(eq=False)
class Amendment:
    """A proposed change; the full amended blocks are what was proposed, the operations follow from them.

    `decided_blocks` holds the wording that the decision put in place of the proposed one, if any.
    """

    id: str
    agenda_id: str
    recommendation_id: str
    number: int | None
    organisation_id: str
    person_id: str
    base_version_id: str
    base_version_number: int
    blocks: tuple[Block, ...]
    operations: tuple[Operation, ...]
    justification: str
    language: str
    created_at: datetime
    state: AmendmentState = LIFECYCLE.initial
    tabled_at: datetime | None = None
    opinion: Opinion | None = None
    opinion_reason: str = ""
    decision_reason: str = ""
    decision_language: str | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    decided_blocks: tuple[Block, ...] | None = None
    incorporated_in: str | None = None
    rebased: int = 0
    replaces_id: str | None = None
    revision: int = 1

    def act(self, action: AmendmentAction) -> None:
        """Move to the state that `action` leads to."""
        self.state = LIFECYCLE.next(self.state, action)

    def explain(self, reason: str, language: str | None = None) -> None:
        """Give the reason for what became of it, in a language where it is somebody's own words."""
        self.decision_reason, self.decision_language = reason, language if reason else None

    @property
    def stands(self) -> bool:
        """Whether it still lays claim to words of its base."""
        return stands(self.state, self.incorporated_in)

    @property
    def standing_blocks(self) -> tuple[Block, ...]:
        """The wording that would be worked in: as decided, else as proposed."""
        return self.decided_blocks if self.decided_blocks is not None else self.blocks


@dataclass(eq=False)
class AmendmentRevision:
    """An earlier wording of an amendment, kept when it was carried over to a newer version.

    `parent_id` is the wording that it was made from: the original has none, and the present one is the child of the
    last that was kept.
    """

    id: str
    amendment_id: str
    number: int
    base_version_id: str
    blocks: tuple[Block, ...]
    person_id: str
    replaced_at: datetime
    parent_id: str | None = None


@dataclass(eq=False)
class Signature:
    """An organisation's name under an amendment, given by a person under a mandate."""

    id: str
    amendment_id: str
    organisation_id: str
    person_id: str
    signed_at: datetime


def changes(
    base: Sequence[Block], blocks: Sequence[Block]
) -> tuple[tuple[Block, ...], tuple[Operation, ...]]:
    """Return the amended blocks, normalised, and the exact operations that lead to them.

    Raises:
        Invalid: a block cannot stand.
        EmptyChange: nothing is changed.
    """
    clean = check_text(blocks, base)
    operations = diff(base, clean)
    if not operations:
        raise EmptyChange
    return clean, operations


def reworded(known: Sequence[Block], text: str) -> tuple[Block, ...]:
    """Return the blocks that an amended text in Markdown says: those that are known again keep their ids.

    Args:
        known: the blocks that the text was made from; the first is the title, as it is in every text.
        text: the whole text as it should read.

    Raises:
        Invalid: a block cannot stand; each is named by its line, counted from 1: `markdown.12`.
    """
    written = read_markdown(text)
    title, *others = written.blocks
    blocks = recover_ids(known, (replace(title, id=known[0].id), *others))
    try:
        return check_text(blocks)
    except Invalid as refusal:
        raise written.refused(refusal) from None


def stands(state: AmendmentState, incorporated_in: object | None) -> bool:
    """Tell whether an amendment can still collide: it is open, or accepted and not yet part of a version."""
    return state in OPEN | ACCEPTED and incorporated_in is None


def standing_operations(
    base: Sequence[Block], operations: tuple[Operation, ...], decided_blocks: Sequence[Block] | None
) -> tuple[Operation, ...]:
    """Return what an amendment would do to its base: as decided in other words, else as proposed."""
    return operations if decided_blocks is None else diff(base, decided_blocks)


def wording(base: Sequence[Block], blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return an amended text for comparison: two that say the same are equal, whatever ids new blocks got."""
    known = {block.id for block in base}
    return tuple(block if block.id in known else replace(block, id="") for block in blocks)


def check_justification(text: str, language: str, *, draft: bool = False) -> None:
    """Refuse an amendment that does not say in which language, or, once it is more than a draft, why.

    Raises:
        Invalid: names the field.
    """
    errors = []
    if not text and not draft:
        errors.append(FieldError("justification", "Say why: those who decide read this first."))
    if len(text) > JUSTIFICATION_LENGTH:
        errors.append(
            FieldError(
                "justification",
                "Please keep this under %(limit)s characters.",
                {"limit": JUSTIFICATION_LENGTH},
            )
        )
    if language not in LANGUAGES:
        errors.append(
            FieldError(
                "language", "Choose one of these languages: %(known)s.", {"known": ", ".join(LANGUAGES)}
            )
        )
    if errors:
        raise Invalid(errors=errors)


def steps_to(state: AmendmentState, action: AmendmentAction) -> tuple[AmendmentAction, ...]:
    """Return the moves that lead from `state` through `action`: deciding on a tabled amendment admits it first.

    Raises:
        IllegalMove: there is no such way.
    """
    steps: list[AmendmentAction] = []
    while not LIFECYCLE.allows(state, action) and state in _BEFORE:
        steps.append(_BEFORE[state])
        state = LIFECYCLE.next(state, steps[-1])
    LIFECYCLE.next(state, action)
    return (*steps, action)


def check_replaced(amendment: Amendment, earlier: Amendment | None) -> None:
    """Refuse an amendment that is to replace what it cannot: only an author's own, to the same recommendation.

    Raises:
        Invalid: names the field.
        IllegalMove: it is decided already, or was never tabled.
    """
    own = earlier is not None and (earlier.organisation_id, earlier.recommendation_id) == (
        amendment.organisation_id,
        amendment.recommendation_id,
    )
    if earlier is None or not own:
        raise Invalid.field(
            "replaces", "Only an amendment of your own, to the same recommendation, can be replaced."
        )
    LIFECYCLE.next(earlier.state, AmendmentAction.SUPERSEDE)


def supersede(earlier: Amendment, amendment: Amendment) -> str:
    """Let an author's amendment give way to another one of theirs, which was just tabled; returns the reason."""
    check_replaced(amendment, earlier)
    earlier.act(AmendmentAction.SUPERSEDE)
    earlier.explain(OwnReason.REPLACED.of(amendment.number))
    return earlier.decision_reason


def _decisions(state: AmendmentState) -> tuple[AmendmentAction, ...]:
    return tuple(action for action in LIFECYCLE.actions(state) if action in DECISIONS)


def decide(
    amendment: Amendment,
    action: AmendmentAction,
    *,
    reason: str,
    person_id: str,
    language: str | None = None,
    decided_blocks: tuple[Block, ...] | None,
    now: datetime,
) -> tuple[AmendmentAction, ...]:
    """Take a decision; returns every move it made.

    Raises:
        IllegalMove: the state does not allow it, the amendment is already part of a version, or the action is
            not a decision but its authors' own.
        Invalid: a decision other than acceptance needs a reason, a modified acceptance the modified text.
    """
    if action not in DECISIONS:
        # Tabling and withdrawing are the authors' own.
        raise IllegalMove(LIFECYCLE.name, amendment.state, action, _decisions(amendment.state))
    if amendment.incorporated_in is not None:
        # What is part of a version can only be changed by another amendment.
        raise IllegalMove(LIFECYCLE.name, "incorporated", action, ())
    steps = steps_to(amendment.state, action)
    errors = []
    if action in _NEEDS_REASON and not reason:
        errors.append(FieldError("reason", "Give the reason: the authors and every reader will see it."))
    if len(reason) > JUSTIFICATION_LENGTH:
        errors.append(
            FieldError(
                "reason", "Please keep this under %(limit)s characters.", {"limit": JUSTIFICATION_LENGTH}
            )
        )
    if action is AmendmentAction.ACCEPT_MODIFIED and decided_blocks is None:
        errors.append(FieldError("blocks", "Give the wording as modified."))
    if action is not AmendmentAction.ACCEPT_MODIFIED and decided_blocks is not None:
        errors.append(FieldError("blocks", "Only acceptance with modifications takes another wording."))
    if errors:
        raise Invalid(errors=errors)
    for step in steps:
        amendment.act(step)
    # Whoever admits on appeal, takes up or reopens leaves the amendment undecided, whatever was decided before.
    still_open = amendment.state in OPEN
    amendment.explain(reason, language)
    amendment.decided_by = None if still_open else person_id
    amendment.decided_at = None if still_open else now
    amendment.decided_blocks = decided_blocks
    return steps
