"""The review copy: what was chosen, set in two columns to print."""

from dataclasses import replace

from service.workflows import amendments
from tests.builders import ASK, an_amendment, tabling
from tests.counting import counting
from tests.web.visitors import Site
from tests.worlds import World


def copy(world: World, query: str = "") -> str:
    return f"/agendas/{world.agenda}/review-copy{query}"


def test_an_amendment_stands_as_parliament_sets_it(site: Site, world: World) -> None:
    command = replace(tabling(world), blocks=world.reworded(ask=ASK.replace("every", "each")), language="fr")
    amendment = amendments.table(world.acting(world.cities[0]), command)
    other = world.cities[1]
    amendments.sign(world.acting(other), amendments.SignAmendment(amendment, other.organisation))
    words = site.visitor.opens(copy(world)).words
    head, _, rest = words.partition("Amendment 1 Amara, Vilaró Block 2 Text proposed Amendment")
    old, _, new = rest.partition("added: each")
    assert ("1 amendment" in head, "removed: every" in old, "removed" in new) == (True, True, False)
    assert "Or. fr Justification One contact is not enough." in new


def test_what_is_struck_out_is_called_deleted_and_what_is_new_tells_its_place(
    site: Site, world: World
) -> None:
    title, ask, why = world.text.blocks
    ctx, plain = world.acting(world.cities[0]), tabling(world)
    amendments.table(ctx, replace(plain, blocks=(title, ask)))
    amendments.table(ctx, replace(plain, blocks=(title, ask, replace(why, id="", text="More."), why)))
    words = site.visitor.opens(copy(world)).words
    assert "Block 3 Text proposed Amendment removed: Partnerships have shown" in words
    assert ("reach. deleted" in words, "After block 2 (new)" in words) == (True, True)


def test_a_copy_holds_what_was_chosen_and_says_what_to_do_where_that_is_nothing(
    site: Site, world: World
) -> None:
    an_amendment(world)
    an_amendment(world, by=world.cities[1])
    chosen = f"?organisation={world.cities[1].organisation}"
    words = site.visitor.opens(copy(world, chosen)).words
    assert ("Amendment 2" in words, "Amendment 1" in words) == (True, False)
    assert "No change fits." in site.visitor.opens(copy(world, "?q=nowhere")).words


def test_a_copy_costs_as_many_queries_for_three_as_for_one(site: Site, world: World) -> None:
    costs = []
    for cities in (world.cities[:1], world.cities[1:3]):
        for city in cities:
            an_amendment(world, by=city)
        with counting(world.house) as statements:
            site.visitor.opens(copy(world))
        costs.append(len(statements))
    assert costs[0] == costs[1]
