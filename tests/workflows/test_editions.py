from dataclasses import replace

import pytest

from service.domain import publication
from service.domain.actors import Role
from service.domain.editions import EditionState
from service.domain.errors import (
    Denied,
    FourEyes,
    IllegalMove,
    NotReady,
    NotReleased,
    OtherText,
    PhaseClosed,
    SignInNeeded,
    Unknown,
)
from service.domain.phases import Phase
from service.domain.verification import Finding, Sentence, Verdict
from service.workflows import editions, library, recommendations
from service.workflows.editions import ApproveEdition
from tests.builders import (
    a_released_edition,
    a_world,
    an_edition,
    approve,
    endorsed,
    grant,
    names,
)
from tests.houses import House
from tests.workflows.refusals import refused


def test_the_facility_freezes_the_agenda_into_an_edition(house: House) -> None:
    world = endorsed(a_world(house))
    with world.recording() as entries:
        edition = an_edition(world)
    view = world.edition(edition)
    assert (view.number, view.state, view.own) == (1, EditionState.ASSEMBLED, False)
    assert library.edition(world.acting(world.facility), edition).own
    assert [(e.name, e.data["digest"]) for e in entries] == [("edition.assembled", view.digest)]
    snapshot = publication.from_json(editions.snapshot(house.stranger, edition))
    assert publication.digest(snapshot) == view.digest
    assert snapshot.status == "1 of 1 recommendations adopted"


def test_assembling_is_refused_with_its_own_reason(house: House) -> None:
    world = a_world(house)
    facility = world.acting(world.facility)
    refused(world, PhaseClosed, lambda: editions.assemble(facility, world.agenda))
    refused(world, Denied, lambda: editions.assemble(world.acting(world.cities[0]), world.agenda))
    refused(world, SignInNeeded, lambda: editions.assemble(house.stranger, world.agenda))
    refused(world, Unknown, lambda: editions.assemble(facility, "nobody"))


def test_an_agenda_without_a_decided_recommendation_is_not_ready(house: House) -> None:
    world = a_world(house)
    recommendations.withdraw(world.acting(world.rapporteur), world.recommendation, "Said elsewhere.")
    world.in_phase(Phase.PUBLICATION)
    refused(world, NotReady, lambda: an_edition(world))


def test_a_second_person_approves_exactly_what_was_assembled(house: House) -> None:
    world = endorsed(a_world(house))
    edition = an_edition(world)
    digest = world.edition(edition).digest
    approver = world.acting(world.approvers[0])
    refused(world, OtherText, lambda: editions.approve(approver, ApproveEdition(edition, "0" * 64)))
    refused(
        world, Denied, lambda: editions.approve(world.acting(world.facility), ApproveEdition(edition, digest))
    )
    refused(world, Unknown, lambda: editions.approve(approver, ApproveEdition("nobody", digest)))
    with world.recording() as entries:
        editions.approve(approver, ApproveEdition(edition, digest))
    assert [(e.name, e.person_id, e.data["digest"]) for e in entries] == [
        ("edition.approved", world.approvers[0].person, digest)
    ]
    view = world.edition(edition)
    assert (view.state, view.approved_by, view.approved_at) == (
        EditionState.APPROVED,
        "Unit one’s person",
        house.clock.moment,
    )
    second = world.acting(world.approvers[1])
    refused(world, IllegalMove, lambda: editions.approve(second, ApproveEdition(edition, digest)))


def test_who_assembled_an_edition_does_not_approve_it(house: House) -> None:
    world = endorsed(a_world(house))
    grant(house.operator, world.facility.person, world.approvers[0].organisation, Role.SIGNATORY)
    edition = an_edition(world)
    command = ApproveEdition(edition, world.edition(edition).digest)
    refused(world, FourEyes, lambda: editions.approve(world.acting(world.facility), command))


def test_a_paper_comes_with_its_release(house: House) -> None:
    world = endorsed(a_world(house))
    edition = an_edition(world, approved=True)
    with pytest.raises(NotReleased, match="This edition is approved"):
        editions.pdf(house.stranger, edition)
    house.work()
    assert editions.pdf(house.stranger, edition).startswith(b"%PDF-")
    with pytest.raises(Unknown):
        editions.pdf(house.stranger, "nobody")
    with pytest.raises(Unknown):
        editions.snapshot(house.stranger, "nobody")


def test_a_released_paper_verifies_and_a_changed_byte_does_not(house: House) -> None:
    world = endorsed(a_world(house))
    edition = a_released_edition(world)
    paper = editions.pdf(house.stranger, edition)
    stored = world.edition(edition).verification
    found = editions.verify(house.stranger, paper)
    assert stored is not None
    assert found == replace(stored, sentences=found.sentences)
    assert (found.verdict, found.digest) == (Verdict.VALID, world.edition(edition).digest)
    for at in range(len(b"%PDF-fake\n"), len(paper), 7):
        changed = paper[:at] + bytes([paper[at] ^ 1]) + paper[at + 1 :]
        assert editions.verify(house.stranger, changed).verdict is not Verdict.VALID
    assert editions.verify(house.stranger, b"").verdict is Verdict.UNKNOWN
    assert editions.verify(house.stranger, b"%PDF-1.7").verdict is Verdict.UNSIGNED


def test_an_edition_is_withdrawn_and_its_paper_stays(house: House) -> None:
    world = endorsed(a_world(house))
    facility = world.acting(world.facility)
    assembled, released = an_edition(world), a_released_edition(world)
    refused(
        world, Denied, lambda: editions.withdraw(world.acting(world.approvers[0]), released, "A mistake.")
    )
    with world.recording() as entries:
        editions.withdraw(facility, assembled, "A mistake.")
        editions.withdraw(facility, released, "A mistake.")
    assert names(entries) == ["edition.moved", "edition.moved"]
    assert [world.edition(e).state for e in (assembled, released)] == [EditionState.WITHDRAWN] * 2
    paper = editions.pdf(house.stranger, released)
    assert paper.startswith(b"%PDF-")
    assert editions.verify(house.stranger, paper).sentences[0] == Sentence(Finding.WITHDRAWN)
    refused(world, IllegalMove, lambda: editions.withdraw(facility, released, "A mistake."))
    refused(world, IllegalMove, lambda: approve(world, assembled))


def test_editions_are_numbered_and_the_next_prints_what_stands_then(house: House) -> None:
    world = endorsed(a_world(house))
    first = a_released_edition(world)
    world.move(Phase.FOLLOW_UP)
    second = a_released_edition(world)
    assert [(e.id, e.number) for e in library.editions(house.stranger, world.agenda).items] == [
        (first, 1),
        (second, 2),
    ]
    snapshots = [publication.from_json(editions.snapshot(house.stranger, e)) for e in (first, second)]
    first_again = replace(snapshots[1], edition=1, record=snapshots[0].record, steps=snapshots[0].steps)
    assert replace(first_again, corrigendum=None, proofs=snapshots[0].proofs) == snapshots[0]


def test_an_agenda_with_an_open_recommendation_is_not_ready(house: House) -> None:
    world = endorsed(a_world(house, Phase.PREPARATION))
    with house.operator.transaction() as work:
        work.connection.exec_driver_sql("UPDATE recommendations SET state = 'tabled'")
        work.connection.exec_driver_sql(
            "INSERT INTO recommendations SELECT 'settled', agenda_id, 99, addressee, theme, title,"
            " current_version_id, current_version_number, 'adopted', 1 FROM recommendations"
        )
    told = refused(world, NotReady, lambda: an_edition(world))
    assert told.values == {"reason": "some recommendations are still open"}
