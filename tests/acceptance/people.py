"""People of the demonstration at work over the API, each with a token of their own."""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from tests.serving import Server

API = "/api/v1"
PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who asks; what they are refused is an answer too, but not one that they took for granted."""

    client: httpx.Client

    def read(self, path: str) -> Any:  # noqa: ANN401 - JSON
        """Read a thing."""
        return self._granted(self.client.get(f"{API}{path}"))

    def all(self, path: str) -> list[Any]:
        """Read a list, page after page."""
        items: list[Any] = []
        cursor = ""
        while True:
            sign = "&" if "?" in path else "?"
            page = self.read(f"{path}{sign}limit=100{cursor}")
            items += page["items"]
            if page["next"] is None:
                return items
            cursor = f"&cursor={page['next']}"

    def does(self, path: str, **body: Any) -> Any:  # noqa: ANN401 - JSON
        """Do something that is granted, and return what it made."""
        return self._granted(self.client.post(f"{API}{path}", json=body))

    def is_refused(
        self,
        path: str,
        *,
        headers: Mapping[str, str] | None = None,
        **body: Any,  # noqa: ANN401 - JSON
    ) -> tuple[int, str]:
        """Try something, and return the status and the code of the refusal."""
        return refusal(self.client.post(f"{API}{path}", json=body, headers=headers))

    def downloads(self, path: str) -> bytes:
        """Download a file."""
        answer = self.client.get(f"{API}{path}")
        assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
        return answer.content

    def verifies(self, paper: bytes) -> Any:  # noqa: ANN401 - JSON
        """Let the service check a paper, and return its report."""
        headers = {"Content-Type": "application/pdf"}
        return self._granted(self.client.post(f"{API}/verifications", content=paper, headers=headers))

    def _granted(self, answer: httpx.Response) -> Any:  # noqa: ANN401 - JSON
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None


def refusal(answer: httpx.Response) -> tuple[int, str]:
    """Return the status and the code of a problem, which has to be one that a program can read."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    problem = answer.json()
    assert set(problem) >= {"type", "title", "status", "detail", "code", "errors"}
    assert problem["status"] == answer.status_code
    return answer.status_code, problem["code"]


@contextmanager
def person(server: Server, who: str = "") -> Iterator[Person]:
    """Let someone work: a person of the demonstration by the part of their address before the @, or a visitor."""
    with server.client(who) as client:
        yield Person(client)


def agenda_in(visitor: Person, phase: str) -> Any:  # noqa: ANN401 - JSON
    """Return the agenda that is in this phase."""
    found = [agenda for agenda in visitor.all("/agendas") if agenda["phase"] == phase]
    assert len(found) == 1
    return found[0]


def reworded(version: Mapping[str, Any], place: int, old: str, new: str) -> list[Any]:
    """Return the blocks of a version, ids kept, with other words in the block at `place`."""
    blocks = [dict(block) for block in version["blocks"]]
    assert old in blocks[place]["text"]
    blocks[place] = blocks[place] | {"text": blocks[place]["text"].replace(old, new, 1), "marks": []}
    return blocks


def released(visitor: Person, edition_id: str) -> Any:  # noqa: ANN401 - JSON
    """Wait until an edition is released, and return it."""
    patience = time.monotonic() + PATIENCE
    while True:
        edition = visitor.read(f"/editions/{edition_id}")
        if edition["state"] == "released":
            return edition
        assert time.monotonic() < patience, edition
        time.sleep(0.2)


def with_one_byte_changed(paper: bytes) -> bytes:
    """Return a paper in which one byte in the middle is another."""
    changed = bytearray(paper)
    changed[len(changed) // 2] ^= 1
    return bytes(changed)


def words(block: Mapping[str, Any], first: int, last: int) -> str:
    """Return the words of a block from the one numbered `first` up to the one before `last`."""
    chosen: Sequence[str] = block["text"].split()[first:last]
    return " ".join(chosen)
