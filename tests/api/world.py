"""A small invented world for the API's tests: who there is, and rounds in any phase."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any

from httpx import Response
from litestar import Litestar
from litestar.testing import TestClient

from service.app import House
from service.domain.actors import MandateLevel, OrganisationKind, Region, Role, Scope
from service.domain.adoption import AdoptionRule, Share
from service.domain.phases import Phase
from service.domain.recommendations import Addressee
from service.domain.text import Block, BlockKind
from service.store.identity import Identity
from service.workflows import access, agendas, people, recommendations
from service.workflows.context import Context

API = "/api/v1"
RULE = AdoptionRule((OrganisationKind.LOCAL_AUTHORITY,), Share(1, 2), Share(2, 3), 0)
PHASES = tuple(Phase)
TEXT = (
    "Calls on the Commission to reserve a tenth of each budget for upkeep. It lasts longer than any project."
)


@dataclass(frozen=True)
class Caller:
    """Someone who calls the API with a token, or nobody in particular."""

    client: TestClient[Litestar]
    token: str = ""
    person_id: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    def send(self, method: str, path: str, **options: Any) -> Response:  # noqa: ANN401 - what httpx takes
        own = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        headers = {**own, **self.headers, **options.pop("headers", {})}
        address = path if path.startswith(("/api", "/openapi", "/developers")) else API + path
        return self.client.request(method, address, headers=headers, **options)

    def get(self, path: str, **options: Any) -> Response:  # noqa: ANN401 - what httpx takes
        return self.send("GET", path, **options)

    def post(self, path: str, body: object = None, **options: Any) -> Response:  # noqa: ANN401 - what httpx takes
        return self.send("POST", path, **({"json": body} if body is not None else {}), **options)

    def patch(self, path: str, body: object, **options: Any) -> Response:  # noqa: ANN401 - what httpx takes
        return self.send("PATCH", path, json=body, **options)


@dataclass(frozen=True)
class World:
    """The people of the tests; every round is a new one, so that tests never meet."""

    house: House
    client: TestClient[Litestar]

    @property
    def operator(self) -> Context:
        return self.house.context(Identity(operator=True))

    @property
    def anyone(self) -> Caller:
        return Caller(self.client)

    def organisation(self, name: str, kind: OrganisationKind) -> str:
        command = people.EnterOrganisation(name, kind, "Examplia", Region.EUROPEAN_UNION, invented=True)
        return people.enter_organisation(self.operator, command)

    def person(self, name: str, role: Role, scopes: tuple[Scope, ...], *organisation_ids: str) -> Caller:
        email = f"{name}@example.org"
        person_id = people.enter_person(self.operator, people.EnterPerson(email, name.title()))
        for organisation_id in organisation_ids:
            mandate = people.GrantMandate(
                person_id, organisation_id, role, scopes, MandateLevel.POLITICAL, "Letter of 4 January"
            )
            people.grant_mandate(self.operator, mandate)
        expires = datetime.now(UTC) + timedelta(days=1)
        _, secret = access.issue_token(self.operator, access.IssueToken(email, tuple(Scope), expires))
        return Caller(self.client, secret, person_id)

    @cached_property
    def facility_id(self) -> str:
        return self.organisation("Coordination facility", OrganisationKind.FACILITY)

    @cached_property
    def lakeside_id(self) -> str:
        return self.organisation("Lakeside", OrganisationKind.LOCAL_AUTHORITY)

    @cached_property
    def harbour_id(self) -> str:
        return self.organisation("Harbour", OrganisationKind.LOCAL_AUTHORITY)

    @cached_property
    def facility(self) -> Caller:
        scopes = (Scope.COMMENT, Scope.CONSOLIDATE, Scope.FACILITATE)
        return self.person("facility", Role.FACILITY, scopes, self.facility_id)

    @cached_property
    def approver(self) -> Caller:
        return self.person("approver", Role.SIGNATORY, (Scope.COMMENT, Scope.APPROVE), self.facility_id)

    @cached_property
    def lakeside(self) -> Caller:
        return self.person("lakeside", Role.REPRESENTATIVE, _CITY, self.lakeside_id)

    @cached_property
    def harbour(self) -> Caller:
        return self.person("harbour", Role.REPRESENTATIVE, _CITY, self.harbour_id)

    @cached_property
    def unit(self) -> Caller:
        service = self.organisation("Unit for cities", OrganisationKind.EU_SERVICE)
        return self.person("unit", Role.STAKEHOLDER, (Scope.COMMENT,), service)

    @cached_property
    def both(self) -> Caller:
        return self.person("both", Role.REPRESENTATIVE, _CITY, self.lakeside_id, self.harbour_id)

    @cached_property
    def stranger(self) -> Caller:
        elsewhere = self.organisation("Elsewhere", OrganisationKind.LOCAL_AUTHORITY)
        return self.person("stranger", Role.REPRESENTATIVE, _CITY, elsewhere)

    @property
    def facilitating(self) -> Context:
        return self.house.context(Identity(self.facility.person_id))

    def round(self, phase: Phase = Phase.AMENDING, *, drafts: int = 1) -> "Round":
        """Open a round with recommendations, and move it to a phase."""
        command = agendas.CreateAgenda(
            "Agenda of the test", "Cities that last", "Partnerships", "Meeting", "Lakeside",
            date(2027, 3, 10), date(2027, 3, 12), "en", "Europe/Brussels", RULE, invented=True,
        )  # fmt: skip
        agenda_id = agendas.create(self.facilitating, command)
        agendas.admit_participants(self.facilitating, agenda_id, [self.lakeside_id, self.harbour_id])
        ids = [self.drafted(agenda_id, number) for number in range(1, drafts + 1)]
        for target in PHASES[1 : PHASES.index(phase) + 1]:
            agendas.move_phase(self.facilitating, agendas.MovePhase(agenda_id, target, "Next."))
        return Round(self, agenda_id, ids)

    def drafted(self, agenda_id: str, number: int) -> str:
        blocks = (
            Block("", BlockKind.HEADING, f"Ask number {number}", 1),
            Block("", BlockKind.PARAGRAPH, TEXT),
        )
        command = recommendations.DraftRecommendation(agenda_id, Addressee.EU_HEADQUARTERS, "Upkeep", blocks)
        return recommendations.draft(self.facilitating, command)


_CITY = (Scope.COMMENT, Scope.AMEND, Scope.POSITION)


@dataclass(frozen=True)
class Round:
    """One agenda of the tests, with its first recommendation at hand."""

    world: World
    agenda_id: str
    recommendation_ids: list[str]

    @property
    def recommendation_id(self) -> str:
        return self.recommendation_ids[0]

    @property
    def agenda(self) -> str:
        return f"/agendas/{self.agenda_id}"

    @property
    def recommendation(self) -> str:
        return f"/recommendations/{self.recommendation_id}"

    def version(self) -> dict[str, Any]:
        """Return the current version, as the API shows it."""
        shown = self.world.anyone.get(self.recommendation).json()
        found: dict[str, Any] = self.world.anyone.get(f"/versions/{shown['current_version']['id']}").json()
        return found

    def amended(self, old: str = "a tenth", new: str = "a fifth") -> dict[str, Any]:
        """Return the body of an amendment that changes some words of the ask."""
        version = self.version()
        title, ask = version["blocks"]
        blocks = [title, {**ask, "text": ask["text"].replace(old, new)}]
        return {"base_version": version["id"], "blocks": blocks, "justification": "It costs more."}

    def tabled(self, by: Caller, **words: str) -> dict[str, Any]:
        """Table an amendment and return it."""
        answer = by.post(f"{self.recommendation}/amendments", self.amended(**words))
        assert answer.status_code == 201, answer.text
        made: dict[str, Any] = answer.json()
        return made

    def move(self, phase: Phase) -> None:
        agendas.move_phase(self.world.facilitating, agendas.MovePhase(self.agenda_id, phase, "Next."))


def codes(answer: Response) -> tuple[int, str]:
    """Return the status and code of a problem, having seen that it is one."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    body = answer.json()
    more = ["confirm"] if body["code"] == "confirmation_needed" else []
    assert list(body) == ["type", "title", "status", "detail", "code", "errors", *more]
    assert (body["status"], body["type"]) == (answer.status_code, f"/developers#{body['code']}")
    return answer.status_code, body["code"]


def fields(answer: Response) -> list[str]:
    """Return the names of the fields that a problem points at; each says what to do."""
    errors = answer.json()["errors"]
    assert all(error["message"] for error in errors)
    return [error["field"] for error in errors]
