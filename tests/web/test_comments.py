"""Pages of the discussion."""

from service.workflows import reading
from tests.builders import ASK, WHY, a_comment, an_amendment, consolidated, decided
from tests.web.visitors import Site
from tests.worlds import World


def test_comment_on_a_phrase_stays_with_its_words(site: Site, world: World) -> None:
    city, ask = site.acting(world.cities[0]), world.blocks["ask"].id
    path = f"/recommendations/{world.recommendation}/comment"
    fields = city.opens(f"{path}?block_id={ask}").fields("/comment")
    sent = city.sends(path, fields | {"quotation": "a contact", "text": "Who pays?", "kind": "technical"})
    assert (sent.status, "<mark>a contact</mark>" in city.opens(sent.leads_to).html) == (303, True)


def test_sentence_is_chosen_without_script(site: Site, world: World) -> None:
    decided(world, an_amendment(world, edit={"why": f"{WHY} They save money."}))
    consolidated(world)
    city, why = site.acting(world.cities[0]), world.blocks["why"].id
    path = f"/recommendations/{world.recommendation}/comment"
    page = city.opens(f"{path}?block_id={why}")
    place = f"{len(WHY) + 1}-{len(WHY) + 1 + len('They save money.')}"
    assert f'name="sentence" value="{place}"' in page.html
    sent = city.sends(
        path, page.fields("/comment") | {"sentence": place, "text": "How much?", "kind": "technical"}
    )
    comment = reading.comment(site.house.stranger, sent.leads_to.removeprefix("/comments/"))
    assert comment.quotation == "They save money."


def test_words_that_are_not_there_come_back_with_all_that_was_typed(site: Site, world: World) -> None:
    city = site.acting(world.cities[0])
    path = f"/recommendations/{world.recommendation}/comment"
    fields = city.opens(f"{path}?block_id={world.blocks['ask'].id}").fields("/comment")
    typed = fields | {"quotation": "not in here", "text": "Who pays?", "kind": "editorial"}
    page = city.sends(path, typed)
    again = page.fields("/comment")
    assert (page.status, [again[n] for n in ("quotation", "text", "kind")]) == (
        422,
        ["not in here", "Who pays?", "editorial"],
    )


def test_thread_is_answered_and_settled(site: Site, world: World) -> None:
    comment = a_comment(world)
    other, rapporteur = site.acting(world.cities[1]), site.acting(world.rapporteur)
    other.sends(
        f"/comments/{comment}/replies", text="The city does.", organisation_id=world.cities[1].organisation
    )
    rapporteur.sends(f"/comments/{comment}/resolution", action="resolve", resolution="Said in block 3.")
    words = site.visitor.opens(f"/comments/{comment}").words
    assert ["The city does." in words, "Said in block 3." in words, "resolved" in words] == [True, True, True]


def test_empty_answer_is_refused_beside_the_field(site: Site, world: World) -> None:
    comment = a_comment(world)
    page = site.acting(world.cities[1]).sends(
        f"/comments/{comment}/replies", text=" ", organisation_id=world.cities[1].organisation
    )
    assert (page.status, page.words.count("Write your comment before you send it.")) == (422, 2)


def test_phrase_that_is_gone_is_still_told(site: Site, world: World) -> None:
    comment = a_comment(world, quotation="a contact")
    decided(world, an_amendment(world, edit={"ask": "Delegations should act."}))
    consolidated(world)
    words = site.visitor.opens(f"/comments/{comment}").words
    assert ("“a contact”" in words, "no longer in the current text" in words, ASK in words) == (
        True,
        True,
        False,
    )


def test_thread_whose_words_are_gone_gets_a_new_place(site: Site, world: World) -> None:
    thread = a_comment(world, quotation="a contact")
    decided(world, an_amendment(world, edit={"ask": "Cities should be heard."}))
    consolidated(world)
    city, why = site.acting(world.cities[0]), world.blocks["why"].id
    page = city.opens(f"/comments/{thread}")
    fields = page.fields("/place")
    wrong = city.sends(f"/comments/{thread}/place", fields | {"block_id": why, "quotation": "not in here"})
    assert (wrong.status, wrong.fields("/place")["quotation"]) == (422, "not in here")
    sent = city.sends(f"/comments/{thread}/place", fields | {"block_id": why, "quotation": ""})
    placed = city.opens(sent.leads_to)
    assert (sent.status, f"<mark>{WHY}</mark>" in placed.html) == (303, True)
    assert "/place" not in placed.html
