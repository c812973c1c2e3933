"""What happens after an edition is published: corrections, further editions, withdrawal."""

from functools import partial

from sqlalchemy import update

from service.domain import publication
from service.domain.corrigenda import Change, Corrigendum
from service.domain.dates import day
from service.domain.editions import EditionState
from service.domain.errors import Denied, IllegalMove, Invalid, NotReady, PhaseClosed
from service.domain.halts import Halt
from service.domain.phases import Phase
from service.domain.positions import PositionState
from service.domain.publication import Snapshot
from service.domain.recommendations import RecommendationState
from service.domain.views.agendas import EditionRef
from service.domain.views.record import RecordView
from service.store import tables
from service.workflows import agendas, editions, library, positions, publishing, reading, recommendations
from service.workflows.agendas import EditAgenda
from service.workflows.recommendations import Rewrite
from tests.builders import (
    ASK,
    REASON,
    a_position,
    a_released_edition,
    a_world,
    an_edition,
    approve,
    endorsed,
    names,
)
from tests.houses import House
from tests.workflows.refusals import refused
from tests.worlds import World

RIGHT = ASK.replace("every", "every single")
NEEDED = "(2 of 3 of those for or against). 2 objections would have stopped it."


def correcting(world: World, note: str = REASON) -> Rewrite:
    """Return the command by which a misprint in the ask is put right."""
    return Rewrite(world.recommendation, world.text.id, world.reworded(ask=RIGHT), note)


def frozen(world: World, edition: str) -> Snapshot:
    return publication.from_json(editions.snapshot(world.house.stranger, edition))


def corrected(world: World) -> World:
    """The world after its one recommendation was published, corrected, and endorsed anew by all but one city."""
    a_released_edition(endorsed(world))
    recommendations.rewrite(world.acting(world.facility), correcting(world))
    world.move(Phase.ENDORSEMENT)
    for city in world.cities[1:]:
        a_position(world, by=city)
    return world.in_phase(Phase.PUBLICATION)


def reasons(entries: list[RecordView]) -> list[object]:
    return [entry.data["reason"] for entry in entries if entry.data.get("reason")]


def test_a_corrected_text_needs_its_positions_anew(house: House) -> None:
    world = endorsed(a_world(house))
    a_released_edition(world)
    with world.recording() as entries:
        recommendations.rewrite(world.acting(world.facility), correcting(world))
    assert names(entries) == ["recommendation.corrected", *["position.reconfirmation_requested"] * 4]
    assert reasons(entries) == [REASON]
    assert world.summary.state is RecommendationState.TABLED
    states = {p.state for p in reading.positions(house.stranger, world.recommendation).items}
    assert states == {PositionState.RECONFIRMATION_REQUESTED}
    told = refused(world, NotReady, lambda: an_edition(world))
    assert told.values == {"reason": "some recommendations are still open"}


def test_a_correction_is_the_facilitys_after_publication_and_says_why(house: House) -> None:
    world = endorsed(a_world(house))
    a_released_edition(world)
    refused(world, Denied, lambda: recommendations.rewrite(world.acting(world.rapporteur), correcting(world)))
    facility = world.acting(world.facility)
    told = refused(world, Invalid, lambda: recommendations.rewrite(facility, correcting(world, " ")))
    assert [error.field for error in told.errors] == ["note"]
    assert recommendations.rehearse(facility, correcting(world)).blocks == world.reworded(ask=RIGHT)
    world.move(Phase.ENDORSEMENT)
    refused(world, PhaseClosed, lambda: recommendations.rewrite(facility, correcting(world)))


def test_while_positions_are_open_again_what_was_not_corrected_stays_decided(house: House) -> None:
    world = a_world(house)
    position = ""
    world.in_phase(Phase.ENDORSEMENT)
    for city in world.cities:
        position = a_position(world, by=city)
    world.in_phase(Phase.PUBLICATION)
    a_released_edition(world)
    world.move(Phase.ENDORSEMENT)
    voice = world.acting(world.cities[-1])
    refused(world, IllegalMove, lambda: positions.withdraw(voice, position))
    refused(world, IllegalMove, lambda: a_position(world, by=world.cities[-1]))
    world.move(Phase.PUBLICATION)
    assert world.summary.state is RecommendationState.PUBLISHED


def test_opening_publication_again_after_the_follow_up_decides_nothing(house: House) -> None:
    world = endorsed(a_world(house))
    a_released_edition(world)
    world.move(Phase.FOLLOW_UP)
    recommendations.rewrite(world.acting(world.facility), correcting(world))
    states = []
    for phase in (Phase.PUBLICATION, Phase.ENDORSEMENT, Phase.PUBLICATION):
        world.move(phase)
        states.append(world.summary.state)
    tabled = RecommendationState.TABLED
    assert states == [tabled, tabled, RecommendationState.NOT_ADOPTED]


def test_a_further_edition_says_which_it_replaces_what_changed_and_why(house: House) -> None:
    world = corrected(a_world(house))
    first = library.editions(house.stranger, world.agenda).items[0]
    before = frozen(world, first.id)
    with world.recording() as entries:
        second = an_edition(world)
    assert [(e.name, e.data["reason"]) for e in entries] == [("edition.assembled", REASON)]
    now = frozen(world, second)
    old, new = before.recommendations[0], now.recommendations[0]
    today = day(house.clock.moment.date())
    assert now.corrigendum == Corrigendum(
        1,
        house.clock.moment.date(),
        first.digest,
        REASON,
        (
            Change(
                "How it came about",
                f"Steps that are new: {today}, The organisations were asked for their positions. "
                f"{today}, The time for positions ended, and the rule was applied.",
            ),
            Change(
                "Recommendation 1",
                "The text has changed: version 2 takes the place of version 1.",
                old.blocks,
                new.blocks,
            ),
            Change(
                "Recommendation 1",
                "The outcome is now “Adopted. Of 4 organisations that count, 3 took a position; 2 had to. "
                f"3 endorse it; 0 object. 2 had to endorse it {NEEDED} "
                "Positions still to be confirmed on the changed text: 1.”; "
                "it was “Adopted. Of 4 organisations that count, 4 took a position; 2 had to. 4 endorse it; 0 object. "
                f"3 had to endorse it {NEEDED}”.",
            ),
            Change("Recommendation 1", "Positions that have changed: Amara (endorsed → no record)."),
        ),
    )
    assert world.edition(second).reason == REASON


def test_a_further_edition_needs_a_reason_and_the_first_takes_none(house: House) -> None:
    world = endorsed(a_world(house))
    first = a_released_edition(world)
    assert (world.edition(first).reason, frozen(world, first).corrigendum) == ("", None)
    facility = world.acting(world.facility)
    for reason in ("", " ", "x " * 1_001):
        told = refused(world, Invalid, partial(editions.assemble, facility, world.agenda, reason))
        assert [error.field for error in told.errors] == ["reason"]


def test_the_edition_before_says_by_which_one_it_is_superseded(house: House) -> None:
    world = endorsed(a_world(house))
    first = a_released_edition(world)
    second = an_edition(world, approved=True)
    assert world.edition(first).superseded_by is None
    house.work()
    third = a_released_edition(world)
    by = EditionRef(third, 3)
    assert [world.edition(e).superseded_by for e in (first, second, third)] == [by, by, None]
    listed = library.editions(house.stranger, world.agenda).items
    assert [e.superseded_by for e in listed] == [by, by, None]
    assert editions.pdf(house.stranger, first).startswith(b"%PDF-")
    paper = world.edition(first).file_digest
    assert paper is not None
    assert library.edition_with_paper(house.stranger, paper) == world.edition(first)
    assert library.edition_with_paper(house.stranger, "0" * 64) is None


def test_a_withdrawn_edition_says_why_and_supersedes_none(house: House) -> None:
    world = endorsed(a_world(house))
    first, second = a_released_edition(world), a_released_edition(world)
    facility = world.acting(world.facility)
    told = refused(world, Invalid, lambda: editions.withdraw(facility, second, " "))
    assert [error.field for error in told.errors] == ["reason"]
    with world.recording() as entries:
        editions.withdraw(facility, second, "The wrong text.")
    assert [(e.data["state"], e.data["reason"]) for e in entries] == [("withdrawn", "The wrong text.")]
    view = world.edition(second)
    assert (view.withdrawn_because, view.withdrawn_at) == ("The wrong text.", house.clock.moment)
    assert world.edition(first).superseded_by is None
    third = frozen(world, an_edition(world))
    assert third.corrigendum is not None
    assert (third.corrigendum.edition, third.corrigendum.withdrawn) == (2, True)


def test_an_edition_assembled_before_another_was_published_is_assembled_anew(house: House) -> None:
    world = endorsed(a_world(house))
    first, second = an_edition(world), an_edition(world)
    approve(world, first)
    house.work()
    told = refused(world, NotReady, lambda: approve(world, second))
    assert told.values == {"reason": "another edition was published since; assemble it anew"}
    assert world.edition(second).halt is Halt.OVERTAKEN
    assert world.edition(second).state is EditionState.ASSEMBLED


def test_of_two_editions_that_were_approved_together_one_is_released_and_the_other_withdrawn(
    house: House,
) -> None:
    world = endorsed(a_world(house))
    first, second = (an_edition(world, approved=True) for _ in range(2))
    assert house.work() == 2
    states = [EditionState.RELEASED, EditionState.VERIFIED]
    assert [world.edition(one).state for one in (first, second)] == states
    why = "OvertakenError: another edition was published since; assemble it anew"
    assert publishing.fault(house.operator, second) == why
    assert [world.edition(one).halt for one in (first, second)] == [None, Halt.OVERTAKEN]
    editions.withdraw(world.acting(world.facility), second, "It was overtaken.")
    third = frozen(world, a_released_edition(world)).corrigendum
    assert third is not None
    assert third.edition == 1


def test_an_edition_that_is_withdrawn_on_its_way_is_not_released(house: House) -> None:
    world = endorsed(a_world(house))
    edition = an_edition(world, approved=True)
    editions.withdraw(world.acting(world.facility), edition, "The wrong text.")
    assert house.work() == 1
    assert publishing.fault(house.operator, edition) == ""
    view = world.edition(edition)
    assert (view.state, view.file_digest, view.released_at) == (EditionState.WITHDRAWN, None, None)


def withdrawn_before_the_moment_was_kept(world: World) -> str:
    """Release an edition and withdraw it, as it is kept from before the moment and the reason were; returns its id."""
    edition = a_released_edition(world)
    editions.withdraw(world.acting(world.facility), edition, "The wrong text.")
    with world.house.database.engine.begin() as connection:
        connection.execute(
            update(tables.editions)
            .where(tables.editions.c.id == edition)
            .values(withdrawn_at=None, withdrawn_because="")
        )
    return edition


def test_an_edition_that_was_withdrawn_long_ago_is_printed_as_withdrawn(house: House) -> None:
    world = endorsed(a_world(house))
    withdrawn_before_the_moment_was_kept(world)
    corrigendum = frozen(world, an_edition(world)).corrigendum
    assert corrigendum is not None
    assert corrigendum.withdrawn


def test_an_edition_is_assembled_anew_when_the_one_before_it_was_withdrawn_since(house: House) -> None:
    world = endorsed(a_world(house))
    first, second = a_released_edition(world), an_edition(world)
    editions.withdraw(world.acting(world.facility), first, "The wrong text.")
    told = refused(world, NotReady, lambda: approve(world, second))
    assert told.values == {"reason": "the edition before it was withdrawn since; assemble it anew"}
    approve(world, an_edition(world))


def test_what_no_position_is_bound_to_is_corrected_without_asking_again(house: House) -> None:
    world = endorsed(a_world(house))
    mandate = frozen(world, a_released_edition(world)).mandate
    agendas.edit(world.acting(world.facility), EditAgenda(world.agenda, place="Port Basso"))
    now = frozen(world, a_released_edition(world))
    assert now.corrigendum is not None
    assert now.corrigendum.changes == (
        Change("The agenda", "The place is now “Port Basso”; it was “Port Alta”."),
        Change("The agenda", f"The mandate is now “{now.mandate}”; it was “{mandate}”."),
    )
    assert world.summary.state is RecommendationState.PUBLISHED
