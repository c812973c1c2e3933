"""Tables and papers that somebody hands in: refused by their field, or told what they are, and nothing is believed."""

import base64
import json

import pytest

from tests.acceptance.people import API, Person, person
from tests.hostile import files
from tests.hostile.measuring import PAPER, quickly
from tests.hostile.pages import refused, untold
from tests.serving import Server

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def paper(target: Server) -> bytes:
    """A paper that was sealed."""
    with person(target) as visitor:
        agendas = [agenda["id"] for agenda in visitor.all("/agendas")]
        editions = [one for agenda in agendas for one in visitor.all(f"/agendas/{agenda}/editions")]
        return visitor.downloads(f"/editions/{editions[0]['id']}/pdf")


@pytest.fixture(scope="module")
def receipt(target: Server) -> dict[str, object]:
    """A receipt for a position."""
    with person(target) as visitor:
        for agenda in visitor.all("/agendas"):
            for one in visitor.all(f"/agendas/{agenda['id']}/recommendations"):
                for position in visitor.all(f"/recommendations/{one['id']}/positions"):
                    found: dict[str, object] = visitor.read(f"/positions/{position['id']}/receipt")
                    return found
    raise AssertionError


def checked(server: Server, visitor: Person, file: bytes) -> str:
    """Return what the service says of a file, which must not take it long."""
    with quickly(server, file[:100], PAPER):
        answer = visitor.client.post(
            f"{API}/verifications", content=file, headers={"Content-Type": "application/pdf"}
        )
    assert (answer.status_code, untold(answer)) == (200, []), answer.text[:300]
    verdict: str = answer.json()["verdict"]
    return verdict


@pytest.mark.parametrize("number", files.TABLES)
def test_table_that_is_none_is_refused(modest: Server, agenda: str, number: str) -> None:
    with person(modest, "facility") as facility:
        for content in files.TABLES[number]():
            body = {"file": base64.b64encode(content).decode(), "dry_run": False}
            with quickly(modest, number):
                answer = facility.client.post(f"{API}/agendas/{agenda}/imports", json=body)
            assert refused(answer) == ["file"], number
            assert answer.status_code in {400, 413, 422}


def test_paper_that_was_tampered_with_is_never_valid(modest: Server, paper: bytes) -> None:
    with person(modest) as visitor:
        # Each costs a process of its own; all the others are tried where papers are read.
        chosen = {number: (forged, right) for number, forged, right in files.papers(paper)}
        for number in ("B061", "B066", "B067"):
            forged, right = chosen[number]
            assert checked(modest, visitor, forged) in right, number


@pytest.mark.parametrize("name", files.CRAFTED)
def test_paper_that_keeps_its_reader_busy_is_given_up(modest: Server, name: str) -> None:
    with person(modest) as visitor:
        assert checked(modest, visitor, files.CRAFTED[name]()) == "unknown"


def test_receipt_that_proves_nothing_is_never_valid(modest: Server, receipt: dict[str, object]) -> None:
    with person(modest) as visitor:
        assert checked(modest, visitor, json.dumps(receipt).encode()) == "valid"
        for forged in files.receipts(receipt):
            assert checked(modest, visitor, json.dumps(forged).encode()) == "broken"
        doubled = json.dumps(receipt).replace("{", '{"index": 0, ', 1)
        assert checked(modest, visitor, doubled.encode()) == "broken"
