"""Pictures of every page, for people to look at: they stay in one folder, which is not kept with the sources."""

from typing import Final, Literal

from playwright.sync_api import Page

from tests.browser.window import ROOT

SCREENSHOTS: Final = ROOT / "screenshots"
Look = Literal["wide", "dark", "arabic", "phone"]


def pictured(page: Page, name: str, look: Look) -> None:
    """Take the picture of a page as it is looked at now."""
    SCREENSHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}-{look}.jpg", type="jpeg", quality=70)
