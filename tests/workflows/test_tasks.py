"""What waits for a person, and what happened since they last looked."""

import pytest

from service.domain.actors import Role
from service.domain.comments import CommentAction, CommentKind
from service.domain.errors import SignInNeeded, StaleState
from service.domain.phases import Phase
from service.domain.tasks import TaskKind
from service.store import visits
from service.workflows import amendments, comments, positions, tasks
from service.workflows.comments import PostComment
from tests.builders import (
    ASK,
    a_colleague,
    a_comment,
    a_compromise,
    a_position,
    a_world,
    an_amendment,
    consolidated,
    decided,
)
from tests.counting import counting
from tests.houses import House
from tests.worlds import Member, World

_K = TaskKind


def waiting(world: World, member: Member | None = None) -> list[tuple[TaskKind, str]]:
    found = tasks.tasks(world.acting(member or world.cities[0]))
    return [(task.kind, task.subject_id) for task in found]


def news_of(world: World, member: Member | None = None) -> list[str]:
    found = tasks.news(world.acting(member or world.cities[0]))
    return [entry.name for one in found for entry in one.entries]


def test_nothing_waits_at_first_and_nobody_is_told_of_others(house: House) -> None:
    world = a_world(house)
    an_amendment(world, by=world.cities[1], draft=True)
    assert (waiting(world), waiting(world, world.rapporteur)) == ([], [])
    with pytest.raises(SignInNeeded):
        tasks.tasks(house.stranger)


def test_a_draft_waits_until_it_is_sent_and_is_carried_over_when_the_text_moves_on(house: House) -> None:
    world = a_world(house)
    draft = an_amendment(world, draft=True)
    assert waiting(world) == [(_K.SEND_DRAFT, draft)]
    amendments.table_draft(world.acting(world.cities[0]), draft)
    assert waiting(world) == []
    decided(world, an_amendment(world, by=world.cities[1], edit={"why": "Partnerships work."}))
    consolidated(world)
    assert waiting(world) == [(_K.CARRY_OVER, draft)]


def test_a_compromise_waits_for_the_yes_of_those_it_covers(house: House) -> None:
    world = a_world(house)
    covered = [an_amendment(world, by=city) for city in world.cities[:2]]
    compromise = a_compromise(world, *covered)
    expected = [(_K.ANSWER_COMPROMISE, compromise)]
    assert (waiting(world), waiting(world, world.cities[2])) == (expected, [])
    signing = amendments.SignAmendment(compromise, world.cities[0].organisation)
    amendments.sign(world.acting(world.cities[0]), signing)
    assert (waiting(world), waiting(world, world.cities[1])) == ([], expected)


def test_an_answered_comment_waits_for_who_asked(house: House) -> None:
    world = a_world(house)
    comment = a_comment(world)
    answer = comments.Answer(comment, world.cities[1].organisation, "The programme does.")
    comments.answer(world.acting(world.cities[1]), answer)
    assert (waiting(world), waiting(world, world.cities[1])) == ([(_K.READ_ANSWER, comment)], [])
    comments.settle(world.acting(world.cities[0]), comments.Settle(comment, CommentAction.RESOLVE))
    assert waiting(world) == []


def test_a_question_about_an_amendment_waits_for_its_authors(house: House) -> None:
    world = a_world(house)
    amendment, vilaro = an_amendment(world), world.cities[1]
    asking = PostComment(
        world.recommendation, vilaro.organisation, CommentKind.GENERAL, "Why two?", amendment_id=amendment
    )
    comment = comments.post(world.acting(vilaro), asking)
    assert (waiting(world), waiting(world, vilaro)) == ([(_K.ANSWER_QUESTION, comment)], [])
    answering = comments.Answer(comment, world.cities[0].organisation, "One may be away.")
    comments.answer(world.acting(world.cities[0]), answering)
    assert (waiting(world), waiting(world, vilaro)) == ([], [(_K.READ_ANSWER, comment)])


def test_a_comment_whose_words_are_gone_waits_for_a_place(house: House) -> None:
    world = a_world(house)
    comment = a_comment(world)
    decided(world, an_amendment(world, by=world.cities[1], edit={"ask": "Cities should be heard."}))
    consolidated(world)
    assert waiting(world) == [(_K.PLACE_COMMENT, comment)]


def test_whoever_is_mentioned_is_asked_to_answer_until_they_have(house: House) -> None:
    world = a_world(house)
    amara, vilaro = world.cities[:2]
    comment = a_comment(world)
    comments.answer(
        world.acting(vilaro), comments.Answer(comment, vilaro.organisation, "@Kesi knows, ask @Amara too.")
    )
    house.tell()
    assert waiting(world, world.cities[2]) == [(_K.ANSWER_MENTION, comment)]
    comments.answer(
        world.acting(world.cities[2]),
        comments.Answer(comment, world.cities[2].organisation, "The ministry pays."),
    )
    assert waiting(world, world.cities[2]) == []
    assert waiting(world, amara)[-1] == (_K.READ_ANSWER, comment)


def test_a_position_waits_to_be_taken_by_those_who_count_and_are_mandated(house: House) -> None:
    world = a_world(house, Phase.ENDORSEMENT)
    expected = [(_K.TAKE_POSITION, world.recommendation)]
    assert (waiting(world), waiting(world, world.service), waiting(world, world.outsider)) == (
        expected,
        [],
        [],
    )
    taken = a_position(world)
    assert waiting(world) == []
    positions.withdraw(world.acting(world.cities[0]), taken)
    assert waiting(world) == expected


def test_a_position_on_a_text_that_changed_waits_to_be_confirmed(house: House) -> None:
    world = a_world(house)
    amendment = an_amendment(world, by=world.cities[1])
    world.in_phase(Phase.ENDORSEMENT)
    taken = a_position(world)
    world.move(Phase.CONSOLIDATION)
    decided(world, amendment)
    consolidated(world)
    assert waiting(world) == []
    world.move(Phase.ENDORSEMENT)
    assert waiting(world) == [(_K.CONFIRM_POSITION, taken)]


def test_the_first_visit_has_no_news_and_later_ones_tell_what_others_did(house: House) -> None:
    world = a_world(house)
    assert news_of(world) == []
    an_amendment(world)
    an_amendment(world, by=world.cities[1], edit={"ask": f"{ASK} Now."})
    a_comment(world, by=world.cities[1])
    assert [news_of(world), news_of(world)] == [["comment.posted", "amendment.tabled"]] * 2
    ctx = world.acting(world.cities[0])
    entry = tasks.news(ctx)[0].entry
    a_comment(world, by=world.cities[2])
    tasks.seen(ctx, {world.agenda: entry})
    assert news_of(world) == ["comment.posted"]
    tasks.seen(ctx, {world.agenda: 1, "nowhere": 7})
    assert news_of(world) == ["comment.posted"]
    tasks.seen(ctx, {world.agenda: 10**6})
    assert news_of(world) == []
    assert news_of(world, a_colleague(house, world.cities[0], Role.OBSERVER)) == []


def test_news_is_cut_where_it_grows_too_long(house: House) -> None:
    world = a_world(house)
    news_of(world)
    for _ in range(3):
        a_comment(world, by=world.cities[1])
    found = tasks.news(world.acting(world.cities[0]), limit=2)
    assert [(len(one.entries), one.more) for one in found] == [(2, True)]


def test_nobody_is_told_news_without_an_account(house: House) -> None:
    a_world(house)
    with pytest.raises(SignInNeeded):
        tasks.news(house.stranger)
    with pytest.raises(SignInNeeded):
        tasks.seen(house.stranger, {})


def test_nothing_is_recorded_of_what_people_have_read(house: House) -> None:
    world = a_world(house)
    with world.recording() as entries, world.recording("house") as in_house:
        news_of(world)
        tasks.seen(world.acting(world.cities[0]), {world.agenda: 3})
    assert (entries, in_house) == ([], [])


def test_a_page_is_never_refused_because_two_first_visits_meet(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = a_world(house)

    def meets_another(*_: object) -> None:
        raise StaleState

    monkeypatch.setattr(visits, "keep_visits", meets_another)
    assert news_of(world) == []


def test_three_things_cost_as_many_queries_as_one(house: House) -> None:
    world = a_world(house)
    news_of(world)

    def cost() -> int:
        with counting(house) as statements:
            tasks.tasks(ctx := world.acting(world.cities[0]))
            tasks.news(ctx)
        return len(statements)

    def grow() -> None:
        an_amendment(world, draft=True)
        theirs = an_amendment(world, by=world.cities[1])
        mine = an_amendment(world, edit={"ask": ASK.replace("every", "each")})
        a_compromise(world, mine, theirs)
        comment = a_comment(world)
        saying = comments.Answer(comment, world.cities[1].organisation, "@Amara knows.")
        comments.answer(world.acting(world.cities[1]), saying)
        house.tell()

    grow()
    one = cost()
    grow()
    grow()
    assert cost() == one
    assert len(waiting(world)) == 9
