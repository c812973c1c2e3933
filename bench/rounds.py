"""A round that waits for positions: recommendations of ordinary length, and cities that each hold an API token."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import cycle, islice

from bench.load import get, post
from service.app import House
from service.demo.content import model
from service.demo.content.barcelona import BARCELONA
from service.demo.content.places import PARTNERSHIPS
from service.demo.texts import as_blocks
from service.domain.actors import Scope
from service.domain.phases import Phase, following
from service.domain.recommendations import Addressee
from service.store.identity import Identity
from service.workflows import access, agendas, reading, recommendations
from service.workflows.context import Context

RECOMMENDATIONS = 20
LASTS = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """A recommendation to take a position on, and the text that is read for it."""

    recommendation_id: str
    version_id: str
    digest: str


@dataclass(frozen=True, slots=True)
class Voice:
    """An organisation, and the token by which its person reads, and takes positions for it."""

    organisation_id: str
    token: str

    def reading(self, asked: Asked) -> bytes:
        """Return the request for the recommendation's page, as this reader sees it."""
        return get(f"/recommendations/{asked.recommendation_id}", "text/html", token=self.token)

    def endorsing(self, asked: Asked) -> bytes:
        """Return the request that takes the position."""
        said = {
            "version": asked.version_id,
            "digest": asked.digest,
            "stance": "endorsed",
            "on_behalf_of": self.organisation_id,
        }
        path = f"/api/v1/recommendations/{asked.recommendation_id}/positions"
        return post(path, json.dumps(said).encode(), token=self.token)


def voices(house: House) -> tuple[Voice, ...]:
    """Give the person of each partnership's leading city a token, in a house with the demonstration in it."""
    operator, until = house.context(Identity(operator=True)), datetime.now(UTC) + LASTS
    made = []
    with operator.transaction():
        for partnership in PARTNERSHIPS:
            email = f"city{partnership.lead}@example.org"
            _, secret = access.issue_token(operator, access.IssueToken(email, (Scope.POSITION,), until))
            made.append((email, secret))
    return tuple(Voice(_organisation(_acting(house, email)), secret) for email, secret in made)


def a_round(house: House, cities: tuple[Voice, ...], title: str) -> tuple[Asked, ...]:
    """Open a round for these cities and lead it to its endorsement; returns what they are asked."""
    facility, rapporteur = (_acting(house, f"{who}@example.org") for who in ("facility", "rapporteur"))
    with facility.transaction():
        agenda = agendas.create(facility, _opened(title))
        agendas.admit_participants(facility, agenda, [city.organisation_id for city in cities])
    with rapporteur.transaction():
        drafted = [
            recommendations.draft(
                rapporteur,
                recommendations.DraftRecommendation(
                    agenda, Addressee(text.addressees[0]), text.theme, as_blocks(text.blocks, {})
                ),
            )
            for text in _texts()
        ]
    phase = Phase.PREPARATION
    while phase is not Phase.ENDORSEMENT:
        phase = following(phase)[-1]
        agendas.move_phase(facility, agendas.MovePhase(agenda, phase))
    with rapporteur.reading():
        versions = [(one, reading.current_version(rapporteur, one)) for one in drafted]
    return tuple(Asked(one, version.id, version.digest) for one, version in versions)


def _texts() -> Iterator[model.Recommendation]:
    return islice(cycle(BARCELONA.recommendations), RECOMMENDATIONS)


def _opened(title: str) -> agendas.CreateAgenda:
    return agendas.CreateAgenda(
        title=title,
        headline=BARCELONA.headline,
        programme=BARCELONA.programme,
        meeting=BARCELONA.meeting,
        place=BARCELONA.place,
        starts_on=date(2027, 3, 2),
        ends_on=date(2027, 3, 4),
        language="en",
        time_zone="Europe/Brussels",
        rule=BARCELONA.rule,
        invented=True,
    )


def _acting(house: House, email: str) -> Context:
    with house.context(Identity(operator=True)).transaction() as work:
        person = work.persons.find(email=email)
    if person is None:
        message = f"{email} is nobody's address"
        raise LookupError(message)
    return house.context(Identity(person.id))


def _organisation(ctx: Context) -> str:
    with ctx.reading() as reader:
        return reader.actor.authorities[0].organisation_id
