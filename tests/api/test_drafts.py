"""The API of drafts of the paper."""

import pytest

from service.store.identity import Identity
from service.workflows import jobs
from tests.api.test_editions import decided
from tests.api.world import World, codes


@pytest.mark.slow
def test_a_draft_is_asked_for_and_downloaded_by_the_facility_and_signatories(world: World) -> None:
    here = decided(world)
    path = f"{here.agenda}/draft-paper"
    assert codes(world.lakeside.post(path)) == (403, "denied")
    assert codes(world.lakeside.get(path)) == (403, "denied")
    assert world.facility.get(path).json()["state"] == "none"
    assert codes(world.facility.get(f"{path}/pdf")) == (404, "unknown")
    assert world.facility.post(path).json()["state"] == "making"
    while jobs.work_once(world.house.context(Identity(operator=True))):
        pass
    ready = world.approver.post(path).json()
    assert (ready["state"], ready["fault"]) == ("ready", "")
    paper = world.approver.get(f"{path}/pdf")
    assert (paper.headers["content-type"], paper.content[:5]) == ("application/pdf", b"%PDF-")
    checked = world.anyone.post(
        "/verifications", content=paper.content, headers={"content-type": "application/pdf"}
    )
    assert checked.json()["verdict"] == "unsigned"
