"""The API of agendas: rounds, their phases, who takes part."""

from service.domain.phases import Phase
from tests.api.world import World
from service.api.examples import EXAMPLES
from service.api.agendas import NewAgenda


def test_a_new_agenda_is_shown_whole_at_its_address(world: World) -> None:
    answer = world.facility.post("/agendas", EXAMPLES[NewAgenda])
    assert answer.status_code == 201
    shown = world.anyone.get(answer.headers["location"])
    assert answer.json() == shown.json()
    assert shown.json() == {
        "id": answer.headers["location"].removeprefix("/api/v1/agendas/"),
        **EXAMPLES[NewAgenda],
        "rule": {**EXAMPLES[NewAgenda]["rule"], "silence": False},
        "language": "en",
        "invented": False,
        "phase": "preparation",
        "phase_closes_at": None,
        "following": ["commenting"],
        "open": ["document", "draft"],
    }
