"""What a rendition that is kept was made of: as long as that is the same, so is every byte of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from service.domain import canonical
from service.domain.renditions.courtesy import Courtesy
from service.domain.renditions.facts import Facts


@dataclass(frozen=True, slots=True)
class Printed:
    """What an edition prints, as far as translations of it are concerned: its language, and its texts by digest.

    `sources` are its recommendations: where none of them is translated, its `lessons` alone make no translation of it.
    """

    language: str
    sources: frozenset[str]
    lessons: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Shown:
    source: str
    digest: str
    organisation: str
    approved_at: datetime


@dataclass(frozen=True, slots=True)
class _Made:
    facts: Facts
    form: str
    language: str
    shown: tuple[_Shown, ...]
    maker: str


def key_of(facts: Facts, form: str, language: str, offered: Iterable[Courtesy], maker: str) -> str:
    """Return the digest of all that a rendition is made of: whatever changes in it has another key.

    Args:
        facts: the edition, by its digest, with its fate and who stands behind it.
        form: the format.
        language: into which its texts are translated; empty for its own.
        offered: the translations that there are; only those into this language count.
        maker: names what writes it, so that another release writes it anew.
    """
    found = sorted((one for one in offered if one.language == language), key=lambda one: one.source)
    shown = tuple(_Shown(one.source, one.digest, one.organisation, one.approved_at) for one in found)
    return canonical.digest(_Made(facts, form, language, shown, maker))
