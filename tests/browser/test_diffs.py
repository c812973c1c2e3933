"""What a change looks like and sounds like: to a screen reader, without colours, on paper and in forced colours."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.acceptance.people import agenda_in, person
from tests.browser.window import Window, window
from tests.serving import Server

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DRAWN = """() => ["ins", "del"].map((kind) => {
    const drawn = getComputedStyle(document.querySelector(`.redline ${kind}`));
    return `${drawn.textDecorationLine} ${drawn.textDecorationStyle}`;
})"""
COPIED = """() => {
    getSelection().selectAllChildren(document.querySelector(".redline"));
    const words = getSelection().toString();
    getSelection().removeAllRanges();
    return words;
}"""
UNDERLINED_AND_STRUCK = [re.compile("underline (solid|double)"), re.compile("line-through solid")]


@pytest.fixture(scope="module")
def comparison(shared_server: Server) -> str:
    """The address of a comparison of two versions: words are added and removed."""
    with person(shared_server) as visitor:
        asks = visitor.all(f"/agendas/{agenda_in(visitor, 'amending')['id']}/recommendations")
    return f"/recommendations/{max(asks, key=lambda one: one['current_version']['number'])['id']}/compare"


@pytest.fixture
def opened(browser: Browser, shared_server: Server) -> Iterator[Window]:
    with window(browser, shared_server.address) as opened:
        yield opened


def heard(opened: Window) -> str:
    """Return the accessibility tree of the change that is shown, as a screen reader is given it."""
    return opened.page.locator(".redline").first.aria_snapshot()


def is_told_apart(opened: Window) -> bool:
    """Tell whether what is added is underlined and what is removed struck through, whatever the colours."""
    drawn = opened.page.evaluate(DRAWN)
    return all(wanted.fullmatch(found) for wanted, found in zip(UNDERLINED_AND_STRUCK, drawn, strict=True))


@pytest.mark.parametrize(
    ("language", "added", "removed"),
    [("en", "added:", "removed:"), ("ar", "أُضيف:", "أُزيل:")],
)
def test_screen_reader_is_told_what_is_added_and_removed(
    opened: Window, comparison: str, language: str, added: str, removed: str
) -> None:
    opened.speaks(language)
    opened.goes_to(comparison)
    tree = heard(opened)
    shown = opened.page.locator(".redline").first
    assert re.findall(r"- (insertion|deletion): \"?(\S+:)", tree) == [
        ("insertion", added) if tag == "INS" else ("deletion", removed)
        for tag in shown.locator("ins, del").evaluate_all("all => all.map(one => one.tagName)")
    ]
    # Whoever copies the text copies none of these words.
    assert {added, removed} & set(opened.page.evaluate(COPIED).split()) == set()


def test_changes_are_told_apart_without_colour_on_paper_and_in_forced_colours(
    opened: Window, comparison: str
) -> None:
    opened.goes_to(comparison)
    assert is_told_apart(opened)
    opened.page.emulate_media(media="print")
    assert is_told_apart(opened)
    opened.page.emulate_media(media="screen", forced_colors="active")
    assert is_told_apart(opened)
    opened.page.emulate_media(forced_colors="none", color_scheme="dark")
    assert is_told_apart(opened)
