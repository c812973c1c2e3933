"""Whoever asks for more than the first few that lie beside a block gets all of it, page by page."""

import re
from dataclasses import replace
from itertools import islice

import pytest

from service.domain.amendments import AmendmentAction
from service.domain.comments import CommentAction
from service.domain.text import Block, BlockKind
from service.web.beside import SHOWN
from service.web.margins import FEW
from service.workflows import amendments, comments
from service.workflows.comments import Settle
from tests.builders import WHY, a_comment, an_amendment, consolidated, decided, tabling
from tests.counting import counting
from tests.domain.text.builders import paragraph
from tests.stored import a_text, amended
from tests.web.visitors import Page, Site
from tests.worlds import World

MANY = FEW + SHOWN
TITLE = Block("title", BlockKind.HEADING, "What cities ask for", 1)
BASE = (TITLE, paragraph("p", "Everybody amends this."), paragraph("q", "Nobody amends this."))


def crowded(world: World, count: int = MANY) -> tuple[str, tuple[str, ...]]:
    text = a_text(world, BASE)
    return text[0], amended(
        world, text, BASE, ((TITLE, paragraph("p", f"Number {n}."), BASE[2]) for n in range(count))
    )


def named(page: Page) -> list[str]:
    return list(dict.fromkeys(re.findall(r"/amendments/(\w{26})", page.html)))


def ways_on(page: Page, inner: str) -> list[str]:
    return [
        way.replace("&amp;", "&")
        for way in re.findall(rf'{inner}="(/recommendations/[^"]*/beside[^"]*)"', page.html)
    ]


def test_the_first_few_are_on_the_page_and_all_are_a_link_away(site: Site, world: World) -> None:
    recommendation, ids = crowded(world)
    page = site.visitor.opens(f"/recommendations/{recommendation}")
    assert named(page) == list(ids[:FEW])
    assert f"{MANY} amendments collide" in page.words
    assert f"All {MANY} amendments to this block" in page.words
    first = site.visitor.opens(*ways_on(page, "href"))
    assert (named(first), f"1 to {SHOWN} of {MANY}" in first.words) == (list(ids[:SHOWN]), True)
    last = site.visitor.opens(*ways_on(first, "href"))
    assert (named(last), ways_on(last, "href")) == (list(ids[SHOWN:]), [])
    assert f"{SHOWN + 1} to {MANY} of {MANY}" in last.words


def test_with_script_the_same_takes_the_place_of_the_few_and_is_announced(site: Site, world: World) -> None:
    recommendation, ids = crowded(world)
    page = site.visitor.opens(f"/recommendations/{recommendation}")
    (way,) = re.findall(r'<a href="[^"]*/beside[^"]*"[^>]*>', page.html)
    target = re.search(r'hx-target="#([^"]*)"', way)
    assert target is not None
    assert (f'<div id="{target[1]}">' in page.html, page.html.count('id="said" role="status"')) == (True, 1)
    part = site.visitor.opens(*ways_on(page, "hx-get"))
    assert ("<html" in part.html, named(part)) == (False, list(ids[:SHOWN]))
    assert f'<p id="said" hx-swap-oob="innerHTML">1 to {SHOWN} of {MANY} are shown.</p>' in part.html
    assert part.html.count("autofocus") == 1
    following = site.visitor.opens(*ways_on(part, "hx-get"))
    assert (named(following), ways_on(following, "hx-get")) == (list(ids[SHOWN:]), [])


def test_where_few_take_part_nothing_is_left_out_and_no_script_is_sent(site: Site, world: World) -> None:
    recommendation, ids = crowded(world, FEW)
    page = site.visitor.opens(f"/recommendations/{recommendation}")
    assert (named(page), "/beside" in page.html, "htmx" in page.html) == (list(ids), False, False)


@pytest.mark.parametrize("what", ["comments", "settled", "whole"])
def test_comments_are_gone_through_in_the_same_way(site: Site, world: World, what: str) -> None:
    block = None if what == "whole" else "why"
    made = [a_comment(world, block=block, quotation="results") for _ in range(FEW + 1)]
    for one in made if what == "settled" else ():
        comments.settle(world.acting(world.rapporteur), Settle(one, CommentAction.RESOLVE, "Said now."))
    page = site.visitor.opens(f"/recommendations/{world.recommendation}")
    (way,) = ways_on(page, "href")
    assert f"what={what}" in way
    assert (
        sum(one in page.html for one in made),
        sum(one in site.visitor.opens(way).html for one in made),
    ) == (
        FEW,
        FEW + 1,
    )


def test_amendments_that_were_decided_are_gone_through_in_the_same_way(site: Site, world: World) -> None:
    for number in range(FEW + 1):
        decided(world, an_amendment(world, edit={"why": f"{WHY} {number}."}), AmendmentAction.REJECT)
    page = site.visitor.opens(f"/recommendations/{world.recommendation}")
    assert f"All {FEW + 1} amendments decided here" in page.words
    shown = site.visitor.opens(*ways_on(page, "href"))
    assert (len(named(page)), len(named(shown))) == (FEW, FEW + 1)


def test_comments_on_paragraphs_that_are_gone_are_gone_through_in_the_same_way(
    site: Site, world: World
) -> None:
    for _ in range(FEW + 1):
        a_comment(world, block="why", quotation="results")
    blocks = tuple(block for block in world.text.blocks if block.id != world.blocks["why"].id)
    striking = replace(tabling(world), blocks=blocks)
    decided(world, amendments.table(world.acting(world.cities[0]), striking))
    consolidated(world)
    page = site.visitor.opens(f"/recommendations/{world.recommendation}")
    assert f"All {FEW + 1} comments on paragraphs that are gone" in page.words
    assert site.visitor.opens(*ways_on(page, "href")).html.count("Who pays for it?") == FEW + 1


def test_what_nobody_has_said_is_told_and_a_block_that_is_not_there_is_unknown(
    site: Site, world: World
) -> None:
    path = f"/recommendations/{world.recommendation}/beside"
    empty = site.visitor.opens(f"{path}?what=whole")
    assert "There is nothing of this kind here." in empty.words
    assert site.visitor.opens(f"{path}?block=nowhere").status == 404
    assert site.visitor.opens("/recommendations/nowhere/beside").status == 404


def test_a_page_asks_the_database_as_often_for_thirty_as_for_one(site: Site, world: World) -> None:
    reader, asked = site.acting(world.cities[2]), []
    said = iter(range(30))
    for more in (1, 29):
        for number in islice(said, more):
            an_amendment(world, edit={"ask": f"Number {number}."})
            decided(world, an_amendment(world, edit={"why": f"{WHY} {number}."}), AmendmentAction.REJECT)
            a_comment(world, block="why", quotation="results")
            a_comment(world, block=None)
        for page in ("", "/beside?what=whole", "/compare"):
            path = f"/recommendations/{world.recommendation}{page}"
            reader.opens(path)
            with counting(site.house) as statements:
                assert reader.opens(path).status == 200
            asked.append(len(statements))
    assert asked[:3] == asked[3:]
