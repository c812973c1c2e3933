"""Pages of a recommendation."""

import pytest

from service.domain.phases import Phase
from tests.builders import ASK, TITLE, WHY, a_comment, a_position, an_amendment, consolidated, decided
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
    assert ("Amendment 1 Amara" in told, "Version 1, written by the rapporteur" in told) == (True, True)
    compared, made = (site.visitor.opens(f"{path}/compare{tail}").words for tail in ("", "?made=yes"))
    assert "Replaces “every” by “each”." in compared
    assert ["Version 2 is made" in words for words in (compared, made)] == [False, True]


@pytest.mark.parametrize("tail", ["versions/9", "compare?from=7", "compare?to=x&from=8"])
def test_version_that_is_not_there_is_told(site: Site, world: World, tail: str) -> None:
    page = site.visitor.opens(f"/recommendations/{world.recommendation}/{tail}")
    assert (page.status, "There is no such version here." in page.words) == (404, True)


def test_version_is_offered_as_text(site: Site, world: World) -> None:
    page = site.visitor.opens(f"/recommendations/{world.recommendation}/versions/1")
    assert f"# {TITLE}\n\n{ASK}\n\n{WHY}\n</textarea>" in page.html
    address = f"/api/v1/versions/{world.version}/text"
    assert f'<a href="{address}" download="1-version-1.md">' in page.html


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
