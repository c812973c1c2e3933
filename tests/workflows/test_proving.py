"""The proofs that a paper carries."""

from service.adapters.notary import is_signed
from service.domain import canonical, publication
from service.domain.phases import Phase
from service.domain.record_checks import Trust, check
from service.domain.verification import Finding, Verdict
from service.workflows import editions, positions, reading, record
from tests.builders import a_position, a_world, an_edition, endorsed, evidenced
from tests.houses import House
from tests.worlds import World


def frozen(world: World) -> publication.Snapshot:
    return publication.from_json(editions.snapshot(world.house.stranger, an_edition(world)))


def test_every_position_that_is_printed_is_proven(house: House) -> None:
    world = endorsed(a_world(house))
    found = frozen(world)
    assert found.proofs is not None
    printed = [(p.entry, p.organisation) for p in found.recommendations[0].positions]
    assert sorted(entry for entry, _ in printed) == [one.index + 1 for one in found.proofs.receipts]
    trust = Trust(frozenset({house.operator.notary.key.public}), is_signed)
    verification = check(canonical.to_json(found.proofs), trust)
    assert verification.verdict is Verdict.VALID
    told = [s.values["organisation_id"] for s in verification.sentences if s.template is Finding.POSITION]
    assert told == [organisation for _, organisation in sorted(printed)]


def test_a_proof_in_the_paper_is_the_receipt_that_the_organisation_was_given(house: House) -> None:
    world = endorsed(a_world(house))
    found = frozen(world)
    assert found.proofs is not None
    given = [
        record.position_receipt(house.stranger, position.id)
        for position in reading.positions(house.stranger, world.recommendation).items
    ]
    assert list(found.proofs.each()) == sorted(given, key=lambda one: one.index)


def test_positions_that_were_withdrawn_are_not_proven(house: House) -> None:
    world = a_world(house)
    world.in_phase(Phase.ENDORSEMENT)
    kept, taken_back = a_position(world), a_position(world, by=world.cities[1])
    positions.withdraw(world.acting(world.cities[1]), taken_back)
    world.in_phase(Phase.PUBLICATION)
    found = frozen(world)
    assert found.proofs is not None
    assert [one.leaf for one in found.proofs.receipts] == [record.position_receipt(house.stranger, kept).leaf]


def test_evidence_names_the_claims_that_it_underpins(house: House) -> None:
    world = a_world(house)
    evidenced(world)
    (ask,) = frozen(endorsed(world)).recommendations
    assert [one.blocks for one in ask.evidence] == [(world.blocks["ask"].id,)]
