import json

import pytest

from service.adapters.notary import is_signed
from service.domain import canonical
from service.domain.checkpoints import Occasion, read_note
from service.domain.errors import Unknown
from service.domain.phases import Phase
from service.domain.positions import Stance
from service.domain.receipts import OpenReceipt, Receipt
from service.domain.record_checks import Trust, check
from service.domain.verification import Verdict
from service.workflows import erasure, record
from tests.builders import a_comment, a_position, a_released_edition, a_world, endorsed
from tests.counting import counting
from tests.houses import House
from tests.worlds import World


def verdict(house: House, file: object) -> Verdict:
    text = canonical.to_json(file)
    return check(text, Trust(frozenset({house.notary.key.public}), is_signed)).verdict


def occasions(world: World) -> list[Occasion]:
    return [one.occasion for one in record.checkpoints(world.house.stranger, world.agenda, 100).items]


def test_the_record_is_signed_when_a_phase_closes_a_position_is_taken_and_an_edition_is_out(
    house: House,
) -> None:
    world = a_world(house, Phase.PREPARATION)
    assert occasions(world) == []
    world.in_phase(Phase.ENDORSEMENT)
    closed = occasions(world)
    assert set(closed) == {Occasion.PHASE_CLOSED}
    endorsed(world)
    a_released_edition(world)
    assert occasions(world) == [
        *closed,
        *[Occasion.POSITION_TAKEN] * len(world.cities),
        Occasion.PHASE_CLOSED,
        Occasion.PUBLISHED,
    ]


def test_a_checkpoint_covers_all_that_its_transaction_wrote_and_is_signed(house: House) -> None:
    world = endorsed(a_world(house))
    head = record.head(house.stranger, world.agenda)
    last = record.announced_checkpoints(house.stranger, world.agenda)[-1]
    note = read_note(last.note)
    assert (last.size, last.root, last.at) == (head.size, head.root, house.clock())
    assert note.checkpoint.text == (
        f"sympolity.example/{world.agenda}\n{head.size}\n{note.checkpoint.text.splitlines()[2]}\n"
        "time 2026-01-05T09:00:00Z\n"
    )
    signature = note.by(house.notary.key)
    assert signature is not None
    assert is_signed(note.checkpoint.text, signature.value, house.notary.key.public)


def test_a_position_has_its_receipt_from_the_moment_it_is_taken(house: House) -> None:
    world = a_world(house, Phase.ENDORSEMENT)
    position = a_position(world)
    receipt = record.position_receipt(house.stranger, position)
    leaf = json.loads(receipt.leaf)
    assert (leaf["name"], leaf["subject_id"], leaf["data"]["stance"]) == (
        "position.taken",
        position,
        "endorsed",
    )
    assert verdict(house, receipt) is Verdict.VALID


def test_the_receipt_of_its_own_organisation_proves_the_words_until_they_are_erased(house: House) -> None:
    world = a_world(house, Phase.ENDORSEMENT)
    position = a_position(world, stance=Stance.OBJECTION)
    own = record.position_receipt(world.acting(world.cities[0]), position)
    assert isinstance(own, OpenReceipt)
    assert {field: opened.text for field, opened in own.words.items()} == {
        "resolved_by": "A named contact.",
        "statement": "It is too vague.",
    }
    assert verdict(house, own) is Verdict.VALID
    for ctx in (house.stranger, world.acting(world.cities[1]), world.acting(world.facility)):
        others = record.position_receipt(ctx, position)
        assert (type(others), others.leaf) == (Receipt, own.leaf)
    erasure.erase_words(house.operator, erasure.EraseWords(world.agenda, own.index + 1))
    assert type(record.position_receipt(world.acting(world.cities[0]), position)) is Receipt
    # What was handed out proves the words for good.
    assert verdict(house, own) is Verdict.VALID


def test_every_entry_is_proven_under_the_newest_checkpoint_or_without_one(house: House) -> None:
    world = a_world(house)
    a_comment(world)
    size = record.head(house.stranger, world.agenda).size
    found = [verdict(house, record.receipt(house.stranger, world.agenda, n)) for n in range(1, size + 1)]
    assert found == [Verdict.VALID] * (size - 1) + [Verdict.UNSIGNED]


def test_every_beginning_of_the_record_is_proven(house: House) -> None:
    world = a_world(house)
    signed = [one.size for one in record.announced_checkpoints(house.stranger, world.agenda)]
    size = record.head(house.stranger, world.agenda).size
    found = {
        first: verdict(house, record.consistency(house.stranger, world.agenda, first, signed[-1]))
        for first in range(1, signed[-1] + 1)
    }
    assert found == {
        first: Verdict.VALID if first in signed else Verdict.UNSIGNED for first in range(1, signed[-1] + 1)
    }
    assert size == signed[-1]


def test_a_whole_record_is_taken_away_and_checked(house: House) -> None:
    world = endorsed(a_world(house))
    file = record.whole(house.stranger, world.agenda)
    assert len(file.leaves) == record.head(house.stranger, world.agenda).size
    assert verdict(house, file) is Verdict.VALID


@pytest.mark.parametrize("number", [-1, 0, 10_000, 10**30])
def test_an_entry_that_is_not_there_is_unknown(sqlite_house: House, number: int) -> None:
    world = a_world(sqlite_house)
    with pytest.raises(Unknown):
        record.receipt(sqlite_house.stranger, world.agenda, number)
    with pytest.raises(Unknown):
        record.consistency(sqlite_house.stranger, world.agenda, 1, number)


def test_a_proof_costs_as_many_queries_in_a_long_record_as_in_a_short_one(sqlite_house: House) -> None:
    world = a_world(sqlite_house)
    costs = []
    for _ in range(2):
        with counting(sqlite_house) as statements:
            record.receipt(sqlite_house.stranger, world.agenda, 2)
        costs.append(len(statements))
        for _ in range(5):
            a_comment(world)
    assert costs[0] == costs[1]
