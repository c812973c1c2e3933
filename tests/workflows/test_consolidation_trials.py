"""Trying other choices before consolidating, and what is kept of how collisions were settled."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlalchemy import event

from service.domain.amendments import AmendmentAction
from service.domain.errors import Denied, Invalid, Unknown
from service.domain.phases import Phase
from service.domain.text import Resolution, Tally
from service.workflows import amendments, amendments_carried, consolidation, reading
from service.workflows.amendments import SignAmendment
from service.workflows.amendments_carried import CarryOver
from service.workflows.consolidation import Consolidate, Preview
from tests.builders import (
    ASK,
    WHY,
    a_compromise,
    a_position,
    a_world,
    an_amendment,
    consolidated,
    decided,
    tabling,
)
from tests.houses import House
from tests.workflows.refusals import fields, refused
from tests.worlds import World

TWO, DESK = ASK.replace("a contact", "two contacts"), ASK.replace("a contact", "one desk")


def tried(world: World, *ids: str, resolutions: tuple[Resolution, ...] = ()) -> Consolidate:
    return Consolidate(world.recommendation, resolutions, amendments=ids)


def seen(world: World, command: Consolidate) -> Preview:
    return consolidation.preview(world.acting(world.rapporteur), command)


def told(preview: Preview) -> list[tuple[str, Tally]]:
    return [(one.organisation.name, one.words) for one in preview.served]


@contextmanager
def statements(house: House) -> Iterator[list[str]]:
    """Gather the statements that reach the database meanwhile."""
    made: list[str] = []

    def note(*arguments: object) -> None:
        made.append(str(arguments[2]).split(maxsplit=1)[0].upper())

    event.listen(house.database.engine, "before_cursor_execute", note)
    try:
        yield made
    finally:
        event.remove(house.database.engine, "before_cursor_execute", note)


def test_a_trial_of_undecided_amendments_shows_their_text_and_decides_nothing(house: House) -> None:
    world = a_world(house)
    one = an_amendment(world, edit={"ask": TWO})
    other = an_amendment(world, by=world.cities[1], edit={"ask": DESK})
    before = house.record(world.agenda)
    assert seen(world, Consolidate(world.recommendation)).blocks is None
    found = seen(world, tried(world, one))
    assert found.blocks == world.reworded(ask=TWO)
    assert [ref.id for ref in found.amendments] == [one]
    both = seen(world, tried(world, one, other))
    assert (both.blocks, both.served, len(both.unresolved)) == (None, (), 2)
    settled = Resolution((one, other), "", prefer=other)
    assert seen(world, tried(world, one, other, resolutions=(settled,))).blocks == world.reworded(ask=DESK)
    assert house.record(world.agenda) == before


def test_a_preview_tells_that_what_is_left_is_no_text(house: House) -> None:
    world = a_world(house)
    title, ask, why = world.text.blocks
    for city, left in zip(world.cities, ((title, why), (title, ask)), strict=False):
        command = replace(tabling(world, by=city), blocks=left)
        decided(world, amendments.table(world.acting(city), command))
    found = seen(world, Consolidate(world.recommendation))
    assert (found.blocks, found.digest, [fault.field for fault in found.faults]) == (None, None, ["blocks"])
    rapporteur = world.acting(world.rapporteur)
    told = refused(
        world, Invalid, lambda: consolidation.consolidate(rapporteur, Consolidate(world.recommendation))
    )
    assert told.errors == found.faults


def test_a_preview_writes_nothing_and_takes_no_lock(house: House) -> None:
    world = a_world(house)
    one = an_amendment(world, edit={"ask": TWO})
    ctx = world.acting(world.rapporteur)
    with statements(house) as made:
        consolidation.preview(ctx, tried(world, one))
        consolidation.compare(ctx, tried(world, one), tried(world))
    assert set(made) <= {"SELECT", "BEGIN"}


def test_who_is_served_counts_all_that_authors_and_signatories_asked_for(house: House) -> None:
    world = a_world(house)
    one = an_amendment(world, edit={"ask": TWO})
    an_amendment(world, by=world.cities[1], edit={"ask": DESK})
    signer = world.cities[2]
    amendments.sign(world.acting(signer), SignAmendment(one, signer.organisation))
    assert told(seen(world, tried(world, one))) == [
        ("Amara", Tally(4, 4)),
        ("Kesi", Tally(4, 4)),
        ("Vilaró", Tally(2, 4)),
    ]


def test_a_compromise_that_is_tried_lets_what_it_covers_fall(house: House) -> None:
    world = a_world(house)
    one = an_amendment(world, edit={"ask": TWO})
    other = an_amendment(world, by=world.cities[1], edit={"ask": DESK})
    made = a_compromise(world, one, other, ask=ASK.replace("a contact", "two desks"))
    found = seen(world, tried(world, made, one, other))
    assert (found.blocks, [ref.id for ref in found.fallen]) == (
        world.reworded(ask=ASK.replace("a contact", "two desks")),
        [one, other],
    )
    decided(world, made)
    again = seen(world, tried(world, one))
    assert again.blocks == world.reworded(ask=TWO)
    assert [name for name, _ in told(again)] == ["Amara", "Dawa", "Vilaró"]


def test_only_what_is_tried_counts_of_what_was_rejected(house: House) -> None:
    world = a_world(house)
    one = an_amendment(world, edit={"ask": TWO})
    rejected = decided(
        world, an_amendment(world, by=world.cities[1], edit={"ask": DESK}), AmendmentAction.REJECT
    )
    fallen = decided(
        world, an_amendment(world, by=world.cities[2], edit={"why": WHY + " So."}), AmendmentAction.FALL
    )
    assert [name for name, _ in told(seen(world, tried(world, one)))] == ["Amara"]
    assert [name for name, _ in told(seen(world, tried(world, one, fallen)))] == ["Amara", "Kesi"]
    assert told(seen(world, tried(world, rejected)))[1] == ("Vilaró", Tally(4, 4))


def test_positions_that_would_be_asked_for_again_are_named(house: House) -> None:
    world = a_world(house)
    one = an_amendment(world, edit={"ask": TWO})
    world.in_phase(Phase.ENDORSEMENT)
    for city in world.cities[:2]:
        a_position(world, by=city)
    world.move(Phase.CONSOLIDATION)
    found = seen(world, tried(world, one))
    assert (found.reconfirmations, [o.name for o in found.reconfirming]) == (2, ["Amara", "Vilaró"])
    untouched = seen(world, tried(world))
    assert (untouched.reconfirmations, untouched.reconfirming) == (0, ())


def test_two_choices_are_measured_by_the_same_amendments(house: House) -> None:
    world = a_world(house)
    one = an_amendment(world, edit={"ask": TWO})
    rejected = decided(
        world, an_amendment(world, by=world.cities[1], edit={"ask": DESK}), AmendmentAction.REJECT
    )
    ctx = world.acting(world.rapporteur)
    found = consolidation.compare(ctx, tried(world, one), tried(world, rejected))
    assert (found.first.blocks, found.second.blocks) == (world.reworded(ask=TWO), world.reworded(ask=DESK))
    assert told(found.first) == [("Amara", Tally(4, 4)), ("Vilaró", Tally(2, 4))]
    assert told(found.second) == [("Amara", Tally(2, 4)), ("Vilaró", Tally(4, 4))]


def test_a_trial_is_of_this_recommendations_amendments_and_the_rapporteurs(house: House) -> None:
    world = a_world(house)
    one = an_amendment(world, edit={"ask": TWO})
    draft = an_amendment(world, by=world.cities[1], draft=True)
    ctx = world.acting(world.rapporteur)
    for wrong in ("nobody", draft):
        command = tried(world, one, wrong)
        assert fields(world, lambda c=command: consolidation.preview(ctx, c)) == ["amendments.1"]  # type: ignore[misc] # a default of a lambda has no type
    assert fields(world, lambda: consolidation.consolidate(ctx, tried(world, one))) == ["amendments"]
    city = world.acting(world.cities[0])
    refused(world, Denied, lambda: consolidation.compare(city, tried(world, one), tried(world)))
    refused(
        world, Unknown, lambda: consolidation.preview(ctx, replace(tried(world), recommendation_id="nobody"))
    )
    foreign = Resolution((one, "nobody"), "", prefer=one)
    refused(world, Invalid, lambda: consolidation.preview(ctx, tried(world, one, resolutions=(foreign,))))


@pytest.mark.parametrize("kind", ["preview", "compare"])
def test_a_trial_costs_as_many_queries_for_three_amendments_as_for_one(house: House, kind: str) -> None:
    world = a_world(house)
    ctx = world.acting(world.rapporteur)
    counts = []
    ids: list[str] = []
    for city in world.cities[:3]:
        ids.append(an_amendment(world, by=city, edit={"ask": TWO}))
        with statements(house) as made:
            if kind == "preview":
                consolidation.preview(ctx, tried(world, *ids))
            else:
                consolidation.compare(ctx, tried(world, *ids), tried(world, ids[0]))
        counts.append(len(made))
    assert counts == [counts[0]] * 3


def test_how_collisions_were_settled_is_kept_with_the_version(house: House) -> None:
    world = a_world(house)
    one = decided(world, an_amendment(world, edit={"ask": TWO}))
    other = decided(world, an_amendment(world, by=world.cities[1], edit={"ask": DESK}))
    ask = world.blocks["ask"].id
    words = ASK.replace("a contact", "two desks")
    resolution = Resolution((one, other), "somebody else", block=ask, replacement=f"  {words} ")
    with world.recording() as entries:
        made = consolidation.consolidate(
            world.acting(world.rapporteur), Consolidate(world.recommendation, (resolution,))
        )
    (entry,) = (e for e in entries if e.name == "recommendation.collision_settled")
    assert entry.person_id == world.rapporteur.person
    (settled,) = reading.settlements(house.stranger, made)
    assert [ref.id for ref in settled.amendments] == [one, other]
    assert (settled.prefer, settled.block_id, settled.replacement, settled.in_order) == (
        None,
        ask,
        words,
        False,
    )
    assert (settled.resolver, settled.settled_at) == (world.rapporteur.person, house.clock.moment)
    assert reading.settlements(house.stranger, world.version) == ()
    house.check_records()


def test_each_version_keeps_its_own_settlements(house: House) -> None:
    world = a_world(house)
    versions = []
    for texts in (("two", "three"), ("four", "five")):
        now = world.text.blocks[1].text
        one, other = (
            decided(world, an_amendment(world, by=city, edit={"ask": now.replace("should", f"should {new}")}))
            for city, new in zip(world.cities, texts, strict=False)
        )
        resolution = Resolution((one, other), "", in_order=True)
        command = Consolidate(world.recommendation, (resolution,))
        versions.append((consolidation.consolidate(world.acting(world.rapporteur), command), one, other))
    for made, one, other in versions:
        (settled,) = reading.settlements(house.stranger, made)
        assert ([ref.id for ref in settled.amendments], settled.in_order) == ([one, other], True)


def test_every_wording_of_an_amendment_knows_the_one_it_was_made_from(house: House) -> None:
    world = a_world(house)
    one = an_amendment(world, edit={"ask": TWO})
    original = world.amendment(one)
    for more in (" Often.", " Always."):
        why = world.text.blocks[2].text + more
        decided(world, an_amendment(world, by=world.cities[1], edit={"why": why}))
        consolidated(world)
        amendments_carried.carry_over(world.acting(world.cities[0]), CarryOver(one))
    first, second, present = reading.wordings(house.stranger, one)
    assert (first.number, first.parent_id, first.blocks) == (1, None, original.blocks)
    assert (second.number, second.parent_id) == (2, first.id)
    assert (present.number, present.parent_id, present.id, present.replaced_at) == (3, second.id, one, None)
    assert [w.base_version.number for w in (first, second, present)] == [1, 2, 3]
    assert first.base_blocks == original.base_blocks
    assert present.blocks == world.amendment(one).blocks


def test_an_amendment_that_was_never_carried_over_has_its_original_alone(house: House) -> None:
    world = a_world(house)
    one = an_amendment(world)
    (only,) = reading.wordings(house.stranger, one)
    assert (only.number, only.parent_id, only.replaced_at) == (1, None, None)
