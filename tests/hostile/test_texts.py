"""Hostile texts in every field that takes words, over the API and through the forms: kept as text, or refused."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from tests.acceptance.people import API, Person, person, words
from tests.hostile.pages import read, refused, untold
from tests.hostile.texts import ADDRESSES, CHARACTERS, FLOODS, MARKUP
from tests.serving import Server

TEXTS = MARKUP | CHARACTERS | FLOODS
UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ufeff]")

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Ground:
    """Where hostile texts go: a recommendation with its current version, and a thread on it."""

    agenda: str
    recommendation: str
    version: Mapping[str, Any]
    thread: str

    @property
    def amended(self) -> list[dict[str, Any]]:
        """The blocks of the version with one word more."""
        blocks = [dict(block) for block in self.version["blocks"]]
        return [*blocks[:-1], blocks[-1] | {"text": f"{blocks[-1]['text']} Truly."}]

    def fields(self, text: str) -> list[tuple[str, str, dict[str, Any], str]]:
        """Return every field that takes words: its path, its name, the body that has `text` in it, and a page."""
        about, around = f"/recommendations/{self.recommendation}", f"/agendas/{self.agenda}"
        amendment = {"base_version": self.version["id"], "blocks": self.amended, "justification": "Why not?"}
        last = len(self.amended) - 1
        reworded = [*self.amended[:-1], self.amended[-1] | {"text": text, "marks": []}]
        new_block = [*self.amended, {"kind": "paragraph", "text": text}]
        evidence = {"kind": "result", "title": "A result", "source": "A report"}
        place = {"block_id": self.version["blocks"][1]["id"]}
        tables, adds = f"{about}/amendments", f"{around}/evidence"
        return [
            (tables, f"blocks[{last}].text", amendment | {"blocks": reworded}, "/amendments/{id}"),
            (tables, f"blocks[{last + 1}].text", amendment | {"blocks": new_block}, "/amendments/{id}"),
            (tables, "justification", amendment | {"justification": text}, "/amendments/{id}"),
            (f"{about}/comments", "text", {"text": text}, "/comments/{id}"),
            (f"{about}/comments", "quotation", {"text": "Why?", "quotation": text} | place, "/comments/{id}"),
            (f"/comments/{self.thread}/replies", "text", {"text": text}, "/comments/{id}"),
            (f"{around}/lessons", "text", {"text": text}, f"{around}/lessons"),
            *(
                (adds, name, evidence | {name: text}, f"{around}/evidence")
                for name in ("title", "source", "page", "quotation")
            ),
        ]


@pytest.fixture(scope="module")
def ground(target: Server, agenda: str, recommendation: str) -> Ground:
    with person(target, "city1") as city:
        current = city.read(f"/recommendations/{recommendation}")["current_version"]
        thread = city.does(f"/recommendations/{recommendation}/comments", text="What does it cost?")
        return Ground(agenda, recommendation, city.read(f"/versions/{current['id']}"), thread["id"])


@pytest.mark.parametrize("name", TEXTS)
def test_hostile_text_stays_text_or_is_refused_by_the_name_of_its_field(
    city: Person, ground: Ground, name: str
) -> None:
    text, edited = TEXTS[name], f"blocks[{len(ground.amended) - 1}].text"
    for path, field, body, page in ground.fields(text):
        answer = city.client.post(f"{API}{path}", json=body)
        assert untold(answer) == []
        if answer.is_success:
            said = stored(answer.json(), field)
            assert UNSEEN.search(said) is None
            assert said == unicodedata.normalize("NFC", said)
            shown = read(city.client.get(page.format(id=answer.json()["id"])))
            # In an edited block the new words stand between those that they replace.
            assert field == edited or " ".join(said.split()) in shown, (path, field)
        else:
            assert answer.status_code in {400, 422}
            # A text of which nothing remains is no text, and no change either.
            assert refused(answer) in ([field], []), (path, field)
            assert refused(answer) or answer.json()["code"] == "empty_change"


@pytest.mark.parametrize("name", TEXTS)
def test_hostile_text_in_markdown_stays_text_or_is_refused_by_its_line(
    city: Person, ground: Ground, name: str
) -> None:
    body = {"base_version": ground.version["id"], "justification": "Why not?"}
    written = f"# {ground.version['blocks'][0]['text']}\n\nThe ask.\n\n{TEXTS[name]}"
    answer = city.client.post(
        f"{API}/recommendations/{ground.recommendation}/amendments", json=body | {"markdown": written}
    )
    assert untold(answer) == []
    if answer.is_success:
        for block in answer.json()["blocks"]:
            assert UNSEEN.search(block["text"]) is None
            assert block["text"] == unicodedata.normalize("NFC", block["text"])
        read(city.client.get(f"/amendments/{answer.json()['id']}"))
    else:
        assert (answer.status_code, refused(answer)) == (422, ["markdown[5]"])


def stored(made: Mapping[str, Any], field: str) -> str:
    """Return what was kept of a field."""
    if made.get("replies"):
        return str(made["replies"][-1]["text"])
    block, _, inside = field.partition(".")
    if inside:
        return str(made["blocks"][int(re.sub(r"\D", "", block))][inside])
    return str(made[field])


@pytest.mark.parametrize("address", ADDRESSES)
def test_address_that_leads_nowhere_good_is_refused(city: Person, ground: Ground, address: str) -> None:
    body = {"kind": "document", "title": "A report", "source": "A town", "url": address}
    assert refused(city.client.post(f"{API}/agendas/{ground.agenda}/evidence", json=body)) == ["url"]


class Visitor:
    """Somebody who is signed in on the pages, without a browser that would check what they type."""

    def __init__(self, client: httpx.Client, who: str) -> None:
        self.client = client
        door = client.get("/sign-in", params={"q": f"{who}@example.org"}).text
        found = re.search(r'name="person_id" value="([^"]+)"', door)
        assert found
        answer = client.post("/sign-in", data={"person_id": found[1], "then": "/", "csrf": self._token(door)})
        assert answer.status_code == httpx.codes.SEE_OTHER
        self.token = self._token(client.get("/").text)

    def _token(self, page: str) -> str:
        found = re.search(r'name="csrf" value="([^"]+)"', page)
        assert found
        return found[1]

    def sends(self, path: str, **values: str) -> httpx.Response:
        """Send a form."""
        return self.client.post(path, data={"csrf": self.token, **values})


@pytest.fixture(scope="module")
def visitor(target: Server) -> Iterator[Visitor]:
    with target.client() as client:
        yield Visitor(client, "city1")


@pytest.fixture(scope="module")
def organisation(target: Server) -> str:
    with person(target, "city1") as city:
        found: str = city.read("/me")["mandates"][0]["organisation_id"]
        return found


@pytest.mark.parametrize("name", TEXTS)
def test_hostile_text_in_a_form_is_shown_as_text_or_given_back(
    visitor: Visitor, ground: Ground, organisation: str, name: str
) -> None:
    text = TEXTS[name]
    about, around = f"/recommendations/{ground.recommendation}", f"/agendas/{ground.agenda}"
    mine = {"organisation_id": organisation}
    last = f"text.{ground.version['blocks'][-1]['id']}"
    wording = {"base": ground.version["id"], "language": "en", **mine}
    phrase = words(ground.version["blocks"][-1], 0, 2)
    for path, values in [
        (f"{about}/amend", wording | {"step": "check", last: text, "justification": "Why not?"}),
        (f"{about}/amend", wording | {"step": "send", last: text, "justification": text}),
        (f"{about}/amend", wording | {"step": "preview", f"new.{ground.version['blocks'][-1]['id']}": text}),
        (f"{about}/amend", wording | {"step": "check", last: f"{phrase} {text}", "justification": text}),
        (f"{about}/amend/difference", wording | {last: text}),
        (f"{about}/amend", wording | {"step": "preview", "markdown": text}),
        (f"{about}/amend", wording | {"step": "fields", "markdown": f"# {phrase}\n\n{text}", "start": text}),
        (f"{about}/amend", wording | {"step": "whole", last: text, "start": text}),
        (f"{about}/comment", mine | {"kind": "general", "text": text, "quotation": text}),
        (f"{about}/comment", mine | {"kind": text, "text": text, "block_id": text, "sentence": text}),
        (f"{around}/lessons", mine | {"text": text}),
        (f"{around}/evidence", mine | {"kind": "result", "title": text, "source": text, "page": text}),
        (f"{around}/evidence", mine | {"kind": text, "title": text, "source": text, "url": text}),
        (f"/comments/{ground.thread}/replies", mine | {"text": text}),
        ("/sign-in", {"person_id": text, "then": text}),
        (f"/{name}", {text[:100]: text}),
    ]:
        answer = visitor.sends(path, **values)
        assert answer.status_code < 500, (path, values.keys())
        assert untold(answer) == []
        if answer.status_code == httpx.codes.SEE_OTHER:
            answer = visitor.client.get(answer.headers["location"])
            assert answer.is_success
        if answer.status_code != httpx.codes.REQUEST_ENTITY_TOO_LARGE:
            read(answer)


def test_all_that_was_typed_comes_back_with_a_refused_form(visitor: Visitor, ground: Ground) -> None:
    for text in MARKUP.values():
        values = {
            "kind": "technical",
            "text": text,
            "quotation": text,
            "block_id": ground.version["blocks"][1]["id"],
        }
        answer = visitor.sends(f"/recommendations/{ground.recommendation}/comment", **values)
        assert answer.status_code in {403, 422}
        shown = read(answer)
        assert " ".join(text.split()) in shown
        assert re.search(r'value="technical" selected', answer.text)
