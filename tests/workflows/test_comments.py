from dataclasses import replace

import pytest

from service.domain.comments import CommentAction, CommentKind, CommentState
from service.domain.errors import Denied, ForeignOrganisation, IllegalMove, PhaseClosed, SignInNeeded, Unknown
from service.domain.phases import Phase
from service.workflows import comments, reading
from service.workflows.comments import Answer, PostComment, Settle
from tests.builders import ASK, a_comment, a_recommendation, a_world, an_amendment, consolidated, decided
from tests.houses import House
from tests.workflows.refusals import fields, refused
from tests.worlds import World


def posting(world: World) -> PostComment:
    return PostComment(
        world.recommendation, world.cities[0].organisation, CommentKind.TECHNICAL, " Who  pays? "
    )


def test_an_organisation_comments_on_a_phrase(house: House) -> None:
    world = a_world(house)
    amara = world.cities[0]
    with world.recording() as entries:
        made = a_comment(world, quotation="a contact")
    view = reading.comment(house.stranger, made)
    assert (view.state, view.kind, view.organisation.name) == (
        CommentState.OPEN,
        CommentKind.TECHNICAL,
        "Amara",
    )
    at = ASK.index("a contact")
    assert (view.block_id, view.start, view.end, view.quotation) == (
        world.blocks["ask"].id,
        at,
        at + 9,
        "a contact",
    )
    assert [(e.name, e.organisation_id, e.data["recommendation_id"]) for e in entries] == [
        ("comment.posted", amara.organisation, world.recommendation)
    ]


def test_a_comment_can_be_about_the_whole(house: House) -> None:
    world = a_world(house)
    made = comments.post(world.acting(world.cities[0]), posting(world))
    view = reading.comment(house.stranger, made)
    assert (view.text, view.block_id, view.start, view.end, view.quotation) == (
        "Who pays?",
        None,
        None,
        None,
        "",
    )


def test_comments_and_answers_are_in_the_language_of_whoever_writes_them(house: House) -> None:
    world = a_world(house)
    one, other = world.cities[:2]
    made = comments.post(world.acting(one), replace(posting(world), language="FR"))
    comments.answer(world.acting(other), Answer(made, other.organisation, "¿Quién?", "es"))
    comments.answer(world.acting(other), Answer(made, other.organisation, "Who?"))
    view = reading.comment(house.stranger, made)
    assert (view.language, [reply.language for reply in view.replies]) == ("fr", ["es", "en"])
    wrong = replace(posting(world), language="French")
    assert fields(world, lambda: comments.post(world.acting(one), wrong)) == ["language"]


def test_a_comment_on_an_older_version_is_shown_where_its_phrase_is_now(house: House) -> None:
    world = a_world(house)
    first = world.version
    decided(world, an_amendment(world, edit={"ask": "Now, " + ASK}))
    consolidated(world)
    made = comments.post(
        world.acting(world.cities[0]),
        replace(posting(world), version_id=first, block_id=world.blocks["ask"].id, quotation="a contact"),
    )
    view = reading.comment(house.stranger, made)
    assert (view.version.number, view.start) == (1, ASK.index("a contact") + len("Now, "))


def test_a_comment_is_refused_with_its_own_reason(house: House) -> None:
    world = a_world(house)
    amara = world.acting(world.cities[0])
    command = posting(world)
    refused(world, SignInNeeded, lambda: comments.post(house.stranger, command))
    foreign = replace(command, organisation_id=world.cities[1].organisation)
    refused(world, ForeignOrganisation, lambda: comments.post(amara, foreign))
    refused(world, Unknown, lambda: comments.post(amara, replace(command, recommendation_id="nobody")))
    refused(world, Unknown, lambda: comments.post(amara, replace(command, version_id="nobody")))
    assert fields(world, lambda: comments.post(amara, replace(command, text=" "))) == ["text"]
    assert fields(world, lambda: comments.post(amara, replace(command, block_id="b"))) == ["block_id"]
    world.in_phase(Phase.ENDORSEMENT)
    refused(world, PhaseClosed, lambda: comments.post(amara, command))


def test_a_comment_names_a_version_of_its_own_recommendation(house: House) -> None:
    world = a_world(house, Phase.PREPARATION)
    rapporteur = world.acting(world.rapporteur)
    other = reading.current_version(rapporteur, a_recommendation(rapporteur, world.agenda))
    world.in_phase(Phase.COMMENTING)
    command = replace(posting(world), version_id=other.id)
    refused(world, Unknown, lambda: comments.post(world.acting(world.cities[0]), command))


def test_an_answer_answers_and_its_author_can_ask_on(house: House) -> None:
    world = a_world(house)
    comment = a_comment(world)
    amara, other = world.cities[:2]

    def state() -> CommentState:
        return reading.comment(house.stranger, comment).state

    comments.answer(world.acting(amara), Answer(comment, amara.organisation, "And when?"))
    assert state() is CommentState.OPEN
    with world.recording() as entries:
        reply = comments.answer(world.acting(other), Answer(comment, other.organisation, " We  do. "))
    assert [(e.name, e.organisation_id, e.data["reply_id"]) for e in entries] == [
        ("comment.answered", other.organisation, reply)
    ]
    assert state() is CommentState.ANSWERED
    comments.answer(world.acting(amara), Answer(comment, amara.organisation, "Thank you."))
    assert state() is CommentState.ANSWERED
    assert [(r.organisation.name, r.text) for r in reading.comment(house.stranger, comment).replies] == [
        ("Amara", "And when?"),
        ("Vilaró", "We do."),
        ("Amara", "Thank you."),
    ]


def test_what_is_said_about_a_draft_is_not_for_everyone(house: House) -> None:
    world = a_world(house, Phase.COMMENTING)
    rapporteur, amara = world.rapporteur, world.cities[0]
    draft = a_recommendation(world.acting(rapporteur), world.agenda)
    about = PostComment(draft, rapporteur.organisation, CommentKind.GENERAL, "Not yet.")
    comment = comments.post(world.acting(rapporteur), about)
    assert reading.comment(world.acting(rapporteur), comment).text == "Not yet."
    with pytest.raises(Unknown, match="no such comment"):
        reading.comment(world.acting(amara), comment)
    answering = Answer(comment, amara.organisation, "Why?")
    refused(world, Unknown, lambda: comments.answer(world.acting(amara), answering))


def test_an_answer_is_refused_with_its_own_reason(house: House) -> None:
    world = a_world(house)
    comment = a_comment(world)
    amara, other = world.cities[:2]
    foreign = Answer(comment, other.organisation, "Hm.")
    refused(world, ForeignOrganisation, lambda: comments.answer(world.acting(amara), foreign))
    gone = Answer("nobody", amara.organisation, "Hm.")
    refused(world, Unknown, lambda: comments.answer(world.acting(amara), gone))
    empty = Answer(comment, amara.organisation, "")
    assert fields(world, lambda: comments.answer(world.acting(amara), empty)) == ["text"]
    comments.settle(world.acting(world.rapporteur), Settle(comment, CommentAction.RESOLVE))
    for member in (amara, other):
        late = Answer(comment, member.organisation, "Hm.")
        refused(world, IllegalMove, lambda m=member, a=late: comments.answer(world.acting(m), a))  # type: ignore[misc]  # a default of a lambda has no type


def test_a_thread_is_settled_by_the_rapporteur_or_by_who_asked(house: House) -> None:
    world = a_world(house)
    amara, other = world.cities[:2]
    comment = a_comment(world)
    with world.recording() as entries:
        comments.settle(
            world.acting(world.rapporteur), Settle(comment, CommentAction.DECLINE, " Not  here. ")
        )
        comments.settle(world.acting(amara), Settle(comment, CommentAction.REOPEN))
        comments.settle(world.acting(amara), Settle(comment, CommentAction.RESOLVE))
    assert [(e.name, e.data["state"], e.organisation_id) for e in entries] == [
        ("comment.moved", "declined", None),
        ("comment.moved", "open", amara.organisation),
        ("comment.moved", "resolved", amara.organisation),
    ]
    assert reading.comment(house.stranger, comment).state is CommentState.RESOLVED
    foreign = Settle(comment, CommentAction.REOPEN)
    refused(world, Denied, lambda: comments.settle(world.acting(other), foreign))


def test_settling_is_refused_with_its_own_reason(house: House) -> None:
    world = a_world(house)
    comment = a_comment(world)
    ctx = world.acting(world.rapporteur)
    assert fields(world, lambda: comments.settle(ctx, Settle(comment, CommentAction.DECLINE, " "))) == [
        "text"
    ]
    for action in (CommentAction.ORPHAN, CommentAction.ATTACH, CommentAction.ANSWER):
        assert fields(world, lambda a=action: comments.settle(ctx, Settle(comment, a))) == ["action"]  # type: ignore[misc]  # a default of a lambda has no type
    refused(world, IllegalMove, lambda: comments.settle(ctx, Settle(comment, CommentAction.REOPEN)))
    refused(world, Unknown, lambda: comments.settle(ctx, Settle("nobody", CommentAction.RESOLVE)))
    refused(
        world, SignInNeeded, lambda: comments.settle(house.stranger, Settle(comment, CommentAction.RESOLVE))
    )


def test_a_comment_is_about_an_amendment_to_the_same_text_that_may_be_seen(house: House) -> None:
    world = a_world(house)
    amendment, draft = an_amendment(world), an_amendment(world, draft=True)
    vilaro = replace(posting(world), organisation_id=world.cities[1].organisation)
    ctx = world.acting(world.cities[1])
    made = comments.post(ctx, replace(vilaro, amendment_id=amendment))
    assert reading.comment(house.stranger, made).amendment_id == amendment
    assert [one.id for one in reading.comments_on(house.stranger, amendment).items] == [made]
    with pytest.raises(Unknown):
        comments.post(ctx, replace(vilaro, amendment_id=draft))
    with pytest.raises(Unknown):
        reading.comments_on(ctx, draft)
