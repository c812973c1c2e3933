"""Reading the objects of a PDF that lie many in one stream, and each stream's list of them once.

The library reads that list anew for every object, up to the one that is wanted: for a paper of a hundred pages that is
most of the time that a check takes. What is found, and what is refused, is the same.
"""

import io
from functools import lru_cache

from pyhanko.pdf_utils import generic, misc
from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.misc import PdfStrictReadError
from pyhanko.pdf_utils.reader import PdfFileReader

_MOST = 4_096


class StreamedReader(PdfFileReader):
    """The library's strict reader, with a memory for the lists of streams."""

    def __init__(self, pdf: bytes) -> None:
        super().__init__(io.BytesIO(pdf))
        self._listed = lru_cache(maxsize=_MOST)(self._list)

    def _get_object_from_stream(self, idnum: int, stmnum: int, idx: int) -> generic.PdfObject:
        data, first, places = self._listed(stmnum)
        if not 0 <= idx < len(places):
            raise PdfStrictReadError("Object stream does not contain index")
        number, offset = places[idx]
        if number != idnum or any(other == idnum for other, _ in places[:idx]):
            raise PdfStrictReadError("Object is in wrong index.")
        content = io.BytesIO(data)
        content.seek(first + offset)
        try:
            found: generic.PdfObject = generic.read_object(content, generic.Reference(idnum, 0, self))
        except (misc.PdfStreamError, misc.PdfReadError) as error:
            raise PdfStrictReadError(f"Can't read object stream: {error}") from error
        if isinstance(found, (generic.StreamObject, generic.IndirectObject)):
            raise PdfStrictReadError("Encountered forbidden object type in object stream")
        return found

    def _list(self, stmnum: int) -> tuple[bytes, int, list[tuple[int, int]]]:
        """Return a stream's content, where its objects begin, and each object's number and place among them."""
        stream = generic.Reference(stmnum, 0, self).get_object()
        if not isinstance(stream, generic.StreamObject) or stream["/Type"] != "/ObjStm":
            raise PdfStrictReadError("This is no object stream.")
        data, first = stream.read_data(DecodePurpose.OBJECT_STREAM), int(stream["/First"])
        numbers = data[:first].split()
        if len(numbers) != 2 * int(stream["/N"]) or not all(map(bytes.isdigit, numbers)):
            raise PdfStrictReadError("Object stream header possibly corrupted")
        values = [int(number) for number in numbers]
        return data, first, list(zip(values[::2], values[1::2], strict=True))
