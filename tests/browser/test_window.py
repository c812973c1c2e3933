"""What looks at the pages sees what is wrong with one."""

import pytest
from playwright.sync_api import Browser

from tests.browser.window import too_wide, violations, window
from tests.serving import Server

WRONG = """<!doctype html><html lang="en"><title>A page</title><main><h1>A page</h1>
<img src="data:," width="10" height="10"><p style="width: 400px">Wide</p>
<p style="color: #777; background: #888">Grey</p></main>"""

pytestmark = pytest.mark.browser


def test_page_that_is_too_wide_is_seen(browser: Browser) -> None:
    with window(browser, "http://127.0.0.1") as opened:
        opened.page.set_content(WRONG)
        assert [fault.partition(": ")[2] for fault in too_wide(opened.page)] == ["P.", "408 px"]


def test_page_that_is_not_accessible_is_seen(browser: Browser) -> None:
    with window(browser, "http://127.0.0.1") as opened:
        opened.page.set_content(WRONG)
        found = [violation.split(": ")[1] for violation in violations(opened.page, "light")]
        assert found == ["color-contrast", "image-alt"]
        assert [violation.split(": ")[1] for violation in violations(opened.page, "dark")] == [
            "color-contrast"
        ]


def test_script_that_the_policy_forbids_is_heard(browser: Browser, shared_server: Server) -> None:
    def tries() -> None:
        with window(browser, shared_server.address) as opened:
            opened.goes_to("/help")
            opened.page.evaluate(
                "document.body.append(Object.assign(document.createElement('script'), {text: 'alert(1)'}))"
            )

    with pytest.raises(AssertionError, match="Content Security Policy"):
        tries()
