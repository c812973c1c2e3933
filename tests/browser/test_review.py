"""Going through many changes: by letters, which can be switched off, and without any script at all."""

import pytest
from playwright.sync_api import Browser, expect

from tests.acceptance.people import agenda_in, person
from tests.browser.window import signs_in, window
from tests.serving import Server

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def queue(server: Server) -> str:
    with person(server) as visitor:
        return f"/agendas/{agenda_in(visitor, 'amending')['id']}/review"


def test_letters_lead_along_the_queue_and_can_be_switched_off(browser: Browser, own_server: Server) -> None:
    with window(browser, own_server.address) as opened:
        page = opened.page
        signs_in(opened, "rapporteur")
        opened.goes_to(queue(own_server))
        opened.follows("One at a time")
        expect(page.locator("#change")).to_be_focused()
        first = page.url
        with opened.turns_page():
            page.keyboard.press("j")
        expect(page.locator("#change")).to_be_focused()
        second = page.url
        with opened.turns_page():
            page.keyboard.press("k")
        assert (page.url, second != first) == (first, True)
        page.keyboard.press("r")
        expect(page.locator("input[value=reject][name=opinion]")).to_be_checked()
        expect(page.locator("#opinion_reason")).to_be_focused()
        # Whoever writes, writes.
        page.keyboard.type("jk: not yet")
        expect(page.locator("#opinion_reason")).to_have_value("jk: not yet")
        opened.presses("Keep it and go on")
        expect(page.locator("#change")).to_be_focused()
        assert "Your advice is kept. Here is the next one." in opened.reads()
        assert page.url == second.replace("?#change", "#change")
        opened.presses("Switch them off")
        there = page.url
        page.keyboard.press("k")
        page.wait_for_timeout(300)
        assert page.url == there


def test_without_script_the_queue_is_gone_through_and_a_copy_fits_its_paper(
    browser: Browser, own_server: Server
) -> None:
    with window(browser, own_server.address, script=False) as opened:
        signs_in(opened, "intpa")
        opened.goes_to(queue(own_server) + "?colliding=yes")
        opened.follows("One at a time")
        first = opened.page.locator("h1").inner_text()
        opened.presses("I have seen it: go on")
        assert "Marked as seen. Here is the next one." in opened.reads()
        assert opened.page.locator("h1").inner_text() != first
        opened.follows("Previous")
        assert opened.page.locator("h1").inner_text() == first
    with window(browser, own_server.address) as opened:
        opened.goes_to(queue(own_server).replace("/review", "/review-copy"))
        opened.page.emulate_media(media="print")
        opened.page.set_viewport_size({"width": 530, "height": 900})
        assert opened.page.evaluate("document.documentElement.scrollWidth") <= 530
        assert opened.page.pdf(format="A4").startswith(b"%PDF-")
