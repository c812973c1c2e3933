"""A representative at work: by keyboard alone, and with script off; nothing that was typed is lost on the way."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.acceptance.people import agenda_in, person
from tests.browser.window import Window, signs_in, window
from tests.serving import Demonstration, Server

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PRESSES = 120
FOCUSED = """() => {
    const at = document.activeElement;
    const name = at.labels?.length ? at.labels[0].innerText : at.innerText || at.value || "";
    return `${at.tagName.toLowerCase()} ${name.trim().replace(/\\s+/g, " ")}`;
}"""
SELECTS = """([first, last]) => {
    const words = document.querySelector("#passage .text").firstChild;
    getSelection().setBaseAndExtent(words, first, words, last);
}"""


@pytest.fixture(scope="module")
def server(sqlite_demonstration: Demonstration, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the demonstration, for these tests alone; each has a city of its own."""
    with sqlite_demonstration.served(tmp_path_factory.mktemp("representative")) as served:
        yield served


@pytest.fixture(scope="module")
def ask(server: Server) -> str:
    """A recommendation of the agenda that is open to amendments."""
    with person(server) as reader:
        agenda = agenda_in(reader, "amending")["id"]
        return f"/recommendations/{reader.all(f'/agendas/{agenda}/recommendations')[3]['id']}"


def at(page: Page) -> str:
    """Return what has the focus: its element and its name."""
    found: str = page.evaluate(FOCUSED)
    return found


def goes_to(page: Page, wanted: str, key: str = "Tab") -> None:
    """Press a key until the focus is on what is wanted, and see that it shows."""
    for _ in range(PRESSES):
        page.keyboard.press(key)
        if wanted in at(page):
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
            return
    raise AssertionError(wanted)


def enters(opened: Window, wanted: str, key: str = "Tab") -> None:
    """Go to a link or a button by keyboard, press Enter, and wait for the page that it leads to."""
    goes_to(opened.page, wanted, key)
    with opened.turns_page():
        opened.page.keyboard.press("Enter")


@pytest.fixture
def keyboard(browser: Browser, server: Server) -> Iterator[Window]:
    with window(browser, server.address) as opened:
        signs_in(opened, "city5")
        yield opened


@pytest.fixture
def plain(browser: Browser, server: Server) -> Iterator[Window]:
    with window(browser, server.address, script=False) as opened:
        signs_in(opened, "city6")
        yield opened


def test_an_amendment_and_a_comment_are_sent_by_keyboard_alone(keyboard: Window, ask: str) -> None:
    page = keyboard.page
    keyboard.goes_to(f"{ask}/amend")
    goes_to(page, "textarea Block 3")
    page.keyboard.press("Control+End")
    page.keyboard.type(" Cities first.")
    page.locator("#difference ins").wait_for()
    page.wait_for_function("document.getElementById('said').innerText.includes('Cities first')")
    # The tab is lost before anything was sent: this browser has it, and says so.
    keyboard.goes_to("/me")
    keyboard.goes_to(f"{ask}/amend")
    assert page.locator("#restored").is_visible()
    assert page.get_by_label("Block 3", exact=True).input_value().endswith(" Cities first.")
    goes_to(page, "textarea Block 3")
    goes_to(page, "summary Move or insert")
    page.keyboard.press("Enter")
    enters(keyboard, "button Move down (block 3)")
    assert at(page).startswith("textarea Block 3")
    enters(keyboard, "button Check your answers")
    assert (page.evaluate("document.activeElement.id"), keyboard.page.locator("#wrong").count()) == (
        "wrong",
        1,
    )
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert at(page).startswith("textarea Why?")
    page.keyboard.type("They know.")
    enters(keyboard, "button Check your answers")
    enters(keyboard, "button Send the amendment")
    assert at(page).startswith("div Your amendment is sent")
    assert page.evaluate("localStorage.length") == 0
    enters(keyboard, "a See your amendment")
    enters(keyboard, "a Withdraw it")
    enters(keyboard, "button Yes, withdraw it")
    assert "withdrawn" in keyboard.reads()
    keyboard.goes_to(ask)
    enters(keyboard, "a Comment on block 3")
    goes_to(page, "input The whole passage")
    page.keyboard.press("ArrowDown")
    sentence = at(page).removeprefix("input ")
    goes_to(page, "textarea Your comment")
    page.keyboard.type("Where?")
    enters(keyboard, "button Send the comment")
    assert page.locator("mark").inner_text() == sentence


def test_words_that_are_selected_are_what_a_comment_is_about(keyboard: Window, ask: str) -> None:
    keyboard.goes_to(ask)
    keyboard.follows("Comment on block 3")
    keyboard.page.evaluate(SELECTS, [13, 28])
    chosen = keyboard.page.get_by_label("Or copy the exact words here").input_value()
    keyboard.page.wait_for_function("document.getElementById('said').innerText.startsWith('Chosen')")
    keyboard.is_accessible()
    keyboard.page.get_by_label("Your comment").fill("Which?")
    keyboard.presses("Send the comment")
    assert keyboard.page.locator("mark").inner_text() == chosen != ""


def test_an_amendment_is_written_left_and_sent_with_script_off(plain: Window, ask: str) -> None:
    page = plain.page
    plain.goes_to(f"{ask}/amend")
    page.get_by_label("Block 2", exact=True).fill("Name a contact.")
    page.get_by_text("Move or insert (block 3)").click()
    plain.presses("Insert a block before (block 3)")
    assert page.get_by_label("Block 2", exact=True).input_value() == "Name a contact."
    page.get_by_label("New block in place 3", exact=True).fill("A desk of their own.")
    page.get_by_label("What the new block in place 3 is").select_option("list_item")
    plain.presses("Preview")
    assert "Adds the list item “A desk of their own.”" in plain.reads()
    plain.goes_to("/me")
    plain.follows("Go on with your amendment")
    assert "What you typed is here again" in plain.reads()
    assert page.get_by_label("New block in place 3", exact=True).input_value() == "A desk of their own."
    page.get_by_label("Why?").fill("It is missing.")
    plain.presses("Check your answers")
    plain.presses("Send the amendment")
    assert "It is missing." in plain.reads()
    plain.follows("See your amendment")
    page.get_by_label("What do you want to say about it?").fill("Questions are welcome.")
    plain.presses("Send the comment")
    assert "Questions are welcome." in page.locator("#discussion").inner_text()
    plain.follows("Withdraw it")
    plain.follows("No, leave it as it is")
    plain.goes_to("/me")
    assert "Typed and not sent" not in plain.reads()
    assert "Waiting for a decision" in plain.reads()
