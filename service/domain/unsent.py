"""What somebody has typed into a form and not sent: kept for that person alone, as it is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from service.domain.errors import Invalid
from service.domain.views.activity import AskRef

LARGEST: Final = 600_000
"""So many characters of a form are kept at most; no text that can be sent is longer."""
KEPT: Final = 20
"""So many forms are kept for a person, the latest ones."""
_PLACES: Final = re.compile(
    r"/(recommendations|amendments)/([0-9A-Za-z]{1,40})/(amend|edit|rebase)(\?[\w.&=-]{1,120})?"
)


@dataclass(frozen=True, slots=True)
class Kept:
    """What was typed at one place: the fields of the form, and when it was last kept."""

    place: str
    fields: Mapping[str, tuple[str, ...]]
    kept_at: datetime


@dataclass(frozen=True, slots=True)
class Unsent:
    """That something was typed and not sent: the page of its form, and the recommendation that it is about."""

    place: str
    kept_at: datetime
    recommendation: AskRef


def check_place(place: str) -> None:
    """Refuse an address that is none of a form that is kept.

    Raises:
        Invalid: names the field `place`.
    """
    if _PLACES.fullmatch(place) is None:
        raise Invalid.field("place", "What is typed there is not kept.")


def check_size(written: str) -> None:
    """Refuse to keep more than any form holds.

    Raises:
        Invalid: names the field `fields`.
    """
    if len(written) > LARGEST:
        raise Invalid.field("fields", "Please keep this under %(limit)s characters.", limit=LARGEST)


def subject_of(place: str) -> str:
    """Return the id of what the form of a place is about: a recommendation, or an amendment."""
    return place.split("/")[2]
