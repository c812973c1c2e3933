from dataclasses import replace

from service.domain.errors import ForeignOrganisation, PhaseClosed, SignInNeeded, Unknown
from service.domain.evidence import EvidenceKind
from service.domain.phases import Phase
from service.domain.views.agendas import Underpinned
from service.workflows import evidence, library
from service.workflows.evidence import AddEvidence
from tests.builders import a_recommendation, a_world, an_agenda
from tests.houses import House
from tests.workflows.refusals import fields, refused
from tests.worlds import World


def adding(world: World) -> AddEvidence:
    return AddEvidence(
        world.agenda,
        world.cities[0].organisation,
        EvidenceKind.DOCUMENT,
        " Final  report ",
        "Programme office",
        "12",
        "Losses were halved.",
        "https://reports.example/12",
        invented=True,
    )


def test_evidence_underpins_a_block_or_the_whole(house: House) -> None:
    world = a_world(house)
    ask = world.blocks["ask"].id
    targets = (Underpinned(world.recommendation, ask), Underpinned(world.recommendation, None))
    with world.recording() as entries:
        made = evidence.add(world.acting(world.cities[0]), replace(adding(world), underpins=targets))
    view = library.one_evidence(house.stranger, made)
    assert (view.number, view.title, view.page, view.invented) == (1, "Final report", "12", True)
    assert view.underpins == targets
    assert [(e.name, e.data["recommendation_ids"]) for e in entries] == [
        ("evidence.added", [world.recommendation])
    ]
    assert library.evidence_for(house.stranger, world.recommendation) == (view,)
    assert library.evidence(house.stranger, world.agenda).items == (view,)


def test_evidence_is_numbered_and_may_underpin_nothing_yet(house: House) -> None:
    world = a_world(house)
    made = [evidence.add(world.acting(world.cities[0]), adding(world)) for _ in range(2)]
    listed = library.evidence(house.stranger, world.agenda).items
    assert [(e.id, e.number, e.underpins) for e in listed] == [(made[0], 1, ()), (made[1], 2, ())]


def test_evidence_is_refused_with_its_own_reason(house: House) -> None:
    world = a_world(house)
    amara, command = world.acting(world.cities[0]), adding(world)
    refused(world, SignInNeeded, lambda: evidence.add(house.stranger, command))
    foreign = replace(command, organisation_id=world.cities[1].organisation)
    refused(world, ForeignOrganisation, lambda: evidence.add(amara, foreign))
    refused(world, Unknown, lambda: evidence.add(amara, replace(command, agenda_id="nobody")))
    gone = replace(command, underpins=(Underpinned("nobody", None),))
    refused(world, Unknown, lambda: evidence.add(amara, gone))
    lost = replace(
        command,
        underpins=(Underpinned(world.recommendation, None), Underpinned(world.recommendation, "nothing")),
    )
    assert fields(world, lambda: evidence.add(amara, lost)) == ["underpins.1.block_id"]
    empty = replace(command, title=" ", page="p" * 51)
    assert fields(world, lambda: evidence.add(amara, empty)) == ["title", "page"]
    world.in_phase(Phase.ENDORSEMENT)
    refused(world, PhaseClosed, lambda: evidence.add(amara, command))


def test_evidence_cannot_underpin_what_is_hidden_or_elsewhere(house: House) -> None:
    world = a_world(house, Phase.COMMENTING)
    rapporteur = world.acting(world.rapporteur)
    hidden = a_recommendation(rapporteur, world.agenda)
    elsewhere = a_recommendation(rapporteur, an_agenda(house, world.facility, ()))
    for target in (hidden, elsewhere):
        command = replace(adding(world), underpins=(Underpinned(target, None),))
        refused(world, Unknown, lambda c=command: evidence.add(world.acting(world.cities[0]), c))  # type: ignore[misc]  # a default of a lambda has no type
    own = replace(
        adding(world),
        organisation_id=world.rapporteur.organisation,
        underpins=(Underpinned(elsewhere, None),),
    )
    refused(world, Unknown, lambda: evidence.add(rapporteur, own))
