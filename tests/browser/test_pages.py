"""Every page as people meet it: in each role that sees it, in English and Arabic, light and dark, wide and narrow.

A page is opened once in each language. In English it is checked as a whole in a wide window and in light
colours, then for what depends on colours and width in dark and in a narrow one; in Arabic the other way about.
So every pair of language, colours and width is seen, and by the campaigns that take long every one of the eight
ways, by every rule. A role gets a look of its own where its page has parts that nobody was shown before.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import product
from typing import Final

import pytest
from playwright.sync_api import Browser, CDPSession

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
    sticking_out,
    unseen_focus,
    violations,
    window,
)
from tests.serving import Server

FEW: Final = (*COLOURS, *WIDTHS)
"""The rules that are asked about once more in other colours and another width."""
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

    wire: CDPSession
    total: float = 0
    script: float = 0
    kinds: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, opened: Window) -> "Line":
        """Return the line to a window."""
        line = cls(opened.context.new_cdp_session(opened.page))
        line.wire.send("Network.enable")
        line.wire.on(
            "Network.responseReceived", lambda event: line.kinds.update({event["requestId"]: event["type"]})
        )
        line.wire.on("Network.loadingFinished", line.counts)
        return line

    def counts(self, event: dict[str, float | str]) -> None:
        """Add what was loaded."""
        size = float(event["encodedDataLength"])
        self.total += size
        self.script += size if self.kinds.get(str(event["requestId"])) == "Script" else 0

    @contextmanager
    def heard(self) -> Iterator[None]:
        """Count what comes from here on, as if nothing was known in the window before."""
        self.total = self.script = 0
        self.kinds.clear()
        self.wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
        yield
        self.wire.send("Network.setCacheDisabled", {"cacheDisabled": False})


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
                there[who] = Reader(who, opened, Line.of(opened))
            return there[who]

        yield reader


def looks_in(reader: Reader, language: str, path: str) -> None:
    """Open a page in a language: it has a title, and is written in that direction."""
    opened = reader.opened
    opened.speaks(language)
    opened.opens(path)
    opened.has_a_title_and_one_first_heading()
    found = opened.page.evaluate("() => [document.documentElement.lang, document.documentElement.dir]")
    wanted = "en" if path.endswith(ENGLISH) else language
    assert found == [wanted, "rtl" if wanted == "ar" else "ltr"]


def looked_at(reader: Reader, name: str, path: str) -> None:
    """Look at a page in every way; whoever is not the first to see it looks at Arabic for colours and widths alone."""
    first = reader.who == PAGES[name][0]
    picture = name if first else f"{name}-as-{reader.who}"
    ways = [partial(looked_at_in_english, picture=picture)]
    ways.append(partial(looked_at_in_arabic, picture=picture, name=name, rules=() if first else FEW))
    if reader.opened.language == "ar":
        # Everybody goes on in the language in which they have read the page before.
        ways.reverse()
    assert [fault for way in ways for fault in way(reader, path)] == [], reader.opened.page.url
    reader.opened.nobody_complained()


def looked_at_in_english(reader: Reader, path: str, *, picture: str) -> list[str]:
    """Look at a page in English: as a whole in a wide window and in light, and at what changes in a dark narrow one."""
    page = reader.opened.page
    looks_in(reader, "en", path)
    found = [*sticking_out(page), *violations(page, "light"), *unseen_focus(page, "light")]
    pictured(page, picture, "wide")
    page.emulate_media(color_scheme="dark")
    pictured(page, picture, "dark")
    page.set_viewport_size(NARROW)
    found += [*sticking_out(page), *violations(page, "dark", FEW)]
    page.emulate_media(color_scheme="light")
    pictured(page, picture, "phone")
    page.set_viewport_size(WIDE)
    return found


def looked_at_in_arabic(
    reader: Reader, path: str, *, picture: str, name: str, rules: Sequence[str]
) -> list[str]:
    """Look at a page in Arabic, the other way about; it is light on the line, and nothing was left in English."""
    page = reader.opened.page
    with reader.line.heard():
        looks_in(reader, "ar", path)
    assert reader.line.total <= (FIRST_VIEW if name not in HEAVY else 2 * FIRST_VIEW)
    assert reader.line.script <= SCRIPT
    assert left_in_english("ar", page.evaluate(SHOWN)) == []
    pictured(page, picture, "arabic")
    found = [*sticking_out(page), *violations(page, "dark", FEW)]
    page.set_viewport_size(NARROW)
    found += [*sticking_out(page), *violations(page, "light", rules)]
    page.set_viewport_size(WIDE)
    return found


def looked_at_in_all_eight_ways(reader: Reader, path: str) -> None:
    """Look at a page in both languages, both widths and both colours, each with each."""
    page = reader.opened.page
    found: list[str] = []
    for language, size in product(("en", "ar"), (WIDE, NARROW)):
        page.set_viewport_size(size)
        looks_in(reader, language, path)
        found += violations(page, "light")
        found += violations(page, "dark", FEW)
        for colours in COLOUR_SCHEMES:
            found += unseen_focus(page, colours)
        page.emulate_media(color_scheme="light")
        found += sticking_out(page)
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
    """Whoever a page is for first, then whoever is shown most of what nobody was shown before; with its address."""
    first, address = PAGES[name]
    path = address.format(**places)
    yield readers(first), path
    if "{" not in address and address not in BY_ROLE:
        return
    known = parts(readers(first), path)
    shown = {who: parts(readers(who), path) for who in ROLES if who not in {first, VISITOR}}
    while unseen := {who: seen - known for who, seen in shown.items() if not seen <= known}:
        # Of those who are shown as many, the one who comes first among the roles.
        who = max(unseen, key=lambda one: len(unseen[one]))
        known |= shown[who]
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
