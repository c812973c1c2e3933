"""The API of evidence: adding it, and finding it again."""

import pytest

from tests.api.world import World, codes, fields

REPORT = {"kind": "document", "title": "Upkeep of shared works", "source": "City archive", "page": "12"}


def test_evidence_is_found_where_it_underpins_a_claim(world: World) -> None:
    here = world.round()
    ask = here.version()["blocks"][1]["id"]
    underpins = [{"recommendation_id": here.recommendation_id, "block_id": ask}]
    answer = world.lakeside.post(f"{here.agenda}/evidence", {**REPORT, "underpins": underpins})
    assert answer.status_code == 201
    made = answer.json()
    assert made == world.anyone.get(answer.headers["location"]).json()
    assert {key: made[key] for key in REPORT} == REPORT
    assert made["underpins"] == underpins
    everywhere = [f"{here.agenda}/evidence", f"{here.recommendation}/evidence"]
    assert [world.anyone.get(path).json()["items"] for path in everywhere] == [[made], [made]]


@pytest.mark.parametrize(
    ("wrong", "status", "field"),
    [
        ({"title": ""}, 422, "title"),
        ({"source": ""}, 422, "source"),
        ({"url": "javascript:alert(1)"}, 422, "url"),
        ({"url": "file:///etc/passwd"}, 422, "url"),
        ({"kind": "rumour"}, 400, "kind"),
        ({"underpins": [{"block_id": "x"}]}, 400, "underpins[0].recommendation_id"),
    ],
)
def test_evidence_that_cannot_be_found_again_is_refused(
    world: World, wrong: dict[str, object], status: int, field: str
) -> None:
    here = world.round()
    answer = world.lakeside.post(f"{here.agenda}/evidence", {**REPORT, **wrong})
    assert (answer.status_code, fields(answer)) == (status, [field])


def test_evidence_for_an_unknown_block_names_it(world: World) -> None:
    here = world.round()
    underpins = [{"recommendation_id": here.recommendation_id, "block_id": "gone"}]
    answer = world.lakeside.post(f"{here.agenda}/evidence", {**REPORT, "underpins": underpins})
    assert (codes(answer), fields(answer)) == ((422, "invalid"), ["underpins[0].block_id"])


def test_evidence_needs_a_mandate_or_the_rapporteur(world: World) -> None:
    here = world.round()
    path = f"{here.agenda}/evidence"
    assert codes(world.anyone.post(path, REPORT)) == (401, "sign_in_needed")
    assert codes(world.lakeside.post(path, {**REPORT, "on_behalf_of": world.harbour_id}))[0] == 403
    assert world.facility.post(path, REPORT).status_code == 201
    unknown = world.facility.post(path, {**REPORT, "on_behalf_of": "nobody"})
    assert codes(unknown) == (403, "foreign_organisation")
