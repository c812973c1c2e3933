"""The list of pages that are looked at."""

import re

from service.ways_in import declared
from tests.browser.inventory import NO_PAGES, NOT_BY_ADDRESS, PAGES

NAMED = re.compile(r"\{[^}]+\}")


def test_every_page_of_the_house_is_looked_at() -> None:
    ways = {way.removeprefix("GET ") for way in declared() if way.startswith("GET /")}
    pages = {way for way in ways if not way.startswith("/api/")} - NO_PAGES - NOT_BY_ADDRESS
    visited = {address.partition("?")[0] for _, address in PAGES.values()}
    shapes = [re.compile("[^/]+".join(map(re.escape, NAMED.split(page)))) for page in pages]
    looked_at = {
        page for page, shape in zip(pages, shapes, strict=True) if any(map(shape.fullmatch, visited))
    }
    assert sorted(pages - looked_at) == []
    assert sorted((NO_PAGES | NOT_BY_ADDRESS) - ways) == []
