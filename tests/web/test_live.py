"""News of an agenda, from a running server."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest

from tests.serving import Demonstration, Server
from tests.web.visitors import Site, Visitor
from tests.worlds import World

SOON = 5.0


@contextmanager
def listening(server: Server, path: str, **headers: str) -> Iterator[Iterator[str]]:
    """Listen to a stream; what comes is told line by line."""
    with (
        httpx.Client(base_url=server.address, timeout=20) as client,
        client.stream("GET", path, headers={"Accept-Encoding": "br, gzip", **headers}) as answer,
    ):
        assert answer.headers["content-type"] == "text/event-stream; charset=utf-8"
        assert "content-encoding" not in answer.headers
        assert "connect-src 'self'" in answer.headers["content-security-policy"]
        yield answer.iter_lines()


def told(lines: Iterator[str]) -> tuple[int, str]:
    """Wait for the next entry, and return its number and what it says."""
    number = next(line for line in lines if line.startswith("id: "))
    return int(number.removeprefix("id: ")), next(lines)


def commented(server: Server) -> str:
    """Post a comment, and return the agenda that it belongs to."""
    with server.client("city1") as city:
        agendas = city.get("/api/v1/agendas").json()["items"]
        agenda = next(one["id"] for one in agendas if "comment" in one["open"])
        ask = city.get(f"/api/v1/agendas/{agenda}/recommendations").json()["items"][0]["id"]
        posted = city.post(
            f"/api/v1/recommendations/{ask}/comments", json={"kind": "general", "text": "Who pays for it?"}
        )
        assert posted.status_code == 201, posted.text
    return str(agenda)


def test_news_come_at_once_again_after_a_break_and_hold_up_no_stop(
    demonstration: Demonstration, tmp_path: Path
) -> None:
    with ExitStack() as open_streams:
        with demonstration.served(tmp_path) as server:
            agenda = commented(server)
            path = f"/agendas/{agenda}/events"
            with listening(server, path) as lines:
                next(lines)
                before = time.monotonic()
                commented(server)
                number, data = told(lines)
                assert time.monotonic() - before < SOON
                assert '"comment.posted"' in data
            commented(server)
            with listening(server, path, **{"Last-Event-ID": str(number)}) as lines:
                assert told(lines)[0] == number + 1
            lines = open_streams.enter_context(listening(server, f"{path}?after={number - 1}"))
            assert told(lines)[0] == number
            leaving = time.monotonic()
        assert time.monotonic() - leaving < SOON
        # It came to its end, and was not torn off.
        assert list(lines)[-1:] == [""]


def test_news_of_an_agenda_that_there_is_not_are_none(site: Site) -> None:
    assert site.visitor.opens("/agendas/none/events").status == 404


def test_who_has_too_many_streams_is_asked_to_come_later(
    site: Site, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.web.watching.STREAMS_OF_ONE", 0)
    answer = Visitor(site.client).opens(f"/agendas/{world.agenda}/events")
    assert (answer.status, answer.headers["retry-after"]) == (429, "30")


def test_pages_know_where_their_news_begin(site: Site, world: World) -> None:
    entries = len(site.house.record(world.agenda))
    page = site.visitor.opens(f"/recommendations/{world.recommendation}").html
    assert f'data-events="/agendas/{world.agenda}/events" data-after="{entries}"' in page
    assert "<p hidden>Changes since you opened this page:" in page
