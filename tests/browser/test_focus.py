"""Where the focus is: past the frame at the first key, along the document, and where something has to be said."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.inventory import places_in
from tests.browser.window import Window, signs_in, unseen_focus, window
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


def test_live_region_stands_outside_of_what_is_swapped(keyboard: Window, places: dict[str, str]) -> None:
    keyboard.goes_to("/recommendations/{recommendation}/amend".format(**places))
    assert keyboard.page.evaluate(SPEAKS) == ["polite", False]


def test_page_that_hides_its_focus_is_seen(browser: Browser) -> None:
    with window(browser, "http://127.0.0.1") as opened:
        opened.page.set_content(HIDES_ITS_FOCUS)
        found = [fault.partition(":")[0] for fault in unseen_focus(opened.page, "light")]
    assert found == ["out of order", "shows no focus", "shows its focus faintly"]
