"""What has changed since an edition was assembled keeps it from being signed."""

from dataclasses import replace
from datetime import timedelta

from service.domain import publication
from service.domain.editions import EditionState
from service.domain.errors import AgendaChanged
from service.domain.signatories import SignatoryState
from service.store.bookkeeping import record_checkpoints
from service.workflows import agendas, editions
from service.workflows.editions import ApproveEdition
from service.workflows.snapshots import snapshot_of
from tests.builders import a_world, an_edition, endorsed
from tests.counting import counting
from tests.houses import House
from tests.workflows.refusals import refused
from tests.worlds import Member, World


def sign(world: World, edition: str, by: Member) -> None:
    editions.approve(world.acting(by), ApproveEdition(edition, world.edition(edition).digest))


def retitled(world: World) -> None:
    command = agendas.EditAgenda(world.agenda, world.view.revision, headline="Quite another headline")
    agendas.edit(world.acting(world.facility), command)


def told(world: World, edition: str) -> list[str]:
    ctx = world.acting(world.facility)
    return [one.about for one in editions.changed(ctx, world.edition(edition))]


def test_nobody_signs_after_a_change_what_others_signed_before(house: House) -> None:
    world = endorsed(a_world(house))
    named = [one.person for one in world.approvers]
    edition = editions.assemble(world.acting(world.facility), world.agenda, to_sign=named)
    first, second = world.approvers
    sign(world, edition, first)
    assert told(world, edition) == []
    retitled(world)
    assert told(world, edition) == ["The agenda"]
    refused(world, AgendaChanged, lambda: sign(world, edition, second))
    found = world.edition(edition)
    assert (found.state, [one.state for one in found.signatories]) == (
        EditionState.ASSEMBLED,
        [SignatoryState.SIGNED, SignatoryState.AWAITED],
    )


def test_comparing_makes_no_proofs(house: House) -> None:
    world = endorsed(a_world(house))
    edition = an_edition(world)
    frozen = publication.from_json(editions.snapshot(house.stranger, edition))
    with (ctx := house.operator).reading() as reader:
        whole = snapshot_of(ctx, world.agenda, 1, reader.now)
        compared = snapshot_of(ctx, world.agenda, 1, reader.now, proven=False)
    with counting(house) as statements:
        assert told(world, edition) == []
    assert (whole.proofs, compared) == (frozen.proofs, replace(whole, proofs=None))
    assert frozen.proofs is not None
    assert [one for one in statements if record_checkpoints.name in one] == []


def test_what_is_assembled_anew_can_be_signed(house: House) -> None:
    world = endorsed(a_world(house))
    retitled(world)
    edition = an_edition(world)
    house.clock.moment += timedelta(days=2)
    sign(world, edition, world.approvers[0])
    assert told(world, edition) == []
    assert world.edition(edition).state is not EditionState.ASSEMBLED
