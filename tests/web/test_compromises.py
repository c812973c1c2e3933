"""Proposing a compromise on pages, what it covers, and what is said of those that are covered."""

from service.domain.actors import Role
from service.domain.amendments import AmendmentAction
from service.domain.text import Resolution
from service.workflows import amendments, consolidation, decisions
from service.workflows.amendments import SignAmendment
from service.workflows.consolidation import Consolidate
from service.workflows.decisions import Decide
from tests.builders import ASK, a_colleague, a_compromise, an_amendment, consolidated, decided
from tests.web.visitors import Site
from tests.worlds import World

TWO, DESK = ASK.replace("a contact", "two contacts"), ASK.replace("a contact", "one desk")
DESKS = ASK.replace("a contact", "two desks")


def colliding(world: World) -> tuple[str, str]:
    one = an_amendment(world, edit={"ask": TWO})
    return one, an_amendment(world, by=world.cities[1], edit={"ask": DESK})


def test_compromise_is_proposed_from_the_collisions(site: Site, world: World) -> None:
    one, other = colliding(world)
    rapporteur = site.acting(world.rapporteur)
    there = f"/recommendations/{world.recommendation}/collisions"
    link = f"/recommendations/{world.recommendation}/amend?compromise=yes&amp;covers={one}&amp;covers={other}"
    assert (link in rapporteur.opens(there).html, link in site.visitor.opens(there).html) == (True, False)
    page = rapporteur.opens(link.replace("&amp;", "&"))
    assert "The fields begin with the words of Amendment 1." in page.words
    fields = page.fields("/amend")
    ask = f"text.{world.blocks['ask'].id}"
    assert (fields[ask], fields["compromise"]) == (TWO, "yes")
    assert [box in page.html for box in (f'value="{one}" checked', f'value="{other}" checked')] == [True] * 2


def test_compromise_is_checked_with_what_it_realises_then_sent(site: Site, world: World) -> None:
    one, _ = colliding(world)
    rapporteur = site.acting(world.rapporteur)
    path = f"/recommendations/{world.recommendation}/amend"
    fields = rapporteur.opens(f"{path}?compromise=yes&covers={one}").fields("/amend")
    fields |= {f"text.{world.blocks['ask'].id}": DESKS, "justification": "It meets both."}
    check = rapporteur.sends(path, fields, step="check")
    assert (check.status, "Realises 3 of 4 words asked for" in check.words) == (200, True)
    sent = rapporteur.sends(path, check.fields("/amend"), step="send")
    assert sent.status == 303
    made = sent.leads_to.split("/")[2]
    assert [ref.id for ref in world.amendment(made).covers] == [one]


def test_compromise_that_covers_nothing_is_refused_at_its_field(site: Site, world: World) -> None:
    colliding(world)
    rapporteur = site.acting(world.rapporteur)
    path = f"/recommendations/{world.recommendation}/amend"
    fields = rapporteur.opens(f"{path}?compromise=yes").fields("/amend") | {
        f"text.{world.blocks['ask'].id}": DESKS,
        "justification": "So.",
    }
    for step in ("check", "send"):
        refused = rapporteur.sends(path, fields, step=step)
        assert (refused.status, "Choose at least one amendment that it covers." in refused.words) == (
            422,
            True,
        )


def test_rapporteur_who_may_mediate_may_not_simply_amend(site: Site, world: World) -> None:
    path = f"/recommendations/{world.recommendation}/amend"
    assert site.acting(world.rapporteur).opens(path).status == 403


def test_draft_of_a_compromise_keeps_what_it_covers(site: Site, world: World) -> None:
    one, other = colliding(world)
    rapporteur = site.acting(world.rapporteur)
    path = f"/recommendations/{world.recommendation}/amend"
    fields = rapporteur.opens(f"{path}?compromise=yes&covers={one}").fields("/amend")
    kept = rapporteur.sends(path, fields, step="draft")
    draft = kept.leads_to.split("/")[2]
    page = rapporteur.opens(f"/amendments/{draft}/edit")
    assert (page.status, f'value="{one}" checked' in page.html) == (200, True)
    again = page.fields("/edit") | {"covers": other, "justification": "So."}
    assert rapporteur.sends(f"/amendments/{draft}/edit", again, step="draft").status == 303
    assert [ref.id for ref in world.amendment(draft, by=world.rapporteur).covers] == [other]
    check = rapporteur.sends(f"/amendments/{draft}/edit", again, step="check")
    assert "What it covers" in check.words
    without = {name: value for name, value in again.items() if name != "covers"}
    refused = rapporteur.sends(f"/amendments/{draft}/edit", without, step="draft")
    assert (refused.status, "Choose at least one" in refused.words) == (422, True)


def test_page_of_a_compromise_shows_what_it_covers_and_each_of_those_links_to_it(
    site: Site, world: World
) -> None:
    one, other = colliding(world)
    made = a_compromise(world, one, other, ask=DESKS)
    page = site.visitor.opens(f"/amendments/{made}")
    assert [
        words in page.words for words in ("Compromise amendment 3", "Realises 3 of 4 words asked for")
    ] == [
        True,
        True,
    ]
    assert ["not added: “contacts”" in page.words, "not struck out: “a”" in page.words] == [True, False]
    covered = site.visitor.opens(f"/amendments/{one}")
    assert (f'href="/amendments/{made}"' in covered.html, "A compromise covers it" in covered.words) == (
        True,
        True,
    )
    signing = site.acting(world.cities[0]).opens(f"/amendments/{made}").words
    assert "Co-sign this compromise" in signing


def test_authors_of_what_a_compromise_covers_read_both_side_by_side_and_say_yes(
    site: Site, world: World
) -> None:
    one, other = colliding(world)
    made = a_compromise(world, one, other, ask=DESKS)
    city, question = site.acting(world.cities[0]), "Are you content with this compromise?"
    assert f'href="/amendments/{made}#accept"' in city.opens(f"/amendments/{one}").html
    page = city.opens(f"/amendments/{made}")
    assert (question in page.words, page.words.count("Co-sign this compromise")) == (True, 1)
    asked = page.html[page.html.index('id="accept"') :]
    assert [name in asked.partition("</section></div>")[0] for name in ("Amendment 1", "Amendment 2")] == [
        True,
        False,
    ]
    sent = city.sends(f"/amendments/{made}/signatures", page.fields("/signatures"))
    again = city.opens(sent.leads_to).words
    assert ("Your amendment and this compromise" in again, question in again) == (True, False)
    assert question not in site.visitor.opens(f"/amendments/{made}").words
    decided(world, made)
    assert "Your amendment and this compromise" not in city.opens(f"/amendments/{made}").words


def test_what_is_decided_against_is_not_told_that_it_falls(site: Site, world: World) -> None:
    one, other = colliding(world)
    a_compromise(world, one, other)
    decided(world, other, AmendmentAction.REJECT)
    words = "When it is accepted, this amendment falls."
    pages = [site.visitor.opens(f"/amendments/{i}").words for i in (one, other)]
    assert [("A compromise covers it" in page, words in page) for page in pages] == [
        (True, True),
        (True, False),
    ]


def test_decision_in_other_words_tells_what_it_realises(site: Site, world: World) -> None:
    one, _ = colliding(world)
    command = Decide(one, AmendmentAction.ACCEPT_MODIFIED, "So.", world.reworded(ask=DESKS))
    decisions.decide(world.acting(world.rapporteur), command)
    page = site.visitor.opens(f"/amendments/{one}")
    assert "In the words of the decision" in page.words
    assert "Realises 3 of 4 words asked for" in page.words
    consolidated(world)
    assert "In the text as it stands now" in site.visitor.opens(f"/amendments/{one}").words


def test_version_tells_how_each_collision_was_settled(site: Site, world: World) -> None:
    one, other = (decided(world, i) for i in colliding(world))
    ask = world.blocks["ask"].id
    pairs = {
        "was given precedence": Resolution((one, other), "", prefer=other),
        "These words stand in their place": Resolution((one, other), "", block=ask, replacement=DESKS),
    }
    resolution = pairs["These words stand in their place"]
    command = Consolidate(world.recommendation, (resolution,))
    consolidation.consolidate(world.acting(world.rapporteur), command)
    page = site.visitor.opens(f"/recommendations/{world.recommendation}/versions/2").words
    assert [
        said in page
        for said in (
            "How a collision was settled",
            "Amendments 1 and 2 collided in block 2.",
            "These words stand in their place:",
            "Settled by the rapporteur on",
            "was given precedence",
        )
    ] == [True, True, True, True, False]
    first = site.visitor.opens(f"/recommendations/{world.recommendation}/versions/1").words
    assert "collision was settled" not in first


def test_whoever_writes_a_compromise_is_not_asked_to_sign_what_it_begins_with(
    site: Site, world: World
) -> None:
    one, other = colliding(world)
    path = f"/recommendations/{world.recommendation}/amend"
    rapporteur = site.acting(world.rapporteur)
    fields = rapporteur.opens(f"{path}?compromise=yes&covers={one}&covers={other}").fields("/amend")
    page = rapporteur.sends(path, fields, step="preview")
    assert ("So far these are the words of Amendment 1." in page.words, "Co-sign" in page.words) == (
        True,
        False,
    )


def test_who_mediates_is_offered_to_carry_over_and_withdraw_compromises_alone(
    site: Site, world: World
) -> None:
    one, other = colliding(world)
    author = a_colleague(site.house, world.rapporteur, Role.REPRESENTATIVE)
    ordinary = an_amendment(world, by=author)
    made = a_compromise(world, one, by=world.rapporteur)
    decided(world, other)
    consolidated(world)
    shown = {
        (who, what): (
            *(
                words in reader.opens(f"/amendments/{amendment}").words
                for words in ("Carry it over", "Withdraw it")
            ),
            reader.opens(f"/amendments/{amendment}/rebase").status,
            reader.opens(f"/amendments/{amendment}/withdrawal").status,
        )
        for who, reader in (("mediator", site.acting(world.rapporteur)), ("author", site.acting(author)))
        for what, amendment in (("ordinary", ordinary), ("compromise", made))
    }
    assert shown == {
        ("mediator", "ordinary"): (False, False, 403, 403),
        ("mediator", "compromise"): (True, True, 200, 200),
        ("author", "ordinary"): (True, True, 200, 200),
        ("author", "compromise"): (True, True, 200, 200),
    }


def test_workbench_begins_with_the_words_of_any_variant_or_of_the_text(site: Site, world: World) -> None:
    one, other = colliding(world)
    rapporteur = site.acting(world.rapporteur)
    path = f"/recommendations/{world.recommendation}/amend"
    page = rapporteur.opens(f"{path}?compromise=yes&covers={one}&covers={other}")
    ask = f"text.{world.blocks['ask'].id}"
    fields, both = page.fields("/amend") | {"justification": "So."}, [one, other]
    begun = rapporteur.sends(path, fields, step=f"from.{other}", covers=both)
    assert "The fields begin with the words of Amendment 2." in begun.words
    assert [begun.fields("/amend")[name] for name in (ask, "justification")] == [DESK, "So."]
    again = rapporteur.sends(path, begun.fields("/amend"), step="from.", covers=both)
    assert (again.fields("/amend")[ask], "The fields begin" in again.words) == (ASK, False)


def test_workbench_tells_while_somebody_types_what_each_gets_and_who_has_to_agree(
    site: Site, world: World
) -> None:
    one, other = colliding(world)
    rapporteur = site.acting(world.rapporteur)
    path = f"/recommendations/{world.recommendation}/amend"
    page = rapporteur.opens(f"{path}?compromise=yes&covers={one}&covers={other}")
    assert "Who has to agree: Amara, Vilaró." in page.words
    fields = page.fields("/amend") | {f"text.{world.blocks['ask'].id}": DESKS}
    live = rapporteur.sends(f"{path}/difference", fields, covers=[one, other]).words
    assert [
        said in live
        for said in ("What each of them gets of it", "Realises 3 of 4 words", "Realises 2 of 4 words")
    ] == [True] * 3


def test_those_who_have_not_signed_are_asked_by_name(site: Site, world: World) -> None:
    one, other = colliding(world)
    made = a_compromise(world, one, other, ask=DESKS)
    signing = SignAmendment(made, world.cities[0].organisation)
    amendments.sign(world.acting(world.cities[0]), signing)
    rapporteur = site.acting(world.rapporteur)
    page = rapporteur.opens(f"/amendments/{made}")
    assert "1 of 2 organisations whose amendments it covers have signed it." in page.words
    assert "Ask who has not answered" in page.words
    asked = rapporteur.sends(f"/recommendations/{world.recommendation}/comment", page.fields("/comment#ask"))
    words = site.visitor.opens(asked.leads_to).words
    assert "@Vilaró: can you accept compromise amendment 3 in the place of amendments 1 and 2?" in words
    assert "Ask who has not answered" not in site.visitor.opens(f"/amendments/{made}").words
