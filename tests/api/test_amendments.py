"""The API of amendments: tabling, signing, carrying over."""

import pytest

from service.domain.phases import Phase
from tests.api.world import TEXT, Round, World, codes, fields


def test_a_tabled_amendment_is_shown_whole_at_its_address(world: World) -> None:
    here = world.round()
    version = here.version()
    body = here.amended()
    answer = world.lakeside.post(f"{here.recommendation}/amendments", body)
    assert answer.status_code == 201
    made = answer.json()
    assert made == world.anyone.get(answer.headers["location"]).json()
    assert (made["number"], made["state"], made["stale"]) == (1, "tabled", False)
    assert made["base_version"] == {key: version[key] for key in ("id", "number", "digest")}
    assert made["organisations"] == [{"id": world.lakeside_id, "name": "Lakeside"}]
    assert (made["justification"], made["language"], made["blocks"]) == (
        "It costs more.",
        "en",
        body["blocks"],
    )
    assert made["block_ids"] == [body["blocks"][1]["id"]]
    assert made["created_at"].endswith("Z")


def test_an_amendment_needs_a_signed_in_person_with_a_mandate(world: World) -> None:
    here = world.round()
    path, body = f"{here.recommendation}/amendments", here.amended()
    assert codes(world.anyone.post(path, body)) == (401, "sign_in_needed")
    assert codes(world.facility.post(path, body)) == (403, "foreign_organisation")
    foreign = world.lakeside.post(path, {**body, "on_behalf_of": world.harbour_id})
    assert codes(foreign) == (403, "foreign_organisation")
    assert codes(world.stranger.post(path, body)) == (403, "not_participating")


def test_who_acts_for_several_says_for_which(world: World) -> None:
    here = world.round()
    path, body = f"{here.recommendation}/amendments", here.amended()
    answer = world.both.post(path, body)
    assert (codes(answer), fields(answer)) == ((422, "invalid"), ["on_behalf_of"])
    named = world.both.post(path, {**body, "on_behalf_of": world.harbour_id})
    assert named.json()["organisations"] == [{"id": world.harbour_id, "name": "Harbour"}]


def test_an_amendment_that_changes_nothing_is_refused(world: World) -> None:
    here = world.round()
    answer = world.lakeside.post(f"{here.recommendation}/amendments", here.amended(new="a tenth"))
    assert codes(answer) == (422, "empty_change")
    unseen = here.amended(old="Calls on", new="Calls\u200b on")
    assert codes(world.lakeside.post(f"{here.recommendation}/amendments", unseen)) == (422, "empty_change")


def in_markdown(here: Round, written: str) -> dict[str, object]:
    """Return the body of an amendment that says the whole text as Markdown."""
    return {"base_version": here.version()["id"], "markdown": written, "justification": "It costs more."}


def test_an_amendment_in_markdown_keeps_the_ids_of_what_it_still_holds(world: World) -> None:
    here = world.round()
    title, ask = here.version()["blocks"]
    body = in_markdown(here, f"# {title['text']}\n\n- new *item*\n\n{TEXT.replace('a tenth', 'a fifth')}")
    made = world.lakeside.post(f"{here.recommendation}/amendments", body)
    assert made.status_code == 201
    first, item, second = made.json()["blocks"]
    assert (first, second) == (title, {**ask, "text": TEXT.replace("a tenth", "a fifth")})
    assert item == {
        "id": item["id"],
        "kind": "list_item",
        "level": 1,
        "text": "new item",
        "marks": [{"kind": "emphasis", "start": 4, "end": 8, "href": None}],
    }
    assert item["id"] not in {title["id"], ask["id"], "new-1"}


def test_a_version_read_as_text_and_sent_back_changes_nothing(world: World) -> None:
    here = world.round()
    text = world.anyone.get(f"/versions/{here.version()['id']}/text").text
    answer = world.lakeside.post(f"{here.recommendation}/amendments", in_markdown(here, text))
    assert codes(answer) == (422, "empty_change")


def test_the_text_of_an_amendment_is_sent_in_exactly_one_of_two_ways(world: World) -> None:
    here = world.round()
    both = {**here.amended(), "markdown": "# Title\n\nThe ask."}
    for body in (both, {name: value for name, value in here.amended().items() if name != "blocks"}):
        answer = world.lakeside.post(f"{here.recommendation}/amendments", body)
        assert (codes(answer), answer.json()["errors"]) == (
            (400, "invalid_request"),
            [
                {
                    "field": "blocks",
                    "message": "Send the text either in `blocks` or in `markdown`: exactly one of them.",
                }
            ],
        )


@pytest.mark.parametrize(
    ("written", "status", "field"),
    [
        ("", 422, "markdown"),
        ("# Title\n\nFine.\n\n# Another title", 422, "markdown[5]"),
        (f"# Title\n\nFine.\n{'x' * 1001}", 422, "markdown[3]"),
        (None, 400, "markdown"),
        (["# Title"], 400, "markdown"),
    ],
)
def test_what_is_wrong_with_markdown_is_named_by_its_line(
    world: World, written: object, status: int, field: str
) -> None:
    here = world.round()
    body = in_markdown(here, "") | {"markdown": written}
    answer = world.lakeside.post(f"{here.recommendation}/amendments", body)
    assert (answer.status_code, fields(answer)) == (status, [field])


def test_markdown_on_a_version_of_nothing_is_refused(world: World) -> None:
    here = world.round()
    body = in_markdown(here, "# Title\n\nThe ask.") | {"base_version": "nobody"}
    assert codes(world.lakeside.post(f"{here.recommendation}/amendments", body)) == (404, "unknown")


@pytest.mark.parametrize(
    ("wrong", "status", "field"),
    [
        ({"justification": ""}, 422, "justification"),
        ({"justification": "x " * 2001}, 422, "justification"),
        ({"justification": None}, 400, "justification"),
        ({"language": "tlh"}, 422, "language"),
        ({"language": 7}, 400, "language"),
        ({"base_version": "\0"}, 400, "base_version"),
        ({"draft": "yes"}, 400, "draft"),
        ({"draft": 1}, 400, "draft"),
        ({"blocks": "text"}, 400, "blocks"),
        ({"blocks": None}, 400, "blocks"),
        ({"blocks": [{}] * 501}, 400, "blocks[0].kind"),
        ({"on_behalf_of": 3}, 400, "on_behalf_of"),
        ({"organisation_id": "other"}, 400, "organisation_id"),
        ({"state": "accepted"}, 400, "state"),
    ],
)
def test_a_wrong_field_of_an_amendment_is_named(
    world: World, wrong: dict[str, object], status: int, field: str
) -> None:
    here = world.round()
    answer = world.lakeside.post(f"{here.recommendation}/amendments", {**here.amended(), **wrong})
    assert (answer.status_code, fields(answer)[0]) == (status, field)
    assert world.anyone.get(f"{here.agenda}/amendments").json()["items"] == []


def test_amending_ends_with_its_phase(world: World) -> None:
    here = world.round(Phase.CONSOLIDATION)
    answer = world.lakeside.post(f"{here.recommendation}/amendments", here.amended())
    assert codes(answer) == (409, "phase_closed")


def test_a_version_of_elsewhere_is_no_base(world: World) -> None:
    here, there = world.round(), world.round()
    body = {**here.amended(), "base_version": there.version()["id"]}
    answer = world.lakeside.post(f"{here.recommendation}/amendments", body)
    assert codes(answer) == (404, "unknown")
    body = {**here.amended(), "base_version": "nobody"}
    assert codes(world.lakeside.post(f"{here.recommendation}/amendments", body)) == (404, "unknown")


def test_amendments_are_filtered(world: World) -> None:
    here = world.round(drafts=2)
    first = here.tabled(world.lakeside)
    second = here.tabled(world.harbour)
    world.facility.post(f"/amendments/{second['id']}/decision", {"decision": "rejected", "reason": "No."})

    def found(query: str) -> list[str]:
        return [item["id"] for item in world.anyone.get(f"{here.agenda}/amendments{query}").json()["items"]]

    assert found("") == [first["id"], second["id"]]
    assert found("?state=rejected") == [second["id"]]
    assert found("?state=rejected&state=tabled") == [first["id"], second["id"]]
    assert found(f"?organisation={world.lakeside_id}") == [first["id"]]
    assert found(f"?recommendation={here.recommendation_ids[1]}") == []
    own = world.anyone.get(f"{here.recommendation}/amendments?state=tabled").json()["items"]
    assert [item["id"] for item in own] == [first["id"]]
    assert codes(world.anyone.get(f"{here.agenda}/amendments?state=lost")) == (400, "invalid_request")
    assert codes(world.anyone.get(f"{here.agenda}/amendments?organisation=%00")) == (400, "invalid_request")


def test_a_draft_is_kept_changed_and_tabled(world: World) -> None:
    here = world.round()
    answer = world.lakeside.post(f"{here.recommendation}/amendments", {**here.amended(), "draft": True})
    path = answer.headers["location"]
    assert (answer.json()["state"], answer.json()["number"]) == ("draft", None)
    assert codes(world.anyone.get(path)) == (404, "unknown")
    assert codes(world.harbour.get(path)) == (404, "unknown")
    read = {"If-Match": world.lakeside.get(path).headers["etag"]}
    assert codes(world.lakeside.patch(path, {"justification": "Now."})) == (428, "condition_missing")
    changed = world.lakeside.patch(path, {"justification": "Now."}, headers=read)
    assert (changed.status_code, changed.json()["justification"]) == (200, "Now.")
    assert codes(world.lakeside.patch(path, {"justification": "Again."}, headers=read)) == (
        412,
        "stale_state",
    )
    assert world.lakeside.get(path).headers["etag"] == changed.headers["etag"]
    tabled = world.lakeside.post(f"{path}/tabling")
    assert (tabled.json()["state"], tabled.json()["number"]) == ("tabled", 1)
    read = {"If-Match": tabled.headers["etag"]}
    assert codes(world.lakeside.patch(path, {"justification": "Late."}, headers=read)) == (
        409,
        "illegal_move",
    )


def test_another_organisation_signs_once(world: World) -> None:
    here = world.round()
    path = f"/amendments/{here.tabled(world.lakeside)['id']}"
    answer = world.harbour.post(f"{path}/signatures", {})
    assert answer.status_code == 201
    assert [o["name"] for o in answer.json()["organisations"]] == ["Lakeside", "Harbour"]
    assert codes(world.harbour.post(f"{path}/signatures", {})) == (409, "already_signed")
    assert codes(world.lakeside.post(f"{path}/signatures", {})) == (409, "already_signed")
    foreign = world.harbour.post(f"{path}/signatures", {"on_behalf_of": world.lakeside_id})
    assert codes(foreign) == (403, "foreign_organisation")


def test_the_diff_is_exact_and_readable(world: World) -> None:
    here = world.round()
    made = here.tabled(world.lakeside)
    found = world.anyone.get(f"/amendments/{made['id']}/diff").json()
    assert found["decided"] is None
    assert found["base_version"] == made["base_version"]
    edit = found["proposed"]["operations"][0]
    place = TEXT.index("tenth")
    assert (edit["start"], edit["end"], edit["deleted"], edit["inserted"]) == (
        place,
        place + 5,
        "tenth",
        "fifth",
    )
    spans = found["proposed"]["changes"][1]["spans"]
    assert "".join(span["text"] for span in spans if span["state"] != "inserted") == TEXT
    assert found["proposed"]["summary"] == "Replaces “tenth” by “fifth”."


def test_the_diff_can_be_read_as_plain_text(world: World) -> None:
    made = world.round().tabled(world.lakeside)
    answer = world.anyone.get(f"/amendments/{made['id']}/diff", params={"format": "text"})
    assert answer.headers["content-type"].startswith("text/plain")
    told = answer.text.splitlines()
    assert told[0] == "Replaces “tenth” by “fifth”."
    assert "[removed: tenth] [added: fifth]" in " ".join(told)
    again = world.anyone.get(
        f"/amendments/{made['id']}/diff?format=text", headers={"if-none-match": answer.headers["etag"]}
    )
    assert again.status_code == 304


def test_altered_letters_and_looks_are_told_apart_in_the_diff(world: World) -> None:
    here = world.round()
    made = here.tabled(world.lakeside, old="project", new="projects")
    changes = world.anyone.get(f"/amendments/{made['id']}/diff").json()["proposed"]["changes"]
    inserted = next(span for span in changes[1]["spans"] if span["state"] == "inserted")
    plain = {"look": {"emphasis": False, "strong": False, "href": ""}, "was": None}
    assert inserted["details"] == [
        {"text": "project", "altered": False, **plain},
        {"text": "s", "altered": True, **plain},
    ]


def test_an_amendment_is_carried_over_to_a_newer_text(world: World) -> None:
    here = world.round()
    first = here.tabled(world.lakeside)
    second = here.tabled(world.harbour, old="any project", new="any one project")
    world.facility.post(f"/amendments/{first['id']}/decision", {"decision": "accepted"})
    assert world.facility.post(f"{here.recommendation}/merges", {}).status_code == 201
    path = f"/amendments/{second['id']}"
    assert world.anyone.get(path).json()["stale"] is True
    preview = world.anyone.get(f"{path}/rebase").json()
    assert (preview["outcome"], preview["current_version"]) == ("clean", 2)
    expected = TEXT.replace("a tenth", "a fifth").replace("any project", "any one project")
    assert preview["blocks"][1]["text"] == expected
    assert codes(world.lakeside.post(f"{path}/rebase", {})) == (403, "foreign_organisation")
    moved = world.harbour.post(f"{path}/rebase", {}).json()
    assert (moved["blocks"][1]["text"], moved["rebased"], moved["stale"]) == (expected, 1, False)


def test_an_amendment_that_conflicts_is_rewritten_by_its_author(world: World) -> None:
    here = world.round()
    first, second = here.tabled(world.lakeside), here.tabled(world.harbour, new="a third")
    world.facility.post(f"/amendments/{first['id']}/decision", {"decision": "accepted"})
    world.facility.post(f"{here.recommendation}/merges", {})
    path = f"/amendments/{second['id']}"
    assert world.anyone.get(f"{path}/rebase").json()["blocks"] is None
    assert codes(world.harbour.post(f"{path}/rebase", {})) == (409, "cannot_rebase")
    rewritten = here.amended(old="a fifth", new="a third")["blocks"]
    moved = world.harbour.post(f"{path}/rebase", {"blocks": rewritten})
    assert (moved.status_code, moved.json()["blocks"]) == (200, rewritten)


def test_an_amendment_is_withdrawn_by_its_authors(world: World) -> None:
    here = world.round()
    path = f"/amendments/{here.tabled(world.lakeside)['id']}"
    assert codes(world.harbour.post(f"{path}/withdrawal")) == (403, "foreign_organisation")
    stale = world.lakeside.post(f"{path}/withdrawal", headers={"If-Match": '"other"'})
    assert codes(stale) == (412, "stale_state")
    assert world.lakeside.post(f"{path}/withdrawal").json()["state"] == "withdrawn"
    assert codes(world.lakeside.post(f"{path}/withdrawal")) == (409, "illegal_move")
