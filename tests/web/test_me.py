"""The reader's own page."""

import pytest
from sqlalchemy import event

from service.domain.phases import Phase
from service.web.forms import Form
from service.web.me import seen_in
from tests.builders import ASK, a_comment, an_amendment
from tests.counting import counting
from tests.web.visitors import Site
from tests.worlds import World


def test_own_page_lists_the_amendments_of_the_reader_and_is_kept_by_no_one(site: Site, world: World) -> None:
    an_amendment(world)
    an_amendment(world, draft=True)
    page = site.acting(world.cities[0]).opens("/me")
    assert ("Waiting for a decision (1) 1 Amendment 1" in page.words, "Drafts (1)" in page.words) == (
        True,
        True,
    )
    assert page.headers["cache-control"] == "no-store"


def test_own_page_says_what_to_do_where_nothing_waits(site: Site, world: World) -> None:
    page = site.acting(world.cities[0]).opens("/me")
    assert "Nothing waits for you now" in page.words
    assert "Read what is proposed in Port Alta 2026" in page.words
    assert "Nothing new." in page.words
    assert "None yet. Open a recommendation" in page.words


def test_what_waits_leads_to_where_it_is_done_and_one_thing_is_first(site: Site, world: World) -> None:
    draft = an_amendment(world, draft=True)
    page = site.acting(world.cities[0]).opens("/me")
    assert "One thing waits for you 1 Send your draft amendment, or withdraw it" in page.words
    assert page.html.count(f'class="button" href="/amendments/{draft}/edit"') == 1


def test_news_stays_until_it_was_seen(site: Site, world: World) -> None:
    city = site.acting(world.cities[0])
    city.opens("/me")
    a_comment(world, by=world.cities[1])
    page = city.opens("/me")
    assert "A comment was posted." in page.words
    answer = city.sends("/me/visits", page.fields("/me/visits"))
    assert (answer.leads_to, "Nothing new." in city.opens("/me").words) == ("/me#news", True)


def test_what_was_typed_and_not_sent_is_one_click_away(site: Site, world: World) -> None:
    city, draft = site.acting(world.cities[0]), an_amendment(world, draft=True)
    for place in (f"/recommendations/{world.recommendation}/amend", f"/amendments/{draft}/edit"):
        city.sends("/unsent", place=place, justification="Half a th")
        assert f'href="{place}">Go on with your amendment</a>' in city.opens("/me").html
    assert "Typed and not sent" not in site.acting(world.cities[1]).opens("/me").words


def test_only_numbers_say_how_far_somebody_read() -> None:
    sent = Form({"seen": ("a:12", "b:-1", "c:x", "d", "e:²", "f:9999999999")})
    assert seen_in(sent) == {"a": 12}


def test_own_page_costs_the_same_with_three_of_everything(site: Site, world: World) -> None:
    city = site.acting(world.cities[0])
    city.opens("/me")

    def grow() -> None:
        an_amendment(world, draft=True)
        an_amendment(world, edit={"ask": f"{ASK} Now."})
        a_comment(world, by=world.cities[1])
        city.sends("/unsent", place=f"/amendments/{an_amendment(world, draft=True)}/edit")

    def cost() -> int:
        with counting(site.house) as statements:
            city.opens("/me")
        return len(statements)

    grow()
    one = cost()
    grow()
    grow()
    assert cost() == one


class TestEndorsement:
    """While positions are taken."""

    @pytest.fixture
    def phase(self) -> Phase:
        return Phase.ENDORSEMENT

    def test_a_position_to_take_is_asked_for(self, site: Site, world: World) -> None:
        page = site.acting(world.cities[0]).opens("/me")
        assert f'class="button" href="/recommendations/{world.recommendation}/position"' in page.html


def test_a_first_look_waits_for_no_second_connection(site: Site, world: World) -> None:
    city, engine, out = site.acting(world.cities[0]), site.house.database.engine, [0, 0]

    def taken(*_: object) -> None:
        out[:] = out[0] + 1, max(out[0] + 1, out[1])

    def back(*_: object) -> None:
        out[0] -= 1

    event.listen(engine, "checkout", taken)
    event.listen(engine, "checkin", back)
    assert (city.opens("/me").status, out) == (200, [0, 1])
