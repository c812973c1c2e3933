"""An edition as one file, opened from disk: as it is, and with a courtesy translation that is read right to left."""

from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser

from service.web.renditions import HouseRenditions
from tests.adapters.editions import a_corrected_edition
from tests.browser.window import NARROW, WIDE, too_wide, violations
from tests.domain.renditions.made import a_courtesy, facts_of

EDITION: Final = a_corrected_edition(asks=2, organisations=6, amendments=4)
ARABIC: Final = a_courtesy(EDITION.recommendations[0], "ar", b1="أدرجوا التعاون", b2="ينبغي تسمية جهة اتصال.")

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize("language", ["", "ar"])
def test_file_from_disk_is_accessible_in_every_colour_and_width(
    browser: Browser, tmp_path: Path, language: str
) -> None:
    file = tmp_path / "edition.html"
    file.write_text(
        HouseRenditions("").html(EDITION, facts_of(EDITION, newer=2), language, (ARABIC,)), encoding="utf-8"
    )
    context = browser.new_context(viewport=WIDE)
    page, complaints = context.new_page(), list[str]()
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(file.as_uri())
    found = violations(page, "light")
    page.emulate_media(color_scheme="dark")
    found += violations(page, "dark")
    page.set_viewport_size(NARROW)
    assert too_wide(page, NARROW["width"]) == []
    found += violations(page, "dark")
    assert (found, complaints) == ([], [])
    context.close()
