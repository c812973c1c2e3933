from dataclasses import replace

import pytest

from service.domain.amendments import DECISIONS, TOGETHER, AmendmentAction, AmendmentState
from service.domain.errors import Denied, PhaseClosed, SignInNeeded, Unknown
from service.domain.phases import Phase
from service.workflows import decisions
from service.workflows.decisions import MOST_TOGETHER, DecideTogether
from tests.builders import a_compromise, a_recommendation, a_world, an_amendment, decided
from tests.counting import counting
from tests.houses import House
from tests.workflows.refusals import fields, refused
from tests.worlds import World

A, S = AmendmentAction, AmendmentState


def together(
    world: World, *ids: str, action: AmendmentAction = A.REJECT, reason: str = "Said already."
) -> None:
    command = DecideTogether(world.recommendation, ids, action, reason)
    decisions.decide_together(world.acting(world.rapporteur), command)


def states(world: World, *ids: str) -> list[AmendmentState]:
    return [world.amendment(i).state for i in ids]


def three(world: World) -> tuple[str, str, str]:
    first, second, third = (an_amendment(world, by=city) for city in world.cities[:3])
    return first, second, third


def test_one_decision_is_taken_on_several_and_each_is_recorded(house: House) -> None:
    world = a_world(house)
    first, second, third = three(world)
    with world.recording() as entries:
        together(world, third, first, reason=" Said  already. ")
    assert [(e.subject_id, e.data["action"], e.data["state"], e.data["reason"]) for e in entries] == [
        (one, action, state, reason)
        for one in (first, third)
        for action, state, reason in (
            ("admit", "admissible", ""),
            ("examine", "under_examination", ""),
            ("reject", "rejected", "Said already."),
        )
    ]
    assert states(world, first, second, third) == [S.REJECTED, S.TABLED, S.REJECTED]


def test_where_one_cannot_be_decided_on_none_is(house: House) -> None:
    world = a_world(house)
    first, second, third = three(world)
    decided(world, second)
    assert fields(world, lambda: together(world, first, second, third)) == ["amendments.1"]
    assert states(world, first, second, third) == [S.TABLED, S.ACCEPTED, S.TABLED]
    assert fields(world, lambda: together(world, first, third, reason="")) == ["reason"]


def test_what_a_compromise_covers_is_not_accepted_with_it(house: House) -> None:
    world = a_world(house)
    covered = an_amendment(world)
    made = a_compromise(world, covered)
    assert fields(world, lambda: together(world, covered, made, action=A.ACCEPT)) == ["amendments.0"]
    together(world, made, action=A.ACCEPT)
    assert states(world, covered, made) == [S.FALLEN, S.ACCEPTED]


def test_what_is_chosen_belongs_to_the_recommendation_and_was_sent(house: House) -> None:
    world = a_world(house, Phase.PREPARATION)
    other = replace(world, recommendation=a_recommendation(world.acting(world.rapporteur), world.agenda))
    world.in_phase(Phase.AMENDING)
    first, draft = an_amendment(world), an_amendment(world, draft=True)
    assert fields(world, lambda: together(other, first)) == ["amendments.0"]
    assert fields(world, lambda: together(world, first, draft)) == ["amendments.1"]
    assert fields(world, lambda: together(world, first, "nobody")) == ["amendments.1"]
    assert fields(world, lambda: together(world)) == ["amendments"]
    many = tuple(f"{n}" for n in range(MOST_TOGETHER + 1))
    assert fields(world, lambda: together(world, *many)) == ["amendments"]


def test_other_words_are_found_for_one_amendment_at_a_time(house: House) -> None:
    world = a_world(house)
    made = an_amendment(world)
    assert set(DECISIONS) - set(TOGETHER) == {A.ACCEPT_MODIFIED}
    for action in set(AmendmentAction) - set(TOGETHER):
        assert fields(world, lambda a=action: together(world, made, action=a)) == ["decision"]  # type: ignore[misc]  # a default of a lambda has no type


def test_deciding_together_is_refused_with_its_own_reason(house: House) -> None:
    world = a_world(house)
    command = DecideTogether(world.recommendation, three(world), A.REJECT, "So.")
    refused(world, SignInNeeded, lambda: decisions.decide_together(house.stranger, command))
    refused(world, Denied, lambda: decisions.decide_together(world.acting(world.cities[0]), command))
    gone = replace(command, recommendation_id="nobody")
    rapporteur = world.acting(world.rapporteur)
    refused(world, Unknown, lambda: decisions.decide_together(rapporteur, gone))
    world.in_phase(Phase.ENDORSEMENT)
    refused(world, PhaseClosed, lambda: decisions.decide_together(rapporteur, command))


@pytest.mark.parametrize("action", [A.REJECT, A.ACCEPT])
def test_deciding_on_three_asks_as_much_as_deciding_on_one(house: House, action: AmendmentAction) -> None:
    world = a_world(house)
    costs = []
    for chosen in (three(world), three(world)[:1]):
        with counting(house) as statements:
            together(world, *chosen, action=action)
        costs.append(len([s for s in statements if s.startswith("SELECT")]))
    assert costs[0] == costs[1]
