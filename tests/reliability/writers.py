"""People who write over the API until their server dies, and note what they were told."""

import itertools
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

API = "/api/v1"
TIMEOUT = 30.0
TRUSTED = ssl.create_default_context()
"""One for all clients: making one takes longer than many requests do."""

PAUSE = 0.05
"""Seconds between two writes of one person: many people write at once, none of them without end."""
REPLAYED = "Idempotency-Replayed"


@dataclass
class Write:
    """Something that was sent, and the words by which it is found again.

    `made` is the id of what it made, once somebody was told; an act on something that was there names it from the
    beginning. `answer` is the whole of a good answer, if one arrived.
    """

    kind: str
    path: str
    body: Mapping[str, Any]
    words: str
    makes: bool = True
    token: str = ""
    made: str = ""
    answer: Mapping[str, Any] = field(default_factory=dict)
    attempts: int = 0

    @property
    def acknowledged(self) -> bool:
        """Tell whether whoever sent it knows that it took effect."""
        return bool(self.answer)

    def sent_to(self, client: httpx.Client) -> httpx.Response:
        """Send it, each time under the same key."""
        self.attempts += 1
        headers = {"Idempotency-Key": self.words} if self.makes else {}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        return client.post(f"{API}{self.path}", json=self.body, headers=headers)

    def note(self, answer: httpx.Response) -> None:
        """Note a good answer."""
        said = answer.json()
        # Sent again after the server died, an act that took effect then is not possible any more.
        done_before = not self.makes and self.attempts > 1 and said.get("code") == "illegal_move"
        if answer.is_success or done_before:
            self.answer = said
            self.made = self.made or said["id"]


Plan = Iterator[Write | None]
"""What somebody writes, one after the other; None where there is nothing to write at the moment."""


@dataclass
class Writer:
    """Someone who writes one thing after the other; what got no answer is sent again before anything else.

    `silence` tells what came instead of the last answer that did not come.
    """

    token: str
    plan: Plan
    written: list[Write] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    unanswered: int = 0
    silence: str = ""
    replayed: int = 0

    def write(self, address: str, stop: threading.Event) -> None:
        """Write until told to stop, or until nobody answers any more."""
        headers = {"Authorization": f"Bearer {self.token}"}
        with httpx.Client(base_url=address, headers=headers, timeout=TIMEOUT, verify=TRUSTED) as client:
            while not stop.wait(PAUSE):
                if not self.written or self.written[-1].acknowledged:
                    following = next(self.plan)
                    if following is None:
                        continue
                    self.written.append(following)
                write = self.written[-1]
                try:
                    answer = write.sent_to(client)
                except httpx.TransportError as fault:
                    self.unanswered += 1
                    self.silence = f"{fault!r} after {write.attempts} attempts at {write.words}"
                    return
                self.replayed += REPLAYED in answer.headers
                write.note(answer)
                if not write.acknowledged:
                    self.refused.append(f"{write.kind} {answer.status_code}: {answer.text}")
                    return


@dataclass(frozen=True)
class Texts:
    """What the writers write on: a recommendation to amend, and one to take a position on."""

    recommendation: str
    version: str
    blocks: tuple[Mapping[str, Any], ...]
    other: str
    other_version: str
    other_digest: str


def contributing(texts: Texts, name: str) -> Iterator[Write]:
    """Comment and amend, again and again."""
    amended = [dict(block) for block in texts.blocks]
    for number in itertools.count(1):
        words = f"{name}-{number}"
        if number % 2:
            path = f"/recommendations/{texts.recommendation}/comments"
            yield Write("comment", path, {"text": words}, words)
        else:
            amended[1]["text"] = f"Ask {number} of the cities."
            body = {"base_version": texts.version, "blocks": amended, "justification": words}
            yield Write("amendment", f"/recommendations/{texts.recommendation}/amendments", body, words)


def taking_positions(texts: Texts, name: str) -> Plan:
    """Object, and withdraw that, again and again."""
    for number in itertools.count(1):
        words = f"{name}-{number}"
        body = {
            "version": texts.other_version,
            "digest": texts.other_digest,
            "stance": "objection",
            "statement": words,
            "resolved_by": "Other words.",
        }
        position = Write("position", f"/recommendations/{texts.other}/positions", body, words)
        yield position
        path = f"/positions/{position.made}/withdrawal"
        yield Write("withdrawal", path, {}, f"{words}-withdrawn", makes=False, made=position.made)


def deciding(texts: Texts, name: str) -> Plan:
    """Table an amendment and reject it, again and again."""
    for write in contributing(texts, name):
        yield write
        if write.kind == "amendment":
            words = f"{write.words}-rejected"
            body = {"decision": "rejected", "reason": words}
            path = f"/amendments/{write.made}/decision"
            yield Write("decision", path, body, words, makes=False, made=write.made)


def publishing(agenda: str, name: str, approver: str, is_released: Callable[[str], bool]) -> Plan:
    """Assemble an edition, let somebody else approve it, wait until it is released, again and again."""
    for number in itertools.count(1):
        words = f"{name}-{number}"
        edition = Write("edition", f"/agendas/{agenda}/editions", {"reason": f"{words}: a mistake."}, words)
        yield edition
        body = {"digest": edition.answer["digest"]}
        path = f"/editions/{edition.made}/approval"
        yield Write(
            "approval", path, body, f"{words}-approved", makes=False, token=approver, made=edition.made
        )
        while not is_released(edition.made):
            yield None
