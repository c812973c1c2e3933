"""One change at a time: what this reader may do with it, and the way to the next."""

from service.domain.amendments import AmendmentAction, AmendmentState, Opinion
from service.domain.phases import Phase
from service.domain.views.review import ReviewFilter
from service.workflows import amendments_carried, reading, review
from tests.builders import ASK, WHY, an_amendment, consolidated, decided
from tests.reviews import an_assessment
from tests.web.visitors import Site
from tests.worlds import World


def three(world: World) -> list[str]:
    return [an_amendment(world, by=city, edit={"why": f"{WHY} {city.name}."}) for city in world.cities[:3]]


def at(amendment: str, query: str = "") -> str:
    return f"/amendments/{amendment}/review{query}"


def test_the_way_leads_along_the_filtered_queue(site: Site, world: World) -> None:
    one, two, three_ = three(world)
    decided(world, two, AmendmentAction.REJECT)
    page = site.acting(world.service).opens(at(one))
    assert ("1 of 2" in page.words, f'href="{at(three_)}?#change" rel="next"' in page.html) == (True, True)
    page = site.visitor.opens(at(two, "?state=any"))
    assert ("2 of 3" in page.words, f'href="{at(one)}?state=any#change" rel="prev"' in page.html) == (
        True,
        True,
    )
    assert "It does not fit what you chose (any more)." in site.visitor.opens(at(two)).words


def test_each_reader_is_shown_what_they_may_do(site: Site, world: World) -> None:
    one = an_amendment(world)
    words = (
        "Your advice as rapporteur",
        "Decide on it",
        "Discuss it",
        "Assess the recommendation",
        "I have seen it",
    )
    readers = {
        "visitor": site.visitor,
        "city": site.acting(world.cities[1]),
        "service": site.acting(world.service),
        "rapporteur": site.acting(world.rapporteur),
    }
    assert {who: [w in reader.opens(at(one)).words for w in words] for who, reader in readers.items()} == {
        "visitor": [False, False, False, False, False],
        "city": [False, False, True, False, True],
        "service": [False, False, True, True, True],
        "rapporteur": [True, True, True, False, True],
    }


def test_advice_is_kept_and_the_next_one_is_shown(site: Site, world: World) -> None:
    one, two, _ = three(world)
    rapporteur = site.acting(world.rapporteur)
    form = {"do": "advise", "filter": "state=tabled", "opinion": "accept", "opinion_reason": "Clearer."}
    sent = rapporteur.sends(at(one), form)
    assert (sent.status, sent.leads_to) == (303, f"{at(two)}?state=tabled#change")
    view = world.amendment(one)
    assert (view.opinion, view.opinion_reason) == (Opinion.ACCEPT, "Clearer.")
    page = rapporteur.opens(sent.lands_on)
    assert (
        "Your advice is kept. Here is the next one." in page.words,
        'id="change" tabindex="-1"' in page.html,
    ) == (
        True,
        True,
    )
    ctx = world.acting(world.rapporteur)
    assert review.queue(ctx, world.agenda, ReviewFilter(unseen=True)).total == 2


def test_what_was_decided_leaves_the_queue_and_the_next_one_is_still_found(site: Site, world: World) -> None:
    one, two, three_ = three(world)
    rapporteur = site.acting(world.rapporteur)
    for amendment, following in ((one, two), (two, three_)):
        form = {"do": "decide", "filter": "order=text", "action": "reject", "reason": "It says so already."}
        assert rapporteur.sends(at(amendment), form).leads_to == f"{at(following)}?order=text#change"
    assert [world.amendment(i).state for i in (one, two)] == [AmendmentState.REJECTED] * 2
    last = rapporteur.sends(at(three_), {"do": "seen", "filter": "order=text"})
    assert last.leads_to == f"/agendas/{world.agenda}/review?order=text"
    assert "That was the last one." in rapporteur.opens(last.lands_on).words


def test_what_is_refused_stays_with_what_was_typed(site: Site, world: World) -> None:
    one = an_amendment(world)
    rapporteur = site.acting(world.rapporteur)
    page = rapporteur.sends(at(one), {"do": "decide", "action": "reject", "reason": ""})
    assert (page.status, page.words.count("Give the reason")) == (422, 2)
    assert ('value="reject" checked' in page.html, 'id="decide" open' in page.html) == (True, True)
    assert rapporteur.sends(at(one), {"do": "decide", "action": "withdraw", "reason": "x"}).status == 422
    assert rapporteur.sends(at(one), {"do": "sing"}).status == 422
    assert site.acting(world.cities[1]).sends(at(one), {"do": "advise", "opinion": "accept"}).status == 403


def test_a_comment_is_found_at_the_amendment_that_it_is_about(site: Site, world: World) -> None:
    one = an_amendment(world)
    service = site.acting(world.service)
    form = {"do": "discuss", "organisation_id": world.service.organisation}
    assert service.sends(at(one), form, text=" ").status == 422
    assert service.sends(at(one), form, text="Who pays?").status == 303
    (comment,) = reading.comments(world.house.stranger, world.recommendation).items
    assert (comment.text, comment.amendment_id) == ("Who pays?", one)
    assert "Who pays? EU Delegation to Arendia" in site.visitor.opens(f"/amendments/{one}").words


def test_a_draft_is_not_discussed_before_everyone(site: Site, world: World) -> None:
    draft, city = an_amendment(world, draft=True), world.cities[0]
    form = {"do": "discuss", "organisation_id": city.organisation, "text": "Ours?"}
    refused = site.acting(city).sends(at(draft), form)
    assert (refused.status, "Only your organisation sees a draft" in refused.words) == (422, True)
    assert reading.comments(world.house.stranger, world.recommendation).items == ()


def test_a_change_that_was_worded_anew_is_compared_with_what_was_seen(site: Site, world: World) -> None:
    carried = an_amendment(world, edit={"ask": ASK.replace("every", "each")})
    decided(world, an_amendment(world, by=world.cities[1], edit={"why": WHY + " Often."}))
    service = site.acting(world.service)
    service.sends(at(carried), {"do": "seen"})
    assert "What it changes" in service.opens(at(carried)).words
    consolidated(world)
    blocks = world.reworded(ask=ASK.replace("every", "any"))
    amendments_carried.carry_over(
        world.acting(world.cities[0]), amendments_carried.CarryOver(carried, blocks)
    )
    words = service.opens(at(carried)).words
    assert "What became of it since you last looked" in words
    assert ("removed: each" in words, "added: any" in words) == (True, True)
    whole = service.opens(at(carried, "?base=whole")).words
    assert ("removed: every" in whole, "Only what changed since I last looked" in whole) == (True, True)


def test_letters_are_commands_until_they_are_switched_off(site: Site, world: World) -> None:
    one = an_amendment(world)
    service = site.acting(world.service)
    page = service.opens(at(one))
    assert ("review.js" in page.html, 'aria-keyshortcuts="s"' in page.html) == (True, True)
    sent = service.sends("/me/keys", page.fields("/me/keys"))
    assert sent.leads_to == f"{at(one)}#change"
    page = service.opens(at(one))
    assert ("review.js" in page.html, "aria-keyshortcuts" in page.html) == (False, False)
    assert service.sends("/me/keys", letters="on", then="https://elsewhere.example").leads_to == "/"
    assert "review.js" in service.opens(at(one)).html
    assert "review.js" not in site.visitor.opens(at(one)).html


def test_what_services_find_and_what_it_meets_stand_beside(site: Site, world: World) -> None:
    one = an_amendment(world)
    an_amendment(world, by=world.cities[1], edit={"ask": ASK.replace("a contact", "a desk")})
    an_assessment(world)
    words = site.visitor.opens(at(one)).words
    assert ("1 × needs new policy" in words, "It meets others Amendment 2" in words) == (True, True)


def test_a_closed_phase_leaves_reading(site: Site, world: World) -> None:
    one = an_amendment(world)
    decided(world, one, AmendmentAction.REJECT)
    world.in_phase(Phase.ENDORSEMENT)
    words = site.acting(world.rapporteur).opens(at(one)).words
    assert ("Decide on it" in words, "Reason for the decision" in words) == (False, True)
