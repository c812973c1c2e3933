"""The API of comments: threads, answers, settling."""

import pytest

from service.domain.phases import Phase
from tests.api.world import TEXT, World, codes, fields


def test_a_comment_on_a_phrase_knows_its_place(world: World) -> None:
    here = world.round()
    ask = here.version()["blocks"][1]["id"]
    body = {"kind": "technical", "text": "Of which budget?", "block_id": ask, "quotation": "a tenth"}
    answer = world.lakeside.post(f"{here.recommendation}/comments", body)
    assert answer.status_code == 201
    made = answer.json()
    assert made == world.anyone.get(answer.headers["location"]).json()
    start = TEXT.index("a tenth")
    assert (made["block_id"], made["start"], made["end"]) == (ask, start, start + 7)
    assert (made["kind"], made["state"], made["organisation"]["name"]) == ("technical", "open", "Lakeside")
    assert world.anyone.get(f"{here.recommendation}/comments").json() == {"items": [made], "next": None}


@pytest.mark.parametrize(
    ("wrong", "status", "field"),
    [
        ({"text": ""}, 422, "text"),
        ({"text": "a " * 2001}, 422, "text"),
        ({"text": "a" + "\u0301" * 100_000}, 422, "text"),
        ({"kind": "rude"}, 400, "kind"),
        ({"block_id": "elsewhere"}, 422, "block_id"),
        ({"start": -1}, 400, "start"),
        ({"start": 10**30}, 400, "start"),
        ({"version": ""}, 400, "version"),
    ],
)
def test_a_wrong_field_of_a_comment_is_named(
    world: World, wrong: dict[str, object], status: int, field: str
) -> None:
    here = world.round()
    answer = world.lakeside.post(f"{here.recommendation}/comments", {"text": "Why?", **wrong})
    assert (answer.status_code, fields(answer)) == (status, [field])


def test_a_range_outside_the_block_is_refused(world: World) -> None:
    here = world.round()
    ask = here.version()["blocks"][1]["id"]
    body = {"text": "Why?", "block_id": ask, "start": 0, "end": 5_000}
    answer = world.lakeside.post(f"{here.recommendation}/comments", body)
    assert (codes(answer), fields(answer)) == ((422, "invalid"), ["end"])


def test_a_thread_is_answered_and_settled(world: World) -> None:
    here = world.round()
    path = world.lakeside.post(f"{here.recommendation}/comments", {"text": "Why?"}).headers["location"]
    answer = world.harbour.post(f"{path}/replies", {"text": "Because."})
    assert (answer.status_code, answer.json()["state"]) == (201, "answered")
    replies = world.anyone.get(f"{path}/replies").json()["items"]
    assert [(reply["organisation"]["name"], reply["text"]) for reply in replies] == [("Harbour", "Because.")]
    assert codes(world.harbour.post(f"{path}/resolution", {"action": "resolve"})) == (403, "denied")
    declined = world.facility.post(f"{path}/resolution", {"action": "decline"})
    assert (codes(declined), fields(declined)) == ((422, "invalid"), ["text"])
    settled = world.facility.post(f"{path}/resolution", {"action": "resolve", "text": "Clear now."})
    assert (settled.json()["state"], settled.json()["resolution"]) == ("resolved", "Clear now.")
    again = world.facility.post(f"{path}/resolution", {"action": "decline", "text": "No."})
    assert codes(again) == (409, "illegal_move")
    assert world.lakeside.post(f"{path}/resolution", {"action": "reopen"}).json()["state"] == "open"


def test_commenting_has_its_phases(world: World) -> None:
    here = world.round(Phase.ENDORSEMENT)
    answer = world.lakeside.post(f"{here.recommendation}/comments", {"text": "Late."})
    assert codes(answer) == (409, "phase_closed")


def test_an_amendment_is_commented_on(world: World) -> None:
    here = world.round(Phase.AMENDING)
    amendment = here.tabled(world.lakeside)["id"]
    body = {"text": "Why a half?", "amendment": amendment}
    made = world.harbour.post(f"{here.recommendation}/comments", body).json()
    assert (made["amendment_id"], made["block_id"]) == (amendment, None)
    assert world.anyone.get(f"/amendments/{amendment}/comments").json() == {"items": [made], "next": None}
    other = world.round(Phase.AMENDING)
    assert codes(world.harbour.post(f"{other.recommendation}/comments", body)) == (404, "unknown")


def test_open_comments_of_an_agenda_are_listed_until_they_are_answered(world: World) -> None:
    here = world.round()
    path = world.lakeside.post(f"{here.recommendation}/comments", {"text": "Why?"}).headers["location"]
    listed = f"{here.agenda}/open-comments?recommendation={here.recommendation.rpartition('/')[2]}"
    assert world.anyone.get(listed).json() == {"items": [world.anyone.get(path).json()], "next": None}
    world.harbour.post(f"{path}/replies", {"text": "Because."})
    assert world.anyone.get(f"{here.agenda}/open-comments").json() == {"items": [], "next": None}
