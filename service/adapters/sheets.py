"""Tables that people keep in files: CSV as the office programs write it, and XLSX, within limits."""

import csv
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO, StringIO
from zipfile import BadZipFile, ZipFile

from service.domain import tables

_ZIP = b"PK\x03\x04"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_DELIMITERS = ";,\t"
# What a list of participants may unpack to: far more than it needs, far less than would hurt.
_PARTS = 500
_UNPACKED = 20 * 1024 * 1024
_HEAD = 1024


class FileSheets:
    """Reads files that somebody uploads, whatever they hold."""

    @staticmethod
    def rows(content: bytes) -> tuple[tuple[str, ...], ...]:
        """Return the cells of a file's first sheet as text; a formula begins with an equals sign.

        Raises:
            Invalid: it is no such file, damaged, or larger than any list of participants.
        """
        if len(content) > tables.LARGEST:
            raise tables.too_large()
        read = _xlsx(content) if content.startswith(_ZIP) else _csv(content)
        found: list[tuple[str, ...]] = []
        for row in read:
            if len(found) > tables.MOST_ROWS:
                raise tables.too_large()
            while row and not row[-1]:
                row = row[:-1]  # noqa: PLW2901 - the same row without its empty end
            found.append(row)
        return tuple(found)


def _csv(content: bytes) -> Iterator[tuple[str, ...]]:
    try:
        text = content.decode("utf-16" if content.startswith(_UTF_16) else "utf-8-sig")
    except UnicodeDecodeError:
        raise tables.not_a_table() from None
    if "\0" in text:
        raise tables.not_a_table()
    head = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=head.count)
    try:
        for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True):
            yield tuple(row[: tables.MOST_COLUMNS])
    except csv.Error:
        raise tables.damaged() from None


def _xlsx(content: bytes) -> Iterator[tuple[str, ...]]:
    # Large, and needed here alone.
    from openpyxl import load_workbook  # noqa: PLC0415 - see above

    _check_archive(content)
    try:
        book = load_workbook(BytesIO(content), read_only=True, keep_links=False)
        sheet = book.worksheets[0]
        # What the file says of its own size is not believed.
        sheet.reset_dimensions()
        rows = sheet.iter_rows(max_row=tables.MOST_ROWS + 2, max_col=tables.MOST_COLUMNS, values_only=True)
        for row in rows:
            yield tuple(_text(value) for value in row)
    except Exception:  # noqa: BLE001 - a file from outside breaks the library in ways that it does not list
        raise tables.damaged() from None


def _check_archive(content: bytes) -> None:
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            # No more is ever unpacked of a part than it says here.
            if len(parts) > _PARTS or sum(part.file_size for part in parts) > _UNPACKED:
                raise tables.too_large()
            for part in parts:
                with archive.open(part) as opened:
                    if b"<!DOCTYPE" in opened.read(_HEAD):
                        raise tables.damaged()
    except (BadZipFile, RuntimeError, OSError, EOFError, ValueError):
        raise tables.damaged() from None


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return (value.date() if isinstance(value, datetime) else value).isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
