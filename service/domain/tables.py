"""Tables that come in files: how large they may be, and what is said of one that cannot be read."""

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
