"""Tables in files: how large they may be, what is said of one that cannot be read, and how one is made."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Final

from service.domain.errors import Invalid

LARGEST: Final = 5 * 1024 * 1024
MOST_ROWS: Final = 5_000
MOST_COLUMNS: Final = 40


def not_a_table() -> Invalid:
    """Return the refusal of what is neither CSV nor XLSX."""
    return Invalid.field(
        "file", "This is no table that can be read here. Save it as XLSX, or as CSV in UTF-8."
    )


def damaged() -> Invalid:
    """Return the refusal of a file that ends or breaks in the middle."""
    return Invalid.field("file", "This file is damaged. Open it in your office program, and save it anew.")


def too_large() -> Invalid:
    """Return the refusal of a file beyond the limits."""
    return Invalid.field(
        "file", "This file is too large: at most 5 megabytes and %(limit)s rows.", limit=MOST_ROWS
    )


# An office program takes a cell that begins so for a formula, and runs it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(rows: Iterable[Sequence[str]]) -> str:
    """Return rows as CSV (RFC 4180) that office programs open safely.

    It begins with the mark of UTF-8, and what could be taken for a formula is led by an apostrophe.
    """
    written = StringIO()
    csv.writer(written).writerows([[_harmless(cell) for cell in row] for row in rows])
    return "\ufeff" + written.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
