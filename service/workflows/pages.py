"""Lists taken whole, page by page."""

from collections.abc import Callable
from typing import TypeVar

from service.domain.views import Page

T = TypeVar("T")


def every(page: Callable[[str | None], Page[T]]) -> tuple[T, ...]:
    """Return all items of a list: `page` returns the page at a cursor, the first for None."""
    items: list[T] = []
    cursor: str | None = None
    while True:
        found = page(cursor)
        items.extend(found.items)
        if found.next is None:
            return tuple(items)
        cursor = found.next
