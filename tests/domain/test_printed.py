import json
from dataclasses import replace

import pytest

from service.adapters.notary import is_signed
from service.domain import canonical, merkle
from service.domain.checkpoints import Checkpoint, Note
from service.domain.merkle import Frontier
from service.domain.printed import proofs, texts
from service.domain.publication import Position, Recommendation, Snapshot, Version
from service.domain.receipts import Proven, Receipt, Receipts, RecordFile
from service.domain.record import Entry, digest, hashed
from service.domain.record_checks import Trust
from service.domain.text import digest as digest_of_text
from service.domain.verification import Finding, Sentence
from tests.adapters.editions import an_edition
from tests.domain.actors import NOW
from tests.fakes import a_notary

NOTARY, STRANGER = a_notary(), a_notary("stranger.example")
TRUST = Trust(frozenset({NOTARY.key.public}), is_signed)
EDITION = an_edition(asks=2, organisations=3, amendments=0, lessons=0)
COUNT = sum(len(ask.positions) for ask in EDITION.recommendations)
HOLD = Finding.PROOFS_HOLD
SIGNED = Sentence(
    Finding.SIGNED_NOTE,
    {"signer": "sympolity.example", "key": NOTARY.key.text, "at": "2026-01-05 09:00:00 UTC"},
)


def an_entry(number: int, ask: Recommendation, position: Position) -> Entry:
    data = {
        "organisation_id": position.organisation,
        "digest": ask.version.digest,
        "stance": position.stance,
    }
    return hashed(Entry("g1", number, NOW, "position.taken", "p1", "f0" * 32, None, None, data))


TAKEN = tuple(
    an_entry(number, ask, position)
    for number, (ask, position) in enumerate(
        [(ask, position) for ask in EDITION.recommendations for position in ask.positions], 1
    )
)
OTHERS = tuple(
    hashed(Entry("g1", len(TAKEN) + number, NOW, name, "p1", "f0" * 32, None, None, data))
    for number, (name, data) in enumerate([("agenda.edited", {"agenda_id": "g1"}), ("position.taken", {})], 1)
)
LEAVES = tuple(entry.leaf for entry in (*TAKEN, *OTHERS))


def receipt(index: int, by: object = NOTARY) -> Receipt:
    tree, known = Frontier(), {}
    for number, leaf in enumerate(LEAVES):
        tree, completed = tree.append(digest(leaf))
        known.update({(level, number >> level): hash_ for level, hash_ in enumerate(completed)})
    path = merkle.proof(merkle.inclusion(index, len(LEAVES)), known)
    checkpoint = Checkpoint("sympolity.example/g1", len(LEAVES), tree.root.hex(), NOW)
    note = Note(checkpoint) if by is None else by.sign(checkpoint)  # type: ignore[attr-defined] # a notary
    return Receipt(LEAVES[index], index, tuple(hash_.hex() for hash_ in path), note.text, NOTARY.key.text)


def bundle(*files: object) -> str:
    """Return proofs as somebody may put them together: in a list, within an object."""
    return json.dumps({"format": "bundle/1", "proofs": [json.loads(canonical.to_json(one)) for one in files]})


RECEIPTS = tuple(receipt(index) for index in range(len(LEAVES)))


def findings(*attached: str, snapshot: Snapshot = EDITION) -> list[Finding]:
    return [one.template for one in proofs(snapshot, attached, TRUST)]


def test_positions_are_bound_to_the_texts_whose_digests_were_computed_anew() -> None:
    assert texts(EDITION) == (
        Sentence(Finding.TEXTS_BOUND, {"positions": str(COUNT), "texts": str(len(EDITION.recommendations))}),
    )


def test_each_text_that_its_positions_do_not_name_is_told() -> None:
    first, second = EDITION.recommendations
    other = replace(first, version=Version(3, "0" * 64))

    found = texts(replace(EDITION, recommendations=(other, second)))

    told = {"number": "1", "computed": digest_of_text(first.blocks), "named": "0" * 64}
    assert found == (Sentence(Finding.TEXT_DIFFERS, told),)


def test_attached_proofs_prove_every_position_that_is_printed() -> None:
    found = proofs(EDITION, [bundle(*RECEIPTS[: len(TAKEN)])], TRUST)

    assert found == (
        Sentence(HOLD, {"count": str(len(TAKEN))}),
        SIGNED,
        Sentence(Finding.POSITIONS_PROVEN, {"count": str(COUNT)}),
    )


def test_receipts_under_one_checkpoint_prove_the_same_together() -> None:
    together = Receipts(
        RECEIPTS[0].checkpoint,
        NOTARY.key.text,
        tuple(Proven(one.leaf, one.index, one.proof) for one in RECEIPTS[: len(TAKEN)]),
    )

    assert proofs(EDITION, [canonical.to_json(together)], TRUST) == (
        Sentence(Finding.PROOFS_HOLD_OF_MANY, {"count": "1", "entries": str(len(TAKEN))}),
        SIGNED,
        Sentence(Finding.POSITIONS_PROVEN, {"count": str(COUNT)}),
    )


def test_positions_without_a_proof_are_counted() -> None:
    # The last two entries tell of no position; one whole record is a proof of its own.
    record = RecordFile("g1", LEAVES, (RECEIPTS[0].checkpoint,), NOTARY.key.text)
    attached = [bundle(RECEIPTS[0], *RECEIPTS[-2:]), canonical.to_json(record)]

    assert proofs(EDITION, attached, TRUST) == (
        Sentence(Finding.PROOFS_HOLD_OF_MANY, {"count": "4", "entries": str(3 + len(LEAVES))}),
        SIGNED,
        Sentence(Finding.POSITIONS_PARTLY, {"proven": "1", "count": str(COUNT)}),
    )


def test_proofs_under_a_key_that_is_not_trusted_prove_no_position() -> None:
    ours, theirs = RECEIPTS[0], receipt(1, STRANGER)

    assert findings(bundle(receipt(0, STRANGER))) == [HOLD, Finding.KEY_UNKNOWN]
    assert findings(bundle(receipt(0, None))) == [HOLD, Finding.UNSIGNED_NOTE]
    assert findings(bundle(ours, theirs)) == [
        HOLD,
        Finding.SIGNED_NOTE,
        Finding.KEY_UNKNOWN,
        Finding.POSITIONS_PARTLY,
    ]


def test_one_proof_that_does_not_hold_is_told_and_the_others_prove_nothing_beside_it() -> None:
    moved = replace(RECEIPTS[0], index=1)
    damaged = replace(RECEIPTS[1], proof=("no hash",))

    found = proofs(EDITION, [bundle(moved, damaged, RECEIPTS[2])], TRUST)

    assert found == (Sentence(Finding.PROOFS_FAIL, {"count": "3", "failed": "2"}),)


@pytest.mark.parametrize(
    "attached", ["", "no JSON", "[" * 100_000, '{"format": "other/1"}', '{"format": []}', "[1, null]"]
)
def test_what_holds_no_proofs_is_none(attached: str) -> None:
    assert findings(attached) == [Finding.NO_PROOFS]


def test_an_edition_without_positions_has_none_to_prove() -> None:
    silent = tuple(replace(ask, positions=()) for ask in EDITION.recommendations)

    found = findings(bundle(RECEIPTS[0]), snapshot=replace(EDITION, recommendations=silent))

    assert found == [HOLD, Finding.SIGNED_NOTE]
