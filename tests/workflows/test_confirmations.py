from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from service.domain.access import LinkPurpose
from service.domain.actors import MandateLevel, Role, Scope
from service.domain.errors import (
    ConfirmationNeeded,
    Denied,
    LinkOver,
    PositionExists,
    SignInNeeded,
    TooManyRequests,
)
from service.domain.permissions import Act, Permission
from service.domain.phases import Phase
from service.domain.positions import Reservation, Stance
from service.store.bookkeeping import mails as mail_table
from service.store.identity import Identity
from service.workflows import access, confirmations, editions, library, links, mails, outbox, positions
from service.workflows.mandates import NameAlternate, name_alternate, passing_on
from service.workflows.people import GrantMandate, grant_mandate
from service.workflows.sweeping import sweep
from tests.builders import a_world, endorsed, names, taking
from tests.houses import House
from tests.workflows.races import race
from tests.workflows.refusals import fields, refused
from tests.workflows.sessions import by_session
from tests.workflows.sessions import confirmed as confirm
from tests.worlds import World


def act_of(world: World) -> Act:
    return positions.act_of(taking(world))


def test_a_position_by_a_session_uses_up_the_confirmation_of_exactly_this_act(house: House) -> None:
    world = a_world(house, Phase.ENDORSEMENT)
    ctx, command = by_session(world, world.cities[0]), taking(world)
    refused(world, ConfirmationNeeded, lambda: positions.take(ctx, command))
    with world.recording("house") as entries:
        confirm(ctx, act_of(world))
    assert [(e.name, e.data) for e in entries] == [
        (
            "confirmation.given",
            {
                "person_id": world.cities[0].person,
                "action": "position.take",
                "object_id": world.recommendation,
                "version": world.text.digest,
                "means": "link",
            },
        )
    ]
    made = positions.take(ctx, command)
    positions.withdraw(world.acting(world.cities[0]), made)
    refused(world, ConfirmationNeeded, lambda: positions.take(ctx, command))


def test_a_position_by_letter_takes_a_confirmation_of_its_own(house: House) -> None:
    world = a_world(house, Phase.ENDORSEMENT)
    ctx, command = by_session(world, world.facility), replace(taking(world), on_paper="Letter of 3 January")
    refused(world, ConfirmationNeeded, lambda: positions.take(ctx, command))
    confirm(ctx, act_of(world))
    refused(world, ConfirmationNeeded, lambda: positions.take(ctx, command))
    confirm(ctx, positions.act_of(replace(command, on_paper="Letter of 4 January")))
    refused(world, ConfirmationNeeded, lambda: positions.take(ctx, command))
    confirm(ctx, positions.act_of(command))
    positions.take(ctx, command)


def test_the_record_tells_nothing_of_the_address_that_a_confirmation_is_for(house: House) -> None:
    world = a_world(house)
    ctx = by_session(world, world.cities[0])
    me = library.me(ctx)
    assert me is not None
    command = NameAlternate(me.mandates[0].id, "second@example.org", "Second")
    with world.recording("house") as entries:
        confirm(ctx, passing_on(command))
    assert [(e.name, e.data["object_id"], e.data["version"]) for e in entries] == [
        ("confirmation.given", command.mandate_id, "")
    ]
    name_alternate(ctx, command)


def test_a_refused_act_leaves_its_confirmation_for_the_next_try(house: House) -> None:
    world = a_world(house, Phase.ENDORSEMENT)
    made = positions.take(world.acting(world.cities[0]), taking(world))
    ctx = by_session(world, world.cities[0])
    confirm(ctx, act_of(world))
    refused(world, PositionExists, lambda: positions.take(ctx, taking(world)))
    positions.withdraw(world.acting(world.cities[0]), made)
    positions.take(ctx, taking(world))


@pytest.mark.parametrize(
    "other",
    [
        lambda act: replace(act, version="0" * 64),
        lambda act: replace(act, object_id="01J9ZC5V7N8Q4T2X6B3D0KMRWA"),
        lambda act: replace(act, action=Permission.EDITION_APPROVE),
    ],
    ids=["version", "thing", "action"],
)
def test_a_confirmation_serves_no_other_act(house: House, other: Callable[[Act], Act]) -> None:
    world = a_world(house, Phase.ENDORSEMENT)
    ctx = by_session(world, world.cities[0])
    confirm(ctx, other(act_of(world)))
    refused(world, ConfirmationNeeded, lambda: positions.take(ctx, taking(world)))


@pytest.mark.parametrize(
    "change",
    [
        {"stance": Stance.OBJECTION, "statement": "No.", "resolved_by": "Another date."},
        {"stance": Stance.NO_OBJECTION},
        {
            "stance": Stance.ENDORSED_WITH_RESERVATION,
            "reservation": Reservation.SCRUTINY,
            "statement": "Later.",
        },
        {"statement": "With all our heart."},
        {"resolved_by": "Nothing."},
    ],
    ids=["objection", "stance", "reservation", "statement", "way out"],
)
def test_a_confirmation_serves_no_other_stance_and_no_other_words(
    house: House, change: dict[str, Any]
) -> None:
    world = a_world(house, Phase.ENDORSEMENT)
    ctx = by_session(world, world.cities[0])
    confirm(ctx, act_of(world))
    refused(world, ConfirmationNeeded, lambda: positions.take(ctx, replace(taking(world), **change)))
    positions.take(ctx, taking(world))


def test_a_confirmation_for_one_organisation_serves_no_other_that_one_speaks_for(house: House) -> None:
    world = a_world(house, Phase.ENDORSEMENT)
    first, second = world.cities[:2]
    speaking = GrantMandate(
        first.person,
        second.organisation,
        Role.REPRESENTATIVE,
        (Scope.POSITION,),
        MandateLevel.POLITICAL,
        "Letter",
    )
    grant_mandate(house.operator, speaking)
    ctx = by_session(world, first)
    confirm(ctx, act_of(world))
    other = replace(taking(world), organisation_id=second.organisation)
    refused(world, ConfirmationNeeded, lambda: positions.take(ctx, other))
    confirm(ctx, positions.act_of(other))
    positions.take(ctx, other)


def test_a_refusal_names_what_is_to_be_confirmed(house: House) -> None:
    world = a_world(house, Phase.ENDORSEMENT)
    ctx = by_session(world, world.cities[0])
    with pytest.raises(ConfirmationNeeded) as refusal:
        positions.take(ctx, taking(world))
    assert refusal.value.values == {"action": "position.take", "act": act_of(world)}


def test_a_position_is_withdrawn_once_that_is_confirmed_for_exactly_this_one(house: House) -> None:
    world = a_world(house, Phase.ENDORSEMENT)
    made = positions.take(world.acting(world.cities[0]), taking(world))
    ctx = by_session(world, world.cities[0])
    confirm(ctx, act_of(world))
    for thing in (world.recommendation, made):
        refused(world, ConfirmationNeeded, lambda: positions.withdraw(ctx, made))
        confirm(ctx, Act(Permission.POSITION_WITHDRAW, thing, world.text.digest))
    positions.withdraw(ctx, made)


def test_a_confirmation_serves_no_other_session_of_the_same_person(house: House) -> None:
    world = a_world(house, Phase.ENDORSEMENT)
    here, there = by_session(world, world.cities[0]), by_session(world, world.cities[0])
    confirm(here, act_of(world))
    refused(world, ConfirmationNeeded, lambda: positions.take(there, taking(world)))


def test_a_confirmation_is_good_for_five_minutes(house: House) -> None:
    world = a_world(house, Phase.ENDORSEMENT)
    ctx = by_session(world, world.cities[0])
    confirm(ctx, act_of(world))
    house.clock.advance(minutes=5)
    refused(world, ConfirmationNeeded, lambda: positions.take(ctx, taking(world)))
    confirm(ctx, act_of(world))
    house.clock.advance(minutes=5, seconds=-1)
    positions.take(ctx, taking(world))


def test_one_confirmation_never_serves_two_requests_at_once(house: House) -> None:
    world = endorsed(a_world(house))
    first, second = (by_session(world, world.facility) for _ in range(2))
    second = house.context(first.identity)
    confirm(first, Act(Permission.EDITION_ASSEMBLE, world.agenda, "1"))
    told = race(
        lambda: editions.assemble(first, world.agenda), lambda: editions.assemble(second, world.agenda)
    )
    assert sorted(told) == ["confirmation_needed", "done"]


def test_assembling_and_approving_are_confirmed_for_exactly_this_edition(house: House) -> None:
    world = endorsed(a_world(house))
    facility, approver = by_session(world, world.facility), by_session(world, world.approvers[0])
    refused(world, ConfirmationNeeded, lambda: editions.assemble(facility, world.agenda))
    confirm(facility, Act(Permission.EDITION_ASSEMBLE, world.agenda, "1"))
    edition = editions.assemble(facility, world.agenda)
    command = editions.ApproveEdition(edition, world.edition(edition).digest)
    refused(world, ConfirmationNeeded, lambda: editions.approve(approver, command))
    confirm(approver, Act(Permission.EDITION_APPROVE, edition, command.digest))
    with world.recording() as entries:
        editions.approve(approver, command)
    assert names(entries) == ["edition.approved"]


def test_an_edition_is_withdrawn_once_that_is_confirmed_for_exactly_this_one(house: House) -> None:
    world = endorsed(a_world(house))
    edition = editions.assemble(world.acting(world.facility), world.agenda)
    ctx = by_session(world, world.facility)
    for digest in ("0" * 64, world.edition(edition).digest):
        refused(world, ConfirmationNeeded, lambda: editions.withdraw(ctx, edition, "A mistake."))
        confirm(ctx, Act(Permission.EDITION_WITHDRAW, edition, digest))
    editions.withdraw(ctx, edition, "A mistake.")


def mailing(house: House) -> House:
    house.doors = replace(house.doors, post_link=house.mailed)
    return house


def test_a_link_confirms_what_its_session_asked_for_and_gives_it_a_new_secret(house: House) -> None:
    world = a_world(mailing(house), Phase.ENDORSEMENT)
    link = links.sign_in_link(house.operator, world.cities[0].email)
    secret = links.come_in(house.stranger, link, "")
    ctx = house.context(access.identify_session(house.stranger, secret))
    confirmations.ask_by_mail(ctx, act_of(world))
    refused(world, ConfirmationNeeded, lambda: positions.take(ctx, taking(world)))
    for _ in range(2):
        assert confirmations.show(ctx, house.mailed.secret) == act_of(world)
    with world.recording("house") as entries:
        renewed = confirmations.confirm_by_link(ctx, house.mailed.secret)
    assert names(entries) == ["link.used", "confirmation.given"]
    assert access.identify_session(house.stranger, secret) == Identity()
    assert access.identify_session(house.stranger, renewed) == ctx.identity
    refused(world, LinkOver, lambda: confirmations.confirm_by_link(ctx, house.mailed.secret))
    positions.take(ctx, taking(world))


def test_a_link_confirms_nothing_in_another_session(house: House) -> None:
    world = a_world(mailing(house), Phase.ENDORSEMENT)
    asking, other = by_session(world, world.cities[0]), by_session(world, world.cities[0])
    stranger = by_session(world, world.cities[1])
    confirmations.ask_by_mail(asking, act_of(world))
    confirmations.ask_by_mail(stranger, act_of(world))
    first, second = (link[2] for link in house.mailed.links)
    for ctx, secret in ((other, first), (stranger, first), (asking, second)):
        refused(world, LinkOver, lambda c=ctx, s=secret: confirmations.confirm_by_link(c, s))  # type: ignore[misc]  # defaults in a lambda
        refused(world, LinkOver, lambda c=ctx, s=secret: confirmations.show(c, s))  # type: ignore[misc]  # defaults in a lambda
    house.clock.advance(minutes=15)
    refused(world, LinkOver, lambda: confirmations.confirm_by_link(asking, first))


def test_what_is_asked_for_later_changes_nothing_that_an_earlier_mail_confirms(house: House) -> None:
    world = a_world(mailing(house), Phase.ENDORSEMENT)
    ctx = by_session(world, world.cities[0])
    objection = replace(taking(world), stance=Stance.OBJECTION, statement="No.", resolved_by="Another date.")
    for command in (taking(world), objection):
        confirmations.ask_by_mail(ctx, positions.act_of(command))
    first, second = (link[2] for link in house.mailed.links)
    assert [confirmations.show(ctx, secret) for secret in (first, second)] == [
        act_of(world),
        positions.act_of(objection),
    ]
    confirmations.confirm_by_link(ctx, first)
    refused(world, ConfirmationNeeded, lambda: positions.take(ctx, objection))
    positions.take(ctx, taking(world))


def test_a_mailed_link_confirms_what_was_asked_for_however_often_it_is_sent(house: House) -> None:
    house.doors = replace(house.doors, post_link=mails.post_link)
    world = a_world(house, Phase.ENDORSEMENT)
    ctx = by_session(world, world.cities[0])
    house.work()
    confirmations.ask_by_mail(ctx, act_of(world))
    with house.operator.reading() as reader:
        (mail_id,) = reader.connection.execute(
            select(mail_table.c.id).where(mail_table.c.link == LinkPurpose.CONFIRM)
        ).scalars()
    secrets = [outbox.follow(world.acting(world.facility), mail_id)[1] for _ in range(2)]
    assert {confirmations.show(ctx, secret) for secret in secrets} == {act_of(world)}
    confirmations.confirm_by_link(ctx, secrets[0])
    refused(world, LinkOver, lambda: confirmations.confirm_by_link(ctx, secrets[1]))
    positions.take(ctx, taking(world))


def test_a_mail_that_goes_out_too_late_carries_a_link_that_is_over(house: House) -> None:
    house.doors = replace(house.doors, post_link=mails.post_link)
    world = a_world(house, Phase.ENDORSEMENT)
    ctx = by_session(world, world.cities[0])
    confirmations.ask_by_mail(ctx, act_of(world))
    with house.operator.reading() as reader:
        (mail_id,) = reader.connection.execute(
            select(mail_table.c.id).where(mail_table.c.link == LinkPurpose.CONFIRM)
        ).scalars()
    house.clock.advance(hours=1)
    sweep(house.operator)
    _, secret = outbox.follow(world.acting(world.facility), mail_id)
    refused(world, LinkOver, lambda: confirmations.show(ctx, secret))


def test_a_link_to_sign_in_confirms_nothing(house: House) -> None:
    world = a_world(mailing(house), Phase.ENDORSEMENT)
    ctx = by_session(world, world.cities[0])
    confirmations.ask_by_mail(ctx, act_of(world))
    other = links.sign_in_link(house.operator, world.cities[0].email)
    refused(world, LinkOver, lambda: confirmations.confirm_by_link(ctx, other))
    refused(world, LinkOver, lambda: confirmations.show(ctx, other))


def test_links_that_confirm_are_not_mailed_without_end(house: House) -> None:
    world = a_world(mailing(house), Phase.ENDORSEMENT)
    ctx = by_session(world, world.cities[0])
    # Twenty recommendations, each asked about twice.
    for _ in range(40):
        confirmations.ask_by_mail(ctx, act_of(world))
    refused(world, TooManyRequests, lambda: confirmations.ask_by_mail(ctx, act_of(world)))


def test_a_click_confirms_in_the_demonstration_alone(house: House) -> None:
    world = a_world(house, Phase.ENDORSEMENT)
    ctx = by_session(world, world.cities[0])
    until = confirmations.confirm_in_demo(ctx, act_of(world))
    assert (until - house.clock.moment).total_seconds() == 300
    positions.take(ctx, taking(world))
    house.demo = False
    closed = house.context(ctx.identity)
    refused(world, Denied, lambda: confirmations.confirm_in_demo(closed, act_of(world)))


def test_nobody_confirms_without_a_session(house: House) -> None:
    world = a_world(house, Phase.ENDORSEMENT)
    token = house.context(Identity(world.cities[0].person, token_scopes=frozenset()))
    for ctx, kind in (
        (house.stranger, SignInNeeded),
        (token, Denied),
        (world.acting(world.cities[0]), Denied),
    ):
        refused(world, kind, lambda c=ctx: confirmations.confirm_in_demo(c, act_of(world)))  # type: ignore[misc]  # a default in a lambda


def test_what_cannot_be_acted_upon_is_not_confirmed(house: House) -> None:
    world = a_world(mailing(house), Phase.ENDORSEMENT)
    ctx = by_session(world, world.cities[0])
    for act, field in (
        (replace(act_of(world), object_id="\0"), "object_id"),
        (replace(act_of(world), object_id="A" * 27), "object_id"),
        (replace(act_of(world), version="é"), "version"),
        (replace(act_of(world), version=""), "version"),
        (replace(act_of(world), content="of another kind"), "content"),
    ):
        assert fields(world, lambda a=act: confirmations.confirm_in_demo(ctx, a)) == [field]  # type: ignore[misc]  # a default in a lambda
        with pytest.raises(Exception, match="another look"):
            confirmations.ask_by_mail(ctx, act)
