"""The API of editions in other formats."""

import pytest

from service.store.identity import Identity
from service.workflows import jobs
from tests.api.test_editions import decided
from tests.api.test_translations import body
from tests.api.world import World, codes, fields


@pytest.mark.slow
def test_a_released_edition_is_read_in_other_formats_and_languages(world: World) -> None:
    here = decided(world)
    begun = world.lakeside.post(f"{here.recommendation}/translations", {"language": "fr", **body(here)})
    assert world.facility.post(f"{begun.headers['location']}/approval").status_code == 200
    answer = world.facility.post(f"{here.agenda}/editions")
    path = answer.headers["location"]
    assert codes(world.anyone.get(f"{path}/html")) == (409, "not_released")
    assert world.anyone.get(f"{path}/renditions").json()["items"] == []
    world.approver.post(f"{path}/approval", {"digest": answer.json()["digest"]})
    while jobs.work_once(world.house.context(Identity(operator=True))):
        pass
    listed = world.anyone.get(f"{path}/renditions").json()["items"]
    assert [(one["format"], one["language"], one["media_type"]) for one in listed] == [
        ("html", None, "text/html"),
        ("markdown", None, "text/markdown"),
        ("json", None, "application/json"),
        ("html", "fr", "text/html"),
        ("markdown", "fr", "text/markdown"),
        ("pdf", "fr", "application/pdf"),
    ]
    assert codes(world.anyone.get(f"{path}/courtesy?language=fr")) == (409, "being_made")
    while jobs.work_once(world.house.context(Identity(operator=True))):
        pass
    for one in listed:
        read = world.anyone.get(one["address"].removeprefix("/api/v1"))
        assert read.headers["content-type"].partition(";")[0] == one["media_type"]
        again = world.anyone.get(
            one["address"].removeprefix("/api/v1"), headers={"If-None-Match": read.headers["etag"]}
        )
        assert (again.status_code, again.content) == (304, b"")
    assert "Réserver *un dixième*." in world.anyone.get(f"{path}/markdown?language=fr").text
    assert codes(world.anyone.get(f"{path}/html?language=pt")) == (404, "unknown")
    assert codes(world.anyone.get(f"{path}/courtesy")) == (404, "unknown")
    assert fields(world.anyone.get(f"{path}/html?language=%3Cb%3E")) == ["language"]
