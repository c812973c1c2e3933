"""The next version as a pure question: which amendments are in, what they make together, and whom it serves."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Protocol

from service.domain.amendments import ACCEPTED, OPEN, AmendmentState
from service.domain.errors import FieldError, Invalid, OpenCollisions
from service.domain.recommendations import check_text
from service.domain.text import (
    Block,
    Collision,
    Coverage,
    Merged,
    Operation,
    Outcome,
    Provenance,
    Resolution,
    Tally,
    apply,
    collisions,
    diff,
    measure,
    merge,
    rebase,
    share,
)
from service.domain.views.people import OrganisationRef

CANDIDATES = OPEN | ACCEPTED | {AmendmentState.REJECTED, AmendmentState.FALLEN}


@dataclass(frozen=True, slots=True)
class Contribution:
    """An amendment that is in: its wording, and the text that it was made on."""

    id: str
    number: int
    base: tuple[Block, ...]
    wording: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is in, carried over to the current text; `blocked` no longer fit it.

    `covered` were chosen beside a compromise that covers them: they fall, and nothing else is asked of them.
    """

    base: tuple[Block, ...]
    provenance: Provenance
    numbers: Mapping[str, int]
    operations: Mapping[str, tuple[Operation, ...]]
    blocked: tuple[str, ...]
    covered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """What comes out: the merged text, or why there is none; nothing is left of the `fallen`.

    There is none where nobody settled the collisions in `unresolved`, or where `faults` keep the text from being one.
    """

    merged: Merged | None
    unresolved: tuple[Collision, ...] = ()
    fallen: tuple[str, ...] = ()
    faults: tuple[FieldError, ...] = ()


class Candidate(Protocol):
    """What is asked of an amendment that could be in."""

    @property
    def number(self) -> int | None:
        """Its number, once it was tabled."""

    @property
    def state(self) -> AmendmentState:
        """Where it stands."""

    @property
    def incorporated_in(self) -> object:
        """The version that it is part of."""


def is_candidate(amendment: Candidate) -> bool:
    """Tell whether an amendment can be chosen for a trial: anything tabled that is still there, and not yet text."""
    tabled = amendment.number is not None and amendment.incorporated_in is None
    return tabled and amendment.state in CANDIDATES


def plan(
    base: tuple[Block, ...],
    provenance: Provenance,
    chosen: Iterable[Contribution],
    covers: Mapping[str, Collection[str]],
) -> Plan:
    """Carry over to the current text what was made on an older one, without what a compromise that is in covers."""
    named = {one.id: one for one in chosen}
    covered = frozenset(i for compromise in named for i in covers.get(compromise, ())) & named.keys()
    numbers: dict[str, int] = {}
    operations: dict[str, tuple[Operation, ...]] = {}
    blocked: list[str] = []
    for one in named.values():
        if one.id in covered:
            continue
        numbers[one.id] = one.number
        carried = rebase(one.base, one.wording, base)
        if carried.blocks is None:
            blocked.append(one.id)
        else:
            operations[one.id] = diff(base, carried.blocks)
    return Plan(
        base, provenance, numbers, operations, tuple(blocked), tuple(i for i in named if i in covered)
    )


def work_in(planned: Plan, resolutions: tuple[Resolution, ...]) -> Result:
    """Merge what is in, as far as its collisions are settled and the text is one that can be made.

    Raises:
        Invalid: a resolution does not make sense.
    """
    try:
        merged = merge(planned.base, planned.operations, resolutions, base_provenance=planned.provenance)
    except OpenCollisions:
        return Result(None, _unresolved(planned, resolutions))
    try:
        merged = replace(merged, blocks=check_text(merged.blocks))
    except Invalid as refusal:
        return Result(None, faults=refusal.errors)
    return Result(merged, (), _fallen(planned, resolutions, merged))


def pairs(planned: Plan, unresolved: Iterable[Collision]) -> str:
    """Return the collisions by the numbers of their amendments, each pair once."""
    numbers = planned.numbers
    return ", ".join(dict.fromkeys(f"{numbers[c.first]} and {numbers[c.second]}" for c in unresolved))


def _unresolved(planned: Plan, resolutions: tuple[Resolution, ...]) -> tuple[Collision, ...]:
    settled = [frozenset(r.amendments) for r in resolutions]
    return tuple(
        c
        for c in collisions(planned.base, planned.operations)
        if c.kind.blocks_merge and not any({c.first, c.second} <= s for s in settled)
    )


def _fallen(planned: Plan, resolutions: tuple[Resolution, ...], merged: Merged) -> tuple[str, ...]:
    """Return the amendments that brought no word, no deletion and no move into the result."""
    credited = {o for runs in merged.provenance.values() for run in runs for o in run.origins}
    return tuple(
        one for one in planned.numbers if one not in credited and _is_lost(planned, resolutions, merged, one)
    )


def _is_lost(planned: Plan, resolutions: tuple[Resolution, ...], merged: Merged, amendment_id: str) -> bool:
    """Tell whether the result does nothing of what an amendment asks for, and would be the same without it."""
    asked = planned.operations.get(amendment_id, ())
    done = rebase(planned.base, apply(planned.base, asked), merged.blocks).operations
    if any(one.outcome is Outcome.ALREADY_CONTAINED for one in done):
        return False
    others = {i: operations for i, operations in planned.operations.items() if i != amendment_id}
    elsewhere = [r for r in resolutions if amendment_id not in r.amendments]
    try:
        return merge(planned.base, others, elsewhere).blocks == merged.blocks
    except OpenCollisions:
        # One decision settled it among several; what brought nothing into the result lost by it.
        return True


@dataclass(frozen=True, slots=True)
class Ask:
    """What an amendment asks of a text, and everyone who stands behind it."""

    id: str
    number: int
    organisations: tuple[OrganisationRef, ...]
    base: tuple[Block, ...]
    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class Served:
    """How much of what an organisation asked for, in its own and co-signed amendments, a text realises."""

    organisation: OrganisationRef
    numbers: tuple[int, ...]
    words: Tally
    forms: Tally

    @property
    def share(self) -> Fraction:
        """The share that is realised, exactly."""
        return share(self.words, self.forms)


@dataclass(slots=True)
class _Account:
    organisation: OrganisationRef
    numbers: list[int] = field(default_factory=list)
    words: Tally = Tally()  # noqa: RUF009 - an immutable value
    forms: Tally = Tally()  # noqa: RUF009 - an immutable value


def served(asks: Iterable[Ask], text: tuple[Block, ...]) -> tuple[Served, ...]:
    """Return for each organisation, by name, how much of what it asked for a text realises."""
    accounts: dict[str, _Account] = {}
    measures: dict[tuple[Block, ...], Callable[[Sequence[Operation]], Coverage]] = {}
    for ask in sorted(asks, key=lambda one: one.number):
        if ask.base not in measures:
            measures[ask.base] = measure(ask.base, diff(ask.base, text))
        found = measures[ask.base](ask.operations)
        for organisation in ask.organisations:
            account = accounts.setdefault(organisation.id, _Account(organisation))
            account.numbers.append(ask.number)
            account.words += found.words
            account.forms += found.forms
    ordered = sorted(accounts.values(), key=lambda one: (one.organisation.name, one.organisation.id))
    return tuple(Served(one.organisation, tuple(one.numbers), one.words, one.forms) for one in ordered)
