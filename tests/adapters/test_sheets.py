"""Reading tables from files, whoever made them."""

import csv
from datetime import date, datetime
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from service.adapters.sheets import FileSheets
from service.domain import tables
from service.domain.errors import Invalid

ROWS = (("organisation", "person"), ("Lakeside", "Ada\nExample"), ("Málaga", "Bea; or Bo"))


def as_csv(delimiter: str = ",") -> str:
    written = StringIO()
    csv.writer(written, delimiter=delimiter).writerows(ROWS)
    return written.getvalue()


def as_xlsx(*rows: tuple[object, ...]) -> bytes:
    book, written = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(written)
    return written.getvalue()


def refused(content: bytes) -> str:
    with pytest.raises(Invalid) as refusal:
        FileSheets.rows(content)
    (error,) = refusal.value.errors
    assert error.field == "file"
    return error.message


@pytest.mark.parametrize(
    "content",
    [
        as_csv().encode(),
        as_csv().encode("utf-8-sig"),
        as_csv(";").encode(),
        as_csv("\t").encode("utf-16"),
        as_csv().replace("\r\n", "\n").encode(),
        as_xlsx(*ROWS),
    ],
    ids=["plain", "with mark", "semicolons", "utf-16", "other line ends", "xlsx"],
)
def test_a_table_reads_the_same_however_it_was_saved(content: bytes) -> None:
    assert FileSheets.rows(content) == ROWS


def test_numbers_days_and_formulas_of_a_sheet_are_text() -> None:
    content = as_xlsx((7.0, 1.5, date(2027, 3, 31), datetime(2027, 3, 31, 12), None, "=1+1"))  # noqa: DTZ001 - as sheets hold it
    assert FileSheets.rows(content) == (("7", "1.5", "2027-03-31", "2027-03-31", "", "=1+1"),)


@pytest.mark.parametrize(
    "content", [b"organisation\nM\xe1laga\n", b"\xff\xfea", b"a\x00b", b"\x89PNG\r\n\x1a\n\xff"]
)
def test_what_is_no_table_is_told_apart(content: bytes) -> None:
    assert refused(content) == tables.not_a_table().errors[0].message


def test_what_breaks_off_is_damaged() -> None:
    whole = as_xlsx(*ROWS)
    empty = BytesIO()
    with ZipFile(empty, "w") as archive:
        archive.writestr("something.txt", "else")
    for content in (b'a,"b\n', whole[: len(whole) // 2], empty.getvalue(), b"PK\x03\x04"):
        assert refused(content) == tables.damaged().errors[0].message


def test_a_document_type_is_not_read() -> None:
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        archive.writestr("xl/workbook.xml", '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    assert refused(content.getvalue()) == tables.damaged().errors[0].message


def test_what_unpacks_to_too_much_is_not_unpacked() -> None:
    bomb = BytesIO()
    with ZipFile(bomb, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (21 * 1024 * 1024))
    many = b"a\n" * (tables.MOST_ROWS + 2)
    large = b"a" * (tables.LARGEST + 1)
    for content in (bomb.getvalue(), many, large):
        assert refused(content) == tables.too_large().errors[0].message


def test_as_many_rows_as_allowed_are_read() -> None:
    assert len(FileSheets.rows(b"a\n" * (tables.MOST_ROWS + 1))) == tables.MOST_ROWS + 1
