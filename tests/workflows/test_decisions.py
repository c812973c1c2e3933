import pytest

from service.domain.amendments import DECISIONS, AmendmentAction, AmendmentState, Opinion
from service.domain.errors import Denied, EmptyChange, IllegalMove, PhaseClosed, SignInNeeded, Unknown
from service.domain.phases import Phase
from service.workflows import decisions
from service.workflows.decisions import Advise, Decide, DecideTogether
from tests.builders import ASK, a_world, an_amendment, consolidated, decided
from tests.houses import House
from tests.workflows.refusals import fields, refused

A, S = AmendmentAction, AmendmentState


def test_a_decision_records_each_step_on_the_way(house: House) -> None:
    world = a_world(house)
    amendment = an_amendment(world)
    with world.recording() as entries:
        decisions.decide(world.acting(world.rapporteur), Decide(amendment, A.REJECT, " Said  already. "))
    assert [(e.name, e.data["action"], e.data["state"], e.data["reason"]) for e in entries] == [
        ("amendment.moved", "admit", "admissible", ""),
        ("amendment.moved", "examine", "under_examination", ""),
        ("amendment.moved", "reject", "rejected", "Said already."),
    ]
    view = world.amendment(amendment)
    assert (view.state, view.decision_reason, view.decided_at) == (
        S.REJECTED,
        "Said already.",
        house.clock.moment,
    )


def test_a_reason_is_in_the_language_of_the_agenda_unless_another_is_named(house: House) -> None:
    world = a_world(house)
    one, two, three = (an_amendment(world) for _ in range(3))
    ctx = world.acting(world.rapporteur)
    decisions.decide(ctx, Decide(one, A.REJECT, "Said already."))
    decisions.decide(ctx, Decide(two, A.ACCEPT))
    decisions.decide_together(
        ctx, DecideTogether(world.recommendation, (three,), A.REJECT, "Déjà dit.", "FR")
    )
    assert [world.amendment(i).decision_language for i in (one, two, three)] == ["en", None, "fr"]
    again = Decide(three, A.REOPEN, "Nouveau.", language="not a tag")
    assert fields(world, lambda: decisions.decide(ctx, again)) == ["language"]


def test_a_decision_can_be_taken_back_until_it_is_worked_in(house: House) -> None:
    world = a_world(house)
    amendment = decided(world, an_amendment(world))
    ctx = world.acting(world.rapporteur)
    decisions.decide(ctx, Decide(amendment, A.REOPEN, "New facts."))
    assert world.amendment(amendment).state is S.UNDER_EXAMINATION
    decided(world, amendment)
    consolidated(world)
    for action in (A.REOPEN, A.FALL):
        refused(
            world,
            IllegalMove,
            lambda a=action: decisions.decide(ctx, Decide(amendment, a, "So.")),  # type: ignore[misc]  # a default of a lambda has no type
        )
    assert world.amendment(amendment).state is S.ACCEPTED


def test_a_modified_acceptance_keeps_both_wordings(house: House) -> None:
    world = a_world(house)
    amendment = an_amendment(world)
    modified = world.reworded(ask=ASK.replace("a contact", "one or two contacts"))
    ctx = world.acting(world.rapporteur)
    decisions.decide(ctx, Decide(amendment, A.ACCEPT_MODIFIED, "Fewer.", modified))
    view = world.amendment(amendment)
    assert (view.state, view.decided_blocks) == (S.ACCEPTED_MODIFIED, modified)
    assert view.blocks != modified


def test_a_decision_is_refused_with_its_own_reason(house: House) -> None:
    world = a_world(house)
    amendment = an_amendment(world)
    ctx = world.acting(world.rapporteur)
    refused(world, SignInNeeded, lambda: decisions.decide(house.stranger, Decide(amendment, A.ACCEPT)))
    city = world.acting(world.cities[0])
    refused(world, Denied, lambda: decisions.decide(city, Decide(amendment, A.ACCEPT)))
    refused(world, Unknown, lambda: decisions.decide(ctx, Decide("nobody", A.ACCEPT)))
    assert fields(world, lambda: decisions.decide(ctx, Decide(amendment, A.REJECT))) == ["reason"]
    same = Decide(amendment, A.ACCEPT_MODIFIED, "So.", world.text.blocks)
    refused(world, EmptyChange, lambda: decisions.decide(ctx, same))
    refused(world, IllegalMove, lambda: decisions.decide(ctx, Decide(amendment, A.REOPEN, "So.")))
    world.in_phase(Phase.ENDORSEMENT)
    refused(world, PhaseClosed, lambda: decisions.decide(ctx, Decide(amendment, A.ACCEPT)))


@pytest.mark.parametrize("action", [a for a in AmendmentAction if a not in DECISIONS])
def test_what_is_its_authors_own_is_not_the_rapporteurs_to_do(house: House, action: AmendmentAction) -> None:
    world = a_world(house)
    amendment = an_amendment(world)
    ctx = world.acting(world.rapporteur)
    refused(world, IllegalMove, lambda: decisions.decide(ctx, Decide(amendment, action, "So.")))
    assert world.amendment(amendment).state is S.TABLED


def test_advice_is_kept_apart_from_the_decision(house: House) -> None:
    world = a_world(house)
    amendment = an_amendment(world)
    ctx = world.acting(world.rapporteur)
    with world.recording() as entries:
        decisions.advise(ctx, Advise(amendment, Opinion.REJECT, " Too  much. "))
    assert [(e.name, e.data["opinion"]) for e in entries] == [("amendment.advised", "reject")]
    view = world.amendment(amendment)
    assert (view.state, view.opinion, view.opinion_reason) == (S.TABLED, Opinion.REJECT, "Too much.")


def test_advice_is_refused_with_its_own_reason(house: House) -> None:
    world = a_world(house)
    amendment = an_amendment(world)
    advice = Advise(amendment, Opinion.ACCEPT, "")
    ctx = world.acting(world.rapporteur)
    refused(world, Denied, lambda: decisions.advise(world.acting(world.cities[0]), advice))
    refused(world, Unknown, lambda: decisions.advise(ctx, Advise("nobody", Opinion.ACCEPT, "")))
    decided(world, amendment)
    refused(world, IllegalMove, lambda: decisions.advise(ctx, advice))
