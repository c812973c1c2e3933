"""Pages on which the rapporteur edits a text block by block."""

import re

import pytest

from service.domain.phases import Phase
from service.domain.text import canonical_json
from service.workflows import recommendations
from service.workflows.recommendations import Rewrite
from tests.builders import ASK, TITLE, WHY, a_comment
from tests.counting import counting
from tests.web.visitors import Page, Site, Visitor
from tests.worlds import World

PARTED = "EU Delegations should name a contact. Cities do the same."


@pytest.fixture
def phase() -> Phase:
    return Phase.COMMENTING


def path_of(world: World) -> str:
    return f"/recommendations/{world.recommendation}/edit"


def presses(visitor: Visitor, world: World, shown: Page, step: str, **typed: str) -> Page:
    """Send the form as it is shown, with what was typed, by one of its buttons."""
    return visitor.sends(path_of(world), shown.fields("/edit") | typed, step=step)


def texts(shown: Page) -> list[str]:
    return [value for name, value in shown.fields("/edit").items() if name.startswith("text.")]


def test_a_block_is_split_after_a_sentence_moved_and_saved_with_its_lineage(site: Site, world: World) -> None:
    rapporteur, ask, why = site.acting(world.rapporteur), world.blocks["ask"].id, world.blocks["why"].id
    shown = rapporteur.opens(path_of(world))
    assert texts(shown) == [TITLE, ASK, WHY]
    shown = presses(rapporteur, world, shown, "preview", **{f"text.{ask}": PARTED})
    shown = presses(rapporteur, world, shown, f"split.{ask}", **{f"cut.{ask}": "0"})
    assert texts(shown) == [TITLE, "EU Delegations should name a contact.", "Cities do the same.", WHY]
    assert 'id="text.new-1" name="text.new-1"' in shown.html.split(" autofocus")[0].rsplit("<textarea", 1)[1]
    shown = presses(rapporteur, world, shown, "down.new-1")
    shown = presses(rapporteur, world, shown, f"strike.{why}")
    shown = presses(rapporteur, world, shown, "after.new-1")
    shown = presses(
        rapporteur, world, shown, "preview", **{"text.new-2": "A new end.", "form.new-2": "quotation.0"}
    )
    checked = presses(rapporteur, world, shown, "check", note="Shorter.")
    assert "Check version 2 before you save it" in checked.words
    assert "Block 3 is split from block 2." in checked.words
    saved = presses(rapporteur, world, checked, "save")
    assert (saved.leads_to, saved.done) == (
        f"/recommendations/{world.recommendation}/compare",
        "version_made",
    )
    text = world.text
    assert [(b.kind.value, b.text) for b in text.blocks[1:]] == [
        ("paragraph", "EU Delegations should name a contact."),
        ("paragraph", "Cities do the same."),
        ("quotation", "A new end."),
    ]
    assert (text.note, [d.blocks for d in text.lineage[text.blocks[2].id]]) == ("Shorter.", [(ask,)])


def test_two_blocks_are_joined_and_the_comments_that_lose_their_words_are_told(
    site: Site, world: World
) -> None:
    a_comment(world, block="why", quotation="other programmes")
    rapporteur, ask, why = site.acting(world.rapporteur), world.blocks["ask"].id, world.blocks["why"].id
    shown = rapporteur.opens(path_of(world))
    shown = presses(rapporteur, world, shown, f"join.{ask}", **{f"text.{why}": "Partnerships show results."})
    assert texts(shown) == [TITLE, f"{ASK} Partnerships show results."]
    checked = presses(rapporteur, world, shown, "check")
    assert "Block 2 is joined out of blocks 2 and 3." in checked.words
    assert "1 comment loses its words “other programmes”" in checked.words


def test_a_script_splits_at_the_cursor(site: Site, world: World) -> None:
    rapporteur, ask = site.acting(world.rapporteur), world.blocks["ask"].id
    at = str(ASK.index("in every"))
    shown = presses(rapporteur, world, rapporteur.opens(path_of(world)), f"split.{ask}", **{f"at.{ask}": at})
    assert texts(shown)[1:3] == [ASK[: int(at)].strip(), ASK[int(at) :]]


def test_what_cannot_be_done_is_said_and_everything_typed_is_kept(site: Site, world: World) -> None:
    rapporteur, ask = site.acting(world.rapporteur), world.blocks["ask"].id
    typed = {f"text.{ask}": "One word"}
    refused = [
        presses(rapporteur, world, rapporteur.opens(path_of(world)), step, **typed)
        for step in (f"split.{ask}", "strike.nobody")
    ]
    assert [(p.status, texts(p)[1]) for p in refused] == [(422, "One word")] * 2
    assert "Choose a place between two words of this block." in refused[0].words
    empty = presses(rapporteur, world, refused[0], "check", **{f"text.{ask}": " "})
    assert (empty.status, "This paragraph is empty." in empty.words) == (422, True)
    same = presses(rapporteur, world, rapporteur.opens(path_of(world)), "check")
    assert (same.status, "Your text is the same as the current one." in same.words) == (422, True)
    assert presses(rapporteur, world, rapporteur.opens(path_of(world)), "preview").status == 200
    lost = presses(rapporteur, world, refused[0], "check", sheet="{}", note="Kept.")
    assert "Check version 2" in lost.words


def test_the_whole_text_is_written_in_one_field_and_back(site: Site, world: World) -> None:
    rapporteur, ask = site.acting(world.rapporteur), world.blocks["ask"].id
    shown = presses(rapporteur, world, rapporteur.opens(path_of(world)), "whole")
    assert shown.fields("/edit")["markdown"] == f"# {TITLE}\n\n{ASK}\n\n{WHY}\n"
    text = f"# {TITLE}\n\n{ASK}\n\n- A new item\n\n{WHY}\n"
    still = presses(rapporteur, world, shown, "preview", markdown=text)
    assert ("A new item" in still.fields("/edit")["markdown"], "list item" in still.words) == (True, True)
    back = presses(rapporteur, world, still, "blocks")
    assert texts(back) == [TITLE, ASK, "A new item", WHY]
    assert f"text.{ask}" in back.fields("/edit")
    wrong = presses(rapporteur, world, shown, "check", markdown=f"# {TITLE}\n\n# Another\n")
    assert (wrong.status, 'href="#markdown"' in wrong.html) == (422, True)


def test_a_text_that_moved_on_is_brought_together_with_what_was_typed(site: Site, world: World) -> None:
    rapporteur, ctx = site.acting(world.rapporteur), world.acting(world.rapporteur)
    typed = {f"text.{world.blocks['ask'].id}": ASK.replace("a contact", "two contacts")}
    shown = rapporteur.opens(path_of(world))
    apart = world.reworded(why="Partnerships work.")
    recommendations.rewrite(ctx, Rewrite(world.recommendation, world.version, apart, ""))
    stale = presses(rapporteur, world, shown, "save", **typed)
    assert (stale.status, "You started from version 1; version 2 is the current one." in stale.words) == (
        409,
        True,
    )
    assert "Both fit together" in stale.words
    opened = presses(rapporteur, world, stale, "preview")
    assert texts(opened) == [TITLE, ASK.replace("a contact", "two contacts"), "Partnerships work."]
    again = presses(rapporteur, world, shown, "check", **{f"text.{world.blocks['why'].id}": "Otherwise."})
    assert "They do not fit together by themselves" in again.words
    assert texts(presses(rapporteur, world, again, "preview"))[2] == "Otherwise."


def test_the_difference_alone_is_answered_while_somebody_types(site: Site, world: World) -> None:
    rapporteur, ask = site.acting(world.rapporteur), world.blocks["ask"].id
    fields = rapporteur.opens(path_of(world)).fields("/edit") | {f"text.{ask}": f"{ASK}\n\nAnd more."}
    answered = rapporteur.sends(f"{path_of(world)}/difference", fields)
    assert (answered.status, "And more." in answered.words, "<html" in answered.html) == (200, True, False)


def test_the_editor_is_for_those_who_draft_while_texts_are_drafted(site: Site, world: World) -> None:
    assert [site.acting(one).opens(path_of(world)).status for one in (world.cities[0], world.service)] == [
        403,
        403,
    ]
    assert site.visitor.opens(path_of(world)).status == 401
    assert (
        f'href="{path_of(world)}"'
        in site.acting(world.rapporteur).opens(f"/recommendations/{world.recommendation}").html
    )
    world.move(Phase.AMENDING)
    assert site.acting(world.rapporteur).opens(path_of(world)).status == 409


def test_a_text_that_is_off_the_agenda_is_not_edited(site: Site, world: World) -> None:
    recommendations.withdraw(world.acting(world.rapporteur), world.recommendation, "It is said elsewhere.")
    page = site.acting(world.rapporteur).opens(path_of(world))
    assert (page.status, "This cannot be done any more" in page.words) == (409, True)


def test_editor_takes_the_same_statements_however_many_comments_there_are(site: Site, world: World) -> None:
    rapporteur, ask = site.acting(world.rapporteur), world.blocks["ask"].id
    typed = {f"text.{ask}": "Other words."}
    shown, made = rapporteur.opens(path_of(world)), []
    for more in (1, 2):
        for _ in range(more):
            a_comment(world)
        with counting(site.house) as statements:
            presses(rapporteur, world, shown, "check", **typed)
        made.append(len(statements))
    assert made[0] == made[1]


def test_a_sheet_whose_marks_lie_outside_its_words_is_begun_anew(site: Site, world: World) -> None:
    rapporteur = site.acting(world.rapporteur)
    mark = {"kind": "emphasis", "start": 2, "end": 10**9}
    block = {"id": world.blocks["title"].id, "kind": "heading", "text": "abc", "level": 1, "marks": [mark]}
    sheet = canonical_json({"blocks": [block], "came": [[]]})
    fields = {"sheet": sheet, "base": world.version}
    shown = rapporteur.sends(path_of(world), fields, step="whole")
    assert (shown.status, ASK in shown.fields("/edit")["markdown"]) == (200, True)


def test_what_a_button_shows_has_the_focus(site: Site, world: World) -> None:
    rapporteur = site.acting(world.rapporteur)
    shown = rapporteur.opens(path_of(world))
    focused = []
    for step in ("preview", "whole", "blocks"):
        shown = presses(rapporteur, world, shown, step)
        focused += re.findall(r"<(\w+)(?: id=\"([^\"]*)\")?[^>]* autofocus", shown.html)
    assert focused == [("h2", ""), ("textarea", "markdown"), ("textarea", f"text.{world.blocks['title'].id}")]
