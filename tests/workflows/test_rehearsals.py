from dataclasses import replace

from service.domain.amendments import AmendmentAction, AmendmentState
from service.domain.deciding import FallReason
from service.domain.errors import Denied, Invalid, StaleState
from service.domain.text import digest
from service.workflows.decisions import Decide
from service.workflows.rehearsals import rehearse
from tests.builders import a_compromise, a_world, an_amendment, decided
from tests.houses import House
from tests.workflows.refusals import refused


def test_decision_is_seen_as_it_would_be_and_nothing_of_it_stays(house: House) -> None:
    world = a_world(house)
    amendment = an_amendment(world, edit={"why": "Partnerships have shown results."})
    before = (house.record(world.agenda), world.amendment(amendment))
    seen = rehearse(world.acting(world.rapporteur), Decide(amendment, AmendmentAction.ACCEPT))
    assert (seen.amendment.state, seen.falling, seen.falls) == (AmendmentState.ACCEPTED, (), ())
    assert seen.preview is not None
    assert seen.preview.digest == digest(world.reworded(why="Partnerships have shown results."))
    assert (house.record(world.agenda), world.amendment(amendment)) == before


def test_next_version_has_the_words_of_the_decision_and_what_is_accepted_already(house: House) -> None:
    world = a_world(house)
    decided(world, an_amendment(world, edit={"why": "They work."}))
    amendment = an_amendment(world, by=world.cities[1])
    words = world.reworded(ask="Name one contact or two.")
    command = Decide(amendment, AmendmentAction.ACCEPT_MODIFIED, "Softer.", words)
    seen = rehearse(world.acting(world.rapporteur), command)
    assert seen.preview is not None
    assert seen.preview.blocks == world.reworded(ask="Name one contact or two.", why="They work.")


def test_what_a_compromise_covers_falls_at_once_and_what_is_in_its_way_later(house: House) -> None:
    world = a_world(house)
    covered = an_amendment(world)
    other = an_amendment(world, by=world.cities[1], edit={"ask": "Name nobody."})
    compromise = a_compromise(world, covered, by=world.cities[2])
    seen = rehearse(world.acting(world.rapporteur), Decide(compromise, AmendmentAction.ACCEPT))
    assert [ref.id for ref in seen.falling] == [covered]
    assert [(fall.amendment.id, fall.reasons) for fall in seen.falls] == [(other, (FallReason.SAME_PLACE,))]
    assert world.amendment(covered).state is AmendmentState.TABLED


def test_rejection_makes_no_version(house: House) -> None:
    world = a_world(house)
    seen = rehearse(
        world.acting(world.rapporteur), Decide(an_amendment(world), AmendmentAction.REJECT, "Said already.")
    )
    assert (seen.amendment.state, seen.preview) == (AmendmentState.REJECTED, None)


def test_rehearsal_is_refused_as_the_decision_would_be(house: House) -> None:
    world = a_world(house)
    command = Decide(an_amendment(world), AmendmentAction.REJECT)
    rapporteur = world.acting(world.rapporteur)
    refused(world, Invalid, lambda: rehearse(rapporteur, command))
    refused(world, Denied, lambda: rehearse(world.acting(world.cities[0]), replace(command, reason="No.")))
    refused(world, StaleState, lambda: rehearse(rapporteur, replace(command, reason="No.", revision=99)))
