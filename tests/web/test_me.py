"""The reader's own page."""

import pytest
from sqlalchemy import event
from sqlalchemy.pool import QueuePool

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


def test_own_page_of_whoever_leads_says_what_waits_for_them(site: Site, world: World) -> None:
    city = site.acting(world.cities[0])
    assert "Amendments to decide, comments to answer" in site.acting(world.rapporteur).opens("/me").words
    assert "Amendments to decide, comments to answer" not in city.opens("/me").words
    an_amendment(world, by=world.cities[1])
    a_comment(world, by=world.cities[1])
    path = f"/agendas/{world.agenda}"
    decide = f'<a href="{path}/review">Decide on 1 amendment</a>'
    answer = f'<a href="{path}/open-comments">Answer 1 comment</a>'
    assess = f'<a href="{path}/review?to_assess=yes">Assess the text behind 1 change</a>'
    invite = f'<a href="{path}/participants?state=not_yet">Invite 6 persons</a>'
    desk = f'<a href="{path}/desk">To the desk</a>'
    readers = (world.facility, world.rapporteur, world.service, world.cities[0])
    pages = [site.acting(one).opens("/me").html for one in readers]
    assert [[line for line in (decide, answer, assess, invite, desk) if line in page] for page in pages] == [
        [decide, answer, invite, desk],
        [decide, answer],
        [assess],
        [],
    ]
    words = site.acting(world.rapporteur).opens("/me").words
    assert ("What waits for you" in words, "choose “Propose an amendment”" in words) == (True, False)


def test_own_page_speaks_of_what_the_reader_may_do(site: Site, world: World) -> None:
    sentences = (
        "Amendments to decide,",
        "Editions to read and sign",
        "Positions to take,",
        "None yet. Open a",
    )
    readers = (world.facility, world.approvers[0], world.cities[0])
    pages = [site.acting(one).opens("/me").words for one in readers]
    world.move(Phase.CONSOLIDATION)
    pages.append(site.acting(world.rapporteur).opens("/me").words)
    assert [[said in page for said in sentences] for page in pages] == [
        [False, False, False, False],
        [False, True, False, False],
        [False, False, True, True],
        [True, False, False, False],
    ]


def test_own_page_of_whoever_leads_costs_the_same_however_much_waits(site: Site, world: World) -> None:
    facility = site.acting(world.facility)
    facility.opens("/me")
    made = []
    for count in (1, 2):
        for member in world.cities[count - 1 : 2 * count - 1]:
            an_amendment(world, by=member, edit={"ask": ASK.replace("a contact", f"{member.name} as one")})
            a_comment(world, by=member)
        with counting(site.house) as statements:
            facility.opens("/me")
        made.append(len(statements))
    assert made[0] == made[1]


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
    city, engine = site.acting(world.cities[0]), site.house.database.engine
    assert isinstance(engine.pool, QueuePool)
    pool, out = engine.pool, list[int]()
    event.listen(engine, "checkout", lambda *_: out.append(pool.checkedout()))
    assert (city.opens("/me").status, max(out)) == (200, 1)
