"""Pages of what happened when."""

from datetime import timedelta

from service.domain.amendments import AmendmentAction
from tests.builders import ASK, a_comment, an_amendment, decided
from tests.counting import counting
from tests.web.visitors import Site
from tests.worlds import World


def test_days_come_newest_first_with_what_happened_and_what_it_led_to(site: Site, world: World) -> None:
    amendment = decided(world, an_amendment(world))
    site.house.clock.moment += timedelta(days=1)
    comment = a_comment(world, by=world.cities[1])
    page = site.visitor.opens(f"/agendas/{world.agenda}/timeline")
    told = page.words
    assert told.index("A comment was posted.") < told.index("Amendment 1 is under examination.")
    assert f'<a href="/comments/{comment}">A comment was posted.</a>' in page.html
    assert f'Amendment <a href="/amendments/{amendment}">1</a> was accepted.' in page.html
    assert "Amendments were opened." in told


def test_same_thing_done_to_several_amendments_at_once_is_one_line(site: Site, world: World) -> None:
    made = [
        an_amendment(world, by=city, edit={"ask": f"{ASK} For {city.name}."}) for city in world.cities[:2]
    ]
    for amendment in made:
        decided(world, amendment, AmendmentAction.ADMIT)
    words = site.visitor.opens(f"/recommendations/{world.recommendation}/timeline?kind=amendment").words
    assert words.count(" was tabled.") == 2
    assert "Amendments 2 and 1 are admissible." in words


def test_kind_and_recommendation_narrow_what_is_shown(site: Site, world: World) -> None:
    an_amendment(world)
    comment = a_comment(world)
    path = f"/agendas/{world.agenda}/timeline"
    found = [
        ("Amendment 1 was tabled." in words, "A comment was posted." in words)
        for kind in ("amendment", "comment", "nonsense")
        for words in [site.visitor.opens(f"{path}?kind={kind}").words]
    ]
    assert found == [(True, False), (False, True), (True, True)]
    page = site.visitor.opens(f"/recommendations/{world.recommendation}/timeline")
    assert (comment in page.html, "Amendments were opened." in page.words) == (True, False)


def test_nothing_of_a_kind_says_what_to_do_next(site: Site, world: World) -> None:
    page = site.visitor.opens(f"/agendas/{world.agenda}/timeline?kind=edition")
    assert "Nothing of this kind has happened yet" in page.words
    assert f'<a href="/agendas/{world.agenda}/timeline">Show everything that happened</a>' in page.html
    empty = site.visitor.opens(f"/recommendations/{world.recommendation}/timeline?kind=comment")
    assert "Show everything that happened" in empty.words


def test_pages_of_a_timeline_follow_each_other(site: Site, world: World) -> None:
    for _ in range(51):
        a_comment(world)
    page = site.visitor.opens(f"/agendas/{world.agenda}/timeline?kind=comment")
    further = page.html.split("kind=comment&amp;cursor=")[1].split('"')[0]
    again = site.visitor.opens(f"/agendas/{world.agenda}/timeline?kind=comment&cursor={further}")
    assert [p.words.count("A comment was posted.") for p in (page, again)] == [50, 1]


def test_notes_of_an_organisation_and_drafts_happen_for_nobody_else(site: Site, world: World) -> None:
    drafted = an_amendment(world, draft=True)
    page = site.visitor.opens(f"/agendas/{world.agenda}/timeline")
    assert drafted not in page.html


def test_timeline_asks_as_often_for_three_entries_as_for_one(site: Site, world: World) -> None:
    asked = []
    for grown in (1, 2):
        for _ in range(grown):
            a_comment(world)
        with counting(site.house) as statements:
            site.visitor.opens(f"/agendas/{world.agenda}/timeline?kind=comment")
        asked.append(len(statements))
    assert asked[0] == asked[1]
