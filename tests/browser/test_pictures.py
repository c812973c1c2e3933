"""Pictures and columns as eyes meet them: on a phone, on paper, in forced colours, and from right to left."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.acceptance.people import agenda_in, person
from tests.browser.window import Window, window
from tests.serving import Server

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CUT_OFF = """() => [...document.querySelectorAll('.picture > svg')].flatMap((svg) => {
  const frame = svg.getBoundingClientRect();
  return [...svg.querySelectorAll('text')].filter((text) => {
    const box = text.getBoundingClientRect();
    return box.left < frame.left - 2 || box.right > frame.right + 2;
  }).map((text) => text.textContent);
})"""
TOLD_APART = """() => ['.full', '.out, .field, .passed'].map((kind) => {
  const shape = document.querySelector(`.picture ${kind.split(',').join(', .picture ')}`);
  return getComputedStyle(shape).fill;
})"""


@pytest.fixture(scope="module")
def agenda(shared_server: Server) -> str:
    with person(shared_server) as visitor:
        return str(agenda_in(visitor, "amending")["id"])


@pytest.fixture
def opened(browser: Browser, shared_server: Server) -> Iterator[Window]:
    with window(browser, shared_server.address) as opened:
        yield opened


@pytest.mark.parametrize("width", [320, 1280])
def test_no_word_of_a_picture_is_cut_off(opened: Window, agenda: str, width: int) -> None:
    opened.page.set_viewport_size({"width": width, "height": 800})
    opened.goes_to(f"/agendas/{agenda}")
    assert opened.page.locator(".picture > svg").count() == 4
    assert opened.page.evaluate(CUT_OFF) == []


def test_shapes_are_told_apart_in_forced_colours(opened: Window, agenda: str) -> None:
    opened.page.emulate_media(forced_colors="active")
    opened.goes_to(f"/agendas/{agenda}")
    full, empty = opened.page.evaluate(TOLD_APART)
    assert full != empty


def test_columns_are_one_text_on_a_phone_and_stay_columns_on_paper(
    opened: Window, shared_server: Server, agenda: str
) -> None:
    with person(shared_server) as visitor:
        asks = visitor.all(f"/agendas/{agenda}/recommendations")
    ask = max(asks, key=lambda one: one["current_version"]["number"])
    opened.goes_to(f"/recommendations/{ask['id']}/compare?view=columns")
    page = opened.page

    def shown() -> tuple[bool, bool]:
        return page.locator(".sides").is_visible(), page.locator(".instead-of-sides").is_visible()

    found = [shown()]
    page.set_viewport_size({"width": 320, "height": 800})
    found.append(shown())
    page.set_viewport_size({"width": 680, "height": 960})
    page.emulate_media(media="print")
    found.append(shown())
    assert found == [(True, False), (False, True), (True, False)]


def test_grid_has_its_names_above_the_marks_on_a_phone(opened: Window, shared_server: Server) -> None:
    with person(shared_server) as visitor:
        published = agenda_in(visitor, "follow_up")["id"]
    opened.page.set_viewport_size({"width": 320, "height": 800})
    opened.goes_to(f"/agendas/{published}/positions")
    grid = opened.page.locator(".narrow-only svg").first.bounding_box()
    assert (opened.page.locator(".wide-only").first.is_visible(), grid is not None) == (False, True)
    assert grid is not None
    assert grid["width"] <= 288
