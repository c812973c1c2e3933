from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace

import pytest

from service.domain.amendments import AmendmentAction, AmendmentState, Opinion
from service.domain.assessments import EvidenceStrength, PolicyFit
from service.domain.errors import Denied, ForeignOrganisation, Invalid, SignInNeeded, Unknown
from service.domain.phases import Phase
from service.domain.reviewing import Fate, Together
from service.workflows import assessments, review_together
from service.workflows.review_together import ActTogether
from tests.builders import a_compromise, a_world, an_amendment, decided, names
from tests.counting import counting
from tests.houses import House
from tests.reviews import an_assessment, assessing
from tests.workflows.refusals import fields, refused
from tests.worlds import World


def three(world: World) -> ActTogether:
    """Choose three amendments, the last of which is rejected."""
    made = tuple(an_amendment(world, by=city) for city in world.cities[:3])
    decided(world, made[2], AmendmentAction.REJECT)
    return ActTogether(world.agenda, made, Together.ADMIT, "In time.")


def test_each_may_do_together_what_they_may_do_to_one(house: House) -> None:
    world = a_world(house)
    found = {
        "stranger": review_together.possible(house.stranger, world.agenda),
        "city": review_together.possible(world.acting(world.cities[0]), world.agenda),
        "service": review_together.possible(world.acting(world.service), world.agenda),
        "rapporteur": review_together.possible(world.acting(world.rapporteur), world.agenda),
    }
    decides = tuple(one for one in Together if one is not Together.NO_COMMENT)
    assert found == {
        "stranger": (),
        "city": (Together.SEEN,),
        "service": (Together.SEEN, Together.NO_COMMENT),
        "rapporteur": decides,
    }


def test_the_facility_admits_several_at_once_and_passes_over_what_is_decided(house: House) -> None:
    world = a_world(house)
    command, ctx = three(world), world.acting(world.facility)
    foreseen = review_together.foresee(ctx, command)
    assert [one.fate for one in foreseen] == [Fate.DONE, Fate.DONE, Fate.TOO_LATE]
    with world.recording() as entries:
        assert review_together.act(ctx, command) == foreseen
    assert names(entries) == ["amendment.moved"] * 2
    states = [world.amendment(i).state for i in command.amendment_ids]
    assert states == [AmendmentState.ADMISSIBLE, AmendmentState.ADMISSIBLE, AmendmentState.REJECTED]
    assert [one.fate for one in review_together.foresee(ctx, command)] == [
        Fate.ALREADY,
        Fate.ALREADY,
        Fate.TOO_LATE,
    ]
    examined = replace(command, action=Together.EXAMINE)
    review_together.act(ctx, examined)
    assert [one.fate for one in review_together.foresee(ctx, command)] == [Fate.TOO_LATE] * 3


@pytest.mark.parametrize(
    ("action", "opinion"),
    [
        (Together.ADVISE_ACCEPT, Opinion.ACCEPT),
        (Together.ADVISE_MODIFIED, Opinion.ACCEPT_MODIFIED),
        (Together.ADVISE_REJECT, Opinion.REJECT),
    ],
)
def test_the_rapporteur_advises_on_several_with_one_reason(
    house: House, action: Together, opinion: Opinion
) -> None:
    world = a_world(house)
    command, ctx = replace(three(world), action=action, reason="Clearer."), world.acting(world.rapporteur)
    review_together.act(ctx, command)
    views = [world.amendment(i) for i in command.amendment_ids]
    assert [(v.opinion, v.opinion_reason) for v in views] == [(opinion, "Clearer.")] * 2 + [(None, "")]
    assert [one.fate for one in review_together.foresee(ctx, command)][:2] == [Fate.ALREADY] * 2


def test_none_is_declared_inadmissible_where_the_reason_is_missing(house: House) -> None:
    world = a_world(house)
    command = replace(three(world), action=Together.DECLARE_INADMISSIBLE, reason="")
    assert fields(world, lambda: review_together.act(world.acting(world.facility), command)) == ["reason"]


def test_a_service_says_once_of_each_recommendation_that_it_has_nothing_to_say(house: House) -> None:
    world = a_world(house)
    command, ctx = replace(three(world), action=Together.NO_COMMENT, reason=""), world.acting(world.service)
    with world.recording() as entries:
        assert [one.fate for one in review_together.act(ctx, command)] == [Fate.DONE] * 3
    assert names(entries) == ["assessment.given"]
    (given,) = assessments.standing(ctx, world.recommendation)
    assert (given.fit, given.strength) == (PolicyFit.NO_COMMENT, EvidenceStrength.NO_COMMENT)


def test_what_a_service_has_said_is_not_replaced_by_nothing(house: House) -> None:
    world = a_world(house)
    command, ctx = replace(three(world), action=Together.NO_COMMENT, reason=""), world.acting(world.service)
    an_assessment(world)
    with world.recording() as entries:
        assert [one.fate for one in review_together.act(ctx, command)] == [Fate.ALREADY] * 3
    assert entries == []


def test_what_one_may_not_do_to_one_one_may_not_do_to_several(house: House) -> None:
    world = a_world(house)
    command, city = three(world), world.acting(world.cities[0])
    refused(world, SignInNeeded, lambda: review_together.act(house.stranger, command))
    refused(world, Denied, lambda: review_together.act(city, command))
    advise = replace(command, action=Together.ADVISE_ACCEPT)
    refused(world, Denied, lambda: review_together.act(city, advise))
    assess = replace(command, action=Together.NO_COMMENT, reason="")
    refused(world, ForeignOrganisation, lambda: review_together.act(city, assess))


def test_only_what_was_tabled_in_this_agenda_is_chosen(house: House) -> None:
    world = a_world(house)
    command, ctx = three(world), world.acting(world.cities[0])
    draft = an_amendment(world, draft=True)
    for wrong in (("nothing",), (draft,)):
        with pytest.raises(Unknown):
            review_together.foresee(ctx, replace(command, amendment_ids=wrong))
    for count in (0, review_together.MOST + 1):
        with pytest.raises(Invalid):
            review_together.foresee(ctx, replace(command, amendment_ids=tuple(map(str, range(count)))))


def test_several_are_foreseen_with_as_many_queries_as_one(house: House) -> None:
    world = a_world(house, Phase.AMENDING)
    command, costs = three(world), []
    for ids in (command.amendment_ids[:1], command.amendment_ids):
        for action in (Together.ADMIT, Together.NO_COMMENT):
            with counting(house) as statements:
                ctx = world.acting(world.service)
                review_together.foresee(ctx, replace(command, amendment_ids=ids, action=action))
            costs.append(len(statements))
    assert costs[:2] == costs[2:]


def test_what_is_done_with_several_waits_for_others_in_the_order_in_which_they_wait(house: House) -> None:
    world = a_world(house)
    covered, other = an_amendment(world), an_amendment(world, by=world.cities[1])
    command = ActTogether(world.agenda, (other, a_compromise(world, covered)), Together.ADMIT)
    with ThreadPoolExecutor() as threads:
        with world.acting(world.rapporteur).transaction() as work:
            work.agendas.lock(world.agenda, share=True)
            work.amendments.lock(covered)
            acting = threads.submit(review_together.act, world.acting(world.facility), command)
            # Long enough for it to hold whatever it takes before it waits.
            wait([acting], timeout=0.5)
            work.amendments.lock(other)
        assert [one.fate for one in acting.result()] == [Fate.DONE] * 2


def test_what_a_service_says_meanwhile_is_not_replaced_by_nothing(house: House) -> None:
    world = a_world(house)
    command, ctx = replace(three(world), action=Together.NO_COMMENT, reason=""), world.acting(world.service)
    with ThreadPoolExecutor() as threads:
        with ctx.transaction():
            given = assessments.give(ctx, assessing(world))
            acting = threads.submit(review_together.act, world.acting(world.service), command)
            wait([acting], timeout=0.5)
        assert [one.fate for one in acting.result()] == [Fate.ALREADY] * 3
    assert [one.id for one in assessments.standing(ctx, world.recommendation)] == [given]
