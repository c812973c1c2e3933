"""Writing an amendment: wording, preview, check, sending, a text that moved on."""

import pytest

from service.domain.amendments import AmendmentAction
from tests.builders import ASK, TITLE, WHY, an_amendment, consolidated, decided
from tests.web.visitors import Page, Site, Visitor
from tests.worlds import World

HOSTILE = "<script>alert(1)</script> & “partners”"


def form_of(site: Site, world: World) -> tuple[Visitor, str, dict[str, str]]:
    city = site.acting(world.cities[0])
    path = f"/recommendations/{world.recommendation}/amend"
    return city, path, city.opens(path).fields("/amend")


def ask_of(world: World) -> str:
    return f"text.{world.blocks['ask'].id}"


def test_form_holds_every_block_in_a_field_of_its_own(site: Site, world: World) -> None:
    _, _, fields = form_of(site, world)
    typed = {name: value for name, value in fields.items() if name.startswith("text.")}
    assert typed == {f"text.{block.id}": block.text for block in world.blocks.values()}


def test_visitor_is_asked_to_sign_in_and_comes_back(site: Site, world: World) -> None:
    path = f"/recommendations/{world.recommendation}/amend"
    page = site.visitor.opens(path)
    assert (page.status, f"/sign-in?then={path}" in page.html) == (401, True)


def test_amendment_is_checked_then_sent_and_gets_its_number(site: Site, world: World) -> None:
    city, path, fields = form_of(site, world)
    fields |= {
        ask_of(world): ASK.replace("every country", "each country"),
        "justification": "Each is clearer.",
    }
    check = city.sends(path, fields, step="check")
    assert (check.status, "Replaces “every” by “each”." in check.words) == (200, True)
    sent = city.sends(path, check.fields("/amend"), step="send")
    assert sent.status == 303
    assert "Amendment 1" in city.opens(sent.leads_to).words


@pytest.mark.parametrize("step", ["check", "send", "preview", "draft"])
def test_refused_form_comes_back_with_everything_typed(site: Site, world: World, step: str) -> None:
    city, path, fields = form_of(site, world)
    fields |= {
        ask_of(world): "",
        "justification": HOSTILE,
        "language": "fr",
        f"new.{world.blocks['why'].id}": HOSTILE,
    }
    page = city.sends(path, fields, step=step)
    again = page.fields("/amend")
    assert {name: again[name] for name in fields if name != "csrf"} == {
        n: v for n, v in fields.items() if n != "csrf"
    }
    assert (page.status, f'href="#{ask_of(world)}"' in page.html) == (422, True)
    assert "<script>alert" not in page.html


def test_missing_reasons_are_told_at_the_top_and_beside_the_field(site: Site, world: World) -> None:
    city, path, fields = form_of(site, world)
    page = city.sends(path, fields | {ask_of(world): "Delegations should name a contact."}, step="check")
    assert page.status == 422
    assert page.words.count("Say why: those who decide read this first.") == 2
    assert 'aria-describedby="justification-hint justification-say" aria-invalid="true"' in page.html


def test_unchanged_text_is_not_sent(site: Site, world: World) -> None:
    city, path, fields = form_of(site, world)
    page = city.sends(path, fields, step="check", justification="Because.")
    assert (page.status, "Change at least one word" in page.words) == (422, True)


def test_preview_works_without_reasons_and_without_script(site: Site, world: World) -> None:
    city, path, fields = form_of(site, world)
    page = city.sends(path, fields | {ask_of(world): ASK.replace("every", "each")}, step="preview")
    assert (page.status, "Replaces “every” by “each”." in page.words) == (200, True)


def test_difference_comes_as_a_fragment_with_words_for_who_cannot_see_it(site: Site, world: World) -> None:
    city, path, fields = form_of(site, world)
    page = city.sends(f"{path}/difference", fields | {ask_of(world): ASK.replace("every", "each")})
    assert (
        '<del><span class="hidden" dir="auto">removed: </span>every<span class="hidden"> </span></del>'
        in page.html
    )
    assert (
        '<ins><span class="hidden" dir="auto">added: </span>each<span class="hidden"> </span></ins>'
        in page.html
    )
    assert (page.status, "<html" in page.html, 'id="said" hx-swap-oob="innerHTML"' in page.html) == (
        200,
        False,
        True,
    )


def test_difference_is_only_for_those_who_may_send_it(site: Site, world: World) -> None:
    path = f"/recommendations/{world.recommendation}/amend"
    fields = {ask_of(world): ASK.replace("every", "each")}
    readers = (site.visitor, site.as_person(world.newcomer), site.acting(world.rapporteur))
    pages = [reader.sends(f"{path}/difference", fields) for reader in readers]
    assert [(page.status, "<ins>" in page.html) for page in pages] == [
        (401, False),
        (403, False),
        (403, False),
    ]
    compromise = readers[2].sends(f"{path}/difference", fields, compromise="yes")
    assert (compromise.status, "<ins>" in compromise.html) == (200, True)


def test_identical_and_colliding_amendments_are_shown_before_sending(site: Site, world: World) -> None:
    an_amendment(world, by=world.cities[1], edit={"ask": ASK.replace("every", "each")})
    an_amendment(world, by=world.cities[2], edit={"ask": ASK.replace("every", "any")})
    city, path, fields = form_of(site, world)
    page = city.sends(path, fields | {ask_of(world): ASK.replace("every", "each")}, step="preview")
    assert "Co-sign Amendment 1" in page.words
    assert "Amendment 2 (Kesi): They change the same words." in page.words


def test_identical_amendment_is_co_signed_instead_of_sending_another(site: Site, world: World) -> None:
    other = an_amendment(world, by=world.cities[1], edit={"ask": ASK.replace("every", "each")})
    city, path, fields = form_of(site, world)
    fields |= {ask_of(world): ASK.replace("every", "each"), "justification": HOSTILE}
    check = city.sends(path, fields, step="check")
    assert f'form="proposal" name="step" value="sign.{other}"' in check.html
    signed = city.sends(path, check.fields("/amend"), step=f"sign.{other}")
    assert signed.leads_to.startswith(f"/amendments/{other}?kept=")
    assert [o.name for o in world.amendment(other).organisations] == ["Vilaró", "Amara"]
    page = city.opens(signed.lands_on)
    assert "Your organisation stands behind this amendment" in page.words
    draft = signed.leads_to.partition("=")[2]
    assert f'href="/amendments/{draft}"' in page.html
    assert city.opens(f"/amendments/{draft}/edit").fields("/edit")["justification"] == HOSTILE
    assert "To your draft" not in site.visitor.opens(signed.lands_on).words


def test_refused_co_signature_gives_everything_typed_back(site: Site, world: World) -> None:
    other = an_amendment(world, by=world.cities[1], edit={"ask": ASK.replace("every", "any")})
    city, path, fields = form_of(site, world)
    fields |= {ask_of(world): ASK.replace("every", "each"), "justification": HOSTILE}
    page = city.sends(path, fields, step=f"sign.{other}")
    again = page.fields("/amend")
    assert (page.status, again["justification"], again[ask_of(world)]) == (
        412,
        HOSTILE,
        fields[ask_of(world)],
    )
    assert len(world.amendment(other).organisations) == 1


def test_who_stands_behind_an_identical_amendment_is_told_so(site: Site, world: World) -> None:
    other = an_amendment(world, edit={"ask": ASK.replace("every", "each")})
    city, path, fields = form_of(site, world)
    fields |= {ask_of(world): ASK.replace("every", "each"), "justification": "Clearer."}
    page = city.sends(path, fields, step="check")
    assert "your organisation stands behind it already" in page.words
    assert f"sign.{other}" not in page.html


def test_an_amendment_that_is_met_in_two_places_is_named_once(site: Site, world: World) -> None:
    twice = ASK.replace("name a contact", "have a desk").replace("every country", "all countries")
    an_amendment(world, by=world.cities[1], edit={"ask": twice})
    city, path, fields = form_of(site, world)
    mine = ASK.replace("name a contact", "choose a person").replace("every country", "each country")
    words = city.sends(path, fields | {ask_of(world): mine}, step="preview").words
    assert words.count("Amendment 1 (Vilaró): They change the same words.") == 1
    assert "An amendment already touches these words" in words


def test_new_and_struck_out_paragraphs_are_sent(site: Site, world: World) -> None:
    city, path, fields = form_of(site, world)
    ask, why = world.blocks["ask"].id, world.blocks["why"].id
    fields |= {f"new.{ask}": "First new.\n\nSecond new.", f"strike.{why}": "yes", "justification": "Shorter."}
    sent = city.sends(path, fields, step="send")
    texts = [b.text for b in world.amendment(sent.leads_to.split("/")[2]).blocks]
    assert texts == [world.blocks["title"].text, ASK, "First new.", "Second new."]


def stale_page(site: Site, world: World, typed: dict[str, str]) -> Page:
    city, path, fields = form_of(site, world)
    decided(
        world,
        an_amendment(world, by=world.cities[1], edit={"ask": ASK.replace("every", "each")}),
        AmendmentAction.ACCEPT,
    )
    consolidated(world)
    return city.sends(path, fields | typed | {"justification": "Kept words."}, step="send")


def test_text_that_moved_on_leads_to_both_brought_together(site: Site, world: World) -> None:
    page = stale_page(site, world, {f"text.{world.blocks['why'].id}": f"{WHY} Often."})
    fields = page.fields("/amend")
    assert (page.status, fields["justification"]) == (409, "Kept words.")
    assert fields[ask_of(world)] == ASK.replace("every", "each")
    assert fields[f"text.{world.blocks['why'].id}"] == f"{WHY} Often."
    del fields["csrf"]
    sent = site.acting(world.cities[0]).sends(
        f"/recommendations/{world.recommendation}/amend", fields, step="send"
    )
    assert sent.leads_to.endswith("/sent")


def test_conflict_with_the_newer_text_keeps_what_was_typed(site: Site, world: World) -> None:
    page = stale_page(site, world, {ask_of(world): ASK.replace("every", "no")})
    assert (page.status, page.fields("/amend")[ask_of(world)]) == (409, ASK.replace("every", "no"))


def as_one_text(site: Site, world: World) -> tuple[Visitor, str, Page]:
    city, path, fields = form_of(site, world)
    return city, path, city.sends(path, fields, step="whole")


def test_whole_text_is_written_in_one_field_and_sent(site: Site, world: World) -> None:
    city, path, page = as_one_text(site, world)
    typed = page.fields("/amend")
    assert typed["markdown"] == f"# {TITLE}\n\n{ASK}\n\n{WHY}\n"
    assert [name for name in typed if "." in name] == []
    typed |= {
        "markdown": f"# {TITLE}\n\n- *First*\n\n{ASK.replace('every', 'each')}\n\n{WHY}\n",
        "justification": "Each is clearer.",
    }
    check = city.sends(path, typed, step="check")
    assert (check.status, "Replaces “every” by “each”." in check.words) == (200, True)
    assert "Adds the list item “First”." in check.words
    sent = city.sends(path, check.fields("/amend"), step="send")
    title, item, ask, why = world.amendment(sent.leads_to.split("/")[2]).blocks
    assert (title, why) == (world.blocks["title"], world.blocks["why"])
    assert (item.kind, item.text, ask.id) == ("list_item", "First", world.blocks["ask"].id)


def test_preview_of_the_whole_text_tells_what_is_new_and_what_is_gone(site: Site, world: World) -> None:
    city, path, page = as_one_text(site, world)
    written = f"# {TITLE}\n\n{ASK}\n\nSomething else altogether."
    preview = city.sends(path, page.fields("/amend"), step="preview", markdown=written)
    assert (preview.status, preview.fields("/amend")["markdown"]) == (200, written)
    assert "New paragraph Something else altogether." in preview.words.replace("added: ", "")
    assert "Paragraph struck out" in preview.words
    live = city.sends(f"{path}/difference", page.fields("/amend"), markdown=written)
    assert (live.status, "Paragraph struck out" in live.words) == (200, True)


def test_going_to_one_field_and_back_loses_nothing_that_was_typed(site: Site, world: World) -> None:
    city, path, fields = form_of(site, world)
    why = world.blocks["why"].id
    fields |= {
        ask_of(world): "Nothing is as it was.",
        f"new.{world.blocks['ask'].id}": f"{HOSTILE}\n\n- not a list",
        f"text.{why}": "Half a thought",
        f"strike.{why}": "yes",
        "justification": HOSTILE,
        "language": "fr",
    }
    there = city.sends(path, fields, step="whole")
    assert (there.status, "<script>alert" in there.html) == (200, False)
    back = city.sends(path, there.fields("/amend"), step="fields").fields("/amend")
    del fields["csrf"], back["csrf"]
    assert back == fields


def test_what_only_one_text_can_say_is_kept_on_the_way_to_the_fields(site: Site, world: World) -> None:
    city, path, page = as_one_text(site, world)
    written = f"# {TITLE}\n\n> Said.\n\n{WHY}\n\n{ASK}\n"
    fields = city.sends(path, page.fields("/amend"), step="fields", markdown=written)
    assert "New block in place 2" in fields.words
    again = city.sends(path, fields.fields("/amend"), step="whole")
    assert again.fields("/amend")["markdown"] == written


@pytest.mark.parametrize("step", ["check", "send", "preview", "draft", "fields"])
def test_fault_in_the_whole_text_names_its_line_and_keeps_every_word(
    site: Site, world: World, step: str
) -> None:
    city, path, page = as_one_text(site, world)
    written = f"# {TITLE}\n\n{ASK}\n\n# Another {HOSTILE}\n"
    refused = city.sends(path, page.fields("/amend"), step=step, markdown=written, justification="So.")
    assert (refused.status, refused.fields("/amend")["markdown"]) == (422, written)
    assert "Line 5: Only the title is a heading of level 1." in refused.words
    assert (refused.html.count('href="#markdown"'), 'id="markdown-say"' in refused.html) == (1, True)


def test_whole_text_that_moved_on_is_brought_together_in_fields(site: Site, world: World) -> None:
    typed = {"markdown": f"# {TITLE}\n\n{ASK}\n\n- {WHY}\n\n> Said.\n"}
    page = stale_page(site, world, typed)
    fields = page.fields("/amend")
    assert (page.status, fields[ask_of(world)]) == (409, ASK.replace("every", "each"))
    del fields["csrf"]
    sent = site.acting(world.cities[0]).sends(
        f"/recommendations/{world.recommendation}/amend", fields, step="send"
    )
    kinds = [block.kind.value for block in world.amendment(sent.leads_to.split("/")[2]).blocks]
    assert kinds == ["heading", "paragraph", "list_item", "quotation"]


def test_faulty_text_is_mended_before_it_is_brought_together(site: Site, world: World) -> None:
    page = stale_page(site, world, {"markdown": "No title.\n"})
    assert (page.status, page.fields("/amend")["markdown"]) == (422, "No title.\n")


def test_author_proposes_other_words_in_place_of_an_amendment(site: Site, world: World) -> None:
    earlier = an_amendment(world)
    city = site.acting(world.cities[0])
    link = f"/recommendations/{world.recommendation}/amend?replaces={earlier}"
    assert link in city.opens(f"/amendments/{earlier}").html
    path = f"/recommendations/{world.recommendation}/amend"
    fields = city.opens(link).fields("/amend")
    assert fields[ask_of(world)] == world.amendment(earlier).blocks[1].text
    check = city.sends(path, fields | {ask_of(world): ASK.replace("every", "any")}, step="check")
    sent = city.sends(path, check.fields("/amend"), step="send")
    assert "It replaces Amendment 1" in city.opens(sent.leads_to.removesuffix("/sent")).words
    assert "replaced by amendment 2" in city.opens(f"/amendments/{earlier}").words
    assert link not in city.opens(f"/amendments/{earlier}").html
