"""Whether every byte behind a seal belongs to an object that the file's own table names, or to that table.

What stands between objects, in remarks, or behind the end of a stream is shown by no reader, and could hold anything.
"""

import io
import re
import zlib
from collections.abc import Iterator
from itertools import pairwise

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfStrictReadError
from pyhanko.pdf_utils.reader import PdfFileReader

_SPACE = rb"[\0\t\n\f\r ]{1,80}+"
_TOKEN = (
    rb"(?:<<|>>|[\[\]]|/[^\0\t\n\f\r ()<>\[\]{}/%]*+|[-+]?[\d.]{1,20}+|R|true|false|null"
    rb"|\((?:[^()\\]|\\.)*+\)|<[0-9A-Fa-f]*+>)"
)
_WORDS = rb"(?:" + _TOKEN + rb"|" + _SPACE + rb")*+"
_END = rb"[\r\n ]{0,4}"
_POINTER = re.compile(_END + rb"startxref[\r\n]{1,2}(\d{1,12})[\r\n]{1,2}%%EOF[\r\n]{0,2}")
_OBJECT = re.compile(rb"(\d{1,10}) 0 obj" + _WORDS + rb"(?:(endobj" + _END + rb")|stream\r?\n)", re.DOTALL)
_BEHIND_A_STREAM = re.compile(rb"\r?\n?endstream[\r\n ]{1,2}endobj(" + _END + rb")")
_BETWEEN = re.compile(rb"[\r\n]{0,2}")
_LETTERS = "/ASCIIHexDecode"
_DEFLATED = "/FlateDecode"
_AROUND_DEFLATED = 64
"""How many bytes a table may take beyond its entries once it is deflated: what has no end could hold anything."""


def is_all(pdf: bytes, start: int, reader: PdfFileReader, first: int) -> bool:
    """Tell whether the objects and tables from one revision on account for every byte from a place on."""
    places = dict(_places(reader, first))
    edges = [*sorted(places), len(pdf)]
    if not _BETWEEN.fullmatch(pdf, start, edges[0]):
        return False
    tables = {reader.xrefs.get_startxref_for_revision(number) for number in range(first, _revisions(reader))}
    return all(
        _fills(pdf[begins:ends], places[begins], begins if begins in tables else None)
        for begins, ends in pairwise(edges)
    )


def is_plain(stream: generic.StreamObject) -> bool:
    """Tell whether a stream holds its content alone: nothing behind its end, and no word beside it."""
    if stream.keys() - {"/Length", "/Filter"}:
        return False
    encoded = bytes(stream.encoded_data)
    if "/Filter" not in stream:
        return True
    if written(stream.raw_get("/Filter")) not in (_LETTERS.encode(), b"[ %s ]" % _LETTERS.encode()):
        return False
    return encoded.removesuffix(b">").lower() == bytes(stream.data).hex().encode()


def written(one: generic.PdfObject) -> bytes:
    """Return an object as it is written, what it refers to by number."""
    output = io.BytesIO()
    one.write_to_stream(output, None)
    return output.getvalue()


def _revisions(reader: PdfFileReader) -> int:
    found: int = reader.xrefs.total_revisions
    return found


def _places(reader: PdfFileReader, first: int) -> Iterator[tuple[int, generic.PdfObject]]:
    """Yield where the objects of each revision begin; its table is one of them."""
    for number in range(first, _revisions(reader)):
        for one in reader.xrefs.explicit_refs_in_revision(number):
            place = reader.xrefs.get_historical_ref(one, number)
            if not isinstance(place, int):
                raise PdfStrictReadError("An object behind the seal lies in another one.")
            yield place, reader.get_object(one, revision=number)  # type: ignore[no-untyped-call]  # pyHanko's own


def _fills(piece: bytes, one: generic.PdfObject, table: int | None) -> bool:
    """Tell whether a piece of the file is an object and nothing else; behind a table, its own place is told."""
    found = _OBJECT.match(piece)
    if found is None:
        return False
    if not isinstance(one, generic.StreamObject):
        return table is None and found[2] is not None and found.end() == len(piece)
    encoded = bytes(one.encoded_data)
    behind = found.end() + len(encoded)
    if found[2] is not None or piece[found.end() : behind] != encoded:
        return False
    if table is None:
        return _BEHIND_A_STREAM.fullmatch(piece, behind) is not None
    ended = _BEHIND_A_STREAM.match(piece, behind)
    pointer = ended and _POINTER.fullmatch(piece, ended.start(1))
    return pointer is not None and int(pointer[1]) == table and _is_plain_table(one, encoded)


def _is_plain_table(table: generic.StreamObject, encoded: bytes) -> bool:
    """Tell whether a table in a stream holds as many entries as it names, and nothing behind them."""
    if table.get("/Filter") != _DEFLATED or "/DecodeParms" in table:
        return False
    inflate = zlib.decompressobj()
    content = inflate.decompress(encoded)
    widths, runs = tuple(map(int, table["/W"])), tuple(map(int, table["/Index"]))
    size = sum(widths)
    if not inflate.eof or inflate.unused_data or widths[:1] != (1,) or len(content) != size * sum(runs[1::2]):
        return False
    if len(encoded) > len(content) + _AROUND_DEFLATED:
        return False
    # The object that is none is named first, if at all; all others are where they say, and replaced by none.
    entries = [content[at : at + size] for at in range(0, len(content), size)]
    if entries and runs[0] == 0 and entries[0] == bytes(size - widths[-1]) + b"\xff" * widths[-1]:
        del entries[0]
    return all(entry[0] == 1 and not any(entry[-widths[-1] :]) for entry in entries)
