"""What an edition prints, held against what it says of itself: texts against positions, positions against proofs."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.domain.publication import Snapshot
from service.domain.receipts import FORMATS
from service.domain.record_checks import Trust, check
from service.domain.text import digest
from service.domain.verification import Finding, Sentence, Verdict

_SIGNATURES = frozenset({Finding.SIGNED_NOTE, Finding.KEY_UNKNOWN, Finding.UNSIGNED_NOTE})
_COUNTED = frozenset({Finding.RECEIPTS, Finding.ENTRIES})
_Position = tuple[str, str, str]
"""Whose position it is, the digest of the text that it is bound to, and the stance, in words."""


def texts(snapshot: Snapshot) -> tuple[Sentence, ...]:
    """Tell whether the positions are bound to exactly the texts that are printed beside them."""
    pairs = [(ask, digest(ask.blocks)) for ask in snapshot.recommendations]
    differing = tuple(
        Sentence(
            Finding.TEXT_DIFFERS,
            {"number": str(ask.number), "computed": computed, "named": ask.version.digest},
        )
        for ask, computed in pairs
        if computed != ask.version.digest
    )
    if differing:
        return differing
    positions = sum(len(ask.positions) for ask, _ in pairs)
    return (Sentence(Finding.TEXTS_BOUND, {"positions": str(positions), "texts": str(len(pairs))}),)


@dataclass(frozen=True, slots=True)
class _Proof:
    """One attached proof: what came of its check, whose signature it bears, and what positions it tells of.

    One proof may tell of many `entries` of the record.
    """

    verdict: Verdict
    entries: int
    signature: Sentence | None
    positions: frozenset[_Position]


def proofs(snapshot: Snapshot, attached: Sequence[str], trust: Trust) -> tuple[Sentence, ...]:
    """Tell whether the attached proofs of the record hold, and which positions they prove.

    Args:
        snapshot: what the edition prints.
        attached: the texts of the attached files in JSON; proofs are found in them wherever they stand.
        trust: the keys under which checkpoints count as signed.
    """
    found = [_proof(one, trust) for text in attached for one in _within(text)]
    if not found:
        return (Sentence(Finding.NO_PROOFS),)
    failed = sum(one.verdict is Verdict.BROKEN for one in found)
    count = str(len(found))
    if failed:
        return (Sentence(Finding.PROOFS_FAIL, {"count": count, "failed": str(failed)}),)
    # Many proofs under one checkpoint say of its signature the same.
    signed = {one.signature.text: one.signature for one in found if one.signature is not None}
    trusted = [one.positions for one in found if one.verdict is Verdict.VALID]
    return (
        _held(len(found), sum(one.entries for one in found)),
        *signed.values(),
        *(_proven(snapshot, frozenset().union(*trusted)) if trusted else ()),
    )


def _held(count: int, entries: int) -> Sentence:
    if entries == count:
        return Sentence(Finding.PROOFS_HOLD, {"count": str(count)})
    return Sentence(Finding.PROOFS_HOLD_OF_MANY, {"count": str(count), "entries": str(entries)})


def _proven(snapshot: Snapshot, trusted: frozenset[_Position]) -> Iterator[Sentence]:
    printed = [
        (one.organisation, ask.version.digest, one.stance.replace("_", " "))
        for ask in snapshot.recommendations
        for one in ask.positions
    ]
    held = sum(one in trusted for one in printed)
    if printed and held == len(printed):
        yield Sentence(Finding.POSITIONS_PROVEN, {"count": str(held)})
    elif printed:
        yield Sentence(Finding.POSITIONS_PARTLY, {"proven": str(held), "count": str(len(printed))})


def _within(text: str) -> list[str]:
    """Return every proof that stands anywhere in a text, in its order."""
    try:
        waiting: list[object] = [json.loads(text)]
    except (ValueError, RecursionError):
        return []
    found = []
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict) and str(one.get("format")) in FORMATS:
            found.append(json.dumps(one, ensure_ascii=False))
        elif isinstance(one, dict):
            waiting += reversed(one.values())
        elif isinstance(one, list):
            waiting += reversed(one)
    return found


def _proof(text: str, trust: Trust) -> _Proof:
    checked = check(text, trust)
    signature = next((one for one in checked.sentences if one.template in _SIGNATURES), None)
    positions = frozenset(
        (one.values["organisation_id"], one.values["digest"], one.values["stance"])
        for one in checked.sentences
        if one.template is Finding.POSITION
    )
    counted = (one.values["count"] for one in checked.sentences if one.template in _COUNTED)
    return _Proof(checked.verdict, int(next(counted, 1)), signature, positions)
