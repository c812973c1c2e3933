"""Races around positions, editions, lessons, comments, and what every request relies on: keys and sessions."""

from functools import partial

from service.domain.comments import CommentAction
from service.domain.lessons import SHARED_LIST
from service.domain.phases import Phase
from service.store.uow import HOUSE
from service.workflows import (
    access,
    agendas,
    amendments,
    comments,
    consolidation,
    editions,
    lessons,
    positions,
)
from service.workflows.idempotency import once
from tests.builders import (
    a_comment,
    a_lesson,
    a_position,
    a_world,
    an_amendment,
    an_edition,
    decided,
    endorsed,
    tabling,
    taking,
)
from tests.houses import House
from tests.reliability.duels import AMENDMENTS, DONE, EDITIONS, NOT_POSSIBLE, NUMBERED, TEXTS, Act, Duel, each
from tests.worlds import World


def endorse_and_close(house: House) -> Duel:
    """Endorse while the time for positions ends: the voice counts for the outcome, or comes too late."""
    world = a_world(house, Phase.ENDORSEMENT, cities=1)
    city, command = world.acting(world.cities[0]), taking(world)
    closing = agendas.MovePhase(world.agenda, Phase.PUBLICATION)
    return Duel(
        house,
        partial(positions.take, city, command),
        partial(agendas.move_phase, world.acting(world.facility), closing),
        told=((DONE, DONE), ("phase_closed", DONE)),
        tables=("agendas", "recommendations", "positions"),
        left=each("recommendations", "state"),
        scope=world.agenda,
    )


def endorse_twice(house: House) -> Duel:
    """Endorse for one organisation twice: one voice stands."""
    world = a_world(house, Phase.ENDORSEMENT)
    ctx, other, command = world.acting(world.cities[0]), world.acting(world.cities[0]), taking(world)
    return Duel(
        house,
        partial(positions.take, ctx, command),
        partial(positions.take, other, command),
        told=((DONE, "position_exists"), ("position_exists", DONE)),
        tables=("positions",),
        left=each("positions", "state"),
        scope=world.agenda,
    )


def endorse_and_reword(house: House) -> Duel:
    """Endorse while the text is opened again and changed: who endorsed is asked anew, or comes too late."""
    world = a_world(house)
    decided(world, an_amendment(world))
    world.in_phase(Phase.ENDORSEMENT)
    city, command = world.acting(world.cities[1]), taking(world, by=world.cities[1])
    facility, rapporteur = world.acting(world.facility), world.acting(world.rapporteur)

    def reword() -> None:
        agendas.move_phase(facility, agendas.MovePhase(world.agenda, Phase.CONSOLIDATION, "An objection."))
        consolidation.consolidate(rapporteur, consolidation.Consolidate(world.recommendation))

    return Duel(
        house,
        partial(positions.take, city, command),
        partial(reword),
        told=((DONE, DONE), ("phase_closed", DONE)),
        tables=("agendas", *TEXTS, *AMENDMENTS, "positions"),
        left=each("positions", "state"),
        scope=world.agenda,
    )


def endorse_and_withdraw(house: House) -> Duel:
    """Withdraw a position while another is taken in its place: one stands in the end, or none."""
    world = a_world(house, Phase.ENDORSEMENT)
    standing, command = a_position(world), taking(world)
    ctx, other = world.acting(world.cities[0]), world.acting(world.cities[0])
    return Duel(
        house,
        partial(positions.withdraw, ctx, standing),
        partial(positions.take, other, command),
        told=((DONE, DONE), (DONE, "position_exists")),
        tables=("positions",),
        left=each("positions", "state"),
        scope=world.agenda,
    )


def approve_twice(house: House) -> Duel:
    """Approve an edition twice at once: one approval stands, and one job comes of it."""
    world, _, first, second = to_approve(house)
    return Duel(
        house,
        first,
        second,
        told=((DONE, NOT_POSSIBLE), (NOT_POSSIBLE, DONE)),
        tables=EDITIONS,
        left=lambda after: (*each("editions", "state", "approved_by")(after), len(after["jobs"])),
        scope=world.agenda,
    )


def approve_and_assemble(house: House) -> Duel:
    """Approve an edition while another is assembled: the approval is that of the one that was read."""
    world, _, approve, _ = to_approve(house)
    return Duel(
        house,
        approve,
        partial(editions.assemble, world.acting(world.facility), world.agenda),
        told=((DONE, DONE), (DONE, DONE)),
        tables=EDITIONS,
        left=lambda after: (*each("editions", "state", "number")(after), len(after["jobs"])),
        scope=world.agenda,
    )


def approve_and_withdraw(house: House) -> Duel:
    """Approve an edition while the facility withdraws it: nothing is printed of what was withdrawn."""
    world, edition, approve, _ = to_approve(house)
    return Duel(
        house,
        approve,
        partial(editions.withdraw, world.acting(world.facility), edition, "A mistake."),
        told=((DONE, DONE), (NOT_POSSIBLE, DONE)),
        tables=EDITIONS,
        left=lambda after: (*each("editions", "state")(after), len(after["jobs"])),
        scope=world.agenda,
    )


def to_approve(house: House) -> tuple[World, str, Act, Act]:
    """Assemble an edition that two people can approve."""
    world = endorsed(a_world(house, cities=1))
    edition = an_edition(world)
    command = editions.ApproveEdition(edition, world.edition(edition).digest)
    one, other = (partial(editions.approve, world.acting(a), command) for a in world.approvers)
    return world, edition, one, other


def the_last_lesson(house: House) -> Duel:
    """Add a tenth and an eleventh lesson at once: one of them finds no room."""
    world = a_world(house)
    made = [a_lesson(world, f"Lesson {n}.") for n in range(SHARED_LIST + 1)]
    for lesson in made[: SHARED_LIST - 1]:
        lessons.shortlist(world.acting(world.rapporteur), lesson)
    return Duel(
        house,
        partial(lessons.shortlist, world.acting(world.rapporteur), made[-2]),
        partial(lessons.shortlist, world.acting(world.rapporteur), made[-1]),
        told=((DONE, "too_many_lessons"), ("too_many_lessons", DONE)),
        tables=("lessons",),
        left=each("lessons", "state"),
        scope=world.agenda,
    )


def propose_two_lessons(house: House) -> Duel:
    """Propose two lessons at once: each has a number of its own."""
    world = a_world(house)
    one, other = world.cities[:2]
    commands = [
        lessons.ProposeLesson(world.agenda, city.organisation, "Start small.") for city in (one, other)
    ]
    return Duel(
        house,
        partial(lessons.propose, world.acting(one), commands[0]),
        partial(lessons.propose, world.acting(other), commands[1]),
        told=((DONE, DONE), (DONE, DONE)),
        tables=("lessons",),
        left=lambda after: (sorted(row["number"] for row in after["lessons"].values()),),
        scope=world.agenda,
    )


def answer_and_resolve(house: House) -> Duel:
    """Answer in a thread while it is resolved: an answer to a resolved thread is refused."""
    world = a_world(house)
    comment, other = a_comment(world), world.cities[1]
    answer = comments.Answer(comment, other.organisation, "We do.")
    resolve = comments.Settle(comment, CommentAction.RESOLVE)
    return Duel(
        house,
        partial(comments.answer, world.acting(other), answer),
        partial(comments.settle, world.acting(world.rapporteur), resolve),
        told=((DONE, DONE), (NOT_POSSIBLE, DONE)),
        tables=("comments", "replies"),
        left=lambda after: (*each("comments", "state")(after), len(after["replies"])),
        scope=world.agenda,
    )


def one_key_twice(house: House) -> Duel:
    """Send one request with one key twice at once: it takes effect once."""
    world = a_world(house)

    def send() -> None:
        ctx = world.acting(world.cities[0])
        once(ctx, "key", "1" * 64, partial(amendments.table, ctx, tabling(world)))

    return Duel(
        house,
        partial(send),
        partial(send),
        told=((DONE, DONE), (DONE, DONE)),
        also=((DONE, "idempotency_key_in_flight"), ("idempotency_key_in_flight", DONE)),
        tables=(*NUMBERED, "idempotency_keys"),
        left=each("amendments", "number", "state"),
        scope=world.agenda,
    )


def sign_out_twice(house: House) -> Duel:
    """End a session twice at once: the record tells of one end."""
    world = a_world(house)
    secret = access.sign_in_as(house.stranger, world.cities[0].person)
    return Duel(
        house,
        partial(access.sign_out, house.stranger, secret),
        partial(access.sign_out, house.stranger, secret),
        told=((DONE, DONE), (DONE, DONE)),
        tables=("sessions",),
        left=each("sessions", "person_id"),
        scope=HOUSE,
    )
