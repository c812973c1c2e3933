"""A browser window that is looked at while it is used: what a person would suffer from fails the test."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

ROOT = Path(__file__).resolve().parents[2]
AXE = Path(__file__).parent / "vendor/axe-core/axe.min.js"
FOCUS = (Path(__file__).parent / "focus.js").read_text(encoding="utf-8")
NARROW: ViewportSize = {"width": 320, "height": 640}
WIDE: ViewportSize = {"width": 1280, "height": 900}
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# What a browser says of every form that is refused.
EXPECTED = ("Failed to load resource: the server responded with a status of 4",)

COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules of the checker that depend on what colours are asked for."""
WIDTHS = ["target-size", "scrollable-region-focusable"]
"""The rules of the checker that depend on how wide the window is."""
TELLS = "addEventListener('securitypolicyviolation', e => console.error(`${e.violatedDirective}: ${e.blockedURI}`))"

KNOWN_BY = "() => [document.title, document.querySelectorAll('h1').length]"
STICKING_OUT = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
    [...document.querySelectorAll("body *")]
        .filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
        .map((e) => `${location.pathname}: ${e.tagName}.${e.className}`).slice(0, 5)
        .concat(`${location.pathname}: ${document.documentElement.scrollWidth} px`)"""
WRONG = "async (options) => (await axe.run(document, options)).violations"
"""What the checker finds to be wrong; what it finds to be right is much, and stays in the browser."""

TOKEN = re.compile(r'name="csrf" value="([^"]+)"')
Scheme = Literal["light", "dark"]
COLOUR_SCHEMES: Final[tuple[Scheme, ...]] = ("light", "dark")


@dataclass
class Window:
    """One person's window; `faults` gathers what the browser complains about."""

    context: BrowserContext
    page: Page
    script: bool
    faults: list[str] = field(default_factory=list)
    language: str = ""

    def goes_to(self, path: str) -> None:
        """Open a page by its address, as a link from outside would, and look at it."""
        self.opens(path)
        self.looks()

    def opens(self, path: str) -> None:
        """Open a page by its address, for whoever looks at it in ways of their own."""
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.ok, f"{path} answered {answer.status}"

    def follows(self, link: str) -> None:
        """Follow a link by its words."""
        with self.turns_page():
            self.page.get_by_role("link", name=link).first.click()

    def presses(self, button: str) -> None:
        """Press a button by its words."""
        with self.turns_page():
            self.page.get_by_role("button", name=button, exact=True).click()

    @contextmanager
    def turns_page(self) -> Iterator[None]:
        """Wait for the page that what is done here leads to, and look at it; a click alone waits for no page."""
        with self.page.expect_navigation():
            yield
        self.looks()

    def reads(self) -> str:
        """Return the words of the page."""
        return self.page.locator("main").inner_text()

    def fetches(self, path: str) -> bytes:
        """Fetch a file that the page links to."""
        answer = self.context.request.get(path)
        assert answer.ok, f"{path} answered {answer.status}"
        return answer.body()

    def looks(self) -> None:
        """Look at the page: it has a title and one first heading, and fits into a narrow window."""
        self.has_a_title_and_one_first_heading()
        assert too_wide(self.page) == []

    def has_a_title_and_one_first_heading(self) -> None:
        """Check what every page is known by."""
        title, headings = self.page.evaluate(KNOWN_BY)
        assert (bool(title), headings) == (True, 1), self.page.url

    def speaks(self, language: str) -> None:
        """Choose the language of the pages, as the foot of each page offers it."""
        if language == self.language:
            return
        token = TOKEN.search(self.fetches("/help").decode())
        assert token is not None
        chosen: dict[str, str | float | bool] = {"csrf": token[1], "language": language, "back": "/"}
        answer = self.context.request.post("/language", form=chosen, max_redirects=0)
        assert answer.status in {302, 303}, answer.status
        self.language = language

    def nobody_complained(self) -> None:
        """Check that the browser had nothing to complain about since this was last asked."""
        said = [fault for fault in self.faults if not fault.startswith(EXPECTED)]
        self.faults.clear()
        assert said == [], self.page.url

    def is_accessible(self) -> None:
        """Check the page against WCAG 2.2 A and AA, in light and in dark."""
        found = [*violations(self.page, "light"), *violations(self.page, "dark")]
        self.page.emulate_media(color_scheme="light")
        assert found == [], self.page.url


def too_wide(page: Page, width: int = NARROW["width"]) -> list[str]:
    """Return what does not fit into a narrow window, which is put back to its size afterwards."""
    before = page.viewport_size or WIDE
    page.set_viewport_size({"width": width, "height": NARROW["height"]})
    found = sticking_out(page)
    page.set_viewport_size({"width": before["width"], "height": before["height"]})
    return found


def sticking_out(page: Page) -> list[str]:
    """Return what does not fit into the window as it is."""
    found: list[str] = page.evaluate(STICKING_OUT)
    return found


def unseen_focus(page: Page, scheme: Scheme) -> list[str]:
    """Return what can have the focus without showing it, or shows it faintly, and what is reached out of order."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    found: list[str] = page.evaluate(FOCUS)
    return found


def violations(page: Page, scheme: Scheme, only: Sequence[str] = ()) -> list[str]:
    """Return what the checker finds by all its rules, or by some `only`; in dark by those about colours.

    The page stays in these colours.
    """
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8") + "\n;undefined")
    rules: Mapping[str, Any] = {"type": "tag", "values": STANDARDS}
    if only or scheme == "dark":
        rules = {"type": "rule", "values": [*(only or COLOURS)]}
    options = {"runOnly": rules, "resultTypes": ["violations"], "preload": False}
    return [
        f"{scheme} {page.url}: {found['id']}: {node['target']} {node['failureSummary']}"
        for found in page.evaluate(WRONG, options)
        for node in found["nodes"]
    ]


@contextmanager
def window(browser: Browser, address: str, *, script: bool = True) -> Iterator[Window]:
    """Open a window with cookies of its own; afterwards the browser must have had nothing to complain about."""
    context = browser.new_context(
        base_url=address, java_script_enabled=script, viewport={"width": 1280, "height": 900}, locale="en-GB"
    )
    context.set_default_timeout(20_000)
    page = context.new_page()
    opened = Window(context, page, script)
    page.on(
        "console", lambda said: opened.faults.append(said.text) if said.type in {"error", "warning"} else None
    )
    page.on("pageerror", lambda error: opened.faults.append(str(error)))
    context.add_init_script(TELLS)
    try:
        yield opened
        # What is said in the browser's last breath is heard, too.
        page.evaluate("1")
    finally:
        context.close()
    opened.nobody_complained()


def signs_in(opened: Window, who: str, then: str = "/") -> None:
    """Sign in as a person of the demonstration, and go on to a page."""
    opened.goes_to(f"/sign-in?then={then}")
    opened.page.get_by_label("Name, city or e-mail").fill(f"{who}@example.org")
    opened.presses("Search")
    with opened.turns_page():
        opened.page.locator("button[name=person_id]").click()
    if opened.page.locator("html").get_attribute("lang") != "en":
        # Persons of the demonstration read in languages of their own; the tests read English.
        with opened.turns_page():
            opened.page.locator("form.tongues button[value=en]").click()
