"""Races around amendments: tabling, signing, deciding, working them in."""

from functools import partial

from service.domain.amendments import AmendmentAction
from service.domain.phases import Phase
from service.workflows import (
    agendas,
    amendments,
    consolidation,
    decisions,
)
from service.workflows.amendments import EditDraft, SignAmendment
from tests.builders import (
    a_compromise,
    a_world,
    an_amendment,
    decided,
    tabling,
)
from tests.houses import House
from tests.reliability.duels import AMENDMENTS, COVERED, DONE, NOT_POSSIBLE, NUMBERED, TEXTS, Duel, each


def table_and_close(house: House) -> Duel:
    """Table an amendment while amending is closed: it is in, or it is told that it came too late."""
    world = a_world(house)
    city, command = world.acting(world.cities[0]), tabling(world)
    closing = agendas.MovePhase(world.agenda, Phase.CONSOLIDATION)
    return Duel(
        house,
        partial(amendments.table, city, command),
        partial(agendas.move_phase, world.acting(world.facility), closing),
        told=((DONE, DONE), ("phase_closed", DONE)),
        tables=NUMBERED,
        left=each("amendments", "number", "state"),
        scope=world.agenda,
    )


def decide_and_withdraw(house: House) -> Duel:
    """Accept an amendment while its author withdraws it: whoever came first has decided."""
    world = a_world(house)
    amendment = an_amendment(world)
    accept = decisions.Decide(amendment, AmendmentAction.ACCEPT)
    return Duel(
        house,
        partial(decisions.decide, world.acting(world.rapporteur), accept),
        partial(amendments.withdraw, world.acting(world.cities[0]), amendment),
        told=((DONE, NOT_POSSIBLE), (NOT_POSSIBLE, DONE)),
        tables=AMENDMENTS,
        left=each("amendments", "state"),
        scope=world.agenda,
    )


def decide_twice(house: House) -> Duel:
    """Accept an amendment while somebody else rejects it: one decision stands."""
    world = a_world(house)
    amendment = an_amendment(world)
    accept = decisions.Decide(amendment, AmendmentAction.ACCEPT)
    reject = decisions.Decide(amendment, AmendmentAction.REJECT, "It says nothing new.")
    return Duel(
        house,
        partial(decisions.decide, world.acting(world.rapporteur), accept),
        partial(decisions.decide, world.acting(world.rapporteur), reject),
        told=((DONE, NOT_POSSIBLE), (NOT_POSSIBLE, DONE)),
        tables=AMENDMENTS,
        left=each("amendments", "state", "decision_reason"),
        scope=world.agenda,
    )


def sign_and_withdraw(house: House) -> Duel:
    """Co-sign an amendment while its author withdraws it: nobody's name comes under what is withdrawn."""
    world = a_world(house)
    amendment, other = an_amendment(world), world.cities[1]
    return Duel(
        house,
        partial(amendments.sign, world.acting(other), SignAmendment(amendment, other.organisation)),
        partial(amendments.withdraw, world.acting(world.cities[0]), amendment),
        told=((DONE, DONE), (NOT_POSSIBLE, DONE)),
        tables=(*AMENDMENTS, "signatures"),
        left=each("signatures", "amendment_id"),
        scope=world.agenda,
    )


def sign_twice(house: House) -> Duel:
    """Co-sign for one organisation twice: its name stands once."""
    world = a_world(house)
    amendment, other = an_amendment(world), world.cities[1]
    command = SignAmendment(amendment, other.organisation)
    return Duel(
        house,
        partial(amendments.sign, world.acting(other), command),
        partial(amendments.sign, world.acting(other), command),
        told=((DONE, "already_signed"), ("already_signed", DONE)),
        tables=("signatures",),
        left=each("signatures", "amendment_id"),
        scope=world.agenda,
    )


def table_twice(house: House) -> Duel:
    """Table two amendments at once: each has a number of its own, and none is left out."""
    world = a_world(house)
    one, other = world.cities[:2]
    return Duel(
        house,
        partial(amendments.table, world.acting(one), tabling(world, by=one)),
        partial(amendments.table, world.acting(other), tabling(world, by=other)),
        told=((DONE, DONE), (DONE, DONE)),
        tables=NUMBERED,
        left=lambda after: (sorted(row["number"] for row in after["amendments"].values()),),
        scope=world.agenda,
    )


def edit_and_table(house: House) -> Duel:
    """Change a draft while a colleague sends it: what is tabled is one wording or the other, and stays."""
    world = a_world(house)
    draft = an_amendment(world, draft=True)
    blocks = world.reworded(ask="Ask all of the cities.")
    edit = EditDraft(draft, blocks, "Because.", "en")
    return Duel(
        house,
        partial(amendments.edit_draft, world.acting(world.cities[0]), edit),
        partial(amendments.table_draft, world.acting(world.cities[0]), draft),
        told=((DONE, DONE), (NOT_POSSIBLE, DONE)),
        tables=NUMBERED,
        left=each("amendments", "state", "justification", "number"),
        scope=world.agenda,
    )


def accept_and_consolidate(house: House) -> Duel:
    """Accept a compromise while what it covers is worked in: one of them is in, and the other falls or waits."""
    world = a_world(house)
    one = decided(world, an_amendment(world, edit={"ask": "Ask all of the cities."}))
    accept = decisions.Decide(a_compromise(world, one), AmendmentAction.ACCEPT)
    wanted = consolidation.Consolidate(world.recommendation)
    return Duel(
        house,
        partial(decisions.decide, world.acting(world.rapporteur), accept),
        partial(consolidation.consolidate, world.acting(world.rapporteur), wanted),
        told=((DONE, DONE), (DONE, DONE)),
        tables=(*TEXTS, *COVERED),
        left=lambda after: tuple(
            (str(row["state"]), row["incorporated_in"] is not None)
            for _, row in sorted(after["amendments"].items())
        ),
        scope=world.agenda,
    )


def reopen_and_accept(house: House) -> Duel:
    """Reopen an accepted compromise while it is accepted anew: what it covers comes back whenever it is reopened."""
    world = a_world(house)
    made = decided(world, a_compromise(world, an_amendment(world)))
    reopen = decisions.Decide(made, AmendmentAction.REOPEN, "New facts.")
    accept = decisions.Decide(made, AmendmentAction.ACCEPT)
    return Duel(
        house,
        partial(decisions.decide, world.acting(world.rapporteur), reopen),
        partial(decisions.decide, world.acting(world.rapporteur), accept),
        told=((DONE, DONE), (DONE, NOT_POSSIBLE)),
        tables=COVERED,
        left=each("amendments", "state"),
        scope=world.agenda,
    )


def consolidate_twice(house: House) -> Duel:
    """Consolidate twice at once: one version comes of it."""
    world = a_world(house)
    decided(world, an_amendment(world))
    wanted = consolidation.Consolidate(world.recommendation)
    return Duel(
        house,
        partial(consolidation.consolidate, world.acting(world.rapporteur), wanted),
        partial(consolidation.consolidate, world.acting(world.rapporteur), wanted),
        told=((DONE, "nothing_to_merge"), ("nothing_to_merge", DONE)),
        tables=(*TEXTS, *AMENDMENTS),
        left=each("versions", "number", "digest"),
        scope=world.agenda,
    )
