"""The report of a verification, in order: of each question what is proven, what is not, and what speaks against it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from service.domain.verification import Finding, Sentence, Verdict, Verification


class Topic(StrEnum):
    """The questions that a report answers, in its order."""

    FILE = "file"
    STANDING = "standing"
    SEAL = "seal"
    SIGNATORIES = "signatories"
    TIME = "time"
    LEVEL = "level"
    TRUST = "trust"
    LATER = "later"
    TEXTS = "texts"
    RECORD = "record"
    COPY = "copy"


TITLES: Mapping[Topic, str] = {
    Topic.FILE: "The file",
    Topic.STANDING: "Whether it still stands",
    Topic.SEAL: "Who sealed it",
    Topic.SIGNATORIES: "Who signed it",
    Topic.TIME: "When, and by which clock",
    Topic.LEVEL: "How long it can be checked",
    Topic.TRUST: "On whom this rests",
    Topic.LATER: "What came after the seal",
    Topic.TEXTS: "Texts and positions",
    Topic.RECORD: "The record behind it",
    Topic.COPY: "Making it again",
}
"""What each question is called, in English."""


class Bearing(StrEnum):
    """What a sentence does to trust: it is proven, it is left open, or it speaks against the file."""

    PROVEN = "proven"
    OPEN = "open"
    AGAINST = "against"


BEARINGS: Mapping[Bearing, str] = {
    Bearing.PROVEN: "proven",
    Bearing.OPEN: "not proven",
    Bearing.AGAINST: "against it",
}
"""How a sentence is marked, in English."""


_T, _F = Topic, Finding

_PROVEN: Mapping[Topic, tuple[Finding, ...]] = {
    _T.FILE: (_F.PUBLISHED_FILE, _F.ENTIRE_FILE),
    _T.STANDING: (_F.STANDS,),
    _T.SEAL: (
        _F.SEALED_BY,
        _F.SIGNER_EXPECTED,
        _F.CERTIFICATE,
        _F.CERTIFICATE_TOLD_AFTER,
        _F.CERTIFICATE_TOLD_BEFORE,
    ),
    _T.SIGNATORIES: (
        _F.SIGNED_BY,
        _F.SIGNED_BY_KEPT_KEY,
        _F.SIGNED_NOT_LATER,
        _F.SIGNED_BY_ACCOUNT,
        _F.APPROVED_BY,
    ),
    _T.TIME: (_F.SEALED_AT, _F.SEALED_NOT_LATER),
    _T.LEVEL: (_F.LEVEL_LTA, _F.ARCHIVED_AT, _F.LASTS),
    _T.TRUST: (_F.ROOT_SET, _F.ROOT_GIVEN, _F.ROOT_DEMO, _F.CLOCK_ROOT, _F.ROOT_OF_SIGNATORIES),
    _T.LATER: (_F.STAMP, _F.LATER_DATA, _F.NOTHING_ELSE),
    _T.TEXTS: (_F.DATA_MATCH, _F.TEXTS_BOUND, _F.POSITIONS_PROVEN),
    _T.RECORD: (
        _F.RECORD_AGREES,
        _F.PROOFS_HOLD,
        _F.PROOFS_HOLD_OF_MANY,
        _F.ENTRY,
        _F.POSITION,
        _F.WORDS,
        _F.INCLUDED,
        _F.RECEIPTS,
        _F.CONSISTENT,
        _F.ENTRIES,
        _F.COVERED,
        _F.SIGNED_NOTE,
    ),
}
_OPEN: Mapping[Topic, tuple[Finding, ...]] = {
    _T.FILE: (
        _F.SAME_DATA,
        _F.OLDER_ARCHIVE,
        _F.FILE_OFFLINE,
        _F.NOT_PDF,
        _F.TOO_LONG,
        _F.NOT_OURS,
    ),
    _T.STANDING: (_F.STANDING_OFFLINE, _F.ASK_AT, _F.ASK_AT_NAMED),
    _T.SEAL: (
        _F.NOT_SIGNED,
        _F.SIGNER_OPEN,
        _F.SIGNER_NAMED,
        _F.SIGNER_UNTOLD,
        _F.CERTIFICATE_UNTOLD_SINCE,
        _F.NOT_THE_TRUTH,
    ),
    _T.SIGNATORIES: (_F.SIGNATURE_FOREIGN, _F.SIGNATURE_UNTOLD, _F.SIGNATURE_UNTIMED),
    _T.TIME: (_F.CLOCK, _F.CLOCK_SAME_ROOT, _F.STAMP_UNTOLD),
    _T.LEVEL: (
        _F.NO_ARCHIVE,
        _F.ARCHIVE_OVER,
        _F.LEVEL_B,
        _F.LEVEL_T,
        _F.LEVEL_LT,
        _F.LASTS_UNLESS_REVOKED,
    ),
    _T.TRUST: (_F.FOREIGN_ROOT, _F.ROOT_NEEDED, _F.SEAL_UNTOLD, _F.DEMO),
    _T.LATER: (_F.RENEWED_ELSEWHERE,),
    _T.TEXTS: (_F.DATA_UNREAD, _F.POSITIONS_PARTLY),
    _T.RECORD: (
        _F.RECORD_NAMED,
        _F.NO_PROOFS,
        _F.UNCOVERED,
        _F.KEY_UNKNOWN,
        _F.UNSIGNED_NOTE,
        _F.NO_CHECKPOINT,
        _F.NO_RECORD_FILE,
    ),
    _T.COPY: (_F.REPRODUCIBLE,),
}
_AGAINST: Mapping[Topic, tuple[Finding, ...]] = {
    _T.FILE: (_F.CHANGED, _F.UNREADABLE, _F.NOT_PUBLISHED),
    _T.STANDING: (_F.WITHDRAWN, _F.SUPERSEDED, _F.STANDS_AGAIN),
    _T.SEAL: (
        _F.SEAL_REMOVED,
        _F.REVOKED,
        _F.FOREIGN_SIGNER,
        _F.SIGNER_OTHER_CERTIFICATE,
        _F.SEAL_NOT_FOR_SIGNING,
    ),
    _T.SIGNATORIES: (
        _F.SIGNATURE_REMOVED,
        _F.SIGNATURE_MISSING,
        _F.SIGNATURE_UNNAMED,
        _F.SIGNATURE_MISPLACED,
        _F.SIGNATURE_OTHER_KEY,
        _F.SIGNATURE_INVALID,
        _F.SIGNATURE_NOT_FOR_SIGNING,
        _F.SIGNATURE_SAYS_OTHERWISE,
        _F.SIGNATURE_RETIMED,
    ),
    _T.TIME: (_F.STAMP_BROKEN, _F.STAMP_REVOKED, _F.SEAL_RETIMED, _F.DEMO_STAMP),
    _T.TRUST: (_F.ROOT_FOR_STAMPS, _F.ROOT_FOR_SIGNERS),
    _T.LATER: (
        _F.FOREIGN_STAMP,
        _F.ADDED,
        _F.TRAILING,
        _F.PAGES_CHANGED,
        _F.LAID_ON,
        _F.HIDDEN,
        _F.ALTERED,
        _F.FORM_CHANGED,
        _F.FORMAT_CHANGED,
        _F.STAMP_MISNAMED,
        _F.CHECK_DATA_CHANGED,
        _F.DATA_EXCHANGED,
        _F.METADATA_CHANGED,
        _F.LINKS_CHANGED,
        _F.HEARD_CHANGED,
    ),
    _T.TEXTS: (_F.DATA_DIFFER, _F.TEXT_DIFFERS),
    _T.RECORD: (
        _F.RECORD_DIFFERS,
        _F.PROOFS_FAIL,
        _F.RECORD_DAMAGED,
        _F.NOT_INCLUDED,
        _F.WORDS_DIFFER,
        _F.NOT_CONSISTENT,
        _F.OUT_OF_PLACE,
        _F.OTHER_RECORD,
        _F.SIGNATURE_BROKEN,
    ),
}
ABOUT: Mapping[Finding, tuple[Topic, Bearing]] = {
    finding: (topic, bearing)
    for bearing, table in (
        (Bearing.PROVEN, _PROVEN),
        (Bearing.OPEN, _OPEN),
        (Bearing.AGAINST, _AGAINST),
    )
    for topic, findings in table.items()
    for finding in findings
}
"""Which question each sentence answers, and how."""


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence of a report; `code` names it for programs, and stays."""

    topic: Topic
    bearing: Bearing
    code: str
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Section:
    """One question, and what can be said of it."""

    topic: Topic
    told: tuple[Told, ...]


def told(found: Verification) -> tuple[Told, ...]:
    """Return the sentences of a verification in the order in which they were found."""
    return tuple(Told(*ABOUT[one.template], one.template.name.lower(), one) for one in found.sentences)


def sections(found: Verification) -> tuple[Section, ...]:
    """Return the report, question by question; what speaks against the file comes first in each."""
    listed = sorted(told(found), key=lambda one: one.bearing is not Bearing.AGAINST)
    grouped = {topic: tuple(one for one in listed if one.topic is topic) for topic in Topic}
    return tuple(Section(topic, those) for topic, those in grouped.items() if those)


def offline(found: Verification, file_digest: str, *, given: bool) -> Verification:
    """Return a report with what cannot be known without asking, and where to ask.

    Args:
        found: what the file shows by itself.
        file_digest: its SHA-256, 64 hexadecimal characters.
        given: whether the trusted roots were given for this check, and not set for all.
    """
    if found.verdict is not Verdict.VALID or found.edition is None:
        return found
    said = [
        Sentence(Finding.ROOT_GIVEN, one.values) if given and one.template is Finding.ROOT_SET else one
        for one in found.sentences
    ]
    untold = any(one.template is Finding.SIGNER_OPEN for one in found.sentences)
    asking = [Sentence(Finding.ASK_AT_NAMED, {"address": found.address})] if found.address else []
    more = (
        Sentence(Finding.FILE_OFFLINE, {"file_digest": file_digest}),
        Sentence(Finding.STANDING_OFFLINE),
        *asking,
        *([Sentence(Finding.SIGNER_UNTOLD)] if untold else []),
    )
    return replace(found, sentences=(*said, *more))
