"""Pages of a list by cursor: the sort key of the last item, so that nothing is skipped when items are added."""

import base64
import binascii
import json
import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, Connection, Row, Select, tuple_

from service.domain.errors import BadCursor

LIMIT = 100
# What no engine keeps: the null character, and halves of characters.
_UNWRITABLE = re.compile("[\0\ud800-\udfff]")


def page_of(
    connection: Connection,
    query: Select[Any],
    order: Sequence[Column[Any]],
    limit: int,
    cursor: str | None,
    *,
    newest_first: bool = False,
) -> tuple[Sequence[Row[Any]], str | None]:
    """Return the rows of one page and the cursor of the next, or None at the end.

    Args:
        connection: where to read.
        query: what to read; it must select the columns of `order`.
        order: columns of text or whole numbers that together are unique and not null.
        limit: how many at most, from 1 to 100; beyond that it is brought into that range.
        cursor: the cursor of this page, or None for the first.
        newest_first: go down the order instead of up.

    Raises:
        BadCursor: the cursor was not issued for such a list.
    """
    limit = max(1, min(limit, LIMIT))
    if cursor is not None:
        kinds = [column.type.python_type for column in order]
        here, there = tuple_(*order), tuple_(*decoded(cursor, kinds))
        query = query.where(here < there if newest_first else here > there)
    along = [column.desc() for column in order] if newest_first else order
    rows = connection.execute(query.order_by(*along).limit(limit + 1)).all()
    if len(rows) <= limit:
        return rows, None
    last = rows[limit - 1]._mapping  # noqa: SLF001 - the public name of it is a property of that name
    return rows[:limit], encoded([last[column] for column in order])


def encoded(key: Sequence[object]) -> str:
    """Return the cursor of what comes after this sort key."""
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def decoded(cursor: str, kinds: Sequence[type]) -> list[Any]:
    """Return the sort key that a cursor was made of, of values of these kinds.

    Raises:
        BadCursor: the cursor was not issued for such a list.
    """
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        key = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        # Half a character, escaped, passes as JSON but cannot be asked of any database.
        json.dumps(key, ensure_ascii=False).encode()
    except (binascii.Error, ValueError, RecursionError):
        raise BadCursor from None
    if not isinstance(key, list) or len(key) != len(kinds):
        raise BadCursor
    for value, kind in zip(key, kinds, strict=True):
        if type(value) is not kind or (isinstance(value, str) and _UNWRITABLE.search(value)):
            raise BadCursor
        if isinstance(value, int) and abs(value) > 2**31:
            raise BadCursor
    return key
