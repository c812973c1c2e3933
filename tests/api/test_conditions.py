"""ETags: what is known already is not sent again."""

from service.api.conditions import etag, matches
from tests.api.world import World


def test_every_reading_has_a_tag_and_answers_304_to_it(world: World) -> None:
    here = world.round()
    amendment = f"/amendments/{here.tabled(world.lakeside)['id']}"
    version = f"/versions/{here.version()['id']}"
    parts = (
        "",
        "/versions",
        "/amendments",
        "/comments",
        "/positions",
        "/collisions",
        "/outcome",
        "/evidence",
    )
    for path in (
        "/agendas", "/organisations", "/partnerships", here.agenda, f"{here.agenda}/record", f"{here.agenda}/figures",
        *(f"{here.recommendation}{part}" for part in parts),
        version, f"{version}/provenance", f"{version}/compare?with={here.version()['id']}",
        amendment, f"{amendment}/diff", f"{amendment}/rebase", "/openapi.json", "/developers",
    ):  # fmt: skip
        first = world.anyone.get(path)
        assert first.headers["etag"] == etag(first.content), path
        again = world.anyone.get(path, headers={"If-None-Match": f'"other", {first.headers["etag"]}'})
        assert (again.status_code, again.content, again.headers["etag"]) == (
            304,
            b"",
            first.headers["etag"],
        ), path
        other = world.anyone.get(path, headers={"If-None-Match": '"other"'})
        assert (other.status_code, other.content) == (200, first.content)


def test_a_tag_is_of_the_content_however_it_is_compressed(world: World) -> None:
    here = world.round()
    tags = {
        world.anyone.get(here.agenda, headers={"Accept-Encoding": encoding}).headers["etag"]
        for encoding in ("identity", "gzip", "br")
    }
    assert len(tags) == 1


def test_a_tag_changes_with_what_is_shown(world: World) -> None:
    here = world.round()
    before = world.anyone.get(here.recommendation).headers["etag"]
    here.tabled(world.lakeside)
    assert world.anyone.get(here.recommendation).headers["etag"] != before


def test_a_change_answers_with_the_tag_of_what_it_left(world: World) -> None:
    here = world.round()
    made = world.lakeside.post(f"{here.recommendation}/amendments", here.amended())
    assert world.anyone.get(made.headers["location"]).headers["etag"] == made.headers["etag"]


def test_problems_have_no_tag(world: World) -> None:
    assert "etag" not in world.anyone.get("/agendas/nobody").headers


def test_a_condition_lists_tags_or_anything() -> None:
    assert matches('"a"', '"a"')
    assert matches('"b", W/"a"', '"a"')
    assert matches("*", '"a"')
    assert not matches('"b"', '"a"')
    assert not matches("", '"a"')
