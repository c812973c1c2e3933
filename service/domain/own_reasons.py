"""The reasons that the house itself gives for what becomes of an amendment.

They stand among those that people write, so whoever reads them finds out by `recognised` which they are, and can tell
them in the reader's language.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache

LANGUAGE = "en"
"""In which language the house gives them."""


class OwnReason(StrEnum):
    """A reason of the house; `number` is that of the other amendment."""

    REPLACED = "Its authors replaced it by amendment %(number)s."
    COVERED = "It is covered by compromise amendment %(number)s, which was accepted."
    COVERED_NO_MORE = "Compromise amendment %(number)s, which covered it, is accepted no more."
    SAID_ALREADY = "It falls, because the text says so already."
    GIVEN_WAY = "It falls, because other wording was given precedence in the same place."

    def of(self, number: int | None) -> str:
        """Return the reason, with the number of the other amendment."""
        return self.value % {"number": number}


def recognised(reason: str) -> tuple[OwnReason, Mapping[str, str]] | None:
    """Return which reason of the house this is, with its values; None where it is in somebody's own words."""
    for own in OwnReason:
        if found := _shape(own).fullmatch(reason):
            return own, found.groupdict()
    return None


@cache
def _shape(own: OwnReason) -> re.Pattern[str]:
    before, seam, after = own.value.partition("%(number)s")
    return re.compile(re.escape(before) + (r"(?P<number>[0-9]+)" if seam else "") + re.escape(after))
