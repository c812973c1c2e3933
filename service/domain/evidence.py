"""Evidence: what underpins a claim."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit

from service.domain.errors import FieldError, Invalid

TITLE_LENGTH = 300
PAGE_LENGTH = 50
QUOTATION_LENGTH = 2_000
URL_SCHEMES = frozenset({"https", "http"})


class EvidenceKind(StrEnum):
    """What sort of evidence it is."""

    DOCUMENT = "document"
    RESULT = "result"
    INDICATOR = "indicator"


@dataclass(eq=False)
class Evidence:
    """A document with page and quotation, a partnership's result, or an indicator."""

    id: str
    agenda_id: str
    number: int
    kind: EvidenceKind
    title: str
    source: str
    page: str
    quotation: str
    url: str
    invented: bool
    organisation_id: str
    person_id: str
    created_at: datetime
    language: str = ""


@dataclass(eq=False)
class EvidenceLink:
    """Evidence that underpins a recommendation, at one block or as a whole."""

    id: str
    evidence_id: str
    recommendation_id: str
    block_id: str | None


def check(title: str, source: str, page: str, quotation: str, url: str) -> None:
    """Refuse evidence that cannot be found again.

    Raises:
        Invalid: names each field.
    """
    errors = []
    if not title:
        errors.append(FieldError("title", "Name the document, the result or the indicator."))
    if not source:
        errors.append(FieldError("source", "Say where it comes from."))
    errors += [
        FieldError(name, "Please keep this under %(limit)s characters.", {"limit": limit})
        for name, text, limit in (
            ("title", title, TITLE_LENGTH),
            ("source", source, TITLE_LENGTH),
            ("page", page, PAGE_LENGTH),
            ("quotation", quotation, QUOTATION_LENGTH),
        )
        if len(text) > limit
    ]
    if url and not _leads_somewhere(url):
        errors.append(FieldError("url", "Give an address that starts with https:// or http://."))
    if errors:
        raise Invalid(errors=errors)


def _leads_somewhere(url: str) -> bool:
    """Tell whether a reader can be led to it: an address on the web, in one piece, with a host."""
    if not url.isprintable() or " " in url:
        return False
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    return parts.scheme in URL_SCHEMES and bool(parts.hostname) and port != 0
