import pytest

from service.domain.documents import LARGEST, DocumentType, told_by
from service.domain.errors import Invalid


@pytest.mark.parametrize(
    ("start", "kind", "ending"),
    [
        (b"%PDF-1.7\n", DocumentType.PDF, "pdf"),
        (b"\x89PNG\r\n\x1a\n", DocumentType.PNG, "png"),
        (b"\xff\xd8\xff\xe0", DocumentType.JPEG, "jpg"),
    ],
)
def test_a_document_is_known_by_how_it_begins(start: bytes, kind: DocumentType, ending: str) -> None:
    found = told_by(start + bytes(LARGEST - len(start)))
    assert (found, found.ending) == (kind, ending)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "Choose a file first."),
        (b"%PDF-" + bytes(LARGEST), "This file is too large: at most 10 megabytes."),
        (b"<html>%PDF-", "This is neither a PDF nor a picture (PNG or JPEG). Scan or save it as one."),
        (b"GIF89a", "This is neither a PDF nor a picture (PNG or JPEG). Scan or save it as one."),
        (b"%PD", "This is neither a PDF nor a picture (PNG or JPEG). Scan or save it as one."),
    ],
    ids=["empty", "too large", "page", "another picture", "cut off"],
)
def test_what_is_no_such_document_is_refused(content: bytes, told: str) -> None:
    with pytest.raises(Invalid) as refusal:
        told_by(content)
    assert [(error.field, error.message) for error in refusal.value.errors] == [("file", told)]
