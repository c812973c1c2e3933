"""What somebody has typed and not sent: kept as they type, shown again, discarded, gone once it is sent."""

import re

from service.web.engine import FOLDER
from tests.builders import ASK, an_amendment, consolidated, decided
from tests.web.test_proposals import HOSTILE, ask_of, form_of
from tests.web.visitors import Site
from tests.worlds import World

SCRIPTED = {"hx-request": "true"}
FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)
WRITES = re.compile(r"<textarea|\b(area|wording|whole|by_block|block_row|fields)\(")


def test_what_is_typed_is_kept_and_shown_again_to_that_person_alone(site: Site, world: World) -> None:
    city, path, fields = form_of(site, world)
    typed = fields | {ask_of(world): HOSTILE, "justification": "Half a th", "language": "fr"}
    kept = city.sends("/unsent", typed)
    assert (kept.status, "Kept for you" in kept.words, "<html" in kept.html) == (200, True, False)
    page = city.opens(path)
    again = page.fields("/amend")
    assert {name: again[name] for name in typed if name != "csrf"} == {
        name: value for name, value in typed.items() if name != "csrf"
    }
    assert "You left it on" in page.words
    assert site.acting(world.cities[1]).opens(path).fields("/amend")[ask_of(world)] == ASK


def test_what_was_looked_at_without_script_is_kept_too_until_it_is_sent(site: Site, world: World) -> None:
    city, path, fields = form_of(site, world)
    fields |= {ask_of(world): ASK.replace("every", "each"), "justification": "Clearer."}
    city.sends(path, fields, step="preview")
    assert city.opens(path).fields("/amend")[ask_of(world)] == ASK.replace("every", "each")
    city.sends(path, fields, step="send")
    assert city.opens(path).fields("/amend")[ask_of(world)] == ASK


def test_what_was_typed_can_be_discarded(site: Site, world: World) -> None:
    city, path, fields = form_of(site, world)
    city.sends("/unsent", fields, justification="Not yet.")
    answer = city.sends("/unsent/discard", city.opens(path).fields("/unsent/discard"))
    page = city.opens(answer.leads_to)
    assert (answer.leads_to, page.fields("/amend")["justification"]) == (path, "")
    assert city.sends("/unsent/discard", place="https://evil.example").leads_to == "/"


def test_what_was_typed_on_an_older_text_is_brought_together_with_the_newer(site: Site, world: World) -> None:
    city, path, fields = form_of(site, world)
    city.sends("/unsent", fields | {ask_of(world): ASK.replace("a contact", "two contacts")})
    decided(world, an_amendment(world, by=world.cities[1], edit={"ask": ASK.replace("every", "each")}))
    consolidated(world)
    page = city.opens(path)
    both = ASK.replace("a contact", "two contacts").replace("every", "each")
    assert (page.status, page.fields("/amend")[ask_of(world)]) == (200, both)
    assert "You left it on" in page.words


def test_a_draft_is_gone_on_with_where_it_was_left(site: Site, world: World) -> None:
    draft = an_amendment(world, draft=True)
    city, path = site.acting(world.cities[0]), f"/amendments/{draft}/edit"
    fields = city.opens(path).fields("/edit")
    city.sends("/unsent", fields, justification="Later words.")
    assert city.opens(path).fields("/edit")["justification"] == "Later words."
    city.sends(path, fields, step="draft", justification="Kept words.")
    page = city.opens(path)
    assert (page.fields("/edit")["justification"], "You left it on" in page.words) == ("Kept words.", False)


def test_what_is_kept_of_a_version_that_never_was_begins_anew(site: Site, world: World) -> None:
    city, path, fields = form_of(site, world)
    city.sends("/unsent", fields | {"base": "nowhere"})
    assert city.opens(path).fields("/amend")["base"] == world.version


def test_nothing_is_kept_of_other_pages_or_without_an_account(site: Site, world: World) -> None:
    city = site.acting(world.cities[0])
    assert [city.sends("/unsent", place=place).status for place in ("/me", "//evil/a/amend", "")] == [422] * 3
    assert site.visitor.sends("/unsent", place=f"/recommendations/{world.recommendation}/amend").status == 401


def test_an_ended_session_leaves_the_page_that_is_typed_on_alone(site: Site, world: World) -> None:
    city, path, fields = form_of(site, world)
    city.sends("/sign-out")
    city.headers = SCRIPTED
    for there in (f"{path}/difference", "/unsent"):
        page = city.sends(there, fields)
        assert (page.status, "Your session has ended." in page.words, "<html" in page.html) == (
            401,
            True,
            False,
        )


def test_a_refusal_elsewhere_keeps_what_was_typed(site: Site, world: World) -> None:
    sent = site.acting(world.cities[0]).sends("/recommendations/nowhere/comment", text=HOSTILE)
    assert (sent.status, sent.fields("/comment")["text"]) == (404, HOSTILE)


def test_a_form_that_was_kept_with_half_a_character_opens_all_the_same(site: Site, world: World) -> None:
    city, path, fields = form_of(site, world)
    start = '[{"id": "\\ud800", "kind": "heading", "text": "\\ud800", "level": 1}]'
    looked = city.sends(path, fields | {"start": start, "justification": "Half."}, step="check")
    page = city.opens(path)
    assert (looked.status, page.status, page.fields("/amend")["justification"]) == (422, 200, "Half.")


def test_every_form_in_which_words_are_written_is_kept_by_the_browser(site: Site, world: World) -> None:
    # The script keeps each form of a page's main part that is sent and holds words: none has to ask for it.
    forms = {
        (file.relative_to(FOLDER).as_posix(), form)
        for file in sorted(FOLDER.rglob("*.html"))
        for form in FORM.findall(file.read_text(encoding="utf-8"))
        if WRITES.search(form)
    }
    assert len(forms) > 25
    assert [name for name, form in forms if 'method="post"' not in form.partition(">")[0]] == []
    pages = {name for name, _ in forms if not name.startswith("parts/")}
    framed = {name for name in pages if (FOLDER / name).read_text().startswith('{% extends "base.html" %}')}
    assert pages - framed == set()
    city, path, _ = form_of(site, world)
    shown = [city.opens(path).html, site.visitor.opens("/help").html]
    assert ["sympolity.js" in html for html in shown] == [True, False]
    assert ['id="restored"' in html for html in shown] == [True, False]
