import json
from dataclasses import asdict, replace

import pytest

from service.adapters.notary import is_signed
from service.domain import canonical, merkle
from service.domain.checkpoints import Checkpoint, Key, Note, Signature, read_note
from service.domain.commitments import commit
from service.domain.merkle import Frontier
from service.domain.receipts import (
    AnyFile,
    Consistency,
    Opened,
    OpenReceipt,
    Proven,
    Receipt,
    Receipts,
    RecordFile,
)
from service.domain.record import Entry, digest, hashed
from service.domain.record_checks import Trust, check
from service.domain.verification import Finding, Sentence, Verdict, Verification
from tests.domain.actors import NOW
from tests.fakes import a_notary

NOTARY, STRANGER = a_notary(), a_notary("stranger.example")
TRUST = Trust(frozenset({NOTARY.key.public}), is_signed)
TAKEN = {"position_id": "p1", "organisation_id": "city", "digest": "3f" * 32, "stance": "no_objection"}


def an_entry(number: int) -> Entry:
    name, data = ("position.taken", TAKEN) if number == 3 else ("agenda.edited", {"agenda_id": "g1"})
    return hashed(Entry("g1", number, NOW, name, "p1", "f0" * 32, None, None, data))


ENTRIES = [an_entry(number) for number in range(1, 8)]
LEAVES = tuple(entry.leaf for entry in ENTRIES)


def note(size: int, *, origin: str = "sympolity.example/g1", by: object = NOTARY) -> Note:
    root = Frontier().extend(digest(leaf) for leaf in LEAVES[:size]).root.hex()
    checkpoint = Checkpoint(origin, size, root, NOW)
    return Note(checkpoint) if by is None else by.sign(checkpoint)  # type: ignore[attr-defined] # a notary


def proof(stretches: tuple[merkle.Stretch, ...]) -> tuple[str, ...]:
    tree, known = Frontier(), {}
    for number, leaf in enumerate(LEAVES):
        tree, completed = tree.append(digest(leaf))
        known.update({(level, number >> level): hash_ for level, hash_ in enumerate(completed)})
    return tuple(hash_.hex() for hash_ in merkle.proof(stretches, known))


RECEIPT = Receipt(LEAVES[2], 2, proof(merkle.inclusion(2, 6)), note(6).text, NOTARY.key.text)
CONSISTENCY = Consistency(note(4).text, note(6).text, proof(merkle.consistency(4, 6)), NOTARY.key.text)
RECORD = RecordFile("g1", LEAVES, (note(4).text, note(6).text), NOTARY.key.text)


def found(file: AnyFile, trust: Trust = TRUST) -> Verification:
    return check(canonical.to_json(file), trust)


def outcome(file: AnyFile, trust: Trust = TRUST) -> tuple[Verdict, list[Finding]]:
    verification = found(file, trust)
    return verification.verdict, [sentence.template for sentence in verification.sentences]


def test_a_receipt_says_exactly_what_it_proves() -> None:
    verification = found(RECEIPT)
    assert [sentence.text for sentence in verification.sentences] == [
        (
            "Entry 3 of the record, of 2026-01-05T09:00:00Z, says "
            "“An organisation took a position on exactly this text”."
        ),
        f"The organisation city said “no objection” of the text with the digest {'3f' * 32}.",
        (
            "The entry stands in the record as it was when 6 entries were signed: "
            "it was not changed, moved or left out."
        ),
        (
            "The checkpoint of 2026-01-05 09:00:00 UTC is signed by sympolity.example, "
            "with a key that is trusted here."
        ),
    ]
    assert (verification.verdict, verification.exit_code) == (Verdict.VALID, 0)
    assert (verification.signer, verification.signed_at) == ("sympolity.example", NOW)
    assert verification.digest == read_note(RECEIPT.checkpoint).checkpoint.root


SALT, SAID = "5a" * 32, {"resolved_by": "A named contact.", "statement": "Zu vage, sagt Zoë."}


def opened(**words: Opened) -> OpenReceipt:
    """Return the receipt of an objection, with what is said to open its commitments."""
    committed = {field: {"commitment": commit(SALT, text)} for field, text in SAID.items()}
    data = {**TAKEN, **committed}
    leaf = hashed(Entry("g1", 1, NOW, "position.taken", "p1", "f0" * 32, None, None, data)).leaf
    root = Frontier().extend([digest(leaf)]).root.hex()
    alone = NOTARY.sign(Checkpoint("sympolity.example/g1", 1, root, NOW))
    return OpenReceipt(leaf, 0, (), alone.text, NOTARY.key.text, words)


def test_an_open_receipt_says_that_the_words_are_exactly_these() -> None:
    verification = found(opened(**{field: Opened(SALT, text) for field, text in SAID.items()}))
    assert verification.verdict is Verdict.VALID
    assert [sentence.text for sentence in verification.sentences][2:4] == [
        "The words are exactly these: “A named contact.”, as the entry commits to them under “resolved by”.",
        "The words are exactly these: “Zu vage, sagt Zoë.”, as the entry commits to them under “statement”.",
    ]


@pytest.mark.parametrize(
    ("words", "finding"),
    [
        ({"statement": Opened(SALT, "Zu vage, sagt Zoe.")}, Finding.WORDS_DIFFER),
        ({"statement": Opened("5b" * 32, SAID["statement"])}, Finding.WORDS_DIFFER),
        ({"stance": Opened(SALT, "no_objection")}, Finding.WORDS_DIFFER),
        ({"reason": Opened(SALT, SAID["statement"])}, Finding.WORDS_DIFFER),
        ({"statement": Opened("salt", SAID["statement"])}, Finding.RECORD_DAMAGED),
        ({"statement": Opened(SALT, "\ud800")}, Finding.RECORD_DAMAGED),
    ],
    ids=["words", "salt", "no words", "another field", "no salt", "no text"],
)
def test_other_words_are_found(words: dict[str, Opened], finding: Finding) -> None:
    text = json.dumps(asdict(opened(**words)))
    verification = check(text, TRUST)
    assert (verification.verdict, verification.sentences[0].template) == (Verdict.BROKEN, finding)


def test_half_a_letter_is_damage() -> None:
    leaf = '{"at": "\ud800", "scope": "g1", "sequence": 1}'
    text = json.dumps({**asdict(RECEIPT), "leaf": leaf})
    assert check(text, TRUST) == Verification(Verdict.BROKEN, (Sentence(Finding.RECORD_DAMAGED),))


def test_words_of_an_entry_that_holds_no_data_are_found() -> None:
    leaf = canonical.to_json({"scope": "g1", "sequence": 1, "at": "now", "data": "none"})
    root = Frontier().extend([digest(leaf)]).root.hex()
    alone = NOTARY.sign(Checkpoint("sympolity.example/g1", 1, root, NOW))
    words = {"statement": Opened(SALT, "No.")}
    file = OpenReceipt(leaf, 0, (), alone.text, NOTARY.key.text, words)
    assert outcome(file) == (Verdict.BROKEN, [Finding.WORDS_DIFFER])


def test_an_entry_of_another_kind_is_told_by_what_it_means_or_by_its_name() -> None:
    other = replace(RECEIPT, leaf=LEAVES[0], index=0, proof=proof(merkle.inclusion(0, 6)))
    assert outcome(other) == (Verdict.VALID, [Finding.ENTRY, Finding.INCLUDED, Finding.SIGNED_NOTE])
    told = json.loads(LEAVES[0])
    leaf = canonical.to_json({**told, "name": "ship.launched", "sequence": 1})
    tree = Frontier().extend([digest(leaf)])
    alone = NOTARY.sign(Checkpoint("sympolity.example/g1", 1, tree.root.hex(), NOW))
    launched = found(Receipt(leaf, 0, (), alone.text, NOTARY.key.text))
    assert launched.sentences[0].values["event"] == "ship.launched"
    assert launched.verdict is Verdict.VALID


def test_a_beginning_and_a_whole_record_are_proven() -> None:
    assert outcome(CONSISTENCY) == (Verdict.VALID, [Finding.CONSISTENT, Finding.SIGNED_NOTE])
    findings = [Finding.ENTRIES, Finding.COVERED, Finding.UNCOVERED, Finding.SIGNED_NOTE]
    assert outcome(RECORD) == (Verdict.VALID, findings)
    covered = replace(RECORD, checkpoints=(note(7).text,))
    assert outcome(covered) == (Verdict.VALID, [Finding.ENTRIES, Finding.COVERED, Finding.SIGNED_NOTE])


def test_a_checkpoint_proves_by_itself_who_signed_it() -> None:
    assert check(note(6).text, TRUST).verdict is Verdict.VALID
    assert check(note(6, by=STRANGER).text, TRUST).verdict is Verdict.UNKNOWN
    assert check(note(6, by=None).text, TRUST).verdict is Verdict.UNSIGNED


@pytest.mark.parametrize(
    ("changed", "finding"),
    [
        (replace(RECEIPT, leaf=LEAVES[3]), Finding.NOT_INCLUDED),
        (replace(RECEIPT, leaf=RECEIPT.leaf.replace("no_objection", "objection")), Finding.NOT_INCLUDED),
        (replace(RECEIPT, index=3), Finding.NOT_INCLUDED),
        (replace(RECEIPT, index=99), Finding.NOT_INCLUDED),
        (replace(RECEIPT, proof=RECEIPT.proof[:-1]), Finding.NOT_INCLUDED),
        (replace(RECEIPT, proof=("zz",)), Finding.RECORD_DAMAGED),
        (replace(RECEIPT, proof=(f" {RECEIPT.proof[0]}", *RECEIPT.proof[1:])), Finding.RECORD_DAMAGED),
        (replace(RECEIPT, checkpoint=note(5).text), Finding.NOT_INCLUDED),
        (replace(RECEIPT, checkpoint=note(6, origin="sympolity.example/g2").text), Finding.NOT_INCLUDED),
        (replace(RECEIPT, checkpoint=RECEIPT.checkpoint.replace("T09", "T10")), Finding.SIGNATURE_BROKEN),
        (replace(RECEIPT, checkpoint="no note"), Finding.RECORD_DAMAGED),
        (replace(RECEIPT, public_key="no key"), Finding.RECORD_DAMAGED),
        (replace(RECEIPT, leaf="no leaf"), Finding.RECORD_DAMAGED),
        (replace(RECEIPT, leaf="[1]"), Finding.RECORD_DAMAGED),
        (replace(RECEIPT, leaf="{}"), Finding.RECORD_DAMAGED),
        (replace(CONSISTENCY, first=note(3).text), Finding.NOT_CONSISTENT),
        (replace(CONSISTENCY, first=note(4, origin="other.example/g1").text), Finding.NOT_CONSISTENT),
        (replace(CONSISTENCY, first=CONSISTENCY.first.replace("T09", "T10")), Finding.SIGNATURE_BROKEN),
        (replace(RECORD, leaves=LEAVES[1:]), Finding.OUT_OF_PLACE),
        (replace(RECORD, leaves=(*LEAVES[:2], LEAVES[3], LEAVES[2], *LEAVES[4:])), Finding.OUT_OF_PLACE),
        (replace(RECORD, leaves=LEAVES[:5]), Finding.OTHER_RECORD),
        (replace(RECORD, leaves=(LEAVES[0].replace("edited", "created"), *LEAVES[1:])), Finding.OTHER_RECORD),
        (replace(RECORD, scope="g2"), Finding.OUT_OF_PLACE),
        (replace(RECORD, checkpoints=(note(6, origin="sympolity.example/g2").text,)), Finding.OTHER_RECORD),
    ],
)
def test_whatever_was_changed_is_told(changed: AnyFile, finding: Finding) -> None:
    assert outcome(changed) == (Verdict.BROKEN, [finding])


def test_a_position_whose_data_are_gone_is_still_an_entry() -> None:
    leaf = canonical.to_json({**json.loads(LEAVES[2]), "data": None, "sequence": 1})
    alone = NOTARY.sign(Checkpoint("sympolity.example/g1", 1, digest(leaf).hex(), NOW))
    file = Receipt(leaf, 0, (), alone.text, NOTARY.key.text)
    assert outcome(file) == (Verdict.VALID, [Finding.ENTRY, Finding.INCLUDED, Finding.SIGNED_NOTE])


@pytest.mark.parametrize("file", [RECEIPT, CONSISTENCY, RECORD], ids=lambda file: file.format)
def test_a_key_that_is_not_trusted_is_named_to_be_compared(file: AnyFile) -> None:
    verification = found(file, replace(TRUST, keys=frozenset()))
    assert (verification.verdict, verification.exit_code) == (Verdict.UNKNOWN, 3)
    assert verification.sentences[-1].template is Finding.KEY_UNKNOWN
    assert NOTARY.key.text in verification.sentences[-1].text


def test_a_signature_of_someone_unknown_is_told_by_the_name_that_it_bears() -> None:
    verification = found(replace(RECEIPT, checkpoint=note(6, by=STRANGER).text))
    assert (verification.verdict, verification.signer) == (Verdict.UNKNOWN, "stranger.example")


def test_a_key_is_trusted_under_whatever_name_it_signs() -> None:
    renamed = Key("moved.example", NOTARY.key.public)
    checkpoint = note(6).checkpoint
    (signature,) = NOTARY.sign(checkpoint).signatures
    moved = Note(checkpoint, (Signature(renamed.name, renamed.id, signature.value),))
    assert outcome(replace(RECEIPT, checkpoint=moved.text))[0] is Verdict.VALID


@pytest.mark.parametrize(
    "unsigned",
    [
        replace(RECEIPT, checkpoint=note(6, by=None).text),
        replace(CONSISTENCY, second=note(6, by=None).text),
        replace(CONSISTENCY, first=note(4, by=None).text),
        replace(RECORD, checkpoints=()),
        replace(RECORD, checkpoints=(note(4).text, note(6, by=None).text)),
    ],
)
def test_what_nobody_signed_proves_nothing(unsigned: AnyFile) -> None:
    assert (found(unsigned).verdict, found(unsigned).exit_code) == (Verdict.UNSIGNED, 2)


def test_a_record_is_held_against_a_checkpoint_that_was_kept() -> None:
    bare = replace(RECORD, checkpoints=())
    assert outcome(bare, replace(TRUST, kept=(note(4).text,)))[0] is Verdict.VALID
    changed = replace(bare, leaves=(LEAVES[0].replace("edited", "created"), *LEAVES[1:]))
    kept = replace(TRUST, kept=(note(4).text,))
    assert outcome(changed, kept) == (Verdict.BROKEN, [Finding.OTHER_RECORD])
    assert outcome(bare, replace(TRUST, kept=("no note",))) == (Verdict.BROKEN, [Finding.RECORD_DAMAGED])


@pytest.mark.parametrize(
    ("text", "verdict", "finding"),
    [
        ("", Verdict.UNKNOWN, Finding.NO_RECORD_FILE),
        ("{", Verdict.UNKNOWN, Finding.NO_RECORD_FILE),
        ("{}", Verdict.UNKNOWN, Finding.NO_RECORD_FILE),
        ('{"format": []}', Verdict.UNKNOWN, Finding.NO_RECORD_FILE),
        ('{"format": "sympolity-receipt/2"}', Verdict.UNKNOWN, Finding.NO_RECORD_FILE),
        ('{"format": "sympolity-receipt/1"}', Verdict.BROKEN, Finding.RECORD_DAMAGED),
        (
            json.dumps({**json.loads(canonical.to_json(RECEIPT)), "more": 1}),
            Verdict.BROKEN,
            Finding.RECORD_DAMAGED,
        ),
        ('{"a":' * 100_000, Verdict.UNKNOWN, Finding.NO_RECORD_FILE),
        (
            canonical.to_json(RECEIPT).replace("{", '{"index":0,', 1),
            Verdict.BROKEN,
            Finding.RECORD_DAMAGED,
        ),
    ],
    ids=range(9),
)
def test_what_is_no_file_of_a_record_is_told_from_one_that_is_damaged(
    text: str, verdict: Verdict, finding: Finding
) -> None:
    verification = check(text, TRUST)
    assert (verification.verdict, [s.template for s in verification.sentences]) == (verdict, [finding])


RECEIPTS = Receipts(
    note(6).text,
    NOTARY.key.text,
    tuple(Proven(LEAVES[at], at, proof(merkle.inclusion(at, 6))) for at in (0, 2)),
)


def test_several_entries_are_proven_together_under_one_checkpoint() -> None:
    verification = found(RECEIPTS)
    assert verification.verdict is Verdict.VALID
    assert [sentence.text for sentence in verification.sentences] == [
        (
            "Each of the 2 entries in the file stands in the record as it was when 6 entries were signed: "
            "none was changed, moved or left out."
        ),
        f"The organisation city said “no objection” of the text with the digest {'3f' * 32}.",
        found(RECEIPT).sentences[-1].text,
    ]
    assert [found(one) for one in RECEIPTS.each()][1] == found(RECEIPT)


def test_one_entry_out_of_place_breaks_all_that_are_proven_together() -> None:
    first, second = RECEIPTS.receipts
    for changed in (replace(second, index=3), replace(second, leaf=LEAVES[3]), replace(second, proof=())):
        broken = replace(RECEIPTS, receipts=(first, changed))
        assert outcome(broken) == (Verdict.BROKEN, [Finding.NOT_INCLUDED])
