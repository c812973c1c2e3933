"""Documents that a mandate rests on: which files are taken, told by their content and never by their name."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from service.domain.errors import Invalid

LARGEST: Final = 10 * 1024 * 1024


class DocumentType(StrEnum):
    """What kind of file a document is; the value is its media type."""

    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"

    @property
    def ending(self) -> str:
        """How the name of such a file ends."""
        return _ENDINGS[self]


_ENDINGS: Mapping[DocumentType, str] = {
    DocumentType.PDF: "pdf",
    DocumentType.PNG: "png",
    DocumentType.JPEG: "jpg",
}
_BEGINNINGS: Mapping[bytes, DocumentType] = {
    b"%PDF-": DocumentType.PDF,
    b"\x89PNG\r\n\x1a\n": DocumentType.PNG,
    b"\xff\xd8\xff": DocumentType.JPEG,
}


def told_by(content: bytes) -> DocumentType:
    """Return what kind of document a file is, by how it begins.

    Raises:
        Invalid: it is empty, too large, or of a kind that is not taken.
    """
    if not content:
        raise Invalid.field("file", "Choose a file first.")
    if len(content) > LARGEST:
        raise Invalid.field("file", "This file is too large: at most 10 megabytes.")
    kind = next((kind for start, kind in _BEGINNINGS.items() if content.startswith(start)), None)
    if kind is None:
        raise Invalid.field(
            "file", "This is neither a PDF nor a picture (PNG or JPEG). Scan or save it as one."
        )
    return kind
