"""Who brought which words, by pointing and by keyboard: both mark all words of one source, without script."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.acceptance.people import agenda_in, person
from tests.browser.window import Window, window
from tests.serving import Server

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def opened(shared_server: Server, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Window]:
    """The provenance of a text to which amendments brought words."""
    with person(shared_server) as visitor:
        agenda = agenda_in(visitor, "follow_up")
        asks = visitor.all(f"/agendas/{agenda['id']}/recommendations")
    ask = max(asks, key=lambda one: one["current_version"]["number"])
    with window(browser, shared_server.address, script=request.param) as shown:
        shown.goes_to(f"/recommendations/{ask['id']}/provenance")
        yield shown


def marked(opened: Window, source: int) -> tuple[set[bool], bool]:
    """Whether the words of a source are outlined, and whether its entry in the list is."""
    outlined = "(all) => all.map((one) => getComputedStyle(one).outlineStyle === 'solid')"
    words = opened.page.locator(f".w{source}").evaluate_all(outlined)
    return set(words), opened.page.locator(f"#o{source}").evaluate_all(outlined) == [True]


def test_pointing_at_words_marks_all_of_their_source_and_its_entry(opened: Window) -> None:
    assert (marked(opened, 1), marked(opened, 2)) == (({False}, False), ({False}, False))
    opened.page.locator(".w2").first.hover()
    assert (marked(opened, 1), marked(opened, 2)) == (({False}, False), ({True}, True))


def test_the_keyboard_goes_from_source_to_source_and_marks_their_words(opened: Window) -> None:
    opened.page.locator("#o1 a").focus()
    assert (marked(opened, 1), marked(opened, 2)) == (({True}, True), ({False}, False))
    opened.page.keyboard.press("Tab")
    assert (marked(opened, 1), marked(opened, 2)) == (({False}, False), ({True}, True))


def test_a_number_in_the_text_leads_to_its_entry_and_keeps_its_words_marked(opened: Window) -> None:
    opened.page.locator(".w2 sup a").first.click()
    opened.page.mouse.move(0, 0)
    assert opened.page.url.endswith("#o2")
    assert marked(opened, 2) == ({True}, True)
