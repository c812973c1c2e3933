import base64
import json
from typing import Any

import pytest
from sqlalchemy import select

from service.domain.errors import BadCursor
from service.store.paging import page_of
from service.store.tables import evidence, organisations
from tests.builders import a_world
from tests.houses import House

NAMES = ["Amara", "City network", "Coordination facility", "Dawa", "EU Delegation to Arendia"]
ORDER = (organisations.c.name, organisations.c.id)


def page(house: House, limit: int, cursor: str | None = None) -> tuple[list[str], str | None]:
    query = select(organisations.c.name, organisations.c.id).where(organisations.c.name.in_(NAMES))
    with house.database.reading() as connection:
        rows, following = page_of(connection, query, ORDER, limit, cursor)
    return [row.name for row in rows], following


def forged(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def test_pages_follow_each_other_and_leave_nothing_out(house: House) -> None:
    a_world(house)
    first, cursor = page(house, 2)
    second, following = page(house, 2, cursor)
    third, end = page(house, 2, following)
    assert (first, second, third, end) == (NAMES[:2], NAMES[2:4], NAMES[4:], None)


def test_a_page_that_holds_all_has_no_next(house: House) -> None:
    a_world(house)
    assert page(house, 5) == (NAMES, None)


@pytest.mark.parametrize(("limit", "size"), [(0, 1), (-5, 1), (1, 1), (1000, 5)])
def test_a_limit_is_brought_into_range(house: House, limit: int, size: int) -> None:
    a_world(house)
    assert len(page(house, limit)[0]) == size


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "é",
        "not base64!",
        "bm90IGpzb24",
        forged("text"),
        forged([]),
        forged(["one"]),
        forged(["one", 2]),
        forged(["one", "two", "three"]),
        forged(["one", None]),
        forged(["one\0", "two"]),
        forged(["one", "\ud800"]),
        forged(["one", ["two"]]),
        base64.urlsafe_b64encode(b"[" * 100_000).decode(),
    ],
)
def test_a_cursor_that_was_not_issued_is_refused(sqlite_house: House, cursor: str) -> None:
    with pytest.raises(BadCursor):
        page(sqlite_house, 2, cursor)


@pytest.mark.parametrize("value", [True, 1.0, "1", 2**40, -(2**40), int("9" * 400)])
def test_a_number_that_no_row_can_have_is_refused(sqlite_house: House, value: Any) -> None:  # noqa: ANN401 - JSON
    query = select(evidence.c.number)
    with sqlite_house.database.reading() as connection, pytest.raises(BadCursor):
        page_of(connection, query, (evidence.c.number,), 1, forged([value]))
