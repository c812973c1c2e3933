"""Where the focus is: past the frame at the first key, along the document, and where something has to be said."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.acceptance.people import agenda_in, person
from tests.browser.inventory import places_in
from tests.browser.occasions import tabled
from tests.browser.window import NARROW, Window, signs_in, unseen_focus, window
from tests.serving import Server

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PRESSES = 40
AT = """() => {
    const all = [...document.querySelectorAll("*")];
    return all.indexOf(document.activeElement);
}"""
SPEAKS = """() => {
    const said = document.getElementById("said"), swapped = document.getElementById("difference");
    return [said.getAttribute("aria-live"), swapped.contains(said)];
}"""
HIDES_ITS_FOCUS = """<!doctype html><html lang="en"><title>A page</title><main><h1>A page</h1>
<style>a { outline: none } button { outline: 3px solid #eee }</style>
<a href="/help">Help</a> <button tabindex="2">Send</button></main>"""


@pytest.fixture(scope="module")
def places(shared_server: Server) -> dict[str, str]:
    """The ids of things to look at."""
    return places_in(shared_server)


@pytest.fixture(scope="module")
def keyboard(browser: Browser, shared_server: Server) -> Iterator[Window]:
    """The window of a representative who uses no mouse."""
    with window(browser, shared_server.address) as opened:
        signs_in(opened, "city1")
        opened.speaks("en")
        yield opened


def test_first_key_leads_past_the_frame(keyboard: Window, places: dict[str, str]) -> None:
    page = keyboard.page
    keyboard.goes_to("/recommendations/{recommendation}".format(**places))
    page.keyboard.press("Tab")
    seen = "document.activeElement.getBoundingClientRect().top >= 0"
    assert (page.evaluate("document.activeElement.className"), page.evaluate(seen)) == ("skip", True)
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize(
    "path", ["/recommendations/{recommendation}", "/recommendations/{recommendation}/amend", "/me"]
)
def test_focus_follows_the_document(keyboard: Window, places: dict[str, str], path: str) -> None:
    keyboard.goes_to(path.format(**places))
    reached = []
    for _ in range(PRESSES):
        keyboard.page.keyboard.press("Tab")
        reached.append(keyboard.page.evaluate(AT))
    end = next((n for n in range(1, PRESSES) if reached[n] < reached[n - 1]), PRESSES)
    assert reached[:end] == sorted(set(reached[:end]))
    assert end > PRESSES // 3


def test_what_is_missing_is_said_first_and_leads_to_its_field(
    keyboard: Window, places: dict[str, str]
) -> None:
    page = keyboard.page
    keyboard.goes_to("/recommendations/{recommendation}/comment".format(**places))
    keyboard.presses("Send the comment")
    assert page.evaluate("document.activeElement.id") == "wrong"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.labels[0].innerText") == "Your comment"


FOCUSED = """() => {
    const at = document.activeElement, box = at.getBoundingClientRect();
    return [at.id, box.bottom > 0 && box.top < innerHeight, document.getElementById("done")?.innerText ?? ""];
}"""
"""Where the focus is, whether that is in sight, and what is said to be done."""


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_focus_goes_to_what_was_done(browser: Browser, own_server: Server, *, script: bool) -> None:
    with person(own_server) as reader:
        agenda = agenda_in(reader, "amending")["id"]
        ask = reader.all(f"/agendas/{agenda}/recommendations")[0]["id"]
    amendment = tabled(own_server, ask)
    with window(browser, own_server.address, script=script) as city:
        signs_in(city, "city1", f"/agendas/{agenda}/evidence")
        page = city.page
        for label, words in (
            ("Title", "A report"),
            ("What it says", "It holds."),
            ("Page or paragraph", "3"),
        ):
            page.get_by_label(label).fill(words)
        page.get_by_label("Where does it come from?").fill("Harbour City, 2024")
        city.presses("Add it")
        added, in_sight, said = page.evaluate(FOCUSED)
        assert (added[:1], in_sight, said) == ("e", True, "Your evidence is added.")
        assert page.locator(f"#{added}").get_attribute("aria-describedby") == "done"
        city.goes_to(f"/amendments/{amendment}")
        page.get_by_label("What do you want to say about it?").fill("We agree.")
        city.presses("Send the comment")
        commented, in_sight, said = page.evaluate(FOCUSED)
        assert (commented[:2], in_sight, said) == ("c-", True, "Your comment is sent.")
    with window(browser, own_server.address, script=script) as rapporteur:
        signs_in(rapporteur, "rapporteur", f"/amendments/{amendment}")
        page = rapporteur.page
        page.locator("input[name=action][value=reject]").check()
        page.locator("#reason").fill("It says so already.")
        rapporteur.presses("Look at what it brings")
        rapporteur.presses("Change something")
        assert page.evaluate(FOCUSED) == ["decide", True, ""]
        rapporteur.presses("Look at what it brings")
        rapporteur.presses("Take this decision")
        focused, in_sight, said = page.evaluate(FOCUSED)
        assert (focused, in_sight, said.startswith("It is decided.")) == ("done", True, True)
        if script:
            rapporteur.is_accessible()
        page.keyboard.press("Tab")
        assert "Decide the next one" in page.evaluate("document.activeElement.innerText")
        page.keyboard.press("Enter")
        page.wait_for_url("**#decide")
        assert page.evaluate(FOCUSED) == ["decide", True, ""]


@pytest.mark.parametrize(
    ("button", "focused"),
    [
        ("Preview", "As others will see it"),
        ("Write the whole text in one field", "The whole text"),
        ("Go back to a field for each block", "Title"),
    ],
)
def test_what_a_button_shows_has_the_focus_on_a_phone_without_script(
    browser: Browser, shared_server: Server, places: dict[str, str], button: str, focused: str
) -> None:
    with window(browser, shared_server.address, script=False) as plain:
        signs_in(plain, "city1", "/recommendations/{recommendation}/amend".format(**places))
        page = plain.page
        page.set_viewport_size(NARROW)
        if button.startswith("Go back"):
            plain.presses("Write the whole text in one field")
        else:
            page.get_by_label("Block 2", exact=True).fill("Name a contact.")
        plain.presses(button)
        named = page.evaluate(
            "[document.activeElement.labels?.[0] ?? document.activeElement].map((e) => e.innerText)[0]"
        )
        assert (named, page.evaluate(FOCUSED)[1]) == (focused, True)


def test_live_region_stands_outside_of_what_is_swapped(keyboard: Window, places: dict[str, str]) -> None:
    keyboard.goes_to("/recommendations/{recommendation}/amend".format(**places))
    assert keyboard.page.evaluate(SPEAKS) == ["polite", False]


def test_page_that_hides_its_focus_is_seen(browser: Browser) -> None:
    with window(browser, "http://127.0.0.1") as opened:
        opened.page.set_content(HIDES_ITS_FOCUS)
        found = [fault.partition(":")[0] for fault in unseen_focus(opened.page, "light")]
    assert found == ["out of order", "shows no focus", "shows its focus faintly"]
