"""Texts and amendments put into a database as they are, many at once, past the rules of a round."""

from collections.abc import Iterable, Sequence
from itertools import count

from service.domain.amendments import Amendment, AmendmentState
from service.domain.events import RecommendationDrafted
from service.domain.recommendations import Addressee, Recommendation, RecommendationState, new_version
from service.domain.text import Block, diff
from service.store.identity import Identity
from service.store.uow import unit_of_work
from tests.worlds import World

_NUMBERS = count(1_000)


def a_text(world: World, blocks: tuple[Block, ...]) -> tuple[str, str]:
    """Store a recommendation that is open to change; returns its id and its version's."""
    house = world.house
    known = Recommendation(
        house.new_id(), world.agenda, next(_NUMBERS), Addressee.CITIES, "", "", house.new_id(), 1
    )
    known.state = RecommendationState.TABLED
    with unit_of_work(house.database, Identity(operator=True)) as work:
        version = new_version(
            known,
            version_id=known.current_version_id,
            parent=None,
            person_id=world.rapporteur.person,
            blocks=blocks,
            provenance={},
            note="",
            now=work.now,
        )
        work.recommendations.add(known)
        work.versions.add(version)
        work.record(RecommendationDrafted(known.id, version.id, version.digest))
    return known.id, version.id


def amended(
    world: World, text: tuple[str, str], base: Sequence[Block], wordings: Iterable[tuple[Block, ...]]
) -> tuple[str, ...]:
    """Store tabled amendments to a text, one for each wording; returns their ids in order."""
    house, (recommendation, version) = world.house, text
    made: list[str] = []
    with unit_of_work(house.database, Identity(operator=True)) as work:
        for blocks in wordings:
            amendment = Amendment(
                house.new_id(),
                world.agenda,
                recommendation,
                next(_NUMBERS),
                world.cities[0].organisation,
                world.cities[0].person,
                version,
                1,
                blocks,
                diff(base, blocks),
                "Because.",
                "en",
                work.now,
                AmendmentState.TABLED,
                work.now,
            )
            work.amendments.add(amendment)
            made.append(amendment.id)
        work.record(RecommendationDrafted(recommendation, version, ""))
    return tuple(made)
