"""A page that lies open is told that something happened, and stays as it is until its reader asks."""

import re

from playwright.sync_api import Browser, expect

from tests.browser.window import window
from tests.serving import Server
from tests.web.test_live import commented


def test_open_page_says_that_something_happened_and_stays_as_it_is(
    browser: Browser, own_server: Server
) -> None:
    agenda = commented(own_server)
    with window(browser, own_server.address) as seen:
        seen.goes_to(f"/agendas/{agenda}")
        before = seen.reads()
        news = seen.page.get_by_role("status")
        expect(news.get_by_role("link")).to_be_hidden()
        seen.page.wait_for_function(
            "performance.getEntriesByType('resource').some(r => r.name.includes('live.js'))"
        )
        commented(own_server)
        expect(news).to_have_text(re.compile("since you opened this page: 1 Show them"), timeout=10_000)
        commented(own_server)
        expect(news).to_have_text(re.compile("since you opened this page: 2 Show them"), timeout=10_000)
        assert seen.reads() == before
        seen.is_accessible()
        seen.looks()
        seen.follows("Show them")
        assert seen.reads() != before
        expect(news.get_by_role("link")).to_be_hidden()
