"""The queue of whoever reviews, views that are kept, and several changes at once."""

from service.domain.amendments import AmendmentAction, AmendmentState
from service.workflows import review, review_wishes
from tests.builders import ASK, WHY, an_amendment, decided
from tests.reviews import an_assessment
from tests.web.visitors import Site
from tests.worlds import World


def queue(world: World, query: str = "") -> str:
    return f"/agendas/{world.agenda}/review{query}"


def test_each_change_is_told_in_a_sentence_with_its_difference(site: Site, world: World) -> None:
    an_amendment(world, edit={"ask": ASK.replace("every", "each")})
    words = site.visitor.opens(queue(world)).words
    assert "1 change fits what you chose." in words
    assert "Replaces “every” by “each”" in words
    assert ("removed: every" in words, "added: each" in words) == (True, True)


def test_all_of_a_page_are_chosen_by_a_link(site: Site, world: World) -> None:
    an_amendment(world, edit={"ask": ASK.replace("every", "each")})
    reader = site.acting(world.rapporteur)
    shown = reader.opens(queue(world, "?state=any"))
    assert (
        " checked" in shown.html,
        f"{queue(world)}?state=any&amp;page=1&amp;chosen=page" in shown.html,
    ) == (False, True)
    chosen = reader.opens(queue(world, "?state=any&page=1&chosen=page"))
    assert (chosen.html.count(" checked"), "Choose none" in chosen.words) == (1, True)


def test_the_filter_lives_in_the_address_and_stands_in_the_form(site: Site, world: World) -> None:
    an_amendment(world, edit={"ask": ASK.replace("every", "each")})
    decided(world, an_amendment(world, by=world.cities[1]), AmendmentAction.REJECT)
    reader = site.acting(world.service)
    shown = {
        query: [f"Choose Amendment {n}" in reader.opens(queue(world, query)).words for n in (1, 2)]
        for query in ("", "?state=any", "?state=rejected", "?q=each", "?q=nothing&state=any", "?kind=network")
    }
    assert shown == {
        "": [True, False],
        "?state=any": [True, True],
        "?state=rejected": [False, True],
        "?q=each": [True, False],
        "?q=nothing&state=any": [False, False],
        "?kind=network": [False, False],
    }
    assert "1 change fits" in reader.opens(queue(world, "?language=%00&q=%00")).words
    page = reader.opens(queue(world, "?q=each&region=asia_pacific&colliding=yes&kind=robots"))
    assert ('value="each"' in page.html, '<option value="asia_pacific" selected>' in page.html) == (
        True,
        True,
    )
    assert "No change fits." in page.words


def test_what_is_new_and_what_services_find_stands_beside(site: Site, world: World) -> None:
    one = an_amendment(world)
    an_assessment(world)
    reader = site.acting(world.service)
    words = reader.opens(queue(world)).words
    assert ("1 is new to you." in words, "1 × needs new policy · 1 × some evidence" in words) == (True, True)
    review.mark_seen(world.acting(world.service), world.agenda, [one])
    assert "You have seen them all." in reader.opens(queue(world)).words
    assert "You have seen them all." not in site.visitor.opens(queue(world)).words


def test_pages_follow_each_other_and_keep_the_filter(site: Site, world: World) -> None:
    for _ in range(26):
        an_amendment(world, edit={"why": WHY + " Often."})
    first = site.visitor.opens(queue(world, "?q=often"))
    assert ("Page 1 of 2" in first.words, f"{queue(world)}?q=often&amp;page=2" in first.html) == (True, True)
    second = site.visitor.opens(queue(world, "?q=often&page=2"))
    assert ("Page 2 of 2" in second.words, "26 changes fit" in second.words) == (True, True)
    assert "Page 2 of 2" in site.visitor.opens(queue(world, "?q=often&page=99")).words
    assert "Page 1 of 2" in site.visitor.opens(queue(world, "?q=often&page=x")).words


def test_a_view_is_kept_opened_renamed_and_let_go(site: Site, world: World) -> None:
    reader = site.acting(world.service)
    assert "None yet. Choose what you want to see" in reader.opens(queue(world)).words
    page = reader.opens(queue(world, "?region=asia_pacific&state=any"))
    kept = reader.sends(f"{queue(world)}/views", page.fields("/views"), name="Asia")
    assert kept.leads_to == f"{queue(world)}?state=any&region=asia_pacific#views"
    assert 'aria-current="page" dir="auto">Asia' in reader.opens(kept.leads_to).html
    (view,) = review_wishes.views(world.acting(world.service), world.agenda)
    again = reader.sends(f"{queue(world)}/views", page.fields("/views"), name="Asia")
    assert (again.status, again.words.count("You keep a view of this name already.")) == (422, 2)
    path = f"/review-views/{view.id}"
    assert reader.sends(path, reader.opens(path).fields(path), name="").status == 422
    renamed = reader.sends(path, reader.opens(path).fields(path), name="The Pacific")
    assert "The Pacific" in reader.opens(renamed.leads_to).words
    assert site.acting(world.cities[0]).opens(path).status == 404
    reader.sends(f"{path}/deletion")
    assert review_wishes.views(world.acting(world.service), world.agenda) == ()


def test_several_are_checked_before_anything_is_done(site: Site, world: World) -> None:
    one, two = an_amendment(world), an_amendment(world, by=world.cities[1])
    three = decided(world, an_amendment(world, by=world.cities[2]), AmendmentAction.REJECT)
    facility = site.acting(world.facility)
    form = facility.opens(queue(world, "?state=any")).fields("/review")
    check = facility.sends(queue(world), form, amendment=[one, two, three], action="admit")
    assert "Declare admissible: it is done with 2 of the 3 that you chose." in check.words
    assert "is passed over: it is decided, or has come further" in check.words
    assert world.amendment(one).state is AmendmentState.TABLED
    fields = check.fields("/review")
    sent = facility.sends(queue(world), fields, amendment=[one, two, three], reason="In time.")
    assert (sent.status, sent.tells) == (303, f"{queue(world)}?state=any&done=reviewed.2")
    assert [world.amendment(i).state for i in (one, two)] == [AmendmentState.ADMISSIBLE] * 2
    assert "It is done with 2 amendments." in facility.opens(sent.lands_on).words


def test_choosing_none_is_said_where_one_chooses(site: Site, world: World) -> None:
    an_amendment(world)
    facility = site.acting(world.facility)
    page = facility.sends(queue(world), facility.opens(queue(world)).fields("/review"), action="seen")
    assert (page.status, 'href="#chosen"' in page.html) == (422, True)


def test_a_missing_reason_brings_the_check_back(site: Site, world: World) -> None:
    one = an_amendment(world)
    facility = site.acting(world.facility)
    page = facility.sends(queue(world), step="send", amendment=one, action="declare_inadmissible")
    assert (page.status, "Give the reason" in page.words) == (422, True)
    assert "Is this what you want to do?" in page.words


def test_a_service_marks_and_assesses_several(site: Site, world: World) -> None:
    one = an_amendment(world)
    service = site.acting(world.service)
    check = service.sends(queue(world), step="check", amendment=one, action="no_comment")
    assert "once for each that these change" in check.words
    sent = service.sends(queue(world), check.fields("/review"))
    assert sent.tells == f"{queue(world)}?done=reviewed.1"
    assert "EU services:" in service.opens(queue(world)).words
    service.sends(queue(world), step="send", amendment=one, action="seen")
    assert "You have seen them all." in service.opens(queue(world)).words


def test_whoever_is_not_signed_in_reads_and_chooses_nothing(site: Site, world: World) -> None:
    one = an_amendment(world)
    page = site.visitor.opens(queue(world))
    assert ("Choose Amendment 1" in page.words, "Views that I keep" in page.words) == (False, False)
    assert site.visitor.sends(queue(world), step="send", amendment=one, action="seen").status == 401
