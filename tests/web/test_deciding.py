"""Pages of what is to be decided: where amendments meet, in which order to decide, what would fall."""

import re

import pytest

from service.web import deciding
from service.workflows import amendments
from service.workflows import deciding as deciding_order
from tests.builders import ASK, WHY, an_amendment, decided
from tests.counting import counting
from tests.web.visitors import Site
from tests.worlds import World

EACH, ANY = ASK.replace("every", "each"), ASK.replace("every", "any")


def contested(world: World) -> tuple[str, str, str]:
    """Two that say the same, and one that strikes the paragraph out, which is furthest."""
    one = an_amendment(world, edit={"ask": EACH})
    title, _, why = world.text.blocks
    command = amendments.TableAmendment(
        world.recommendation, world.version, world.cities[1].organisation, (title, why), "Shorter."
    )
    out = amendments.table(world.acting(world.cities[1]), command)
    return one, out, an_amendment(world, by=world.cities[2], edit={"ask": EACH})


def test_groups_show_what_cannot_all_stand_and_what_can_stand_together(site: Site, world: World) -> None:
    contested(world)
    an_amendment(world, by=world.cities[3], edit={"why": f"{WHY} Often."})
    an_amendment(world, by=world.cities[0], edit={"why": f"{WHY} Often."})
    page = site.visitor.opens(f"/recommendations/{world.recommendation}/collisions")
    assert "Amendments 1, 2 and 3 cannot all stand" in page.words
    assert "What can stand together Amendments 1 and 3 Amendment 2, by itself" in page.words
    assert "Amendments 4 and 5 say the same" in page.words
    assert (page.html.count('id="k2"'), page.html.count('id="k3"')) == (1, 1)


def test_variants_stand_beside_the_text_with_what_falls_if_one_is_adopted(site: Site, world: World) -> None:
    contested(world)
    words = site.visitor.opens(f"/recommendations/{world.recommendation}/collisions").words
    text, one, other = re.split("Variant [AB] ", words)
    assert text.endswith(f"The text as it is Block 2: 3 amendments {ASK} ")
    assert "Replaces “every” by “each”" in one
    assert "2 amendments propose exactly this Amendment 1" in one
    assert (
        "What falls if they are adopted: Amendment 2" in one,
        "if it is adopted: Amendment 1" in other,
    ) == (
        True,
        True,
    )


def test_who_meets_without_hindering_is_named_beside(site: Site, world: World) -> None:
    an_amendment(world, edit={"ask": ASK.replace("a contact", "two people")})
    an_amendment(world, by=world.cities[1], edit={"ask": ASK.replace("a contact", "a desk")})
    an_amendment(world, by=world.cities[2], edit={"ask": ASK.replace("a contact for", "a contact, for")})
    words = site.visitor.opens(f"/recommendations/{world.recommendation}/collisions").words
    assert "Amendment 3 meets them too, and stands in nobody’s way." in words


def test_amendments_that_meet_and_can_all_stand_are_told_so(site: Site, world: World) -> None:
    an_amendment(world, edit={"ask": ASK.replace("a contact", "a desk")})
    an_amendment(world, by=world.cities[1], edit={"ask": ASK.replace("a contact for", "a contact, for")})
    words = site.visitor.opens(f"/recommendations/{world.recommendation}/collisions").words
    assert "Amendments 1 and 2 meet, and can all stand" in words


def test_many_wordings_are_not_listed_in_every_combination(site: Site, world: World) -> None:
    for number in range(13):
        an_amendment(world, edit={"ask": ASK.replace("every", f"{number}")})
    words = site.visitor.opens(f"/recommendations/{world.recommendation}/collisions").words
    assert "There are 13 wordings, too many to list what can stand together." in words


def test_order_of_decision_tells_what_would_fall_and_why(site: Site, world: World) -> None:
    contested(world)
    page = site.visitor.opens(f"/recommendations/{world.recommendation}/deciding-order")
    first, second = (page.html.index(f'id="d{number}"') for number in (1, 2))
    assert "Amendment 2" in page.html[first:second]
    assert "Amendments 1 and 3 say the same" in page.words
    assert (
        "What falls if it is adopted: Amendment 1 (Amara): What it changes would be struck out." in page.words
    )
    assert (
        "What falls if they are adopted: Amendment 2 (Vilaró): It strikes out what would stand." in page.words
    )
    assert "It strikes out 1 block. 76 characters away from the text." in page.words
    assert "Decide on" not in page.words


def test_rapporteur_goes_from_the_order_to_the_decision(site: Site, world: World) -> None:
    one, out, _ = contested(world)
    decided(world, one)
    html = site.acting(world.rapporteur).opens(f"/recommendations/{world.recommendation}/deciding-order").html
    assert (f'href="/amendments/{out}#decide"' in html, f'href="/amendments/{one}#decide"' in html) == (
        True,
        False,
    )


def test_what_can_still_be_decided_on_is_named(site: Site, world: World) -> None:
    an_amendment(world, edit={"ask": ASK.replace("a contact", "a desk")})
    an_amendment(world, by=world.cities[1], edit={"ask": ASK.replace("a contact for", "a contact, for")})
    words = site.visitor.opens(f"/recommendations/{world.recommendation}/deciding-order").words
    assert "Amendment 2 can still be decided on then." in words


def test_page_without_amendments_says_so(site: Site, world: World) -> None:
    path = f"/recommendations/{world.recommendation}"
    assert "No amendment waits for a decision." in site.visitor.opens(f"{path}/deciding-order").words
    assert "No two amendments touch the same words." in site.visitor.opens(f"{path}/collisions").words


def test_whoever_decides_is_warned_of_what_would_fall(site: Site, world: World) -> None:
    one, out, same = contested(world)
    words = site.acting(world.rapporteur).opens(f"/amendments/{out}").words
    warning = words[words.rindex("Decide What falls if it is adopted:") :]
    assert "Amendment 1 (Amara): What it changes would be struck out." in warning
    assert "Amendment 3 (Kesi): What it changes would be struck out." in warning
    decided(world, one)
    assert "What falls" not in site.acting(world.rapporteur).opens(f"/amendments/{one}").words
    assert "What falls" in site.acting(world.rapporteur).opens(f"/amendments/{same}").words


def test_several_amendments_are_decided_on_at_once(site: Site, world: World) -> None:
    one, out, same = contested(world)
    rapporteur, path = (
        site.acting(world.rapporteur),
        f"/recommendations/{world.recommendation}/deciding-order",
    )
    page = rapporteur.opens(f"{path}?amendment={one}&amendment={same}")
    assert [f'value="{i}" form="together" checked' in page.html for i in (one, out, same)] == [
        True,
        False,
        True,
    ]
    assert f"?amendment={one}&amp;amendment={same}#together" in page.html
    fields = page.fields("deciding-order") | {"action": "reject"}
    again = rapporteur.sends(path, fields, amendment=[one, same])
    assert (again.status, "Give the reason" in again.words) == (422, True)
    assert 'value="reject" checked' in again.html
    sent = rapporteur.sends(path, fields, amendment=[one, same], reason="Said already.")
    assert sent.tells == f"{path}?done=decided.2"
    assert "Each decision is in the record" in rapporteur.opens(sent.lands_on).words
    found = [world.amendment(i) for i in (one, out, same)]
    assert [(str(a.state), a.decision_reason) for a in found] == [
        ("rejected", "Said already."),
        ("tabled", ""),
        ("rejected", "Said already."),
    ]


def test_what_cannot_be_decided_with_the_others_is_named(site: Site, world: World) -> None:
    one, out, _ = contested(world)
    decided(world, one)
    rapporteur, path = (
        site.acting(world.rapporteur),
        f"/recommendations/{world.recommendation}/deciding-order",
    )
    page = rapporteur.sends(path, amendment=[one, out], action="accept")
    assert (page.status, page.words.count("Amendment 1 cannot be decided on in this way any more.")) == (
        422,
        1,
    )
    assert world.amendment(out).state == "tabled"
    none = rapporteur.sends(path, action="accept")
    assert (none.status, "Choose between one and 500 amendments." in none.words) == (422, True)
    assert rapporteur.sends(path, amendment=[out]).status == 422


def test_deciding_is_offered_to_whoever_decides_alone(site: Site, world: World) -> None:
    one, _, _ = contested(world)
    path = f"/recommendations/{world.recommendation}/deciding-order"
    offered = [
        "Decide on those that you have chosen" in visitor.opens(path).words
        for visitor in (site.visitor, site.acting(world.cities[0]), site.acting(world.rapporteur))
    ]
    assert offered == [False, False, True]
    assert site.acting(world.cities[0]).sends(path, amendment=[one], action="accept").status == 403


def test_order_of_decision_has_pages_on_which_several_are_decided_at_once(
    site: Site, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deciding, "SHOWN", 2)
    for number, city in enumerate(world.cities[:3]):
        an_amendment(world, by=city, edit={"ask": ASK.replace("every", "some" * (3 - number))})
    path = f"/recommendations/{world.recommendation}/deciding-order"
    rapporteur = site.acting(world.rapporteur)
    first = rapporteur.opens(path)
    (onward,) = re.findall(rf'href="({path}[?]cursor=[^"]+)">Show the next ones', first.html)
    second = rapporteur.opens(onward)
    assert re.findall(r'id="d([0-9]+)" value="([0-9]+)"', first.html) == [("1", "1"), ("2", "2")]
    assert re.findall(r'id="d([0-9]+)" value="([0-9]+)"', second.html) == [("3", "3")]
    assert "Show the next ones" not in second.words
    (last,) = re.findall(r'name="amendment" value="([^"]+)"', second.html)
    fields = second.fields(onward) | {"action": "reject"}
    refused = rapporteur.sends(onward, fields, amendment=[last])
    assert (refused.status, 'id="d3"' in refused.html, 'id="d1"' in refused.html) == (422, True, False)
    sent = rapporteur.sends(onward, fields, amendment=[last], reason="Said already.")
    assert (sent.leads_to, world.amendment(last).state) == (onward, "rejected")
    assert "It is decided" in rapporteur.opens(sent.lands_on).words


def test_many_that_fall_or_stay_are_counted(
    site: Site, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deciding_order, "NAMED", 1)
    for word in ("some", "each", "any"):
        an_amendment(world, edit={"ask": ASK.replace("every", word)})
    for number in range(2):
        an_amendment(world, edit={"ask": ASK.replace("every ", f"every{',' * (number + 1)} ")})
    words = site.visitor.opens(f"/recommendations/{world.recommendation}/deciding-order").words
    assert "It changes the same words, or the same place. and 1 more" in words
    assert "Amendments 4 and 1 more can still be decided on then." in words


def test_order_of_decision_costs_as_many_statements_however_many_there_are(site: Site, world: World) -> None:
    path = f"/recommendations/{world.recommendation}/deciding-order"
    costs = []
    for number in range(3):
        an_amendment(
            world, by=world.cities[number], edit={"ask": ASK.replace("every", "some" * (number + 1))}
        )
        with counting(site.house) as statements:
            site.visitor.opens(f"{path}?n={number}")
        costs.append(len(statements))
    assert costs == [costs[0]] * 3


@pytest.mark.parametrize("page", ["collisions", "deciding-order"])
def test_pages_take_the_same_statements_for_thirty_amendments_as_for_one(
    site: Site, world: World, page: str
) -> None:
    costs = []
    for count in (1, 29):
        for number in range(count):
            an_amendment(world, edit={"ask": ASK.replace("every", f"{count}-{number}")})
        with counting(site.house) as statements:
            site.visitor.opens(f"/recommendations/{world.recommendation}/{page}?n={count}")
        costs.append(len(statements))
    assert costs == [costs[0]] * 2
