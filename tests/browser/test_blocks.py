"""Editing a text block by block in a real browser, with script and without."""

import pytest
from playwright.sync_api import Browser

from service.api.agendas import NewAgenda
from service.api.examples import EXAMPLES
from service.api.recommendations import NewRecommendation
from tests.acceptance.people import person
from tests.browser.window import signs_in, window
from tests.serving import Server

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ASK = "Calls on cities to share wells. Delegations report on them."


@pytest.fixture(scope="module")
def path(shared_server: Server) -> str:
    """The address at which a draft is edited."""
    body = {**EXAMPLES[NewRecommendation], "blocks": [
        {"kind": "heading", "level": 1, "text": "Share wells"},
        {"kind": "paragraph", "text": ASK},
    ]}  # fmt: skip
    with person(shared_server, "facility") as facility:
        agenda = facility.does("/agendas", **EXAMPLES[NewAgenda])["id"]
        drafted = facility.does(f"/agendas/{agenda}/recommendations", **body)["id"]
    return f"/recommendations/{drafted}/edit"


def test_a_block_is_split_at_the_cursor_and_the_new_one_has_the_focus(
    browser: Browser, shared_server: Server, path: str
) -> None:
    with window(browser, shared_server.address) as opened:
        signs_in(opened, "rapporteur")
        opened.goes_to(path)
        opened.page.locator("summary", has_text="block 2").click()
        field = opened.page.get_by_label("Block 2", exact=True)
        field.evaluate(
            "(area, at) => { area.focus(); area.setSelectionRange(at, at); }", ASK.index("to share")
        )
        opened.page.wait_for_timeout(50)
        with opened.turns_page():
            opened.page.get_by_role("button", name="Split it there").click()
        assert opened.page.get_by_label("Block 2", exact=True).input_value() == "Calls on cities"
        assert opened.page.evaluate("document.activeElement.value") == ASK[ASK.index("to share") :]
        opened.page.keyboard.type("Or ")
        opened.page.locator("#difference", has_text="Or to share").wait_for()
        opened.page.locator(".htmx-request").first.wait_for(state="detached")
        opened.is_accessible()


def test_without_script_a_block_is_split_after_a_sentence_and_saved(
    browser: Browser, shared_server: Server, path: str
) -> None:
    with window(browser, shared_server.address, script=False) as opened:
        signs_in(opened, "rapporteur")
        opened.goes_to(path)
        opened.page.locator("summary", has_text="block 2").click()
        with opened.turns_page():
            opened.page.get_by_role("button", name="Split it there").click()
        assert opened.page.get_by_label("Block 3", exact=True).input_value() == "Delegations report on them."
        opened.presses("Check the new version")
        assert "Block 3 is split from block 2." in opened.reads()
        opened.presses("Save version 2")
        assert "Delegations report on them." in opened.reads()
