"""What readers see: frozen values that pages, the API and the paper are made from."""

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list; `next` is the cursor of the following one, or None at the end."""

    items: tuple[T, ...]
    next: str | None = None
