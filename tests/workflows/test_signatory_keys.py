"""What is known of the keys of those who sign is listed, and they are warned before one ends."""

from dataclasses import replace
from datetime import datetime, timedelta

from service.domain.actors import OrganisationKind, Role
from service.domain.errors import Denied
from service.domain.phases import Phase
from service.domain.seals import KeyPlace, Term
from service.domain.signatory_keys import KeyFault, KeyHint, SignatoryKey
from service.workflows import checklists, readiness, reading, signatory_keys
from service.workflows.jobs import begin
from tests.builders import a_member, a_world, grant
from tests.counting import counting
from tests.houses import BEGINNING, House
from tests.workflows.refusals import refused

ENDING = "signatory_key_ending"
ENDS = BEGINNING + timedelta(days=70)


def a_key(ends: datetime = ENDS, fingerprint: str = "ab" * 32) -> SignatoryKey:
    return SignatoryKey(KeyPlace.TOKEN, fingerprint, Term(BEGINNING - timedelta(days=1), ends))


def written(house: House) -> list[tuple[str, str]]:
    assert house.postman is not None
    return [(message["To"], message["Subject"]) for message in house.postman.sent]


def test_facility_and_signatory_are_warned_sixty_and_fourteen_days_before(house: House) -> None:
    world = a_world(house)
    first, _ = world.approvers
    house.sealer.keys = {first.email: a_key()}
    given = []
    with world.recording() as entries:
        for days in (0, 9, 1, 1, 44, 1, 1, 30):
            house.clock.advance(days=days)
            given.append(signatory_keys.warn(house.operator))
    assert given == [0, 0, 1, 0, 0, 1, 0, 0]
    told = [(e.data["person_id"], e.data["days"]) for e in house.record() if e.name == "signatory.key_ending"]
    assert (told, entries) == ([(first.person, 60), (first.person, 14)], [])
    house.work()
    told_to = [("coordination.facility@example.org", ENDING), (first.email, ENDING)]
    assert sorted(written(house)) == sorted(told_to * 2)


def test_facilitator_who_signs_is_written_to_once(house: House) -> None:
    world = a_world(house)
    first, second = world.approvers
    grant(house.operator, first.person, world.facility.organisation, Role.FACILITY)
    house.sealer.keys = {first.email: a_key(), second.email: a_key(fingerprint="cd" * 32)}
    house.clock.advance(days=20)
    assert signatory_keys.warn(house.operator) == 2
    house.work()
    assert sorted(to for to, _ in written(house)) == sorted(
        ["coordination.facility@example.org", first.email] * 2 + [second.email]
    )


def test_nobody_is_warned_of_what_is_not_known_or_lasts(house: House) -> None:
    world = a_world(house)
    first, second = world.approvers
    house.clock.advance(days=20)
    house.sealer.keys = {
        first.email: replace(a_key(), fingerprint=""),
        second.email: SignatoryKey(KeyPlace.TOKEN, fault=KeyFault.AWAY),
    }
    assert signatory_keys.warn(house.operator) == 0
    house.sealer.keys = {second.email: a_key(BEGINNING + timedelta(days=900))}
    assert signatory_keys.warn(house.operator) == 0


def test_worker_looks_every_night(house: House) -> None:
    world = a_world(house)
    house.sealer.keys = {world.approvers[0].email: a_key()}
    begin(house.operator)
    house.work()
    house.clock.advance(days=60)
    house.work()
    assert [e.data["days"] for e in house.record() if e.name == "signatory.key_ending"] == [10]


def test_facility_is_told_who_has_a_key_and_what_to_know_of_it(house: House) -> None:
    world = a_world(house)
    first, second = world.approvers
    away = replace(a_key(), fault=KeyFault.AWAY)
    house.sealer.keys = {first.email: a_key(), second.email: away}
    facility = world.acting(world.facility)
    listed = [(one.person_id, one.key, one.hint) for one in signatory_keys.listed(facility)]
    assert listed == [(first.person, a_key(), None), (second.person, away, KeyHint.AWAY)]
    house.clock.advance(days=11)
    assert [one.hint for one in checklists.approvers(facility)] == [KeyHint.ENDS, KeyHint.AWAY]
    assert [one.hint for one in checklists.approvers(facility, ENDS)] == [KeyHint.ENDS_BEFORE, KeyHint.AWAY]
    house.sealer.keys = {}
    assert [one.hint for one in signatory_keys.listed(facility)] == [KeyHint.NONE] * 2
    refused(world, Denied, lambda: signatory_keys.listed(world.acting(world.cities[0])))


def test_more_keys_cost_no_more_queries(house: House) -> None:
    world = a_world(house)
    facility = world.acting(world.facility)
    with counting(house) as few:
        assert len(signatory_keys.listed(facility)) == 2
    for name in ("Nell", "Oda", "Pia"):
        a_member(house.operator, name, Role.SIGNATORY, OrganisationKind.EU_SERVICE)
    with counting(house) as more:
        assert len(signatory_keys.listed(facility)) == 5
    assert len(more) == len(few)


def test_probe_tells_that_something_is_wrong_with_a_key_and_not_whose(house: House) -> None:
    world = a_world(house)
    told = []
    for key in (None, a_key(), replace(a_key(), fault=KeyFault.PIN_REFUSED)):
        house.sealer.keys = {world.approvers[1].email: key} if key is not None else {}
        ready = readiness.readiness(house.stranger)
        told.append((ready.signatories, ready.is_ready))
    assert told == [("ready", True), ("ready", True), ("signatory_pin_refused", True)]


def test_publication_is_planned_by_the_timetable_until_its_own_phase_has_a_deadline(house: House) -> None:
    world = a_world(house)
    view = reading.agenda(house.stranger, world.agenda)
    planned = {Phase.PUBLICATION: ENDS}
    at = [
        signatory_keys.published_by(replace(view, timetable=planned)),
        signatory_keys.published_by(replace(view, timetable={})),
        signatory_keys.published_by(
            replace(view, phase=Phase.PUBLICATION, phase_closes_at=BEGINNING, timetable=planned)
        ),
    ]
    assert at == [ENDS, None, BEGINNING]
