"""Pages of a recommendation."""

import re
from dataclasses import replace

import pytest

from service.domain.phases import Phase
from service.workflows import amendments
from tests.builders import (
    ASK,
    TITLE,
    WHY,
    a_comment,
    a_position,
    an_amendment,
    consolidated,
    decided,
    tabling,
)
from tests.counting import counting
from tests.web.visitors import Site
from tests.worlds import World


def test_margin_shows_amendments_with_their_changes_beside_their_block(site: Site, world: World) -> None:
    an_amendment(world, edit={"ask": ASK.replace("every", "each")})
    a_comment(world)
    html = site.visitor.opens(f"/recommendations/{world.recommendation}").html
    ask = html[html.index('id="b2"') : html.index('id="b3"')]
    assert ["Amendment 1" in ask, "</span>every<span" in ask, "Who pays for it?" in ask] == [True, True, True]
    assert "Amendment 1" not in html[html.index('id="b3"') :]


def test_colliding_amendments_are_named_as_a_pair_and_stand_side_by_side(site: Site, world: World) -> None:
    an_amendment(world, edit={"ask": ASK.replace("every", "each")})
    an_amendment(world, by=world.cities[1], edit={"ask": ASK.replace("every", "any")})
    page = site.visitor.opens(f"/recommendations/{world.recommendation}")
    assert "Amendments 1 and 2 collide They change the same words." in page.words
    beside = site.visitor.opens(f"/recommendations/{world.recommendation}/collisions").words
    assert ("Block 2: 2 amendments" in beside, "Amara" in beside, "Vilaró" in beside) == (True, True, True)


def test_amendments_that_say_the_same_share_one_note(site: Site, world: World) -> None:
    for city in world.cities[:2]:
        an_amendment(world, by=city, edit={"ask": ASK.replace("every", "each")})
    page = site.visitor.opens(f"/recommendations/{world.recommendation}")
    assert "Amendments 1 and 2 say the same" in page.words
    assert page.html.count("</span>each<span") == 1


def test_actions_are_those_that_the_reader_may_take(site: Site, world: World) -> None:
    path = f"/recommendations/{world.recommendation}"
    offers = {
        "visitor": site.visitor.opens(path),
        "city": site.acting(world.cities[0]).opens(path),
        "rapporteur": site.acting(world.rapporteur).opens(path),
        "newcomer": site.as_person(world.newcomer).opens(path),
    }
    words = {
        who: [w in page.words for w in ("Propose an amendment", "Make the next version")]
        for who, page in offers.items()
    }
    assert words == {
        "visitor": [False, False],
        "city": [True, False],
        "rapporteur": [False, True],
        "newcomer": [False, False],
    }


def test_provenance_tells_who_brought_the_words_and_the_comparison_where_they_are(
    site: Site, world: World
) -> None:
    decided(world, an_amendment(world, edit={"ask": ASK.replace("every", "each")}))
    consolidated(world)
    path = f"/recommendations/{world.recommendation}"
    told = site.visitor.opens(f"{path}/provenance").words
    assert ("Amendment 1 Amara" in told, "The text as first drafted" in told) == (True, True)
    rapporteur = site.acting(world.rapporteur)
    compared = rapporteur.opens(f"{path}/compare").words
    made = rapporteur.opens_after(f"{path}/compare", "version_made").words
    assert "Replaces “every” by “each”." in compared
    assert ["The next version is made." in words for words in (compared, made)] == [False, True]


def test_comparison_stands_side_by_side_where_the_address_asks_for_it(site: Site, world: World) -> None:
    decided(world, an_amendment(world, edit={"ask": ASK.replace("every", "each")}))
    consolidated(world)
    path = f"/recommendations/{world.recommendation}/compare"
    apart = site.visitor.opens(f"{path}?from=1&to=2&view=columns").html.split('<table class="sides">')[1]
    cells = [
        " ".join(re.sub("<[^>]+>", " ", cell).split()) for cell in re.findall("(?s)<td>(.*?)</td>", apart)
    ]
    before, after = ASK.split("every"), ASK.replace("every", "each").split("each")
    assert cells[2:4] == [
        f"{before[0].strip()} removed: every {before[1].strip()}",
        f"{after[0].strip()} added: each {after[1].strip()}",
    ]
    assert '<table class="sides">' not in site.visitor.opens(f"{path}?from=1&to=2").html


@pytest.mark.parametrize("tail", ["versions/9", "compare?from=7", "compare?to=x&from=8"])
def test_version_that_is_not_there_is_told(site: Site, world: World, tail: str) -> None:
    page = site.visitor.opens(f"/recommendations/{world.recommendation}/{tail}")
    assert (page.status, "There is no such version here." in page.words) == (404, True)


def test_version_is_offered_as_text(site: Site, world: World) -> None:
    page = site.visitor.opens(f"/recommendations/{world.recommendation}/versions/1")
    assert f"# {TITLE}\n\n{ASK}\n\n{WHY}\n</textarea>" in page.html
    address = f"/api/v1/versions/{world.version}/text"
    assert f'<a href="{address}" download="1-version-1.md">' in page.html


def renewed(world: World, ask: str) -> None:
    """Let a new version come, with another ask."""
    decided(world, an_amendment(world, edit={"ask": ask}))
    consolidated(world)


def test_whoever_looked_before_is_told_that_the_text_changed_and_sees_exactly_what(
    site: Site, world: World
) -> None:
    path = f"/recommendations/{world.recommendation}"
    amara = site.acting(world.cities[0])
    told = "The text changed since you last looked"
    assert told not in amara.opens(path).words
    renewed(world, ASK.replace("every", "each"))
    renewed(world, ASK.replace("every", "any"))
    again = [amara.opens(path) for _ in range(2)]
    assert ["You have seen version 1; this is version 3." in page.words for page in again] == [True, True]
    assert f'href="{path}/compare?from=1&amp;to=3"' in again[0].html
    assert told not in site.visitor.opens(path).words
    answer = amara.sends(f"{path}/look", again[0].fields("/look"))
    assert (answer.status, answer.leads_to) == (303, path)
    assert told not in amara.opens(path).words


def test_comparison_begins_with_what_the_reader_saw_last(site: Site, world: World) -> None:
    path = f"/recommendations/{world.recommendation}"
    amara = site.acting(world.cities[0])
    amara.opens(path)
    renewed(world, ASK.replace("every", "each"))
    renewed(world, ASK.replace("every", "any"))
    told = "You saw version 1 last, so this is what changed since."
    found = [
        [told in words, "From version 1 to version 3" in words, "From version 2 to version 3" in words]
        for words in (
            amara.opens(f"{path}/compare").words,
            amara.opens(f"{path}/compare?from=2").words,
            site.visitor.opens(f"{path}/compare").words,
        )
    ]
    assert found == [[True, True, False], [False, False, True], [False, False, True]]


def test_a_page_that_is_fetched_before_anyone_asks_is_no_look(site: Site, world: World) -> None:
    path = f"/recommendations/{world.recommendation}"
    amara = site.acting(world.cities[0])
    for header in ({"sec-purpose": "prefetch;prerender"}, {"purpose": "prefetch"}):
        assert replace(amara, headers=header).opens(path).status == 200
    renewed(world, ASK.replace("every", "each"))
    assert "since you last looked" not in amara.opens(path).words


def test_a_look_that_is_remembered_costs_no_more_queries_with_more_versions(site: Site, world: World) -> None:
    path = f"/recommendations/{world.recommendation}"
    amara = site.acting(world.cities[0])
    amara.opens(path)
    costs = []
    for ask in (ASK.replace("every", "each"), ASK.replace("every", "any"), ASK.replace("every", "all")):
        renewed(world, ask)
        with counting(site.house) as made:
            assert "since you last looked" in amara.opens(path).words
        costs.append(len(made))
    assert costs == [costs[0]] * 3


def test_a_comment_whose_words_are_gone_stays_at_its_block_and_is_told_in_the_comparison(
    site: Site, world: World
) -> None:
    a_comment(world, quotation="every")
    path = f"/recommendations/{world.recommendation}"
    renewed(world, ASK.replace("every", "each"))
    html = site.visitor.opens(path).html
    ask = html[html.index('id="b2"') : html.index('id="b3"')]
    assert ("<del>every</del>" in ask, "no longer in the text; it stood in version 1" in ask) == (True, True)
    compared = site.visitor.opens(f"{path}/compare").words
    assert "1 comment on words that are gone" in compared
    assert "words that are gone" not in site.visitor.opens(f"{path}/compare?from=1&to=1").words


def test_a_comment_on_a_paragraph_that_is_gone_stays_on_the_page(site: Site, world: World) -> None:
    a_comment(world, block="why", quotation="")
    blocks = tuple(block for block in world.text.blocks if block.id != world.blocks["why"].id)
    striking = replace(tabling(world), blocks=blocks)
    decided(world, amendments.table(world.acting(world.cities[0]), striking))
    consolidated(world)
    words = site.visitor.opens(f"/recommendations/{world.recommendation}").words
    assert ("On paragraphs that are gone" in words, "Who pays for it?" in words) == (True, True)


class TestEndorsement:
    """While positions are taken."""

    @pytest.fixture
    def phase(self) -> Phase:
        return Phase.ENDORSEMENT

    def test_page_says_whether_the_rule_is_met_and_why(self, site: Site, world: World) -> None:
        path = f"/recommendations/{world.recommendation}"
        a_position(world)
        page = site.visitor.opens(path)
        assert "The rule for adoption is not met yet" in page.words
        for city in world.cities[1:]:
            a_position(world, by=city)
        assert (
            "The rule for adoption is met 4 endorsements of 4 organisations that count"
            in site.visitor.opens(path).words
        )
