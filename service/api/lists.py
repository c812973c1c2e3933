"""Lists: pages of items with a cursor to the following one."""

from collections.abc import Callable
from typing import Annotated, Generic, TypeVar

from litestar.params import PathParameter, QueryParameter
from msgspec import Struct

from service.domain.views import Page

T = TypeVar("T")
V = TypeVar("V")
LARGEST = 100

ID = r"^[0-9A-Za-z_-]{1,64}$"
Id = Annotated[str, PathParameter(pattern=ID, description="The thing's id.")]
"""An id in an address; what cannot be one is the id of nothing."""

Limit = Annotated[
    int, QueryParameter(ge=1, le=LARGEST, description="How many items to send at most: 1 to 100, or else 50.")
]
Cursor = Annotated[
    str | None,
    QueryParameter(max_length=500, description="Where to go on: the `next` of the page before."),
]


class Listing(Struct, Generic[T], frozen=True):
    """One page of a list; `next` is the cursor of the following page, null at the end."""

    items: tuple[T, ...]
    next: str | None


def listing(page: Page[V], render: Callable[[V], T]) -> Listing[T]:
    """Return a page as the API sends it."""
    return Listing(tuple(render(view) for view in page.items), page.next)


def whole(views: tuple[V, ...], render: Callable[[V], T]) -> Listing[T]:
    """Return a list that fits on one page."""
    return Listing(tuple(render(view) for view in views), None)
