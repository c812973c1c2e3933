"""The places that amendments claim, kept as the amendments are written."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select

from service.domain.amendments import AmendmentAction
from service.domain.text import Resolution
from service.store.claims import claim_rows
from service.store.identity import Identity
from service.store.tables import amendment_claims
from service.store.uow import unit_of_work
from service.workflows import amendments, amendments_carried, consolidation, decisions
from service.workflows.amendments import EditDraft
from service.workflows.amendments_carried import CarryOver
from service.workflows.consolidation import Consolidate
from service.workflows.decisions import Decide
from tests.builders import ASK, WHY, a_world, an_amendment, consolidated, decided
from tests.counting import counting
from tests.houses import House
from tests.worlds import World

Rows = list[tuple[object, ...]]
BOLD = ASK.replace("should", "must")


def kept(house: House) -> Rows:
    """The claims as they lie in the database."""
    with house.database.reading() as connection:
        rows = connection.execute(select(amendment_claims)).all()
    return sorted((tuple(row) for row in rows), key=str)


def owed(house: House) -> Rows:
    """The claims as they follow from all amendments."""
    columns = [column.name for column in amendment_claims.c]
    with unit_of_work(house.database, Identity(operator=True)) as work:
        return sorted(
            (
                tuple(row[name] for name in columns)
                for one in work.amendments.all()
                if one.stands
                for row in claim_rows(one, work.versions.get(one.base_version_id).blocks)
            ),
            key=str,
        )


def standing(world: World) -> list[str]:
    """Whose claims are kept."""
    rows = kept(world.house)
    assert rows == owed(world.house)
    return sorted({str(row[0]) for row in rows})


def test_an_amendment_claims_its_places_in_the_text_it_was_made_on(house: House) -> None:
    world = a_world(house)
    made = an_amendment(world, edit={"ask": BOLD, "why": f"{WHY} Often."})
    ask, why = world.blocks["ask"].id, world.blocks["why"].id
    at = ASK.index("should")
    assert kept(house) == [
        (made, 0, world.version, ask, at, at + len("should")),
        (made, 1, world.version, why, len(WHY), len(WHY)),
    ]


def test_a_paragraph_at_the_very_beginning_is_claimed_without_a_block(house: House) -> None:
    world = a_world(house)
    title, *others = world.text.blocks
    anew = (replace(title, id="", text="Name cities"), *others)
    command = amendments.TableAmendment(
        world.recommendation, world.version, world.cities[0].organisation, anew, "Shorter."
    )
    made = amendments.table(world.acting(world.cities[0]), command)
    assert standing(world) == [made]
    assert (None, 0, 0) in [row[3:] for row in kept(house)]


def test_a_draft_claims_nothing_until_it_is_tabled(house: House) -> None:
    world = a_world(house)
    draft = an_amendment(world, draft=True)
    assert standing(world) == []
    amara = world.acting(world.cities[0])
    amendments.edit_draft(amara, EditDraft(draft, world.reworded(ask=BOLD), "Why not.", "en"))
    assert standing(world) == []
    amendments.table_draft(amara, draft)
    assert standing(world) == [draft]
    other = an_amendment(world, draft=True)
    with amara.transaction():
        amendments.edit_draft(amara, EditDraft(other, world.reworded(why=BOLD), "Why not.", "en"))
        amendments.table_draft(amara, other)
    assert standing(world) == [draft, other]


@pytest.mark.parametrize(
    "leave",
    [
        lambda world, one: amendments.withdraw(world.acting(world.cities[0]), one),
        lambda world, one: decided(world, one, AmendmentAction.REJECT),
        lambda world, one: decided(world, one, AmendmentAction.FALL),
        lambda world, one: decided(world, one, AmendmentAction.DECLARE_INADMISSIBLE),
        lambda world, one: (decided(world, one), consolidated(world)),
    ],
    ids=["withdrawn", "rejected", "fallen", "inadmissible", "incorporated"],
)
def test_what_no_longer_stands_claims_nothing(house: House, leave: Callable[[World, str], object]) -> None:
    world = a_world(house)
    one, other = an_amendment(world), an_amendment(world, edit={"why": f"{WHY} Often."})
    assert standing(world) == [one, other]
    leave(world, one)
    assert standing(world) == [other]


def test_what_is_taken_up_again_claims_its_places_again(house: House) -> None:
    world = a_world(house)
    one = decided(world, an_amendment(world), AmendmentAction.REJECT)
    decided(world, one, AmendmentAction.REOPEN)
    assert standing(world) == [one]
    other = decided(world, an_amendment(world), AmendmentAction.DECLARE_INADMISSIBLE)
    decided(world, other, AmendmentAction.ADMIT)
    assert standing(world) == [one, other]


def test_a_decision_in_other_words_claims_the_places_of_those_words(house: House) -> None:
    world = a_world(house)
    made = an_amendment(world)
    rapporteur = world.acting(world.rapporteur)
    words = world.reworded(why=f"{WHY} Often.")
    decisions.decide(rapporteur, Decide(made, AmendmentAction.ACCEPT_MODIFIED, "Clearer.", words))
    assert [row[3:] for row in kept(house)] == [(world.blocks["why"].id, len(WHY), len(WHY))]
    decided(world, made, AmendmentAction.REOPEN)
    assert standing(world) == [made]
    assert {row[3] for row in kept(house)} == {world.blocks["ask"].id}


def test_what_is_carried_over_claims_its_places_in_the_newer_text(house: House) -> None:
    world = a_world(house)
    late = an_amendment(world, by=world.cities[1], edit={"why": f"{WHY} Often."})
    decided(world, an_amendment(world))
    version = consolidated(world)
    assert {row[2] for row in kept(house)} == {world.version}
    amendments_carried.carry_over(world.acting(world.cities[1]), CarryOver(late))
    assert (standing(world), {row[2] for row in kept(house)}) == ([late], {version})


def test_what_lost_by_a_decision_falls_and_claims_nothing(house: House) -> None:
    world = a_world(house)
    one = decided(world, an_amendment(world))
    other = decided(world, an_amendment(world, edit={"ask": ASK.replace("a contact", "a desk")}))
    third = an_amendment(world, edit={"why": f"{WHY} Often."})
    consolidation.consolidate(
        world.acting(world.rapporteur),
        Consolidate(world.recommendation, (Resolution((one, other), "", prefer=one),)),
    )
    assert standing(world) == [third]


def test_a_step_on_the_way_writes_no_claim_anew(house: House) -> None:
    world = a_world(house)
    made = an_amendment(world)
    with counting(house) as statements:
        decided(world, made, AmendmentAction.EXAMINE)
    assert [told for told in statements if amendment_claims.name in told] == []
