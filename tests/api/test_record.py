"""The API of the record: checkpoints, proofs and receipts."""

from service.domain.phases import Phase
from tests.api.test_positions import position
from tests.api.world import World, codes


def test_a_position_is_answered_by_a_receipt_that_anyone_can_take_away(world: World) -> None:
    here = world.round(Phase.ENDORSEMENT)
    made = world.lakeside.post(f"{here.recommendation}/positions", position(here)).headers["location"]
    receipt = world.anyone.get(f"{made}/receipt").json()
    (*_, newest) = world.anyone.get(f"{here.agenda}/record/checkpoints").json()["items"]
    assert receipt["checkpoint"] == newest["note"]
    assert (newest["size"], newest["occasion"]) == (receipt["index"] + 1, "position_taken")
    proof = world.anyone.get(f"{here.agenda}/record/{receipt['index'] + 1}/proof").json()
    assert proof == receipt


def test_a_record_is_proven_to_begin_with_an_older_one(world: World) -> None:
    here = world.round(Phase.ENDORSEMENT)
    first, *_, last = world.anyone.get(f"{here.agenda}/record/checkpoints").json()["items"]
    asked = f"{here.agenda}/record/consistency?first={first['size']}&second={last['size']}"
    proven = world.anyone.get(asked).json()
    assert (proven["first"], proven["second"]) == (first["note"], last["note"])
    backwards = f"{here.agenda}/record/consistency?first={last['size']}&second={first['size']}"
    assert codes(world.anyone.get(backwards)) == (404, "unknown")


def test_what_is_not_in_the_record_has_no_proof(world: World) -> None:
    here = world.round(Phase.AMENDING)
    found = {
        number: codes(world.anyone.get(f"{here.agenda}/record/{number}/proof")) for number in (999, 2**31 - 1)
    }
    assert found == dict.fromkeys(found, (404, "unknown"))
    assert codes(world.anyone.get(f"{here.agenda}/record/0/proof"))[0] in {404, 422}
    assert codes(world.anyone.get("/agendas/nobody/record/1/proof")) == (404, "unknown")
    assert codes(world.anyone.get("/positions/nobody/receipt")) == (404, "unknown")
