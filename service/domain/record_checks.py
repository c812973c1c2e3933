"""Checking files of a record: what exactly is proven, in words, without asking whoever keeps the record."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from service.domain import merkle, receipts
from service.domain.checkpoints import Key, NotANoteError, Note, read_key, read_note
from service.domain.commitments import commit
from service.domain.events import EVENTS, PositionTaken
from service.domain.merkle import Frontier
from service.domain.receipts import (
    Consistency,
    DamagedFileError,
    NoRecordFileError,
    Opened,
    OpenReceipt,
    Proven,
    Receipt,
    Receipts,
    RecordFile,
)
from service.domain.record import digest
from service.domain.verification import Finding, Sentence, Verdict, Verification

_BEGINS = 4096
Signed = Callable[[str, bytes, bytes], bool]
"""Tells whether a text was signed: given the text, the signature, and the public key."""


class _Refused(Exception):
    """The check ends here, with this verdict."""

    def __init__(self, verdict: Verdict, finding: Finding, **values: str) -> None:
        super().__init__(finding)
        self.verification = Verification(verdict, (Sentence(finding, values),))


@dataclass(frozen=True, slots=True)
class Trust:
    """On what a check rests: the public keys that are trusted, how signatures are checked, and notes kept since."""

    keys: frozenset[bytes]
    signed: Signed
    kept: tuple[str, ...] = ()


def is_record_file(data: bytes) -> bool:
    """Tell whether a file is to be checked as a record's: an object in JSON, or a note, and no PDF."""
    return data.lstrip()[:1] == b"{" or (b"%PDF-" not in data[:_BEGINS] and b"\n\n" in data[:_BEGINS])


def check_file(data: bytes, trust: Trust) -> Verification:
    """Tell what a file of a record proves, whatever its bytes are."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return Verification(Verdict.UNKNOWN, (Sentence(Finding.NO_RECORD_FILE),))
    return check(text, trust)


def check(text: str, trust: Trust) -> Verification:
    """Tell what a file of a record proves, or a checkpoint by itself."""
    try:
        return _checked(text, trust)
    except _Refused as refused:
        return refused.verification
    except UnicodeEncodeError:
        # JSON can name half of a letter, of which there are no bytes.
        return Verification(Verdict.BROKEN, (Sentence(Finding.RECORD_DAMAGED),))


def _checked(text: str, trust: Trust) -> Verification:
    if text.lstrip().startswith("{"):
        try:
            file = receipts.read(text)
        except NoRecordFileError:
            raise _Refused(Verdict.UNKNOWN, Finding.NO_RECORD_FILE) from None
        except DamagedFileError:
            raise _Refused(Verdict.BROKEN, Finding.RECORD_DAMAGED) from None
        if isinstance(file, Receipt | OpenReceipt):
            return _receipt(file, trust)
        if isinstance(file, Receipts):
            return _receipts(file, trust)
        if isinstance(file, Consistency):
            return _consistency(file, trust)
        return _record(file, trust)
    try:
        note = read_note(text)
    except NotANoteError:
        raise _Refused(Verdict.UNKNOWN, Finding.NO_RECORD_FILE) from None
    return _judged(note, None, trust, [])


def _note(text: str) -> Note:
    try:
        return read_note(text)
    except NotANoteError:
        raise _Refused(Verdict.BROKEN, Finding.RECORD_DAMAGED) from None


def _key(text: str) -> Key:
    try:
        return read_key(text)
    except NotANoteError:
        raise _Refused(Verdict.BROKEN, Finding.RECORD_DAMAGED) from None


def _hashes(proof: Sequence[str]) -> tuple[bytes, ...]:
    try:
        read = tuple(bytes.fromhex(hash_) for hash_ in proof)
    except ValueError:
        raise _Refused(Verdict.BROKEN, Finding.RECORD_DAMAGED) from None
    # Capitals and spaces would say the same, and a proof says it in one way.
    if [hash_.hex() for hash_ in read] != list(proof):
        raise _Refused(Verdict.BROKEN, Finding.RECORD_DAMAGED)
    return read


def _root(note: Note) -> bytes:
    return bytes.fromhex(note.checkpoint.root)


def _included(one: Receipt | OpenReceipt | Proven, note: Note) -> dict[str, object]:
    """Return a leaf that is proven to stand in its place under a checkpoint."""
    leaf = _leaf(one.leaf)
    place = (leaf.get("scope"), leaf.get("sequence"))
    proven = merkle.is_included(
        digest(one.leaf), one.index, note.checkpoint.size, _hashes(one.proof), _root(note)
    )
    if not proven or place != (note.checkpoint.scope, one.index + 1):
        raise _Refused(Verdict.BROKEN, Finding.NOT_INCLUDED)
    return leaf


def _receipts(file: Receipts, trust: Trust) -> Verification:
    note = _note(file.checkpoint)
    said = [sentence for one in file.receipts for sentence in _position(_included(one, note))]
    told = {"count": str(len(file.receipts)), "size": str(note.checkpoint.size)}
    return _judged(note, _key(file.public_key), trust, [Sentence(Finding.RECEIPTS, told), *said])


def _receipt(receipt: Receipt | OpenReceipt, trust: Trust) -> Verification:
    note = _note(receipt.checkpoint)
    leaf = _included(receipt, note)
    sentences = [
        Sentence(
            Finding.ENTRY, {"number": str(receipt.index + 1), "event": _meaning(leaf), "at": str(leaf["at"])}
        ),
        *_position(leaf),
        *_words(leaf, receipt.words if isinstance(receipt, OpenReceipt) else {}),
        Sentence(Finding.INCLUDED, {"size": str(note.checkpoint.size)}),
    ]
    return _judged(note, _key(receipt.public_key), trust, sentences)


def _leaf(text: str) -> dict[str, object]:
    try:
        leaf = json.loads(text)
    except (ValueError, RecursionError):
        leaf = None
    if not isinstance(leaf, dict) or not isinstance(leaf.get("at"), str):
        raise _Refused(Verdict.BROKEN, Finding.RECORD_DAMAGED)
    return leaf


def _meaning(leaf: dict[str, object]) -> str:
    event = EVENTS.get(str(leaf.get("name")))
    return (event.__doc__ or "").splitlines()[0].rstrip(".") if event is not None else str(leaf.get("name"))


def _position(leaf: dict[str, object]) -> list[Sentence]:
    data = leaf.get("data")
    if leaf.get("name") != PositionTaken.name or not isinstance(data, dict):
        return []
    told = {name: str(data.get(name)) for name in ("organisation_id", "digest")}
    return [Sentence(Finding.POSITION, {**told, "stance": str(data.get("stance")).replace("_", " ")})]


def _words(leaf: dict[str, object], words: Mapping[str, Opened]) -> list[Sentence]:
    """Say what the words are that an entry commits to; refuse others."""
    data = leaf.get("data")
    for field, opened in words.items():
        (salt,) = _hashes((opened.salt,))
        committed = {"commitment": commit(salt.hex(), opened.text)}
        if not isinstance(data, dict) or data.get(field) != committed:
            raise _Refused(Verdict.BROKEN, Finding.WORDS_DIFFER)
    return [
        Sentence(Finding.WORDS, {"field": field.replace("_", " "), "words": opened.text})
        for field, opened in sorted(words.items())
    ]


def _consistency(file: Consistency, trust: Trust) -> Verification:
    first, second = _note(file.first), _note(file.second)
    older, newer = first.checkpoint, second.checkpoint
    roots = (_root(first), _root(second))
    if older.origin != newer.origin or not merkle.is_consistent(
        older.size, newer.size, roots, _hashes(file.proof)
    ):
        raise _Refused(Verdict.BROKEN, Finding.NOT_CONSISTENT)
    key = _key(file.public_key)
    sizes = {"first": str(older.size), "second": str(newer.size)}
    earlier = _judged(first, key, trust, [])
    later = _judged(second, key, trust, [Sentence(Finding.CONSISTENT, sizes)])
    return later if earlier.verdict is Verdict.VALID else replace(earlier, sentences=later.sentences)


def _record(file: RecordFile, trust: Trust) -> Verification:
    hashes = []
    for number, text in enumerate(file.leaves, start=1):
        leaf = _leaf(text)
        if (leaf.get("scope"), leaf.get("sequence")) != (file.scope, number):
            raise _Refused(Verdict.BROKEN, Finding.OUT_OF_PLACE, number=str(number))
        hashes.append(digest(text))
    notes = [_note(text) for text in (*file.checkpoints, *trust.kept)]
    _demand_roots(file.scope, hashes, notes)
    entries = Sentence(Finding.ENTRIES, {"count": str(len(hashes))})
    if not notes:
        return Verification(Verdict.UNSIGNED, (entries, Sentence(Finding.NO_CHECKPOINT)))
    key = _key(file.public_key)
    newest = max(notes, key=lambda note: note.checkpoint.size)
    covered = newest.checkpoint.size
    sentences = [entries, Sentence(Finding.COVERED, {"count": str(len(notes)), "size": str(covered)})]
    if covered < len(hashes):
        sentences.append(Sentence(Finding.UNCOVERED, {"count": str(len(hashes) - covered)}))
    judged = [_judged(note, key, trust, sentences) for note in notes]
    return next((one for one in judged if one.verdict is not Verdict.VALID), judged[notes.index(newest)])


def _demand_roots(scope: str, hashes: Sequence[bytes], notes: Sequence[Note]) -> None:
    """Refuse a record that is not, as far as each checkpoint reaches, what was signed."""
    tree = Frontier()
    for note in sorted(notes, key=lambda each: each.checkpoint.size):
        checkpoint = note.checkpoint
        tree = tree.extend(hashes[tree.size : checkpoint.size])
        if (tree.size, tree.root, scope) != (checkpoint.size, _root(note), checkpoint.scope):
            raise _Refused(
                Verdict.BROKEN, Finding.OTHER_RECORD, size=str(checkpoint.size), at=_said(checkpoint.at)
            )


def _judged(note: Note, key: Key | None, trust: Trust, sentences: list[Sentence]) -> Verification:
    """Say whose signature a note bears, and what is proven if it is one to be trusted."""
    checkpoint = note.checkpoint
    publics = trust.keys | ({key.public} if key is not None else frozenset())
    found = [
        (Key(one.name, public), one)
        for one in note.signatures
        for public in publics
        if Key(one.name, public).id == one.key_id
    ]
    if not note.signatures:
        return Verification(Verdict.UNSIGNED, (*sentences, Sentence(Finding.UNSIGNED_NOTE)))
    if any(not trust.signed(checkpoint.text, one.value, by.public) for by, one in found):
        raise _Refused(Verdict.BROKEN, Finding.SIGNATURE_BROKEN)
    known = next((by for by, _ in found if by.public in trust.keys), None)
    signer = known or next((by for by, _ in found), None)
    told = {
        "signer": signer.name if signer is not None else note.signatures[0].name,
        "key": signer.text if signer is not None else "",
        "at": _said(checkpoint.at),
    }
    closing = Finding.SIGNED_NOTE if known is not None else Finding.KEY_UNKNOWN
    return Verification(
        Verdict.VALID if known is not None else Verdict.UNKNOWN,
        (*sentences, Sentence(closing, told)),
        signer=told["signer"],
        signed_at=checkpoint.at,
        digest=checkpoint.root,
    )


def _said(when: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M:%S} UTC"
