"""Every bad input that we know of, wherever it can be sent: refused in words, or kept as what it says."""

import json
import re
import sqlite3
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from typing import Any

import httpx
import pytest

from service.api import examples
from tests.acceptance.people import API, Person, person
from tests.hostile import corpus
from tests.hostile.described import Operation, Place, operations, written
from tests.hostile.measuring import quickly
from tests.hostile.pages import refused, untold
from tests.serving import Server

UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ufeff]")
TESTS = Path(__file__).parents[1]
STORED = TESTS.parent / "openapi" / "openapi.json"
DOCUMENT = json.loads(STORED.read_text(encoding="utf-8"))
EVERY = operations(DOCUMENT, {})
# What ends something that others are asked about comes after them.
ENDING = ("revoke_mandate", "withdraw_recommendation", "move_phase", "take_phase_back")
WRITING = sorted(
    (operation.name for operation in EVERY if operation.body is not None),
    key=lambda name: ENDING.index(name) if name in ENDING else -1,
)
IN_EXAMPLES = (
    examples.AGENDA,
    examples.RECOMMENDATION,
    examples.VERSION,
    examples.TITLE,
    examples.ASK,
    examples.AMENDMENT,
    examples.OTHER_AMENDMENT,
    examples.CITY,
    examples.OTHER_CITY,
    examples.PERSON,
    examples.PROOF,
    "a tenth",
)
# A wrong code is refused, and the attempt is counted.
COUNTED = {"confirm"}
# What may be used once, and is another every time.
ONCE = {
    "enter_person": "email",
    "enter_organisation": "name",
    "enter_partnership": "name",
    "keep_view": "name",
}
# What fills a recommendation; others are asked about one that stays as it was.
CROWDING = frozenset({"table_amendment", "post_comment", "decide_together", "compare_merges"})
NUMBERS = count(1)
WITHOUT_FIELDS = frozenset({"empty_change", "malformed_json", "stale_base"})

pytestmark = pytest.mark.slow


def test_every_input_is_tried_or_held_or_cannot_be() -> None:
    numbered = (table for table in vars(corpus).values() if isinstance(table, dict))
    tables = [
        table for table in numbered if table and all(re.fullmatch(r"B\d{3}", str(key)) for key in table)
    ]
    assert set(chain.from_iterable(tables)) == corpus.EVERY
    for name in chain.from_iterable(corpus.ELSEWHERE.values()):
        path, _, test = name.partition("::")
        assert f"def {test}(" in (TESTS / path).read_text(encoding="utf-8"), name


@dataclass(frozen=True)
class Ground:
    """A server to be treated badly, what exists on it, and a way to see whether anything was written."""

    server: Server
    known: Mapping[str, str]
    operations: Mapping[str, Operation]
    people: tuple[httpx.Client, ...]
    database: sqlite3.Connection

    def path(self, operation: Operation) -> str:
        """Return the address of an operation, with things that exist in it."""
        crowded = {"recommendation_id": self.known["crowded"]} if operation.name in CROWDING else {}
        return self.address(operation, crowded)

    def address(self, operation: Operation, others: Mapping[str, str]) -> str:
        """Return the address of an operation, with others than the things that exist where they are named."""
        names = re.findall(r"\{(\w+)\}", operation.path)
        return operation.path.format(**{name: self.known.get(name, "none") for name in names} | dict(others))

    @property
    def written(self) -> int:
        """A number that is another one whenever something was written."""
        number: int = self.database.execute("PRAGMA data_version").fetchone()[0]
        return number

    def ask(self, who: httpx.Client, method: str, path: str, **sent: Any) -> httpx.Response:  # noqa: ANN401 - what httpx takes
        """Ask for something, which must not take the server long, whatever else the machine does."""
        with quickly(self.server, (path, str(sent)[:200])):
            return who.request(method, path, **sent)

    def send(self, who: httpx.Client, operation: Operation, body: object) -> httpx.Response:
        """Send a body; where it is refused, nothing was written, and the refusal is in words."""
        before = self.written
        answer = self.ask(who, operation.method, self.path(operation), json=body, headers={"If-Match": "*"})
        assert answer.status_code < 500, (operation.name, body)
        if not answer.is_success:
            refused(answer)
            assert self.written == before or operation.name in COUNTED, operation.name
        return answer

    def undo(self, who: httpx.Client, operation: Operation, answer: httpx.Response) -> None:
        """Take back what can be done a few times only."""
        if operation.name.startswith("decide_") and operation.body is not None:
            body = operation.body | {"decision": "reopened"}
            self.ask(who, operation.method, self.path(operation), json=body, headers={"If-Match": "*"})
        if operation.name == "keep_view":
            path = f"{API}/review-views/{answer.json()['id']}"
            self.ask(who, "delete", path, headers={"If-Match": "*"})
        if operation.name == "name_alternate":
            path = f"{API}/mandates/{answer.json()['id']}/revocation"
            self.ask(who, "post", path, json={"reason": "It was a trial."})

    def who_may(self, operation: Operation) -> httpx.Client:
        """Return whoever of the people is let in with what the description shows, or the last of them."""
        for someone in self.people[:-1]:
            answer = self.send(someone, operation, operation.body)
            if answer.is_success:
                self.undo(someone, operation, answer)
            if answer.status_code not in {401, 403, 404}:
                return someone
        return self.people[-1]


@pytest.fixture(scope="module")
def ground(target: Server, agenda: str) -> Iterator[Ground]:
    with person(target, "city1") as city, person(target, "facility") as facility:
        known = things(city, agenda) | things_of_the_facility(facility, agenda)
        database = sqlite3.connect(f"file:{target.place.data / 'sympolity.sqlite3'}?mode=ro", uri=True)
        with target.client("rapporteur") as rapporteur, closing(database):
            people = (city.client, facility.client, rapporteur)
            found = {
                operation.name: operation
                for operation in operations(DOCUMENT, {e: known[e] for e in IN_EXAMPLES})
            }
            yield Ground(target, known, found, people, database)


def things(city: Person, agenda: str) -> dict[str, str]:
    """Return ids of things that exist, by the name that a parameter has and by the id that the examples use."""
    recommendation, other = city.all(f"/agendas/{agenda}/recommendations")[:2]
    version = city.read(f"/versions/{recommendation['current_version']['id']}")
    amended = city.all(f"/recommendations/{recommendation['id']}/amendments?state=tabled")
    amendments = [amendment["id"] for amendment in amended]
    cities = [one["id"] for one in city.all("/organisations") if one["kind"] == "local_authority"]
    mine = city.read("/me")
    own = mine["mandates"][0]["organisation_id"]
    proof = city.all(f"/agendas/{agenda}/evidence")[0]["id"]
    return {
        "agenda_id": agenda,
        "crowded": recommendation["id"],
        "recommendation_id": other["id"],
        "version_id": version["id"],
        "amendment_id": amendments[0],
        "comment_id": city.does(f"/recommendations/{recommendation['id']}/comments", text="Why?")["id"],
        "organisation_id": cities[-1],
        "evidence_id": proof,
        "lesson_id": city.does(f"/agendas/{agenda}/lessons", text="A lesson.")["id"],
        "translation_id": city.does(
            f"/recommendations/{recommendation['id']}/translations",
            language="fr",
            version_id=version["id"],
            blocks=[{"id": version["blocks"][0]["id"], "text": "Titre"}],
        )["id"],
        examples.AGENDA: agenda,
        examples.RECOMMENDATION: recommendation["id"],
        examples.VERSION: version["id"],
        examples.TITLE: version["blocks"][0]["id"],
        examples.ASK: version["blocks"][1]["id"],
        examples.AMENDMENT: amendments[0],
        examples.OTHER_AMENDMENT: amendments[-1],
        examples.CITY: own,
        examples.OTHER_CITY: own,
        examples.PERSON: mine["id"],
        examples.PROOF: proof,
        "a tenth": version["blocks"][1]["text"].split()[0],
    }


def things_of_the_facility(facility: Person, agenda: str) -> dict[str, str]:
    """Return ids of what only the facility sees, and words of addresses that are no ids."""
    someone = facility.read(f"/agendas/{agenda}/persons?q=city59@example.org")["items"][0]
    facility.does(f"/agendas/{agenda}/invitations", person_id=someone["person_id"])
    hook = facility.does(f"/agendas/{agenda}/webhooks", url="https://lakeside.example/news", events=["*"])
    message = facility.does(f"/webhooks/{hook['webhook']['id']}/test")
    return {
        "phase": "consolidation",
        "number": "1",
        "person_id": someone["person_id"],
        "mandate_id": someone["mandates"][0]["id"],
        "webhook_id": hook["webhook"]["id"],
        "message_id": message["id"],
        "job_id": facility.all("/jobs")[0]["id"],
        "mail_id": facility.all("/mails")[0]["id"],
    }


def tried(place: Place, schema: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what is sent at a place, with the number of each input."""
    plain = not {"pattern", "format", "enum"} & schema.keys()
    tables = [corpus.TEXTS]
    if plain:
        tables.append(corpus.TOO_MUCH)
    tables += {"email": [corpus.MAILBOXES], "url": [corpus.LINKS]}.get(str(place[-1]), [])
    tables += [corpus.TIMES] if "format" in schema else []
    for number, inputs in chain.from_iterable(table.items() for table in tables):
        for words in inputs if plain or len(tables) > 1 else inputs[:1]:
            yield number, words


def shown(value: object) -> Iterator[str]:
    """Yield all words of an answer."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from shown(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from shown(inner)


@pytest.mark.usefixtures("modest")
@pytest.mark.parametrize("name", WRITING)
def test_words_in_every_field_are_kept_as_words_or_refused_by_its_name(ground: Ground, name: str) -> None:
    operation = ground.operations[name]
    who = ground.who_may(operation)
    for place, schema in operation.places.items():
        for number, words in tried(place, schema):
            sent = operation.with_words(place, words)
            once = ONCE.get(name)
            if once is not None and once != place[0]:
                sent[once] = f"{next(NUMBERS)}{sent[once]}"
            answer = ground.send(who, operation, sent)
            if answer.is_success:
                texts = list(shown(answer.json())) if answer.content else []
                assert [t for t in texts if UNSEEN.search(t)] == [], (number, place)
                assert [t for t in texts if t != unicodedata.normalize("NFC", t)] == [], (number, place)
                assert number not in {*corpus.MAILBOXES, *corpus.TIMES, "B152"}, (place, words)
                ground.undo(who, operation, answer)
            elif answer.status_code in {400, 422}:
                fields, code = refused(answer), answer.json()["code"]
                assert fields or code in WITHOUT_FIELDS, (number, place, answer.text)
                close = [f for f in fields if f.partition("[")[0].partition(".")[0] == place[0]]
                assert close or not fields, (number, written(place), answer.text)
    assert who.get("/healthz").is_success


@pytest.mark.parametrize("number", corpus.BODIES)
def test_body_that_is_none_is_refused_everywhere(ground: Ground, number: str) -> None:
    headers = {"Content-Type": "application/json", "If-Match": "*"}
    for body in corpus.BODIES[number]:
        for operation in (ground.operations[name] for name in WRITING):
            before = ground.written
            # Ten megabytes once: they are refused before anything is asked.
            if len(body) > 1_000_000 and operation.name != WRITING[0]:
                continue
            answer = ground.ask(
                ground.people[1], operation.method, ground.path(operation), content=body, headers=headers
            )
            assert refused(answer) or answer.json()["code"] in {"malformed_json", "too_large"}, operation.name
            assert answer.status_code in {400, 413}, operation.name
            assert ground.written == before


@pytest.mark.parametrize("number", corpus.KINDS)
def test_body_of_another_kind_is_refused_everywhere(ground: Ground, number: str) -> None:
    for kind in corpus.KINDS[number]:
        for operation in (ground.operations[name] for name in WRITING):
            before, headers = ground.written, {"Content-Type": kind, "If-Match": "*"}
            body = json.dumps(operation.body)
            path = ground.path(operation)
            answer = ground.ask(ground.people[1], operation.method, path, content=body, headers=headers)
            assert (answer.status_code, refused(answer)) == (415, []), operation.name
            assert ground.written == before


@pytest.mark.parametrize("number", corpus.PARTS_OF_ADDRESSES)
def test_parameter_that_is_none_is_refused_by_its_name(ground: Ground, number: str) -> None:
    reader = ground.people[1]
    for sent in corpus.PARTS_OF_ADDRESSES[number]:
        for operation in ground.operations.values():
            described = DOCUMENT["paths"][operation.path][operation.method]["parameters"]
            for parameter in (p for p in described if p.get("in") == "query"):
                address = f"{ground.path(operation)}?{parameter['name']}={sent}"
                answer = ground.ask(reader, operation.method, address)
                assert untold(answer) == []
                if parameter["name"] == "limit":
                    assert refused(answer) == ["limit"], address
                elif not answer.is_success:
                    assert refused(answer) in ([parameter["name"]], []), address
            for name in re.findall(r"\{(\w+)\}", operation.path):
                answer = ground.ask(reader, operation.method, ground.address(operation, {name: sent}))
                assert refused(answer) is not None


@pytest.mark.parametrize("number", corpus.HEADS)
def test_header_that_lies_is_not_believed(ground: Ground, number: str) -> None:
    with ground.server.client() as visitor:
        for header in corpus.HEADS[number]:
            for path in ("/", "/sign-in", f"{API}/agendas", f"{API}/agendas/{ground.known['agenda_id']}"):
                answer = visitor.get(path, headers=[header])
                assert answer.status_code == (401 if number == "B121" else 200)
                # What others have written stands on these pages, too.
                said = answer.text + str(answer.headers)
                assert said.count("evil") <= visitor.get(path).text.count("evil")
                assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("number", corpus.NAMES)
def test_name_of_a_file_is_never_more_than_a_name(ground: Ground, number: str) -> None:
    with ground.server.client() as visitor:
        for name in corpus.NAMES[number]:
            head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\nwords\r\n--x--\r\n'
            answer = visitor.post(
                f"{API}/verifications",
                content=head.encode(),
                headers={"Content-Type": "multipart/form-data; boundary=x"},
            )
            assert answer.status_code in {200, 400}, name
            assert not answer.is_success or answer.json()["verdict"] == "unknown"
            assert "set-cookie" not in answer.headers
            assert untold(answer) == []


def test_way_back_leads_nowhere_else(target: Server) -> None:
    with person(target) as visitor:
        door = visitor.client.get("/sign-in", params={"q": "city1@example.org"}).text
        who, token = (re.findall(f'name="{name}" value="([^"]+)"', door)[0] for name in ("person_id", "csrf"))
        for there in (
            *("//evil.example", "https:evil", "/\\evil.example", "/%09/evil.example", "javascript:alert(1)"),
            *(
                "/\t/evil.example",
                "http://[::1",
                "https://evil.example/",
                "\\\\evil.example",
                "///evil.example",
            ),
        ):
            shown = visitor.client.get("/sign-in", params={"then": there})
            assert (shown.status_code, untold(shown)) == (200, [])
            visitor.client.cookies.clear()
            door = visitor.client.get("/sign-in").text
            token = re.findall('name="csrf" value="([^"]+)"', door)[0]
            answer = visitor.client.post("/sign-in", data={"person_id": who, "then": there, "csrf": token})
            assert answer.status_code == httpx.codes.SEE_OTHER
            assert answer.headers["location"] in {"/", "/%09/evil.example"}
