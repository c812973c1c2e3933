from service.domain.amendments import AmendmentAction, AmendmentState
from service.domain.errors import (
    CannotRebase,
    Denied,
    Invalid,
    NothingToMerge,
    OpenCollisions,
    PhaseClosed,
    PreviewOutdated,
    Unknown,
)
from service.domain.phases import Phase
from service.domain.text import Resolution
from service.domain.views.people import OrganisationRef
from service.workflows import consolidation, decisions, reading
from service.workflows.consolidation import Consolidate
from tests.builders import (
    ASK,
    WHY,
    a_world,
    an_amendment,
    consolidated,
    decided,
    names,
)
from tests.houses import House
from tests.workflows.refusals import refused
from tests.worlds import World

TWO, DESK = ASK.replace("a contact", "two contacts"), ASK.replace("a contact", "one desk")


def colliding(world: World) -> tuple[str, str]:
    """Accept two amendments that change the same words."""
    one = decided(world, an_amendment(world, edit={"ask": TWO}))
    other = decided(world, an_amendment(world, by=world.cities[1], edit={"ask": DESK}))
    return one, other


def preferring(world: World, prefer: str, *amendments: str) -> Consolidate:
    resolution = Resolution(amendments, "somebody else", prefer=prefer)
    return Consolidate(world.recommendation, (resolution,), " As  agreed. ")


def test_accepted_amendments_become_the_next_version(house: House) -> None:
    world = a_world(house)
    ask = decided(world, an_amendment(world, edit={"ask": TWO}))
    why = decided(world, an_amendment(world, by=world.cities[1], edit={"why": WHY + " Often."}))
    rejected = decided(world, an_amendment(world, by=world.cities[2]), AmendmentAction.REJECT)
    shown = consolidation.preview(world.acting(world.rapporteur), Consolidate(world.recommendation))
    with world.recording() as entries:
        made = consolidated(world)
    text = world.text
    assert (text.id, text.number, text.blocks) == (made, 2, shown.blocks)
    assert [b.text for b in text.blocks[1:]] == [TWO, WHY + " Often."]
    assert names(entries) == [
        "amendment.incorporated",
        "amendment.incorporated",
        "recommendation.consolidated",
    ]
    assert entries[-1].data == {
        "recommendation_id": world.recommendation,
        "version_id": made,
        "digest": text.digest,
        "amendment_ids": [ask, why],
    }
    incorporated = [world.amendment(a).incorporated_in for a in (ask, why, rejected)]
    assert [v.id if v else None for v in incorporated] == [made, made, None]


def test_every_phrase_tells_who_brought_it(house: House) -> None:
    world = a_world(house)
    decided(world, an_amendment(world, edit={"ask": TWO}))
    consolidated(world)
    origins = reading.origins(house.stranger, world.text.provenance)
    ask = world.blocks["ask"].id
    brought = [
        (
            TWO[run.start : run.end],
            [(origins[o].amendment_number, origins[o].organisations) for o in run.origins],
        )
        for run in world.text.provenance[ask]
    ]
    amara = OrganisationRef(world.cities[0].organisation, "Amara")
    assert [words for words, who in brought if who == [(1, (amara,))]] == ["two", "contacts"]
    assert "".join(words for words, _ in brought) == TWO
    assert [who for _, who in brought if who != [(1, (amara,))]] == [[(None, ())]] * 3


def test_a_preview_changes_nothing(house: House) -> None:
    world = a_world(house)
    decided(world, an_amendment(world))
    before = house.record(world.agenda)
    shown = consolidation.preview(world.acting(world.rapporteur), Consolidate(world.recommendation))
    assert [a.number for a in shown.amendments] == [1]
    assert (shown.base_version, shown.fallen, shown.unresolved, shown.blocked) == (1, (), (), ())
    assert house.record(world.agenda) == before
    assert world.text.number == 1


def test_a_version_is_made_only_as_it_was_shown(house: House) -> None:
    world = a_world(house)
    decided(world, an_amendment(world, edit={"ask": "The Union funds cities."}), AmendmentAction.ACCEPT)
    ctx = world.acting(world.rapporteur)
    shown = consolidation.preview(ctx, Consolidate(world.recommendation))
    other = an_amendment(world, by=world.cities[1], edit={"why": "Cities know."})
    decided(world, other, AmendmentAction.ACCEPT)
    refused(
        world,
        PreviewOutdated,
        lambda: consolidation.consolidate(ctx, Consolidate(world.recommendation, digest=shown.digest)),
    )
    again = consolidation.preview(ctx, Consolidate(world.recommendation))
    made = consolidation.consolidate(ctx, Consolidate(world.recommendation, digest=again.digest))
    assert (world.text.id, world.text.digest) == (made, again.digest)


def test_a_preview_of_nothing_shows_no_text(house: House) -> None:
    world = a_world(house)
    shown = consolidation.preview(world.acting(world.rapporteur), Consolidate(world.recommendation))
    assert (shown.blocks, shown.amendments, shown.reconfirmations) == (None, (), 0)


def test_collisions_are_shown_and_stop_the_consolidation(house: House) -> None:
    world = a_world(house)
    one, other = colliding(world)
    ctx = world.acting(world.rapporteur)
    shown = consolidation.preview(ctx, Consolidate(world.recommendation))
    assert shown.blocks is None
    assert {(c.first.id, c.second.id) for c in shown.unresolved} == {(one, other)}
    told = refused(
        world, OpenCollisions, lambda: consolidation.consolidate(ctx, Consolidate(world.recommendation))
    )
    assert told.values == {"pairs": "1 and 2"}
    assert world.text.number == 1


def test_a_decision_on_colliding_amendments_lets_the_other_fall(house: House) -> None:
    world = a_world(house)
    one, other = colliding(world)
    ctx = world.acting(world.rapporteur)
    command = preferring(world, other, one, other)
    shown = consolidation.preview(ctx, command)
    assert [a.id for a in shown.fallen] == [one]
    with world.recording() as entries:
        consolidation.consolidate(ctx, command)
    assert [(e.name, e.subject_id) for e in entries[:2]] == [
        ("amendment.incorporated", other),
        ("amendment.moved", one),
    ]
    assert (world.text.blocks[1].text, world.text.note) == (DESK, "As agreed.")
    assert world.amendment(one).state is AmendmentState.FALLEN
    assert world.amendment(one).incorporated_in is None
    assert world.amendment(other).incorporated_in is not None


def test_words_that_replace_both_are_credited_to_both_and_to_who_decided(house: House) -> None:
    world = a_world(house)
    one, other = colliding(world)
    words = ASK.replace("a contact", "two desks")
    resolution = Resolution((one, other), "somebody else", block=world.blocks["ask"].id, replacement=words)
    consolidation.consolidate(
        world.acting(world.rapporteur), Consolidate(world.recommendation, (resolution,))
    )
    assert world.text.blocks[1].text == words
    assert {a.state for a in map(world.amendment, (one, other))} == {AmendmentState.ACCEPTED}
    resolvers = {run.resolver for runs in world.text.provenance.values() for run in runs}
    assert resolvers == {None, world.rapporteur.person}


def test_a_decision_that_makes_no_sense_is_refused(house: House) -> None:
    world = a_world(house)
    one, other = colliding(world)
    command = preferring(world, "nobody", one, other)
    refused(world, Invalid, lambda: consolidation.consolidate(world.acting(world.rapporteur), command))


def test_consolidating_is_refused_with_its_own_reason(house: House) -> None:
    world = a_world(house)
    command = Consolidate(world.recommendation)
    ctx = world.acting(world.rapporteur)
    refused(world, NothingToMerge, lambda: consolidation.consolidate(ctx, command))
    refused(world, Denied, lambda: consolidation.consolidate(world.acting(world.cities[0]), command))
    refused(world, Denied, lambda: consolidation.preview(world.acting(world.cities[0]), command))
    refused(world, Unknown, lambda: consolidation.consolidate(ctx, Consolidate("nobody")))
    world.in_phase(Phase.ENDORSEMENT)
    refused(world, PhaseClosed, lambda: consolidation.consolidate(ctx, command))


def test_an_amendment_made_on_an_older_version_is_carried_over(house: House) -> None:
    world = a_world(house)
    older = an_amendment(world, edit={"why": WHY + " Often."})
    decided(world, an_amendment(world, by=world.cities[1], edit={"ask": TWO}))
    consolidated(world)
    decided(world, older)
    consolidated(world)
    assert [b.text for b in world.text.blocks[1:]] == [TWO, WHY + " Often."]


def test_an_amendment_that_no_longer_fits_blocks_and_is_named(house: House) -> None:
    world = a_world(house)
    older = an_amendment(world, edit={"ask": TWO})
    decided(world, an_amendment(world, by=world.cities[1], edit={"ask": DESK}))
    consolidated(world)
    decided(world, older)
    ctx = world.acting(world.rapporteur)
    shown = consolidation.preview(ctx, Consolidate(world.recommendation))
    assert (shown.blocks, [a.id for a in shown.blocked]) == (None, [older])
    refused(world, CannotRebase, lambda: consolidation.consolidate(ctx, Consolidate(world.recommendation)))


def test_an_accepted_amendment_that_says_what_the_text_says_by_now_falls(house: House) -> None:
    world = a_world(house)
    late = an_amendment(world, by=world.cities[1], edit={"ask": TWO})
    first = decided(world, an_amendment(world, edit={"ask": TWO}))
    consolidated(world)
    decided(world, late)
    consolidated(world)
    fallen = world.amendment(late)
    assert world.amendment(first).state is AmendmentState.ACCEPTED
    assert (fallen.state, fallen.incorporated_in) == (AmendmentState.FALLEN, None)
    assert fallen.decision_reason == "It falls, because the text says so already."


def test_identical_deletions_are_worked_in_together(house: House) -> None:
    world = a_world(house)
    shorter = ASK.replace(" in every country", "")
    twins = [decided(world, an_amendment(world, by=c, edit={"ask": shorter})) for c in world.cities[:2]]
    made = consolidated(world)
    assert world.text.blocks[1].text == shorter
    incorporated = [world.amendment(a).incorporated_in for a in twins]
    assert [v.id if v else None for v in incorporated] == [made, made]


def test_a_deletion_stands_beside_a_collision_that_was_settled(house: House) -> None:
    world = a_world(house)
    one, other = colliding(world)
    shorter = WHY.replace(" rarely", "")
    apart = decided(world, an_amendment(world, by=world.cities[2], edit={"why": shorter}))
    ctx, command = world.acting(world.rapporteur), preferring(world, one, one, other)
    shown = consolidation.preview(ctx, command)
    consolidation.consolidate(ctx, command)
    assert [a.id for a in shown.fallen] == [other]
    assert [b.text for b in world.text.blocks[1:]] == [TWO, shorter]
    assert [world.amendment(a).state for a in (one, other, apart)] == [
        AmendmentState.ACCEPTED,
        AmendmentState.FALLEN,
        AmendmentState.ACCEPTED,
    ]


def test_what_falls_says_why_it_fell_and_not_why_it_was_accepted_before(house: House) -> None:
    world = a_world(house)
    one, other = colliding(world)
    ctx = world.acting(world.rapporteur)
    decisions.decide(ctx, decisions.Decide(one, AmendmentAction.REOPEN, "Let us look again."))
    decisions.decide(ctx, decisions.Decide(one, AmendmentAction.ACCEPT, "A good idea."))
    consolidation.consolidate(ctx, preferring(world, other, one, other))
    said = "It falls, because other wording was given precedence in the same place."
    assert world.amendment(one).decision_reason == said


def test_words_that_replace_both_are_brought_into_their_one_form(house: House) -> None:
    world = a_world(house)
    one, other = colliding(world)
    ask = world.blocks["ask"].id
    words = "  EU Delegations\nshould  name two desks.  "
    resolution = Resolution((one, other), "", block=ask, replacement=words)
    ctx, command = world.acting(world.rapporteur), Consolidate(world.recommendation, (resolution,))
    shown = consolidation.preview(ctx, command)
    consolidation.consolidate(ctx, command)
    text = world.text
    assert text.blocks[1].text == "EU Delegations should name two desks."
    assert (text.blocks, text.provenance[ask][-1].end) == (shown.blocks, len(text.blocks[1].text))


def test_identical_amendments_are_worked_in_together(house: House) -> None:
    world = a_world(house)
    twins = [decided(world, an_amendment(world, by=city, edit={"ask": TWO})) for city in world.cities[:2]]
    consolidated(world)
    assert world.text.blocks[1].text == TWO
    assert [world.amendment(a).state for a in twins] == [AmendmentState.ACCEPTED] * 2
    ask = world.blocks["ask"].id
    assert tuple(sorted(twins)) in {run.origins for run in world.text.provenance[ask]}


def test_the_decided_wording_is_what_is_worked_in(house: House) -> None:
    world = a_world(house)
    amendment = an_amendment(world, edit={"ask": TWO})
    modified = world.reworded(ask=DESK)
    decisions.decide(
        world.acting(world.rapporteur),
        decisions.Decide(amendment, AmendmentAction.ACCEPT_MODIFIED, "One is enough.", modified),
    )
    consolidated(world)
    assert world.text.blocks == modified
