"""Drafts of the paper: for the facility and the signatories, made in the background, once for each state."""

import pytest

from service.domain.checklist import Check
from service.domain.drafts import DRAFTS_OF_PERSON, DraftState, NotPrintableError
from service.domain.errors import Denied, SignInNeeded, TooManyRequests, Unknown
from service.store.jobs import ATTEMPTS
from service.workflows import checklists, drafts
from tests.builders import a_comment, a_world, endorsed
from tests.counting import counting
from tests.houses import House
from tests.worlds import Member, World


def state(world: World, by: Member | None = None) -> DraftState:
    return drafts.draft(world.acting(by or world.facility), world.agenda).state


def made(world: World) -> bytes:
    drafts.ask(world.acting(world.facility), world.agenda)
    world.house.work()
    return drafts.pdf(world.acting(world.facility), world.agenda)


def test_draft_is_asked_for_made_and_read(house: House) -> None:
    world = endorsed(a_world(house))
    assert state(world) is DraftState.NONE
    with pytest.raises(Unknown):
        drafts.pdf(world.acting(world.facility), world.agenda)
    drafts.ask(world.acting(world.facility), world.agenda)
    assert state(world) is DraftState.MAKING
    house.work()
    view = drafts.draft(world.acting(world.approvers[0]), world.agenda)
    assert (view.state, view.made_at, view.fault) == (DraftState.READY, house.clock.moment, "")
    content = drafts.pdf(world.acting(world.approvers[0]), world.agenda)
    assert content == f"%PDF-fake DRAFT {house.renderer.printed[0]}".encode()


def test_same_state_is_printed_once_whoever_asks_and_whenever(house: House) -> None:
    world = endorsed(a_world(house))
    first = made(world)
    house.clock.advance(hours=3)
    drafts.ask(world.acting(world.approvers[0]), world.agenda)
    assert (house.work(), made(world) == first, len(house.renderer.printed)) == (0, True, 1)


def test_draft_is_outdated_when_the_agenda_has_changed_and_made_anew(house: House) -> None:
    world = a_world(house)
    first = made(world)
    house.clock.advance(minutes=1)
    a_comment(world)
    assert (state(world), drafts.pdf(world.acting(world.facility), world.agenda)) == (
        DraftState.OUTDATED,
        first,
    )
    assert (made(world) == first, state(world)) == (False, DraftState.READY)


def test_paper_that_cannot_be_printed_is_told_here_and_on_the_checklist(house: House) -> None:
    world = endorsed(a_world(house))

    def refuse(step: str) -> None:
        if step == "draft":
            raise NotPrintableError("a part of it is too tall")

    house.renderer.before = refuse
    drafts.ask(world.acting(world.facility), world.agenda)
    house.work()
    view = drafts.draft(world.acting(world.facility), world.agenda)
    assert (view.state, view.fault, view.file_digest) == (DraftState.FAILED, "a part of it is too tall", None)
    assert failing(world) == 1
    house.renderer.before = lambda _: None
    made(world)
    assert (state(world), failing(world)) == (DraftState.READY, 0)


def test_draft_that_came_to_no_end_is_told_here_and_on_the_checklist_and_can_be_made_anew(
    house: House,
) -> None:
    world = a_world(house)
    before = made(world)
    house.clock.advance(minutes=1)
    a_comment(world)

    def stop(step: str) -> None:
        if step == "draft":
            raise OSError("no room on the disk")

    house.renderer.before = stop
    drafts.ask(world.acting(world.facility), world.agenda)
    for _ in range(ATTEMPTS):
        house.work()
        house.clock.advance(hours=1)
    view = drafts.draft(world.acting(world.facility), world.agenda)
    assert (view.state, view.given_up, view.fault) == (
        DraftState.FAILED,
        True,
        "OSError: no room on the disk",
    )
    assert (failing(world), drafts.pdf(world.acting(world.facility), world.agenda)) == (1, before)
    house.renderer.before = lambda _: None
    assert made(world) != before
    assert (state(world), failing(world)) == (DraftState.READY, 0)


def failing(world: World) -> int:
    items = checklists.look(world.house.stranger, world.agenda).items
    return next(item.count for item in items if item.check is Check.DRAFT_NOT_PRINTED)


def test_draft_is_for_the_facility_and_the_signatories(house: House) -> None:
    world = endorsed(a_world(house))
    for use in (drafts.ask, drafts.draft, drafts.pdf):
        with pytest.raises(Denied):
            use(world.acting(world.cities[0]), world.agenda)
        with pytest.raises(SignInNeeded):
            use(house.stranger, world.agenda)


def test_nobody_has_drafts_made_without_end(house: House) -> None:
    world = a_world(house)
    for _ in range(DRAFTS_OF_PERSON.count):
        made(world)
        house.clock.advance(seconds=1)
        a_comment(world)
    with pytest.raises(TooManyRequests):
        drafts.ask(world.acting(world.facility), world.agenda)
    drafts.ask(world.acting(world.approvers[0]), world.agenda)


def test_waiting_for_a_draft_costs_little(house: House) -> None:
    world = endorsed(a_world(house))
    drafts.ask(world.acting(world.facility), world.agenda)
    with counting(house) as statements:
        state(world)
    assert len(statements) <= 8
