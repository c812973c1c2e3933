"""Every page as people meet it: in each role that sees it, in English and Arabic, light and dark, wide and narrow.

A page is opened once in each language. In English it is checked as a whole in a wide window and in light
colours, then for what depends on colours and width in dark and in a narrow one; in Arabic the other way about.
So every pair of language, colours and width is seen, and by the campaigns that take long every one of the eight
ways, by every rule. A role gets a look of its own where its page has parts that nobody was shown before.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import product
from typing import Final

import pytest
from playwright.sync_api import Browser

from tests.browser.inventory import PAGES, ROLES, VISITOR, places_in
from tests.browser.pictures import pictured
from tests.browser.untranslated import SHOWN, left_in_english
from tests.browser.window import (
    COLOUR_SCHEMES,
    COLOURS,
    NARROW,
    WIDE,
    WIDTHS,
    Window,
    signs_in,
    too_wide,
    unseen_focus,
    violations,
    window,
)
from tests.serving import Server

FIRST_VIEW: Final = 50_000
SCRIPT: Final = 20_000
"""Bytes that come over the line for a page that nobody has seen before, and the part of them that is script."""
# The whole description of the API is on this one, for people who write programs.
HEAVY: Final = frozenset({"developers"})
# They are written in the language of the API's own words, or of the edition, whoever reads them.
ENGLISH: Final = ("/developers", "/edition.html")
# What is no agenda's is the same for everyone, but for these.
BY_ROLE: Final = frozenset({"/", "/me"})
BUILT: Final = re.compile(
    r"""<(?:button|form|input|select|textarea|table|svg|details|h[1-6])\b|\sclass="[^"]*\""""
)

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@dataclass
class Line:
    """What came over the line since somebody began to listen."""

    total: float = 0
    script: float = 0
    kinds: dict[str, str] = field(default_factory=dict)

    def listens(self, opened: Window) -> None:
        """Count what comes to a window, as if nothing was known there before."""
        wire = opened.context.new_cdp_session(opened.page)
        wire.send("Network.enable")
        wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
        wire.on(
            "Network.responseReceived", lambda event: self.kinds.update({event["requestId"]: event["type"]})
        )
        wire.on("Network.loadingFinished", self.counts)

    def counts(self, event: dict[str, float | str]) -> None:
        """Add what was loaded."""
        size = float(event["encodedDataLength"])
        self.total += size
        self.script += size if self.kinds.get(str(event["requestId"])) == "Script" else 0

    def begins(self) -> None:
        """Forget what came before."""
        self.total = self.script = 0
        self.kinds.clear()


@dataclass(frozen=True)
class Reader:
    """Somebody with a window of their own, who has signed in once, and what came to it."""

    who: str
    opened: Window
    line: Line


@pytest.fixture(scope="module")
def places(shared_server: Server) -> dict[str, str]:
    """The ids of things to look at."""
    return places_in(shared_server)


@pytest.fixture(scope="module")
def readers(browser: Browser, shared_server: Server) -> Iterator[Callable[[str], Reader]]:
    """Everybody who looks; who is not needed is not there."""
    there: dict[str, Reader] = {}
    with ExitStack() as stack:

        def reader(who: str) -> Reader:
            if who not in there:
                opened = stack.enter_context(window(browser, shared_server.address))
                opened.goes_to("/sign-in")
                if who:
                    signs_in(opened, who)
                there[who] = Reader(who, opened, Line())
                there[who].line.listens(opened)
            return there[who]

        yield reader


def looks_in(reader: Reader, language: str, path: str) -> None:
    """Open a page in a language: it is light on the line, written in that direction, and fits into both windows."""
    opened, page = reader.opened, reader.opened.page
    opened.speaks(language)
    reader.line.begins()
    opened.goes_to(path)
    found = page.evaluate("() => [document.documentElement.lang, document.documentElement.dir]")
    wanted = "en" if path.endswith(ENGLISH) else language
    assert found == [wanted, "rtl" if wanted == "ar" else "ltr"]


def looked_at(reader: Reader, name: str, path: str) -> None:
    """Look at a page in every way; whoever is not the first to see it looks at Arabic for colours and widths alone."""
    page, first = reader.opened.page, reader.who == PAGES[name][0]
    picture = name if first else f"{name}-as-{reader.who}"
    looks_in(reader, "en", path)
    found = violations(page, "light")
    found += unseen_focus(page, "light")
    pictured(page, picture, "wide")
    page.emulate_media(color_scheme="dark")
    pictured(page, picture, "dark")
    page.set_viewport_size(NARROW)
    found += violations(page, "dark", [*COLOURS, *WIDTHS])
    pictured(page, picture, "phone")
    page.set_viewport_size(WIDE)
    looks_in(reader, "ar", path)
    assert reader.line.total <= (FIRST_VIEW if name not in HEAVY else 2 * FIRST_VIEW)
    assert reader.line.script <= SCRIPT
    assert too_wide(page, WIDE["width"]) == []
    assert left_in_english("ar", page.evaluate(SHOWN)) == []
    pictured(page, picture, "arabic")
    found += violations(page, "dark", [*COLOURS, *WIDTHS])
    page.set_viewport_size(NARROW)
    found += violations(page, "light", [] if first else [*COLOURS, *WIDTHS])
    page.set_viewport_size(WIDE)
    assert found == [], page.url
    reader.opened.nobody_complained()


def looked_at_in_all_eight_ways(reader: Reader, path: str) -> None:
    """Look at a page in both languages, both widths and both colours, each with each."""
    page = reader.opened.page
    found: list[str] = []
    for language, size in product(("en", "ar"), (WIDE, NARROW)):
        page.set_viewport_size(size)
        looks_in(reader, language, path)
        found += violations(page, "light")
        found += violations(page, "dark", [*COLOURS, *WIDTHS])
        for colours in COLOUR_SCHEMES:
            found += unseen_focus(page, colours)
        found += too_wide(page, size["width"])
    page.set_viewport_size(WIDE)
    assert found == [], page.url
    reader.opened.nobody_complained()


def parts(reader: Reader, path: str) -> frozenset[str]:
    """Return what a page is built of for a reader: elements with their looks; nothing where they may not see it."""
    answer = reader.opened.context.request.get(path, max_redirects=0)
    main = answer.text().partition("<main")[2].partition("</main>")[0] if answer.ok else ""
    return frozenset(BUILT.findall(main))


def readers_of(
    name: str, readers: Callable[[str], Reader], places: dict[str, str]
) -> Iterator[tuple[Reader, str]]:
    """Everyone who is shown parts of a page that nobody was shown before, with its address."""
    first, address = PAGES[name]
    path = address.format(**places)
    yield readers(first), path
    if "{" not in address and address not in BY_ROLE:
        return
    known = parts(readers(first), path)
    for who in ROLES:
        if who not in {first, VISITOR} and not (seen := parts(readers(who), path)) <= known:
            known |= seen
            yield readers(who), path


@pytest.mark.parametrize("name", PAGES)
def test_page_is_light_accessible_and_translated_for_everyone_who_sees_it(
    readers: Callable[[str], Reader], places: dict[str, str], name: str
) -> None:
    for reader, path in readers_of(name, readers, places):
        looked_at(reader, name, path)


@pytest.mark.soak
@pytest.mark.parametrize("name", PAGES)
def test_page_is_accessible_in_every_language_colour_and_width_for_everyone_who_sees_it(
    readers: Callable[[str], Reader], places: dict[str, str], name: str
) -> None:
    for reader, path in readers_of(name, readers, places):
        looked_at_in_all_eight_ways(reader, path)


def test_link_of_a_mail_leads_to_a_page_that_everyone_can_use(
    readers: Callable[[str], Reader], places: dict[str, str]
) -> None:
    facility = readers("facility").opened
    facility.speaks("en")
    facility.goes_to("/mail/{mail}".format(**places))
    facility.presses("Follow the link of this mail")
    assert "/sign-in/link" in facility.page.url
    facility.is_accessible()
    facility.nobody_complained()
