"""With script off: what a representative needs is there and works, and nothing is shown that only script could use."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.inventory import PAGES, places_in
from tests.browser.window import Window, signs_in, window
from tests.serving import Server

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DEAD = """() => [
    ...document.querySelectorAll("a:not([href]), button, input, select, textarea, [role=button], [onclick]")]
    .filter((e) => e.type !== "hidden" && e.checkVisibility())
    .filter((e) => e.matches("a, [role=button], [onclick], [type=button]") || !e.form
        || !new URL(e.form.action).pathname || !e.form.querySelector("button:not([type=button]), input[type=submit]"))
    .map((e) => e.outerHTML.slice(0, 120))"""
"""What can be seen and does nothing: a link that leads nowhere, a field or a button that no form sends."""
NEEDED = {
    "recommendation": ("Propose an amendment", ""),
    "amend": ("", "Check your answers"),
    "amend-in-word": ("", ""),
    "comment": ("", "Send the comment"),
    "comment-amendment": ("", "Send the comment"),
    "withdraw": ("", "Yes, withdraw it"),
    "evidence-form": ("", ""),
    "me": ("", "Sign out"),
}
"""What stands on a page for a representative who works: a link and a button."""
PERSONAL = [name for name, (who, _) in PAGES.items() if who in {"", "city1"}]


@pytest.fixture(scope="module")
def places(shared_server: Server) -> dict[str, str]:
    """The ids of things to look at."""
    return places_in(shared_server)


@pytest.fixture(scope="module")
def plain(browser: Browser, shared_server: Server) -> Iterator[Window]:
    """The window of a representative whose browser runs no script."""
    with window(browser, shared_server.address, script=False) as opened:
        signs_in(opened, "city1")
        opened.speaks("en")
        yield opened


@pytest.mark.parametrize("name", PERSONAL)
def test_page_of_a_representative_works_with_script_off(
    plain: Window, places: dict[str, str], name: str
) -> None:
    plain.goes_to(PAGES[name][1].format(**places))
    link, button = NEEDED.get(name, ("", ""))
    assert plain.page.evaluate(DEAD) == []
    assert not link or plain.page.get_by_role("link", name=link).first.is_visible()
    assert not button or plain.page.get_by_role("button", name=button, exact=True).first.is_visible()
    plain.nobody_complained()
