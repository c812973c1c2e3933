"""The keys of those who sign: whoever signs is told what is wrong with one, and a paper waits for one that is away."""

import pytest
from sqlalchemy import QueuePool

from service.domain.editions import EditionState
from service.domain.errors import (
    Refusal,
    SignatoryKeyAway,
    SignatoryKeyOfAnother,
    SignatoryKeyShut,
    SignatoryPinRefused,
)
from service.domain.halts import Halt
from service.domain.seals import KeyPlace
from service.domain.signatory_keys import KeyFault, SignatoryKey
from service.store.jobs import ATTEMPTS
from service.workflows import publishing
from tests.builders import a_world, endorsed
from tests.houses import House
from tests.workflows.refusals import refused
from tests.workflows.test_signatories import sign, states, to_be_signed

REFUSALS: dict[KeyFault, type[Refusal]] = {
    KeyFault.AWAY: SignatoryKeyAway,
    KeyFault.PIN_REFUSED: SignatoryPinRefused,
    KeyFault.SHUT: SignatoryKeyShut,
    KeyFault.OF_ANOTHER: SignatoryKeyOfAnother,
}
FOUND = SignatoryKey(KeyPlace.TOKEN, "ab" * 32)


def faulty(fault: KeyFault) -> SignatoryKey:
    return SignatoryKey(KeyPlace.TOKEN, fault=fault, said=f"The token “people”: {fault}.")


@pytest.mark.parametrize("fault", KeyFault)
def test_nobody_signs_while_something_is_wrong_with_the_key_of_one_of_them(
    house: House, fault: KeyFault
) -> None:
    world = endorsed(a_world(house))
    first, second = world.approvers
    edition = to_be_signed(world)
    before = states(world, edition)
    house.sealer.keys = {second.email: faulty(fault)}

    said = refused(world, REFUSALS[fault], lambda: sign(world, edition, first))

    assert (second.name in said.message, said.code) == (True, fault.value)
    assert (states(world, edition), "people" in said.message) == (before, False)


@pytest.mark.parametrize(
    ("fault", "printed"),
    [(KeyFault.AWAY, False), (KeyFault.PIN_REFUSED, True)],
    ids=["before it is printed", "before it is sealed"],
)
def test_paper_waits_for_the_key_of_a_signatory_however_long_and_is_made_when_it_is_back(
    house: House, fault: KeyFault, *, printed: bool
) -> None:
    world = endorsed(a_world(house))
    first, second = world.approvers
    edition = to_be_signed(world)
    for one in (first, second):
        sign(world, edition, one)
    there = {second.email: FOUND}

    def lose(step: str) -> None:
        house.sealer.keys = {second.email: faulty(fault)} if step == "render" or not printed else there

    house.renderer.before, house.sealer.keys = lose, there if printed else {second.email: faulty(fault)}
    tried = 0
    for _ in range(ATTEMPTS + 2):
        tried += house.work()
        house.clock.advance(seconds=300)
    view = world.edition(edition)
    reached = EditionState.RENDERED if printed else EditionState.APPROVED
    assert (tried, view.state, view.halt) == (ATTEMPTS + 2, reached, Halt(fault.value))
    assert publishing.fault(house.operator, edition) == (
        f"{REFUSALS[fault].__name__}: The token “people”: {fault}."
    )
    assert house.sealer.signing == []

    house.renderer.before, house.sealer.keys = (lambda _: None), there
    house.work()

    assert (world.edition(edition).state, world.edition(edition).halt) == (EditionState.RELEASED, None)
    (approval,) = house.renderer.approvals[-1:]
    assert sorted(one.certificate for one in approval.signatories) == ["", FOUND.fingerprint]


def test_key_that_is_wrong_for_good_stops_the_job_which_says_whose_it_is(house: House) -> None:
    world = endorsed(a_world(house))
    first, second = world.approvers
    edition = to_be_signed(world)
    for one in (first, second):
        sign(world, edition, one)
    house.sealer.keys = {second.email: faulty(KeyFault.OF_ANOTHER)}

    for _ in range(ATTEMPTS):
        house.work()
        house.clock.advance(seconds=600)

    assert world.edition(edition).halt is Halt.GIVEN_UP
    assert publishing.fault(house.operator, edition) == (
        f"SignatoryKeyOfAnother: The token “people”: {KeyFault.OF_ANOTHER}."
    )


def test_keys_are_asked_outside_of_any_transaction(house: House) -> None:
    world = endorsed(a_world(house))
    edition = to_be_signed(world)
    for one in world.approvers:
        sign(world, edition, one)
    held = []

    def note(step: str) -> None:
        pool = house.database.engine.pool
        assert isinstance(pool, QueuePool)
        held.append((step.startswith("key of"), pool.checkedout()))

    house.sealer.before = note

    house.work()

    assert world.edition(edition).state is EditionState.RELEASED
    assert [out for asked, out in held if asked] == [0] * 4
