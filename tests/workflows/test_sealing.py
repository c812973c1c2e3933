"""What cannot be sealed is not approved; all else goes on."""

from dataclasses import replace
from datetime import timedelta

import pytest

from service.domain.checklist import Check, Weight
from service.domain.editions import EditionState
from service.domain.errors import (
    DemoKey,
    NoKey,
    Refusal,
    SealAway,
    SealNotInForce,
    SealPinRefused,
    StampsAway,
    StampsExpired,
)
from service.domain.halts import Halt
from service.domain.seals import AWAY, SealDescription, SealFault
from service.store.jobs import ATTEMPTS
from service.workflows import checklists, editions, publishing, readiness, sealing
from tests.builders import a_released_edition, a_world, an_edition, approve, endorsed
from tests.fakes import ENDS, SEAL, FakeSealer
from tests.houses import BEGINNING, House
from tests.workflows.refusals import refused
from tests.worlds import World

DEMO_KEY = replace(SEAL, allowed=False)
ENDED = replace(SEAL, valid_until=BEGINNING - timedelta(days=1))
STAMPS_ENDED = replace(SEAL, stamps_until=BEGINNING - timedelta(days=1))
FAULTS: tuple[tuple[FakeSealer, type[Refusal], SealFault], ...] = (
    (FakeSealer(ready=False), NoKey, SealFault.NO_KEY),
    (FakeSealer(seal=DEMO_KEY), DemoKey, SealFault.DEMO_KEY),
    (FakeSealer(seal=ENDED), SealNotInForce, SealFault.NOT_IN_FORCE),
    (FakeSealer(seal=STAMPS_ENDED), StampsExpired, SealFault.STAMPS_EXPIRED),
    (FakeSealer(away=SealAway), SealAway, SealFault.AWAY),
    (FakeSealer(away=SealPinRefused), SealPinRefused, SealFault.PIN_REFUSED),
    (FakeSealer(seal=replace(SEAL, away=SealFault.AWAY)), SealAway, SealFault.AWAY),
)
NOT_REACHED = frozenset({SealFault.NO_KEY, SealFault.AWAY, SealFault.PIN_REFUSED})


SEALING = (Check.SEAL, Check.SEAL_REACHED, Check.SEAL_ENDS)


def counted(world: World) -> dict[Check, tuple[int, Weight]]:
    listed = checklists.look(world.house.stranger, world.agenda).items
    return {item.check: (item.count, item.weight) for item in listed if item.check.value.startswith("seal")}


@pytest.mark.parametrize(("sealer", "refusal", "fault"), FAULTS)
def test_edition_is_assembled_but_not_approved_where_nothing_can_be_sealed(
    house: House, sealer: FakeSealer, refusal: type[Refusal], fault: SealFault
) -> None:
    world = endorsed(a_world(house))
    house.sealer = sealer
    edition = an_edition(world)
    refused(world, refusal, lambda: approve(world, edition))
    assert world.edition(edition).state is EditionState.ASSEMBLED
    told = {True: (1, Weight.WARNS), False: (0, Weight.DONE)}
    assert counted(world) == {
        Check.SEAL: told[fault not in AWAY],
        Check.SEAL_REACHED: told[fault in NOT_REACHED],
        Check.SEAL_ENDS: told[False],
    }
    assert checklists.keys(house.operator).fault is fault
    ready = readiness.readiness(house.stranger)
    assert (ready.seal, ready.is_ready) == (fault.value, sealer.ready)
    with pytest.raises(refusal):
        sealing.look(house.stranger)


def test_refusal_says_until_when_the_certificates_were_valid(house: House) -> None:
    world = endorsed(a_world(house))
    edition = an_edition(world)
    said = []
    for seal in (ENDED, STAMPS_ENDED):
        house.sealer = FakeSealer(seal=seal)
        said.append(refused(world, type(_fault(house)), lambda: approve(world, edition)).message)
    assert ["from 2022-01-01 to 2026-01-04 (UTC)" in said[0], "ended on 2026-01-04 (UTC)" in said[1]] == [
        True,
        True,
    ]


def _fault(house: House) -> Refusal:
    with pytest.raises(Refusal) as raised:
        sealing.look(house.stranger)
    return raised.value


def test_key_that_may_seal_says_so(house: House) -> None:
    world = endorsed(a_world(house))
    sealing.look(house.stranger)
    assert readiness.readiness(house.stranger).seal == "ready"
    assert counted(world) == dict.fromkeys(SEALING, (0, Weight.DONE))
    assert (checklists.keys(house.operator).fault, checklists.keys(house.operator).days_left) == (None, None)


def test_end_of_a_certificate_is_seen_before_it_comes(house: House) -> None:
    world = endorsed(a_world(house))
    house.sealer = FakeSealer(seal=replace(SEAL, valid_until=BEGINNING + timedelta(days=30)))
    ending = {**dict.fromkeys(SEALING, (0, Weight.DONE)), Check.SEAL_ENDS: (30, Weight.WARNS)}
    assert counted(world) == ending
    assert checklists.keys(house.operator).days_left == 30
    approve(world, an_edition(world))
    house.sealer.seal = replace(house.sealer.seal, away=SealFault.AWAY)
    assert counted(world) == {**ending, Check.SEAL_REACHED: (1, Weight.WARNS)}


@pytest.mark.parametrize("seal", [DEMO_KEY, ENDED, STAMPS_ENDED])
def test_job_that_waited_does_not_seal_with_a_key_that_may_not_any_more(
    house: House, seal: SealDescription
) -> None:
    world = endorsed(a_world(house))
    edition = an_edition(world, approved=True)
    house.sealer = FakeSealer(seal=seal)
    house.work()
    assert world.edition(edition).state is EditionState.RENDERED
    assert publishing.fault(house.operator, edition).partition(":")[0] in {
        "DemoKey",
        "SealNotInForce",
        "StampsExpired",
    }
    house.sealer = FakeSealer()
    publishing.revive(house.operator, edition)
    house.work()
    assert editions.pdf(house.stranger, edition).startswith(b"%PDF-")


@pytest.mark.parametrize("away", [SealAway, SealPinRefused])
def test_job_waits_for_a_key_that_is_away_however_long_and_seals_by_itself_when_it_is_back(
    house: House, away: type[Refusal]
) -> None:
    world = endorsed(a_world(house))
    edition = an_edition(world, approved=True)
    house.sealer.away = away
    tried = 0
    for _ in range(ATTEMPTS + 2):
        tried += house.work()
        house.clock.advance(seconds=300)
    view = world.edition(edition)
    assert (tried, view.state, view.halt) == (ATTEMPTS + 2, EditionState.RENDERED, Halt(away.code))
    house.sealer.away = None
    house.work()
    view = world.edition(edition)
    assert (view.state, view.halt) == (EditionState.RELEASED, None)


@pytest.mark.parametrize("step", ["sign", "timestamp"])
def test_job_waits_for_a_timestamp_authority_that_is_away_as_well(house: House, step: str) -> None:
    world = endorsed(a_world(house))
    edition = an_edition(world, approved=True)

    def silent(reached: str) -> None:
        if reached == step:
            raise StampsAway

    house.sealer.before = silent
    tried = 0
    for _ in range(ATTEMPTS + 2):
        tried += house.work()
        house.clock.advance(seconds=300)
    assert (tried, world.edition(edition).halt) == (ATTEMPTS + 2, Halt.STAMPS_AWAY)
    house.sealer.before = lambda _: None
    house.work()
    view = world.edition(edition)
    assert (view.state, view.halt) == (EditionState.RELEASED, None)


def test_job_that_waits_for_the_key_names_what_is_away(house: House) -> None:
    world = endorsed(a_world(house))
    edition = an_edition(world, approved=True)

    def away(step: str) -> None:
        if step == "sign":
            raise SealAway from OSError("The signing service did not answer in time.")

    house.sealer.before = away
    house.work()
    assert publishing.fault(house.operator, edition) == (
        "SealAway: The signing service did not answer in time."
    )
    assert world.edition(edition).halt is Halt.KEY_AWAY


def test_authority_elsewhere_is_told_of_by_what_it_stamped_last(house: House) -> None:
    world = endorsed(a_world(house))
    house.sealer = FakeSealer(seal=replace(SEAL, timestamps="https://tsa.example"))
    until = []
    for _ in range(2):
        seal = checklists.keys(house.operator).seal
        until.append(seal.stamps_until if seal else None)
        a_released_edition(world)
    assert until == [None, ENDS]
    house.sealer = FakeSealer(seal=SEAL)
    assert checklists.keys(house.operator).seal == SEAL
