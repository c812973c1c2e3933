"""The facility is warned twice before a certificate ends, and no more."""

from dataclasses import replace
from datetime import timedelta

from service.domain.seals import SealDescription
from service.workflows import renewing, seal_warnings
from service.workflows.jobs import begin
from tests.builders import a_released_edition, a_world, endorsed
from tests.fakes import SEAL, FakeSealer
from tests.houses import BEGINNING, House

ENDS = BEGINNING + timedelta(days=70)


def ending(**changed: object) -> FakeSealer:
    seal: SealDescription = replace(SEAL, valid_until=ENDS, **changed)  # type: ignore[arg-type]  # fields of it
    return FakeSealer(seal=seal)


def test_everyone_who_facilitates_is_warned_sixty_and_fourteen_days_before(house: House) -> None:
    world = a_world(house)
    house.sealer = ending()
    given = []
    with world.recording() as entries:
        for days in (0, 9, 1, 1, 44, 1, 1, 30):
            house.clock.advance(days=days)
            given.append(seal_warnings.warn(house.operator))
    assert given == [False, False, True, False, False, True, False, False]
    told = [(e.name, e.data["days"]) for e in house.record() if e.name == "seal.ending"]
    assert (told, entries) == ([("seal.ending", 60), ("seal.ending", 14)], [])
    house.work()
    assert house.postman is not None
    sent = [(message["To"], message["Subject"]) for message in house.postman.sent]
    assert sent == [("coordination.facility@example.org", "seal_ending")] * 2


def test_new_certificate_is_warned_of_anew(house: House) -> None:
    a_world(house)
    house.clock.advance(days=20)
    given = []
    for fingerprint in ("ab" * 32, "cd" * 32):
        house.sealer = ending(fingerprint=fingerprint)
        given += [seal_warnings.warn(house.operator), seal_warnings.warn(house.operator)]
    assert given == [True, False, True, False]


def test_end_of_an_authority_elsewhere_is_warned_of_by_what_it_stamped_last(house: House) -> None:
    world = endorsed(a_world(house))
    elsewhere = replace(SEAL, timestamps="https://tsa.example")
    house.sealer = FakeSealer(seal=elsewhere, until=ENDS)
    given = [seal_warnings.warn(house.operator)]
    a_released_edition(world)
    for days in (9, 1, 1, 45, 1):
        house.clock.advance(days=days)
        given.append(seal_warnings.warn(house.operator))
    assert given == [False, False, True, False, True, False]
    told = [(e.name, e.data["days"]) for e in house.record() if e.name.endswith(".ending")]
    assert told == [("timestamps.ending", 60), ("timestamps.ending", 14)]
    house.tell()
    assert house.postman is not None
    sent = [m["To"] for m in house.postman.sent if m["Subject"] == "timestamps_ending"]
    assert sent == ["coordination.facility@example.org"] * 2


def test_authority_that_stamps_with_a_newer_certificate_is_no_cause_any_more(house: House) -> None:
    world = endorsed(a_world(house))
    elsewhere = replace(SEAL, timestamps="https://tsa.example")
    house.sealer = FakeSealer(seal=elsewhere, until=ENDS)
    edition = a_released_edition(world)
    house.sealer = FakeSealer(seal=elsewhere, until=ENDS + timedelta(days=700))
    house.clock.advance(days=30)
    assert renewing.ask(house.operator) == (edition,)
    house.work()
    assert not seal_warnings.warn(house.operator)


def test_key_that_may_not_seal_here_is_no_cause_for_a_warning(house: House) -> None:
    a_world(house)
    house.clock.advance(days=60)
    for sealer in (ending(allowed=False), FakeSealer(ready=False), FakeSealer()):
        house.sealer = sealer
        assert not seal_warnings.warn(house.operator)


def test_worker_looks_every_night(house: House) -> None:
    a_world(house)
    house.sealer = ending()
    begin(house.operator)
    house.work()
    assert [e.name for e in house.record() if e.name == "seal.ending"] == []
    house.clock.advance(days=60)
    house.work()
    assert [e.name for e in house.record() if e.name == "seal.ending"] == ["seal.ending"]
