"""Several sign an edition: each the same digest, and nobody who was not named."""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select

from service.domain.actors import Role
from service.domain.editions import EditionState
from service.domain.errors import (
    ConfirmationNeeded,
    Denied,
    EditionRefused,
    FourEyes,
    IllegalMove,
    Invalid,
    NoKey,
    NotNamedToSign,
    NotReady,
    OnlySignatory,
    OtherText,
    SignatoryKeyNotInForce,
    Unknown,
)
from service.domain.permissions import Act, Permission
from service.domain.seals import Term
from service.domain.signatories import SignatoryState
from service.domain.tasks import TaskKind
from service.store.bookkeeping import mails
from service.workflows import editions, library, signatories, tasks
from service.workflows.editions import ApproveEdition
from service.workflows.signatories import Decline, TakeOff
from tests.builders import a_released_edition, a_world, an_edition, endorsed, grant, names
from tests.counting import counting
from tests.fakes import FakeSealer
from tests.houses import House
from tests.workflows.refusals import refused
from tests.workflows.sessions import by_session
from tests.workflows.sessions import confirmed as confirm
from tests.worlds import Member, World

_S = SignatoryState


def to_be_signed(world: World, *signers: Member) -> str:
    """Assemble an edition that these, or both approvers, are to sign; returns its id."""
    named = [one.person for one in signers or world.approvers]
    return editions.assemble(world.acting(world.facility), world.agenda, to_sign=named)


def sign(world: World, edition: str, by: Member) -> None:
    editions.approve(world.acting(by), ApproveEdition(edition, world.edition(edition).digest))


def states(world: World, edition: str) -> list[tuple[str, SignatoryState]]:
    return [(one.organisation.name, one.state) for one in world.edition(edition).signatories]


def declining(world: World, edition: str, reason: str = "The second ask is not ours.") -> Decline:
    return Decline(edition, world.edition(edition).digest, reason)


def off(world: World, edition: str, number: int) -> TakeOff:
    return TakeOff(edition, world.edition(edition).signatories[number].id)


def test_an_edition_is_approved_when_everyone_named_has_signed_it(house: House) -> None:
    world = endorsed(a_world(house))
    with world.recording() as entries:
        edition = to_be_signed(world)
        sign(world, edition, world.approvers[1])
        assert world.edition(edition).state is EditionState.ASSEMBLED
        assert sorted(states(world, edition)) == [("Unit one", _S.AWAITED), ("Unit two", _S.SIGNED)]
        sign(world, edition, world.approvers[0])
    digest = world.edition(edition).digest
    assert names(entries) == [
        "edition.assembled",
        "edition.signatory_named",
        "edition.signatory_named",
        "edition.signed",
        "edition.signed",
        "edition.approved",
    ]
    assert {entry.data["digest"] for entry in entries} == {digest}
    assert [e.organisation_id for e in entries[3:5]] == [a.organisation for a in reversed(world.approvers)]
    view = world.edition(edition)
    assert (view.state, view.approved_by) == (EditionState.APPROVED, "Unit one’s person")
    house.work()
    assert world.edition(edition).state is EditionState.RELEASED


def test_only_who_is_named_signs_and_only_once_and_only_this_text(house: House) -> None:
    world = endorsed(a_world(house))
    first, second = world.approvers
    edition = to_be_signed(world, first)
    digest = world.edition(edition).digest
    refused(world, NotNamedToSign, lambda: sign(world, edition, second))
    refused(
        world, OtherText, lambda: editions.approve(world.acting(first), ApproveEdition(edition, "0" * 64))
    )
    assert world.edition(edition).is_awaited(first.person)
    assert not world.edition(edition).is_awaited(second.person)
    sign(world, edition, first)
    refused(
        world, IllegalMove, lambda: editions.approve(world.acting(first), ApproveEdition(edition, digest))
    )


def test_one_of_several_cannot_sign_twice_for_the_others(house: House) -> None:
    world = endorsed(a_world(house))
    edition = to_be_signed(world)
    sign(world, edition, world.approvers[0])
    refused(world, IllegalMove, lambda: sign(world, edition, world.approvers[0]))


def test_the_facility_names_those_who_may_sign_and_never_itself(house: House) -> None:
    world = endorsed(a_world(house))
    grant(house.operator, world.facility.person, world.approvers[0].organisation, Role.SIGNATORY)
    for named in (world.facility, world.cities[0]):
        assemble = partial(to_be_signed, world, world.approvers[0], named)
        told = refused(world, Invalid, assemble)
        assert [error.field for error in told.errors] == ["signatories"]
    edition = to_be_signed(world)
    refused(world, FourEyes, lambda: sign(world, edition, world.facility))


def test_another_text_is_another_edition_and_earlier_signatures_do_not_count_for_it(house: House) -> None:
    world = endorsed(a_world(house))
    first = to_be_signed(world)
    sign(world, first, world.approvers[0])
    signed = world.edition(first).digest
    editions.withdraw(world.acting(world.facility), first, "One of the two declined.")
    second = to_be_signed(world)
    assert world.edition(second).digest != signed
    assert [state for _, state in states(world, second)] == [_S.AWAITED] * 2
    command = ApproveEdition(second, signed)
    refused(world, OtherText, lambda: editions.approve(world.acting(world.approvers[0]), command))
    sign(world, second, world.approvers[1])
    assert world.edition(second).state is EditionState.ASSEMBLED
    refused(world, IllegalMove, lambda: sign(world, first, world.approvers[1]))


def test_who_declines_says_why_and_stops_the_edition(house: House) -> None:
    world = endorsed(a_world(house))
    first, second = world.approvers
    edition = to_be_signed(world)
    refused(world, Invalid, lambda: signatories.decline(world.acting(first), declining(world, edition, " ")))
    other = Decline(edition, "0" * 64, "No.")
    refused(world, OtherText, lambda: signatories.decline(world.acting(first), other))
    refused(
        world, Denied, lambda: signatories.decline(world.acting(world.cities[0]), declining(world, edition))
    )
    with world.recording() as entries:
        signatories.decline(world.acting(first), declining(world, edition))
    assert [(e.name, e.data["reason"]) for e in entries] == [
        ("edition.declined", "The second ask is not ours.")
    ]
    refused(world, EditionRefused, lambda: sign(world, edition, second))
    refused(world, IllegalMove, lambda: signatories.decline(world.acting(first), declining(world, edition)))
    assert world.edition(edition).declined
    assert not world.edition(edition).is_awaited(second.person)
    editions.withdraw(world.acting(world.facility), edition, "One of the two declined.")
    again = to_be_signed(world, second)
    sign(world, again, second)
    assert world.edition(again).state is EditionState.APPROVED


def test_nobody_declines_what_nobody_was_named_for(house: House) -> None:
    world = endorsed(a_world(house))
    edition = an_edition(world)
    refused(
        world,
        Invalid,
        lambda: signatories.decline(world.acting(world.approvers[0]), declining(world, edition)),
    )


def test_the_facility_goes_on_without_who_is_silent(house: House) -> None:
    world = endorsed(a_world(house))
    facility = world.acting(world.facility)
    edition = to_be_signed(world)
    silent = 1 if world.edition(edition).signatories[0].person_id == world.approvers[0].person else 0
    sign(world, edition, world.approvers[0])
    refused(
        world,
        Denied,
        lambda: signatories.take_off(world.acting(world.approvers[0]), off(world, edition, silent)),
    )
    refused(world, Unknown, lambda: signatories.take_off(facility, TakeOff(edition, "nobody")))
    refused(world, IllegalMove, lambda: signatories.take_off(facility, off(world, edition, 1 - silent)))
    with world.recording() as entries:
        signatories.take_off(facility, off(world, edition, silent))
    assert names(entries) == ["edition.signatory_taken_off", "edition.approved"]
    view = world.edition(edition)
    assert (view.state, view.approved_by) == (EditionState.APPROVED, "Unit one’s person")
    refused(world, NotNamedToSign, lambda: sign(world, edition, world.approvers[1]))


def test_somebody_is_always_left_to_sign(house: House) -> None:
    world = endorsed(a_world(house))
    facility = world.acting(world.facility)
    edition = to_be_signed(world)
    signatories.take_off(facility, off(world, edition, 0))
    assert world.edition(edition).state is EditionState.ASSEMBLED
    refused(world, OnlySignatory, lambda: signatories.take_off(facility, off(world, edition, 1)))
    assert not world.edition(edition).can_spare(world.edition(edition).signatories[1])


def test_nobody_signs_or_is_taken_off_where_the_paper_could_not_be_sealed(house: House) -> None:
    world = endorsed(a_world(house))
    first, second = world.approvers
    edition = to_be_signed(world)
    house.sealer = FakeSealer(ready=False)
    refused(world, NoKey, lambda: sign(world, edition, first))
    house.sealer = FakeSealer()
    sign(world, edition, first)
    house.sealer = FakeSealer(ready=False)
    refused(world, NoKey, lambda: sign(world, edition, second))
    silent = next(at for at, one in enumerate(world.edition(edition).signatories) if one.state is _S.AWAITED)
    refused(
        world, NoKey, lambda: signatories.take_off(world.acting(world.facility), off(world, edition, silent))
    )
    assert sorted(state for _, state in states(world, edition)) == [_S.AWAITED, _S.SIGNED]
    assert world.edition(edition).state is EditionState.ASSEMBLED


def test_nobody_signs_or_is_taken_off_once_another_edition_was_published(house: House) -> None:
    world = endorsed(a_world(house))
    facility, (first, second) = world.acting(world.facility), world.approvers
    edition, other = to_be_signed(world), to_be_signed(world)
    sign(world, edition, first)
    for member in world.approvers:
        sign(world, other, member)
    house.work()
    refused(world, NotReady, lambda: sign(world, edition, second))
    silent = next(at for at, one in enumerate(world.edition(edition).signatories) if one.state is _S.AWAITED)
    refused(world, NotReady, lambda: signatories.take_off(facility, off(world, edition, silent)))
    assert world.edition(edition).state is EditionState.ASSEMBLED


def test_a_further_edition_says_what_changed_and_who_is_to_sign_it(house: House) -> None:
    world = endorsed(a_world(house))
    a_released_edition(world)
    named = [one.person for one in world.approvers]
    edition = editions.assemble(
        world.acting(world.facility), world.agenda, "A misprint is put right.", to_sign=named
    )
    for member in world.approvers:
        sign(world, edition, member)
    house.work()
    view = world.edition(edition)
    assert (view.state, view.reason, len(view.signatories)) == (
        EditionState.RELEASED,
        "A misprint is put right.",
        2,
    )


def test_signing_and_going_on_without_somebody_are_confirmed(house: House) -> None:
    world = endorsed(a_world(house))
    facility, approver = by_session(world, world.facility), by_session(world, world.approvers[0])
    named = [one.person for one in world.approvers]
    confirm(facility, editions.assembling(world.agenda, 1, named[:1]))
    refused(world, ConfirmationNeeded, lambda: editions.assemble(facility, world.agenda, to_sign=named))
    confirm(facility, editions.assembling(world.agenda, 1, named))
    edition = editions.assemble(facility, world.agenda, to_sign=named)
    digest = world.edition(edition).digest
    refused(world, ConfirmationNeeded, lambda: editions.approve(approver, ApproveEdition(edition, digest)))
    confirm(approver, Act(Permission.EDITION_APPROVE, edition, digest))
    editions.approve(approver, ApproveEdition(edition, digest))
    (silent,) = (one for one in world.edition(edition).signatories if one.state is _S.AWAITED)
    command = TakeOff(edition, silent.id)
    refused(world, ConfirmationNeeded, lambda: signatories.take_off(facility, command))
    confirm(facility, Act(Permission.EDITION_TAKE_OFF, silent.id, digest))
    signatories.take_off(facility, command)
    assert world.edition(edition).state is EditionState.APPROVED


def test_a_paper_waits_among_the_tasks_of_those_who_are_to_sign_it(house: House) -> None:
    world = endorsed(a_world(house))
    first, second = world.approvers

    def waiting(member: Member) -> list[tuple[TaskKind, str, int | None, str]]:
        found = tasks.tasks(world.acting(member))
        return [(task.kind, task.subject_id, task.edition, task.organisation.name) for task in found]

    edition = to_be_signed(world)
    assert waiting(first) == [(TaskKind.SIGN_EDITION, edition, 1, "Unit one")]
    sign(world, edition, first)
    assert (waiting(first), len(waiting(second)), waiting(world.facility)) == ([], 1, [])
    signatories.decline(world.acting(second), declining(world, edition))
    assert waiting(second) == []


def test_signatories_are_told_that_a_paper_waits_and_the_facility_that_one_declined(house: House) -> None:
    world = endorsed(a_world(house))
    house.tell()
    edition = to_be_signed(world)
    house.tell()
    signatories.decline(world.acting(world.approvers[0]), declining(world, edition))
    house.tell()
    with house.database.reading() as connection:
        query = select(mails.c.template, mails.c.address).where(mails.c.template.like("signature_%"))
        told = sorted(map(tuple, connection.execute(query)))
    assert told == [
        ("signature_awaited", world.approvers[0].email),
        ("signature_awaited", world.approvers[1].email),
        ("signature_declined", world.facility.email),
    ]


def test_a_list_of_editions_costs_the_same_however_many_sign(house: House) -> None:
    world = endorsed(a_world(house))
    to_be_signed(world)
    with counting(house) as one:
        library.editions(house.stranger, world.agenda)
    to_be_signed(world)
    to_be_signed(world)
    with counting(house) as three:
        library.editions(house.stranger, world.agenda)
    assert len(one) == len(three)


def test_the_paper_names_who_signed_and_is_signed_by_their_keys(house: House) -> None:
    world = endorsed(a_world(house))
    first, second = world.approvers
    house.sealer.certificates = {first.email: "ab" * 32}
    edition = to_be_signed(world)
    sign(world, edition, second)
    house.clock.advance(hours=1)
    sign(world, edition, first)
    house.work()
    (approval,) = house.renderer.approvals
    told = {(one.name, one.organisation, one.signed_at, one.certificate) for one in approval.signatories}
    assert told == {
        ("Unit one’s person", "Unit one", house.clock.moment, "ab" * 32),
        ("Unit two’s person", "Unit two", house.clock.moment - timedelta(hours=1), ""),
    }
    assert house.sealer.signing == [tuple(one.name for one in approval.signatories)]
    assert (approval.approved_by, approval.approved_at) == ("Unit one’s person", house.clock.moment)


@pytest.mark.parametrize("days", [-31, 1], ids=["ended", "not begun"])
def test_nobody_signs_while_the_certificate_of_one_of_them_is_not_in_force(house: House, days: int) -> None:
    world = endorsed(a_world(house))
    first, second = world.approvers
    begins = house.clock.moment + timedelta(days=days)
    house.sealer.terms = {second.email: Term(begins, begins + timedelta(days=30))}
    edition = to_be_signed(world)

    said = refused(world, SignatoryKeyNotInForce, lambda: sign(world, edition, first))
    assert said.values == {
        "name": "Unit two’s person",
        "begins": f"{begins:%Y-%m-%d}",
        "ends": f"{begins + timedelta(days=30):%Y-%m-%d}",
    }
    house.sealer.terms = {second.email: Term(house.clock.moment, house.clock.moment + timedelta(days=30))}
    sign(world, edition, first)
    assert ("Unit one", _S.SIGNED) in states(world, edition)


def test_certificate_that_ends_while_the_job_waits_stops_it_before_it_signs(house: House) -> None:
    world = endorsed(a_world(house))
    ends = house.clock.moment + timedelta(hours=1)
    house.sealer.terms = {one.email: Term(house.clock.moment, ends) for one in world.approvers}
    edition = to_be_signed(world)
    for one in world.approvers:
        sign(world, edition, one)
    house.clock.advance(hours=2)

    house.work()
    assert house.sealer.signing == []
    assert world.edition(edition).state is EditionState.RENDERED


def test_a_paper_that_one_approved_names_no_signatories_as_before(house: House) -> None:
    world = endorsed(a_world(house))
    an_edition(world, approved=True)
    house.work()
    (approval,) = house.renderer.approvals
    assert (approval.approved_by, approval.signatories) == ("Unit one’s person", ())
    assert house.sealer.signing == [()]
