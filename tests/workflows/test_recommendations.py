from dataclasses import replace

import pytest

from service.domain.comments import CommentKind, CommentState
from service.domain.errors import (
    Denied,
    EmptyChange,
    IllegalMove,
    PhaseClosed,
    SignInNeeded,
    StaleBase,
    Unknown,
)
from service.domain.phases import Phase
from service.domain.recommendations import Addressee, RecommendationState
from service.domain.text import BASE, Block, BlockKind, Descent, digest
from service.workflows import agendas, comments, reading, recommendations
from service.workflows.recommendations import DraftRecommendation, Rewrite
from tests.builders import ASK, BLOCKS, a_comment, a_position, a_recommendation, a_world, names
from tests.houses import House
from tests.workflows.refusals import fields, refused
from tests.worlds import World


def drafting(world: World) -> DraftRecommendation:
    return DraftRecommendation(world.agenda, Addressee.CITIES, "Water", BLOCKS, " First  try. ")


def rewriting(world: World, **texts: str) -> Rewrite:
    return Rewrite(world.recommendation, world.text.id, world.reworded(**texts), "Clearer.")


def test_the_rapporteur_drafts_a_recommendation(house: House) -> None:
    world = a_world(house, Phase.PREPARATION)
    ctx = world.acting(world.rapporteur)
    with world.recording() as entries:
        made = recommendations.draft(ctx, drafting(world))
    view, text = reading.recommendation(ctx, made), reading.current_version(ctx, made)
    assert (view.number, view.title, view.state) == (2, BLOCKS[0].text, RecommendationState.DRAFT)
    assert (view.addressee, view.theme) == (Addressee.CITIES, "Water")
    assert (text.number, text.parent_id, text.note) == (1, None, "First try.")
    assert text.digest == digest(text.blocks)
    assert [(e.name, e.subject_id, e.data["digest"]) for e in entries] == [
        ("recommendation.drafted", made, text.digest)
    ]
    assert {run.origins for runs in text.provenance.values() for run in runs} == {(text.id,)}
    assert BASE not in {o for runs in text.provenance.values() for run in runs for o in run.origins}


def test_ids_of_blocks_are_the_houses_to_give(house: House) -> None:
    world = a_world(house, Phase.PREPARATION)
    ids = [block.id for block in world.text.blocks]
    assert len(set(ids)) == 3
    assert not set(ids) & {block.id for block in BLOCKS}


def test_a_draft_is_seen_by_those_who_draft_alone(house: House) -> None:
    world = a_world(house, Phase.PREPARATION)
    for ctx in (house.stranger, world.acting(world.cities[0]), world.acting(world.approvers[0])):
        assert reading.recommendations(ctx, world.agenda).items == ()
        assert reading.current_versions(ctx, world.agenda) == ()
        assert reading.outcomes(ctx, world.agenda) == {}
        assert reading.figures(ctx, world.agenda).recommendations == 0
        for read in (reading.recommendation, reading.current_version, reading.versions, reading.comments):
            with pytest.raises(Unknown):
                read(ctx, world.recommendation)
        with pytest.raises(Unknown):
            reading.version(ctx, world.version)
    for member in (world.rapporteur, world.facility):
        ctx = world.acting(member)
        assert [r.id for r in reading.recommendations(ctx, world.agenda).items] == [world.recommendation]
        assert reading.version(ctx, world.version).id == world.version


def test_a_hidden_draft_cannot_be_told_from_none(house: House) -> None:
    world = a_world(house, Phase.COMMENTING)
    hidden = a_recommendation(world.acting(world.rapporteur), world.agenda)
    city = world.acting(world.cities[0])
    said = comments.PostComment(hidden, world.cities[0].organisation, CommentKind.GENERAL, "Hello.")
    refused(world, Unknown, lambda: comments.post(city, said))
    refused(world, Unknown, lambda: recommendations.table(city, hidden))
    refused(world, Unknown, lambda: recommendations.withdraw(city, hidden, "So."))


def test_a_draft_is_refused_to_others_and_in_other_phases(house: House) -> None:
    world = a_world(house, Phase.PREPARATION)
    refused(world, SignInNeeded, lambda: recommendations.draft(house.stranger, drafting(world)))
    refused(world, Denied, lambda: recommendations.draft(world.acting(world.cities[0]), drafting(world)))
    world.in_phase(Phase.AMENDING)
    ctx = world.acting(world.rapporteur)
    refused(world, PhaseClosed, lambda: recommendations.draft(ctx, drafting(world)))


def test_a_draft_is_refused_by_field(house: House) -> None:
    world = a_world(house, Phase.PREPARATION)

    def draft(command: DraftRecommendation) -> list[str]:
        return fields(world, lambda: recommendations.draft(world.acting(world.rapporteur), command))

    assert draft(replace(drafting(world), theme=" ")) == ["theme"]
    assert draft(replace(drafting(world), theme="t" * 101)) == ["theme"]
    assert draft(replace(drafting(world), blocks=BLOCKS[:1])) == ["blocks"]
    assert draft(replace(drafting(world), blocks=())) == ["blocks"]


def test_a_rewrite_makes_the_next_version(house: House) -> None:
    world = a_world(house, Phase.COMMENTING)
    parent = world.text
    with world.recording() as entries:
        made = recommendations.rewrite(world.acting(world.rapporteur), rewriting(world, title="Cities first"))
    text = world.text
    assert (text.id, text.number, text.parent_id, text.note) == (made, 2, parent.id, "Clearer.")
    assert world.summary.title == "Cities first"
    assert names(entries) == ["recommendation.edited"]
    assert [v.id for v in reading.versions(house.stranger, world.recommendation).items] == [parent.id, made]
    assert [o.version_number for o in reading.origins(house.stranger, text.provenance).values()] == [1, 2]


def test_a_new_block_gets_its_id_and_the_others_keep_theirs(house: House) -> None:
    world = a_world(house, Phase.COMMENTING)
    before = world.text.blocks
    command = replace(
        rewriting(world), blocks=(*before, Block("mine", BlockKind.PARAGRAPH, "And one more reason."))
    )
    recommendations.rewrite(world.acting(world.rapporteur), command)
    after = world.text.blocks
    assert after[:3] == before
    assert after[3].id not in {"mine", *(b.id for b in before)}


def test_a_rewrite_is_refused_when_the_text_moved_on_or_nothing_changes(house: House) -> None:
    world = a_world(house, Phase.COMMENTING)
    ctx = world.acting(world.rapporteur)
    stale = rewriting(world, ask="Another ask.")
    refused(world, EmptyChange, lambda: recommendations.rewrite(ctx, rewriting(world)))
    recommendations.rewrite(ctx, rewriting(world, ask="A better ask."))
    refused(world, StaleBase, lambda: recommendations.rewrite(ctx, stale))
    city = world.acting(world.cities[0])
    refused(world, Denied, lambda: recommendations.rewrite(city, rewriting(world, ask="My ask.")))


def test_a_comment_whose_phrase_is_gone_stays_at_its_block(house: House) -> None:
    world = a_world(house, Phase.COMMENTING)
    lost, kept = a_comment(world, quotation="a contact"), a_comment(world, block="why", quotation="results")
    with world.recording() as entries:
        recommendations.rewrite(
            world.acting(world.rapporteur), rewriting(world, ask="Ministries should listen.")
        )
    assert names(entries) == ["recommendation.edited", "comment.moved"]
    orphan, other = reading.comment(house.stranger, lost), reading.comment(house.stranger, kept)
    assert (orphan.state, orphan.block_id, orphan.start) == (
        CommentState.ORPHANED,
        world.blocks["ask"].id,
        None,
    )
    assert other.state is CommentState.OPEN


def test_a_comment_moves_with_its_phrase(house: House) -> None:
    world = a_world(house, Phase.COMMENTING)
    comment = a_comment(world, quotation="a contact")
    world_ask = "From now on, " + ASK
    recommendations.rewrite(world.acting(world.rapporteur), rewriting(world, ask=world_ask))
    view = reading.comment(house.stranger, comment)
    assert view.start is not None
    assert view.end is not None
    assert world_ask[view.start : view.end] == "a contact"
    assert view.version.number == 1


def test_a_draft_is_tabled_once(house: House) -> None:
    world = a_world(house, Phase.PREPARATION)
    ctx = world.acting(world.rapporteur)
    with world.recording() as entries:
        recommendations.table(ctx, world.recommendation)
    assert names(entries) == ["recommendation.tabled"]
    assert world.summary.state is RecommendationState.TABLED
    refused(world, IllegalMove, lambda: recommendations.table(ctx, world.recommendation))
    city = world.acting(world.cities[0])
    refused(world, Denied, lambda: recommendations.table(city, world.recommendation))
    refused(world, Unknown, lambda: recommendations.table(ctx, "nobody"))


def test_a_recommendation_is_withdrawn_for_a_reason(house: House) -> None:
    world = a_world(house)
    ctx = world.acting(world.rapporteur)
    assert fields(world, lambda: recommendations.withdraw(ctx, world.recommendation, "  ")) == ["reason"]
    city = world.acting(world.cities[0])
    refused(world, Denied, lambda: recommendations.withdraw(city, world.recommendation, "So."))
    with world.recording() as entries:
        recommendations.withdraw(ctx, world.recommendation, " Said  elsewhere. ")
    assert [(e.name, e.data["reason"]) for e in entries] == [("recommendation.withdrawn", "Said elsewhere.")]
    assert world.summary.state is RecommendationState.WITHDRAWN
    refused(world, IllegalMove, lambda: recommendations.withdraw(ctx, world.recommendation, "Again."))


def test_what_is_adopted_is_not_withdrawn(house: House) -> None:
    world = a_world(house, Phase.ENDORSEMENT)
    for city in world.cities:
        a_position(world, by=city)
    agendas.move_phase(world.acting(world.facility), agendas.MovePhase(world.agenda, Phase.PUBLICATION))
    ctx = world.acting(world.rapporteur)
    refused(world, IllegalMove, lambda: recommendations.withdraw(ctx, world.recommendation, "Late."))


def test_versions_know_which_blocks_were_split_joined_or_moved(house: House) -> None:
    world = a_world(house, Phase.PREPARATION)
    ctx, (title, ask, why) = world.acting(world.rapporteur), world.text.blocks
    head, tail = (
        replace(ask, text="EU Delegations should name"),
        "a contact for city partnerships in every country.",
    )
    apart = (title, head, why, Block("", BlockKind.PARAGRAPH, tail))
    unknown = Rewrite(world.recommendation, world.version, apart, "", {3: ("nobody",)})
    assert fields(world, lambda: recommendations.rewrite(ctx, unknown)) == ["lineage"]
    recommendations.rewrite(
        ctx, Rewrite(world.recommendation, world.version, apart, "", {3: (ask.id,), 9: ()})
    )
    second = world.text
    parted = second.blocks[3].id
    assert second.lineage == {parted: (Descent(2, (ask.id,)),)}
    joined = (title, replace(head, text=f"{head.text}. {why.text}"), second.blocks[3])
    recommendations.rewrite(ctx, Rewrite(world.recommendation, second.id, joined, ""))
    assert world.text.lineage == {**second.lineage, ask.id: (Descent(3, (ask.id, why.id)),)}


def test_a_comment_follows_words_that_were_split_off_and_moved_and_stays_beside_what_took_its_block_in(
    house: House,
) -> None:
    world = a_world(house, Phase.COMMENTING)
    ctx, (title, ask, why) = world.acting(world.rapporteur), world.text.blocks
    phrase = "city partnerships"
    moved = a_comment(world, quotation=phrase)
    lost = a_comment(world, block="why", quotation="other programmes")
    head, tail = (
        replace(ask, text="EU Delegations should name"),
        "a contact for city partnerships in every country.",
    )
    apart = (
        title,
        head,
        replace(why, text="Partnerships have shown results."),
        Block("", BlockKind.PARAGRAPH, tail),
    )
    recommendations.rewrite(ctx, Rewrite(world.recommendation, world.version, apart, "", {3: (ask.id,)}))
    parted, start = world.text.blocks[3].id, tail.index(phrase)
    views = {one: reading.comment(ctx, one) for one in (moved, lost)}
    assert (views[moved].block_id, views[moved].start, views[moved].end, views[moved].state) == (
        parted,
        start,
        start + len(phrase),
        CommentState.OPEN,
    )
    assert (views[lost].block_id, views[lost].start, views[lost].state) == (
        why.id,
        None,
        CommentState.ORPHANED,
    )
    second = world.text
    into = (title, replace(head, text=f"{head.text} Partnerships have shown."), second.blocks[3])
    recommendations.rewrite(ctx, Rewrite(world.recommendation, second.id, into, "", {1: (why.id,)}))
    assert reading.comment(ctx, lost).block_id == ask.id


def test_a_text_that_is_off_the_agenda_is_not_rewritten(house: House) -> None:
    world = a_world(house, Phase.PREPARATION)
    ctx, command = world.acting(world.rapporteur), rewriting(world, ask="A better ask.")
    recommendations.withdraw(ctx, world.recommendation, "It is said elsewhere.")
    refused(world, IllegalMove, lambda: recommendations.rewrite(ctx, command))
    refused(world, IllegalMove, lambda: recommendations.rehearse(ctx, command))
