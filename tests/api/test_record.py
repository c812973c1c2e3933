"""The API of the record: checkpoints, proofs and receipts."""

from service.domain.phases import Phase
from tests.api.test_positions import position
from tests.api.world import World, codes


def test_a_position_is_answered_by_a_receipt_that_anyone_can_take_away(world: World) -> None:
    here = world.round(Phase.ENDORSEMENT)
    made = world.lakeside.post(f"{here.recommendation}/positions", position(here)).headers["location"]
    receipt = world.anyone.get(f"{made}/receipt").json()
    assert "words" not in receipt
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


def test_the_facility_erases_a_person_and_words(world: World) -> None:
    here = world.round(Phase.AMENDING)
    facility, (first, *_, moved) = world.facility, world.anyone.get(f"{here.agenda}/record").json()["items"]
    person = world.facility.post("/persons", {"email": "gone@city.example", "name": "Gone"}).json()["id"]
    assert codes(world.lakeside.post(f"/persons/{person}/erasure")) == (403, "denied")
    assert facility.post(f"/persons/{person}/erasure").status_code == 204
    words = f"{here.agenda}/record/{moved['sequence']}/words/erasure"
    assert codes(world.anyone.post(words))[0] == 401
    assert facility.post(words).status_code == 204
    after = world.anyone.get(f"{here.agenda}/record").json()["items"]
    assert (moved["data"]["reason"] != "", after[moved["sequence"] - 1]["data"]["reason"]) == (True, None)
    assert codes(facility.post(f"{here.agenda}/record/{first['sequence']}/words/erasure")) == (404, "unknown")
