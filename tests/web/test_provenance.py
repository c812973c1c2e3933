"""Who brought which words, on the page."""

import re
from dataclasses import replace

import pytest

from service.domain.phases import Phase
from service.domain.text import Block, BlockKind, Run
from service.domain.views.people import OrganisationRef
from service.domain.views.recommendations import Origin
from service.web.provenance import Source, Stretch, Whose, whose
from service.workflows import recommendations
from service.workflows.recommendations import Rewrite
from tests.builders import ASK, an_amendment, consolidated, decided
from tests.web.visitors import Site
from tests.worlds import World

AMENDED = Origin("m", 7, (OrganisationRef("o", "Amara"),), None)
FIRST, LATER = Origin("v1", None, (), 1), Origin("v3", None, (), 3)


def told_of(**runs: tuple[Run, ...]) -> Whose:
    return whose(
        [Block(name, BlockKind.PARAGRAPH, "one two three") for name in ("a", "b")],
        runs,
        {"m": AMENDED, "v1": FIRST, "v3": LATER},
    )


def test_sources_are_numbered_the_first_draft_first_and_count_their_words() -> None:
    told = told_of(
        a=(Run(0, 4, ("m",)), Run(4, 13, ("base",))),
        b=(Run(0, 7, ("v1",)), Run(7, 13, ("m", "v3"), "somebody")),
    )
    draft, amended, later = Source(1, None, 4), Source(2, AMENDED, 2), Source(3, LATER, 1)
    assert told.sources == (draft, amended, later)
    assert [stretches for _, stretches in told.blocks] == [
        (Stretch("one ", (amended,), settled=False), Stretch("two three", (draft,), settled=False)),
        (Stretch("one two", (draft,), settled=False), Stretch(" three", (amended, later), settled=True)),
    ]
    assert told.settled


def test_a_text_of_amendments_alone_has_no_first_draft() -> None:
    told = told_of(a=(Run(0, 13, ("m",)),), b=(Run(0, 13, ("m",)),))
    assert (told.sources, told.settled) == ((Source(1, AMENDED, 6),), False)


def test_marks_stand_close_to_the_words_and_spaces_outside() -> None:
    parts = [
        (stretch.head, stretch.words, stretch.tail)
        for stretch in (Stretch(text, (), settled=False) for text in (" one two ", "three", "  "))
    ]
    assert parts == [(" ", "one two", " "), ("", "three", ""), ("  ", "", "")]


def test_every_version_tells_for_ever_who_brought_its_words(site: Site, world: World) -> None:
    decided(world, an_amendment(world, edit={"ask": ASK.replace("every", "each")}))
    consolidated(world)
    path = f"/recommendations/{world.recommendation}"
    first, second = (site.visitor.opens(f"{path}/versions/{n}/provenance") for n in (1, 2))
    assert [page.status for page in (first, second)] == [200, 200]
    assert ("Amendment 1" in first.words, "Amendment 1" in second.words) == (False, True)
    assert "Of version 2, the current one" in first.words
    for number in (1, 2):
        address = f"{path}/versions/{number}"
        assert f'href="{address}/provenance"' in site.visitor.opens(address).html


def test_words_lead_to_their_source_and_the_keyboard_stops_once_for_each(site: Site, world: World) -> None:
    decided(world, an_amendment(world, edit={"ask": ASK.replace("every", "each")}))
    consolidated(world)
    html = site.visitor.opens(f"/recommendations/{world.recommendation}/provenance").html
    told = html[html.index('class="whose"') :]
    stops = [
        link for link in re.findall(r"<a [^>]*>", told[: told.index("</main>")]) if "tabindex" not in link
    ]
    assert len(stops) == 2
    assert (
        '<span class="w2 origin origin-1">each<sup><a href="#o2" tabindex="-1" aria-label="from 2">2</a>'
        in told
    )
    assert '<li id="o2">' in told


def test_a_version_that_is_not_there_has_no_origins(site: Site, world: World) -> None:
    page = site.visitor.opens(f"/recommendations/{world.recommendation}/versions/9/provenance")
    assert page.status == 404


@pytest.mark.parametrize("phase", [Phase.PREPARATION])
def test_blocks_that_were_split_or_joined_tell_from_which(site: Site, world: World) -> None:
    ctx, (title, ask, why) = world.acting(world.rapporteur), world.text.blocks
    path = f"/recommendations/{world.recommendation}/provenance"
    assert "Blocks that came from others" not in site.acting(world.rapporteur).opens(path).words
    parted = (
        title,
        replace(ask, text="EU Delegations should name a contact."),
        replace(ask, id="", text="For cities."),
        why,
    )
    recommendations.rewrite(ctx, Rewrite(world.recommendation, world.version, parted, "", {2: (ask.id,)}))
    second = world.text
    joined = (*second.blocks[:2], replace(why, text=f"For cities. {why.text}"))
    recommendations.rewrite(
        ctx, Rewrite(world.recommendation, second.id, joined, "", {2: (second.blocks[2].id,)})
    )
    words = site.acting(world.rapporteur).opens(path).words
    assert "Block 3 was joined out of blocks 3 and 4 of version 2." in words
    before = (
        site.acting(world.rapporteur)
        .opens(f"/recommendations/{world.recommendation}/versions/2/provenance")
        .words
    )
    assert "Block 3 was split from block 2 of version 1." in before
