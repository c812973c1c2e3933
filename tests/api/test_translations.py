"""The API of translations: beginning one, carrying it over, approving it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Any

from httpx import Response

from service.store.identity import Identity
from service.workflows import translations
from service.workflows.translations import WriteTranslation
from tests.api.world import Round, World, codes, fields


def body(here: Round, ask: str = "Réserver *un dixième*.") -> dict[str, Any]:
    version = here.version()
    title, paragraph = (block["id"] for block in version["blocks"])
    blocks = [{"id": title, "text": "Demande"}, {"id": paragraph, "text": ask}]
    return {"version_id": version["id"], "blocks": blocks}


def test_translation_is_begun_read_and_listed(world: World) -> None:
    here = world.round()
    path = f"{here.recommendation}/translations"
    answer = world.lakeside.post(path, {"language": "fr", **body(here)})
    assert answer.status_code == 201
    assert answer.json() == world.anyone.get(answer.headers["location"]).json()
    assert world.anyone.get(path).json() == {"items": [answer.json()], "next": None}
    assert (answer.json()["state"], answer.json()["stale"], answer.json()["missing"]) == ("human", False, [])
    assert [block["text"] for block in answer.json()["blocks"]] == ["Demande", "Réserver un dixième."]


def test_translation_is_refused_by_field(world: World) -> None:
    here = world.round()
    path = f"{here.recommendation}/translations"
    title = here.version()["blocks"][0]["id"]
    assert fields(world.lakeside.post(path, {"language": "en", **body(here)})) == ["language"]
    bare = {"language": "fr", **body(here), "blocks": [{"id": title, "text": "x" * 1_001}]}
    assert fields(world.lakeside.post(path, bare)) == ["blocks[0].text"]
    assert codes(
        world.stranger.post(path, {"language": "fr", **body(here), "on_behalf_of": world.lakeside_id})
    ) == (
        403,
        "foreign_organisation",
    )


def test_translation_is_written_anew_by_who_has_read_it(world: World) -> None:
    here = world.round()
    made = world.lakeside.post(f"{here.recommendation}/translations", {"language": "fr", **body(here)})
    path = made.headers["location"]
    assert codes(world.harbour.send("PATCH", path, json=body(here))) == (428, "condition_missing")
    read = {"If-Match": made.headers["etag"]}
    answer = world.harbour.send("PATCH", path, json=body(here, "Réserver un cinquième."), headers=read)
    assert (answer.status_code, answer.json()["organisation"]["name"]) == (200, "Harbour")
    assert codes(world.harbour.send("PATCH", path, json=body(here), headers=read)) == (412, "stale_state")


def meanwhile(world: World, here: Round, path: str, ask: str, send: Callable[[], Response]) -> Response:
    """Let somebody write a translation anew, while what is sent waits for the same translation."""
    ctx = world.house.context(Identity(person_id=world.harbour.person_id))
    sent = body(here, ask)
    texts = {block["id"]: block["text"] for block in sent["blocks"]}
    with ThreadPoolExecutor() as threads:
        with ctx.transaction():
            translations.write(
                ctx,
                WriteTranslation(path.rpartition("/")[2], world.harbour_id, sent["version_id"], texts),
            )
            waiting = threads.submit(send)
            # Long enough for it to have looked at what is there before it waits.
            wait([waiting], timeout=0.5)
        return waiting.result()


def test_what_was_written_a_moment_ago_is_not_written_over(world: World) -> None:
    here = world.round()
    made = world.lakeside.post(f"{here.recommendation}/translations", {"language": "fr", **body(here)})
    path, read = made.headers["location"], {"If-Match": made.headers["etag"]}
    answer = meanwhile(
        world, here, path, "Un cinquième.",
        lambda: world.lakeside.send("PATCH", path, json=body(here, "Un tiers."), headers=read),
    )  # fmt: skip
    assert codes(answer) == (412, "stale_state")
    assert world.anyone.get(path).json()["blocks"][1]["text"] == "Un cinquième."


def test_words_that_were_not_read_are_not_approved(world: World) -> None:
    here = world.round()
    made = world.lakeside.post(f"{here.recommendation}/translations", {"language": "fr", **body(here)})
    path, read = made.headers["location"], {"If-Match": made.headers["etag"]}
    answer = meanwhile(
        world, here, path, "Un cinquième.", lambda: world.facility.post(f"{path}/approval", headers=read)
    )
    assert codes(answer) == (412, "stale_state")
    assert world.anyone.get(path).json()["state"] == "human"


def test_somebody_else_approves_and_opens_again(world: World) -> None:
    here = world.round()
    made = world.lakeside.post(f"{here.recommendation}/translations", {"language": "fr", **body(here)})
    path = f"{made.headers['location']}/approval"
    assert codes(world.lakeside.post(path)) == (403, "denied")
    answer = world.facility.post(path)
    assert (answer.json()["state"], answer.json()["approved_for"]["name"]) == (
        "approved",
        "Coordination facility",
    )
    assert codes(world.facility.post(path)) == (409, "illegal_move")
    assert codes(world.facility.send("DELETE", path)) == (428, "condition_missing")
    opened = world.facility.send("DELETE", path, headers={"If-Match": answer.headers["etag"]})
    assert (opened.json()["state"], opened.json()["approved_at"]) == ("human", None)
    own = {"language": "es", **body(here)}
    mine = world.facility.post(f"{here.recommendation}/translations", own).headers["location"]
    assert codes(world.facility.post(f"{mine}/approval")) == (403, "own_translation")


def test_a_lesson_is_translated_as_one_block(world: World) -> None:
    here = world.round()
    lesson = world.lakeside.post(f"{here.agenda}/lessons", {"text": "Start small."})
    path = f"{lesson.headers['location']}/translations"
    version = lesson.json()["version"]
    sent = {"version_id": version["id"], "blocks": [{"id": "lesson", "text": "Commencer petit."}]}
    answer = world.lakeside.post(path, {"language": "fr", **sent})
    assert (answer.status_code, answer.json()["lesson_id"]) == (201, lesson.json()["id"])
    assert (answer.json()["version"], answer.json()["recommendation_id"]) == (version, None)
    assert world.anyone.get(path).json() == {"items": [answer.json()], "next": None}
    stale = {"language": "es", **sent, "version_id": "0" * 64}
    assert codes(world.lakeside.post(path, stale)) == (412, "stale_state")
    read = {"If-Match": answer.headers["etag"]}
    again = {**sent, "blocks": [{"id": "lesson", "text": "x" * 1_001}]}
    refused = world.harbour.send("PATCH", answer.headers["location"], json=again, headers=read)
    assert fields(refused) == ["blocks[0].text"]
