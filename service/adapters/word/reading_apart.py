"""Reads what strangers hand in as a Word document in a process of its own, with little memory and little time."""

from dataclasses import dataclass

from service.adapters import apart
from service.domain import canonical
from service.domain.errors import FieldError, Invalid
from service.domain.word import Paper
from service.domain.word.tracked import LARGEST, damaged, not_a_document, too_large

SECONDS = 10.0
MEBIBYTES = 400
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the process apart found: a document, or why it is refused."""

    paper: Paper | None
    refused: str = ""


def read_apart(content: bytes, *, seconds: float = SECONDS, mebibytes: int = MEBIBYTES) -> Paper:
    """Return what stands in a document.

    Raises:
        Invalid: it is no Word document, damaged, or takes longer or more memory than any text with its changes.
    """
    if len(content) > LARGEST:
        raise too_large()
    if not content.startswith(_ZIP):
        raise not_a_document()
    try:
        told = apart.run(__name__, content, seconds=seconds, mebibytes=mebibytes)
    except apart.ApartError:
        raise too_large() from None
    found = canonical.from_json(_Answer, told.decode())
    if found.paper is None:
        raise next(
            (known for known in (too_large(), not_a_document()) if _code(known) == found.refused), damaged()
        )
    return found.paper


def _code(refusal: Invalid) -> str:
    found: FieldError = refusal.errors[0]
    return found.template


def load() -> None:
    """Load what it takes to read a document."""
    from service.adapters.word import reading  # noqa: F401, PLC0415 - loaded where its library is limited


def answer(content: bytes) -> bytes:
    """Return what stands in a document, or why it is refused."""
    from service.adapters.word.reading import paper_of  # noqa: PLC0415 - as above

    try:
        found = _Answer(paper_of(content))
    except Invalid as refusal:
        found = _Answer(None, _code(refusal))
    return canonical.to_json(found).encode()
