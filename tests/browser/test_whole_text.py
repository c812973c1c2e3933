"""An amendment written as one text in a real browser, with script and without."""

import re

import pytest
from playwright.sync_api import Browser

from tests.acceptance.people import agenda_in, person
from tests.browser.window import signs_in, window
from tests.serving import Server

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NEW = "- *Each* city names a deputy."


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_amendment_is_written_as_one_text(browser: Browser, shared_server: Server, *, script: bool) -> None:
    with person(shared_server) as visitor:
        agenda = agenda_in(visitor, "amending")
        asks = visitor.all(f"/agendas/{agenda['id']}/recommendations")
    with window(browser, shared_server.address, script=script) as city:
        # What the one typed and did not send is kept for them, so the other is somebody else.
        signs_in(city, "city1" if script else "city2", f"/recommendations/{asks[0]['id']}/amend")
        city.presses("Write the whole text in one field")
        if script:
            city.is_accessible()
        field = city.page.get_by_label("The whole text")
        written = field.input_value()
        title, rest = written.split("\n\n", 1)
        assert re.match(r"# \S", title)
        field.fill(f"{title}\n\n{NEW}\n\n{rest}")
        if not script:
            city.presses("Preview")
        shown = city.page.locator("#difference")
        shown.get_by_text("Each city names a deputy.").first.wait_for()
        assert "Paragraph struck out" not in shown.inner_text()
        city.presses("Go back to a field for each block")
        assert city.page.get_by_label("New block in place 2", exact=True).input_value() == NEW[2:].replace(
            "*", ""
        )
        city.presses("Write the whole text in one field")
        assert city.page.get_by_label("The whole text").input_value() == f"{title}\n\n{NEW}\n\n{rest}"


def test_version_is_kept_as_a_text_file(browser: Browser, shared_server: Server) -> None:
    with person(shared_server) as visitor:
        asks = visitor.all(f"/agendas/{agenda_in(visitor, 'amending')['id']}/recommendations")
    with window(browser, shared_server.address) as reader:
        reader.goes_to(f"/recommendations/{asks[0]['id']}/versions/1")
        reader.page.get_by_text("As text, to copy or to keep").click()
        reader.looks()
        reader.is_accessible()
        with reader.page.expect_download() as kept:
            reader.page.get_by_role("link", name="Download as a text file").click()
        assert kept.value.suggested_filename == "1-version-1.md"
        assert kept.value.path().read_text(encoding="utf-8") == reader.page.locator("#as-text").input_value()
