"""Files that somebody hands in: tables that unpack to too much, papers that were tampered with."""

import io
import re
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile

from service.domain.verification import Verdict

MEBIBYTE: Final = 2**20
SHEET: Final = "xl/worksheets/sheet1.xml"
PICTURE: Final = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">IIBBBBB", 60_000, 60_000, 8, 6, 0, 0, 0) + b"\0\0\0\0"
)
"""The head of a picture of 60,000 by 60,000 points."""


def archive(*parts: tuple[str, bytes]) -> bytes:
    """Return an archive with these parts, deflated."""
    made = io.BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as opened:
        for name, content in parts:
            opened.writestr(name, content)
    return made.getvalue()


def lying(content: bytes, size: int) -> bytes:
    """Return an archive with one part that says of itself that it unpacks to `size` bytes."""
    true = struct.pack("<I", len(content))
    return archive((SHEET, content)).replace(true, struct.pack("<I", size))


def overlapping(times: int) -> bytes:
    """Return an archive in whose directory one part stands many times."""
    whole = archive((SHEET, b"0" * MEBIBYTE))
    start, end = whole.index(b"PK\x01\x02"), whole.index(b"PK\x05\x06")
    entries, size = whole[start:end] * times, (end - start) * times
    tail = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, times, times, size, start, 0)
    return whole[:start] + entries + tail


LAUGHS: Final = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha">%s]><a>&b9;</a>' % b"".join(
    b'<!ENTITY b%d "%s">' % (n, b"&b%d;" % (n - 1) * 10 if n else b"&b;" * 10) for n in range(10)
)


TABLES: Final[Mapping[str, Callable[[], tuple[bytes, ...]]]] = {
    "B072": lambda: (archive((SHEET, LAUGHS)), archive(("xl/workbook.xml", LAUGHS))),
    "B074": lambda: (
        archive((SHEET, b"0" * 40 * MEBIBYTE)),
        archive(*[(f"{n}.xml", b"0" * 64) for n in range(600)]),
    ),
    "B075": lambda: (lying(b"0" * 40 * MEBIBYTE, 100), overlapping(400)),
    "B082": lambda: (PICTURE,),
    "B084": lambda: (b"", b"\0" * 100, b"PK\x03\x04"),
}
"""What makes files that are no list of participants, by the number of each input."""


def papers(paper: bytes) -> Iterator[tuple[str, bytes, frozenset[Verdict]]]:
    """Yield papers made of a sealed one that are none, with the number of each and the verdicts that are right."""
    broken = frozenset({Verdict.BROKEN})
    never = broken | {Verdict.UNKNOWN}
    span = re.findall(rb"/ByteRange ?\[[^]]+\]", paper)[0]
    kind = re.findall(rb"/SubFilter ?/[A-Za-z.]+", paper)[0]
    contents = re.findall(rb"/Contents ?<", paper)[0]
    for tail in (b"\n%x", paper):
        yield "B061", paper + tail, broken
    for numbers in (b"[0 0 0 0]", b"[0 -1 10 10]", b"[0 9999999999999 1 1]", b"[]"):
        forged = (b"/ByteRange " + numbers).ljust(len(span))
        yield "B064", paper.replace(span, forged), never
    at = paper.index(contents) + len(contents)
    yield "B065", paper[:at] + b"0" * (paper.index(b">", at) - at) + paper[paper.index(b">", at) :], never
    yield "B065", paper.replace(span, span.replace(b"/ByteRange", b"/BytesRang")), never
    yield "B065", paper.replace(contents, contents.replace(b"/Contents", b"/Contentz")), never
    yield "B066", paper.replace(kind, b"/SubFilter /adbe.x509".ljust(len(kind))[: len(kind)]), never
    yield "B067", paper[: paper.index(b"%%EOF") + 5] + b"\n", frozenset({Verdict.UNSIGNED})


def endless() -> bytes:
    """Return a paper whose table leads to itself."""
    return HEAD + b"xref\n0 1\n0000000000 65535 f \n" + TAIL % (b" /Prev %d" % len(HEAD), len(HEAD))


def crowded() -> bytes:
    """Return a paper of many objects and no table."""
    return HEAD + b"".join(b"%d 0 obj null endobj\n" % n for n in range(2, 200_000)) + TAIL % (b"", 9)


def packed() -> bytes:
    """Return a paper with a stream of 200 mebibytes, packed twice."""
    bomb = zlib.compress(zlib.compress(b"0" * 200 * MEBIBYTE, 9), 9)
    stream = b"2 0 obj <</Length %d /Filter %s>> stream\n%s\nendstream endobj\n"
    return HEAD + stream % (10**12, b"[/FlateDecode /FlateDecode]", bomb) + TAIL % (b"", 9)


HEAD: Final = b"%PDF-1.7\n1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj\n"
TAIL: Final = b"trailer <</Root 1 0 R /Size 3%s>>\nstartxref\n%d\n%%%%EOF\n"
CRAFTED: Final[Mapping[str, Callable[[], bytes]]] = {
    "endless table": endless,
    "many objects": crowded,
    "packed twice": packed,
}
"""What makes files that would keep whoever reads them busy for long, or fill the memory."""


def receipts(receipt: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield files that look like a receipt of the record, and prove nothing."""
    proof, note = list(receipt["proof"]), receipt["checkpoint"]
    lines = note.split("\n")
    for index in (-1, 10**6, 10**30, receipt["index"] + 1):
        yield {**receipt, "index": index}
    for path in (
        proof[:-1],
        [*proof, proof[0]],
        [],
        [proof[0]] * 500,
        ["zz"],
        [f" {proof[0]}", *proof[1:]],
    ):
        yield {**receipt, "proof": path}
    for size in ("0", "-1", "007", "9" * 40):
        yield {**receipt, "checkpoint": "\n".join([lines[0], size, *lines[2:]])}
    for root in (lines[2].rstrip("="), f"{lines[2]}=", lines[2].replace("=", "!"), f"{lines[2]}\n{lines[2]}"):
        yield {**receipt, "checkpoint": "\n".join([*lines[:2], root, *lines[3:]])}
    # What two entries hash to is no entry: 64 bytes of hashes where a leaf is asked for.
    yield {**receipt, "leaf": "".join(proof)[:128], "index": receipt["index"] // 2, "proof": proof[1:]}
