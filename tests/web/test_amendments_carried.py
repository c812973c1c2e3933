"""Carrying an amendment over: mine, the current text, and both together; what is typed stays."""

from dataclasses import replace

from service.domain.text import Block, BlockKind
from service.web.amendments_carried import kept_words
from service.workflows import amendments
from tests.builders import ASK, WHY, an_amendment, consolidated, decided, tabling
from tests.web.visitors import Site
from tests.worlds import World

TITLE = Block("t", BlockKind.HEADING, "A title", 1)
ASK_BLOCK, WHY_BLOCK = Block("a", BlockKind.PARAGRAPH, "Ask."), Block("w", BlockKind.PARAGRAPH, "Why.")
BASE = (TITLE, ASK_BLOCK, WHY_BLOCK)


def renewed(world: World, **texts: str) -> None:
    decided(world, an_amendment(world, by=world.cities[1], edit=texts))
    consolidated(world)


def test_a_new_list_item_and_another_order_are_carried_over_as_they_are(site: Site, world: World) -> None:
    title, ask, why = world.text.blocks
    item = Block("", BlockKind.LIST_ITEM, "A desk.", 1)
    amendment = amendments.table(
        world.acting(world.cities[0]), replace(tabling(world), blocks=(title, why, item, ask))
    )
    renewed(world, ask=ASK.replace("every", "each"))
    city, path = site.acting(world.cities[0]), f"/amendments/{amendment}/rebase"
    fields = city.opens(path).fields("/rebase")
    assert city.sends(path, fields).leads_to == f"/amendments/{amendment}"
    assert [(b.kind.value, b.text) for b in world.amendment(amendment).blocks[1:]] == [
        ("paragraph", WHY),
        ("list_item", "A desk."),
        ("paragraph", ASK.replace("every", "each")),
    ]


def test_yet_another_version_meanwhile_brings_what_was_typed_along(site: Site, world: World) -> None:
    amendment = an_amendment(world)
    renewed(world, why="Partnerships work.")
    city, path = site.acting(world.cities[0]), f"/amendments/{amendment}/rebase"
    why, ask = (f"text.{world.blocks[name].id}" for name in ("why", "ask"))
    fields = city.opens(path).fields("/rebase") | {why: "Partnerships work well."}
    renewed(world, ask=ASK.replace("every", "each"))
    page = city.sends(path, fields)
    again = page.fields("/rebase")
    assert (page.status, again["base"]) == (409, world.text.id)
    assert again[why] == "Partnerships work well."
    assert again[ask] == ASK.replace("a contact", "two contacts").replace("every", "each")
    assert "While you wrote, version 3 came." in page.words
    assert city.opens(path).fields("/rebase")[why] == "Partnerships work well."
    assert city.sends(path, again).leads_to == f"/amendments/{amendment}"


def test_words_that_cannot_be_read_stay_when_yet_another_version_comes(site: Site, world: World) -> None:
    amendment = an_amendment(world)
    renewed(world, why="Partnerships work.")
    city, path = site.acting(world.cities[0]), f"/amendments/{amendment}/rebase"
    why = f"text.{world.blocks['why'].id}"
    fields = city.opens(path).fields("/rebase") | {why: "x" * 5001}
    renewed(world, ask=ASK.replace("every", "each"))
    page = city.sends(path, fields)
    assert (page.status, page.fields("/rebase")[why]) == (422, "x" * 5001)


def test_what_fits_nowhere_by_rule_is_kept_in_the_form() -> None:
    new = Block("n", BlockKind.QUOTATION, "Said.")
    mine = (TITLE, replace(ASK_BLOCK, text="My ask."), new, replace(WHY_BLOCK, text="My why."))
    current = (TITLE, replace(ASK_BLOCK, text="Their ask."), Block("x", BlockKind.PARAGRAPH, "Theirs."))
    assert [block.text for block in kept_words(BASE, mine, current)] == [
        "A title",
        "My ask.",
        "Said.",
        "My why.",
        "Theirs.",
    ]


def test_what_was_struck_out_stays_so_and_what_others_took_out_does_not_come_back() -> None:
    mine, current = (TITLE, WHY_BLOCK), (TITLE, replace(ASK_BLOCK, text="Their ask."))
    assert kept_words(BASE, mine, current) == (TITLE,)


def test_an_ended_session_loses_nothing_of_what_was_typed(site: Site, world: World) -> None:
    amendment = an_amendment(world)
    renewed(world, why="Partnerships work.")
    city, path = site.acting(world.cities[0]), f"/amendments/{amendment}/rebase"
    why = f"text.{world.blocks['why'].id}"
    fields = city.opens(path).fields("/rebase") | {why: "Partnerships work well."}
    city.sends("/sign-out")
    asked = city.sends(path, fields)
    doors = asked.fields("/sign-in/keeping")
    assert (asked.status, doors[f"kept.{why}"], doors["then"]) == (401, "Partnerships work well.", path)
    again = site.acting(world.cities[0])
    kept = {name.removeprefix("kept."): value for name, value in doors.items() if name.startswith("kept.")}
    assert again.sends(path, kept).leads_to == f"/amendments/{amendment}"
    assert world.amendment(amendment).blocks[2].text == "Partnerships work well."
