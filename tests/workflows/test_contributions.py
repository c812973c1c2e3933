"""What an organisation says to itself, and the one official contribution that comes of it."""

from dataclasses import replace

from service.domain.actors import Role
from service.domain.comments import Audience, CommentAction, CommentKind
from service.domain.errors import ContributionExists, ForeignOrganisation, PhaseClosed, Unknown
from service.domain.phases import Phase
from service.workflows import comments, reading
from service.workflows.comments import Answer, PostComment, Settle
from service.workflows.context import Context
from tests.builders import ASK, a_colleague, a_comment, a_world, an_amendment, consolidated, decided
from tests.houses import House
from tests.workflows.refusals import fields, refused
from tests.worlds import World


def note(world: World, **other: object) -> PostComment:
    plain = PostComment(
        world.recommendation,
        world.cities[0].organisation,
        CommentKind.GENERAL,
        "Do we want this?",
        audience=Audience.ORGANISATION,
    )
    return replace(plain, **other)  # type: ignore[arg-type]  # any field of a comment


def noted(world: World, **other: object) -> str:
    return comments.post(world.acting(world.cities[0]), note(world, **other))


def others(world: World) -> tuple[Context, ...]:
    house = world.house
    members = (
        world.facility,
        world.rapporteur,
        world.cities[1],
        world.service,
        world.outsider,
        *world.approvers,
    )
    return (house.stranger, house.operator, house.person(world.newcomer), *map(world.acting, members))


def test_what_an_organisation_says_to_itself_is_unknown_to_everyone_else(house: House) -> None:
    world = a_world(house)
    before = [seen(world, ctx) for ctx in others(world)]
    made = noted(world, block_id=world.blocks["ask"].id)
    comments.answer(world.acting(world.cities[0]), Answer(made, world.cities[0].organisation, "Yes."))
    assert [seen(world, ctx) for ctx in others(world)] == before
    for ctx in others(world):
        for asked in (made, "no-such-comment"):
            refused(world, Unknown, lambda c=ctx, i=asked: reading.comment(c, i))  # type: ignore[misc]  # defaults in a lambda
            answer = Answer(asked, world.cities[1].organisation, "We see you.")
            refused(world, Unknown, lambda c=ctx, a=answer: comments.answer(c, a))  # type: ignore[misc]  # the same
            settle = Settle(asked, CommentAction.RESOLVE)
            refused(world, Unknown, lambda c=ctx, s=settle: comments.settle(c, s))  # type: ignore[misc]  # the same


def seen(world: World, ctx: Context) -> tuple[object, ...]:
    """Return all that somebody reads of a recommendation's discussion, and of the record."""
    summary = reading.recommendation(ctx, world.recommendation)
    return (
        reading.comments(ctx, world.recommendation),
        summary.comments,
        summary.open_comments,
        reading.figures(ctx, world.agenda),
        [entry.sequence for entry in world.house.record(world.agenda)],
    )


def test_colleagues_read_answer_and_settle_it_in_any_phase(house: House) -> None:
    world = a_world(house, Phase.ENDORSEMENT)
    made = noted(world)
    colleague = world.acting(a_colleague(house, world.cities[0], Role.REPRESENTATIVE))
    comments.answer(colleague, Answer(made, world.cities[0].organisation, "We do."))
    comments.settle(colleague, Settle(made, CommentAction.RESOLVE, "We do."))
    view = reading.comment(colleague, made)
    assert (view.audience, [r.text for r in view.replies], view.resolution) == (
        Audience.ORGANISATION,
        ["We do."],
        "We do.",
    )


def test_it_is_answered_in_the_name_of_its_own_organisation_alone(house: House) -> None:
    world = a_world(house)
    made = noted(world)
    foreign = Answer(made, world.cities[1].organisation, "Hello.")
    refused(world, ForeignOrganisation, lambda: comments.answer(world.acting(world.cities[0]), foreign))


def test_losing_its_words_leaves_no_trace_in_the_agendas_record(house: House) -> None:
    world = a_world(house)
    made = noted(world, block_id=world.blocks["ask"].id, quotation="a contact")
    decided(world, an_amendment(world, edit={"ask": ASK.replace("a contact", "somebody")}))
    with world.recording() as entries, world.recording("house") as kept:
        consolidated(world)
    assert [e for e in entries if e.subject_id == made] == []
    assert [e.name for e in kept] == ["comment.note_moved"]


def test_an_organisation_hands_in_one_official_contribution(house: House) -> None:
    world = a_world(house)
    amara = world.acting(world.cities[0])
    official = note(world, audience=Audience.EVERYONE, official=True, text="We support this.")
    with world.recording() as entries:
        made = comments.post(amara, official)
    assert [e.name for e in entries] == ["comment.posted", "comment.contributed"]
    assert reading.comment(house.stranger, made).official
    told = refused(world, ContributionExists, lambda: comments.post(amara, official))
    assert told.values == {"organisation": "Amara"}
    a_comment(world)
    hidden = replace(official, audience=Audience.ORGANISATION)
    assert fields(world, lambda: comments.post(amara, hidden)) == ["audience"]
    placed = replace(official, block_id=world.blocks["ask"].id)
    assert fields(world, lambda: comments.post(amara, placed)) == ["block_id"]


def test_an_official_contribution_comes_in_time(house: House) -> None:
    world = a_world(house, Phase.ENDORSEMENT)
    official = note(world, audience=Audience.EVERYONE, official=True)
    refused(world, PhaseClosed, lambda: comments.post(world.acting(world.cities[0]), official))
