"""Pages of the discussion."""

from service.workflows import reading
from tests.builders import ASK, WHY, a_comment, an_amendment, consolidated, decided
from tests.counting import counting
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


def test_words_that_stand_twice_are_commented_on_where_they_were_selected(site: Site, world: World) -> None:
    city, path = site.acting(world.cities[0]), f"/recommendations/{world.recommendation}"
    form = city.opens(f"{path}/comment?block_id={world.blocks['ask'].id}")
    fields = form.fields("/comment") | {"text": "Which?", "quotation": "r"}
    twice = city.sends(f"{path}/comment", fields)
    assert (twice.status, twice.fields("/comment")["text"]) == (422, "Which?")
    at = ASK.rindex("r")
    sent = city.sends(f"{path}/comment", fields, range=f"{at}-{at + 1}")
    assert f"{ASK[:at]}<mark>r</mark>" in city.opens(sent.leads_to).html
    moved = city.sends(f"{path}/comment", fields, range="0-1")
    assert (moved.status, "These words do not stand at that place." in moved.words) == (422, True)


def test_note_for_ones_own_organisation_is_seen_there_alone(site: Site, world: World) -> None:
    city, path = site.acting(world.cities[0]), f"/recommendations/{world.recommendation}"
    fields = city.opens(f"{path}/comment").fields("/comment")
    sent = city.sends(f"{path}/comment", fields | {"audience": "organisation", "text": "Do we want this?"})
    thread = city.opens(sent.leads_to)
    assert "only your organisation reads this" in thread.words
    assert "Note of your organisation" in city.opens(path).words
    for reader in (site.visitor, site.acting(world.facility), site.acting(world.cities[1])):
        assert "Do we want this?" not in reader.opens(path).words
        hidden, unknown = reader.opens(sent.leads_to), reader.opens("/comments/01J9ZC5V7N8Q4T2X6B3D0KMRWA")
        assert (hidden.status, hidden.words) == (404, unknown.words)
    answered = city.sends(f"{sent.leads_to}/replies", thread.fields("/replies") | {"text": "We do."})
    assert answered.status == 303


def test_official_contribution_is_handed_in_once(site: Site, world: World) -> None:
    city, path = site.acting(world.cities[0]), f"/recommendations/{world.recommendation}"
    fields = city.opens(f"{path}/comment").fields("/comment")
    official = fields | {"audience": "official", "text": "We support this."}
    sent = city.sends(f"{path}/comment", official)
    assert "official contribution" in site.visitor.opens(sent.leads_to).words
    again = city.sends(f"{path}/comment", official)
    assert (again.status, "has handed in its official contribution already" in again.words) == (409, True)
    assert "official" not in city.opens(f"{path}/comment?block_id={world.blocks['ask'].id}").words


def test_comments_that_wait_for_an_answer_are_listed_with_their_places(site: Site, world: World) -> None:
    path = f"/agendas/{world.agenda}/open-comments"
    assert "Every comment is answered." in site.visitor.opens(path).words
    comment = a_comment(world)
    page = site.visitor.opens(f"{path}?recommendation={world.recommendation}")
    assert f'href="/comments/{comment}">Comment of <bdi>' in page.html
    assert "1 comment waits for an answer. Recommendation 1" in page.words
    rapporteur = site.acting(world.rapporteur)
    rapporteur.sends(
        f"/comments/{comment}/resolution",
        rapporteur.opens(f"/comments/{comment}").fields("/resolution") | {"action": "resolve"},
    )
    assert f"/comments/{comment}" not in site.visitor.opens(path).html


def test_open_comments_ask_as_often_for_three_as_for_one(site: Site, world: World) -> None:
    asked = []
    for grown in (1, 2):
        for _ in range(grown):
            a_comment(world)
        with counting(site.house) as statements:
            site.visitor.opens(f"/agendas/{world.agenda}/open-comments")
        asked.append(len(statements))
    assert asked[0] == asked[1]
