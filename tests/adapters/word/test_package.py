"""What is no document, or a trap, is refused before it can hurt."""

import struct
import time
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from service.adapters.word import FileWord
from service.adapters.word.reading import paper_of
from service.adapters.word.reading_apart import read_apart
from service.domain.errors import Invalid
from tests.adapters.word.documents import MAIN, a_document, exported, packed, para, run

LARGE = (
    "This document is too large: at most 10 megabytes and 2000 paragraphs. Take out pictures and other texts."
)
OTHER = "This is no Word document. Save it as “Word document (.docx)”, and choose it again."
BROKEN = "This document is damaged. Open it in your word processor, and save it anew."
BOMB_SECONDS = 1.0


def refusal(content: bytes) -> str:
    with pytest.raises(Invalid) as refused:
        paper_of(content)
    (error,) = refused.value.errors
    assert error.field == "file"
    return error.message


def a_bomb() -> bytes:
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive, archive.open("word/media/x.xml", "w") as part:
        for _ in range(90):
            part.write(bytes(1024 * 1024))
    return content.getvalue()


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7", b"\xd0\xcf\x11\xe0", "Text.".encode("utf-16"), b"{\\rtf1"], ids=str
)
def test_another_kind_of_file_is_named_as_such(content: bytes) -> None:
    assert refusal(content) == OTHER
    with pytest.raises(Invalid):
        FileWord.read(content)


def test_an_archive_of_something_else_is_named_as_such() -> None:
    assert (
        refusal(packed({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}))
        == OTHER
    )
    relations = a_document("")
    assert refusal(packed({MAIN: b"<document/>"})) == OTHER
    assert refusal(packed({**_parts(relations), MAIN: b"<workbook/>"})) == OTHER
    assert refusal(packed({**_parts(relations), MAIN: b"<document/>"})) == BROKEN


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_document_that_breaks_off_is_damaged(share: float) -> None:
    content = exported()
    assert refusal(content[: int(len(content) * share)]) == BROKEN


def test_a_document_with_a_flipped_byte_is_damaged() -> None:
    content = bytearray(a_document(para(run("words of a document " * 50))))
    at = content.rindex(MAIN.encode(), 0, len(content) // 2 + 200) + len(MAIN) + 20
    content[at] ^= 0xFF
    assert refusal(bytes(content)) == BROKEN


def test_a_document_with_a_password_is_damaged() -> None:
    content = bytearray(a_document(para(run("a"))))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(signature)
        while at >= 0:
            struct.pack_into("<H", content, at + offset, 1)
            at = content.find(signature, at + 1)
    assert refusal(bytes(content)) == BROKEN


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    content = a_bomb()
    began = time.process_time()
    assert refusal(content) == LARGE
    assert time.process_time() - began < BOMB_SECONDS


def test_too_many_parts_and_too_large_ones_are_refused() -> None:
    assert refusal(packed({f"{at}.xml": b"<x/>" for at in range(1_001)})) == LARGE
    assert refusal(bytes(10 * 1024 * 1024 + 1)) == LARGE
    assert refusal(packed({**_parts(a_document("")), MAIN: _padding(17)})) == LARGE


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_no_document_type_and_no_entity_is_taken(encoding: str) -> None:
    laughs = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY x SYSTEM "file:///etc/passwd">]><document><body><p>&a;&x;</p></body></document>'
    xml = f'<?xml version="1.0" encoding="{encoding}"?>{laughs}'.encode(encoding)
    assert refusal(packed({**_parts(a_document("")), MAIN: xml})) == BROKEN


def test_what_is_nested_without_end_is_damaged() -> None:
    controls = "<w:sdt>" * 100 + "</w:sdt>" * 100
    assert refusal(a_document(controls)) == BROKEN
    assert refusal(a_document(para(controls))) == BROKEN
    assert refusal(a_document("<w:sdt>" * 5_000 + "</w:sdt>" * 5_000)) == BROKEN


def test_twenty_thousand_paragraphs_are_refused_apart() -> None:
    content = a_document(para(run("A paragraph of some words.")) * 20_000)
    with pytest.raises(Invalid) as refused:
        read_apart(content)
    assert refused.value.errors[0].message == LARGE
    assert refusal(a_document("<w:p/>" * 20_001)) == LARGE


def test_a_process_apart_says_the_same() -> None:
    content = exported()
    assert FileWord.read(content) == paper_of(content)
    with pytest.raises(Invalid) as refused:
        read_apart(content[:-400])
    assert refused.value.errors[0].message == BROKEN


def test_what_takes_too_long_apart_is_refused() -> None:
    with pytest.raises(Invalid) as refused:
        read_apart(exported(), seconds=0.001)
    assert refused.value.errors[0].message == LARGE
    with pytest.raises(Invalid):
        read_apart(bytes(10 * 1024 * 1024 + 1))


def test_hostile_names_are_only_names() -> None:
    content = a_document(
        f'<w:p><w:bookmarkStart w:name="../../etc"/>{run("a")}</w:p>',
        {"../../../tmp/x": b"", "C:\\x": b"", "/": b""},
    )
    assert paper_of(content).paragraphs[0].names == ("../../etc",)


def _parts(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _padding(mebibytes: int) -> bytes:
    """Return a document too large to look at, though not suspiciously well packed."""
    words = bytes(range(33, 123)) * 20
    return b"<document>" + b"".join(words[at % 997 :] for at in range(mebibytes * 900))
