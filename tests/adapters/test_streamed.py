import io

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfStrictReadError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.xref import ObjStreamRef

from service.adapters.streamed import StreamedReader


def in_streams(reader: PdfFileReader) -> dict[int, ObjStreamRef]:
    """Return where each object lies that lies in a stream."""
    found = {}
    for number in range(1, int(reader.trailer["/Size"])):
        place = reader.xrefs[generic.Reference(number, 0, reader)]
        if isinstance(place, ObjStreamRef):
            found[number] = place
    return found


def test_every_object_is_read_as_the_library_reads_it(sealed: bytes) -> None:
    ours, library = StreamedReader(sealed), PdfFileReader(io.BytesIO(sealed))

    numbers = in_streams(library)

    assert len(numbers) > 100
    for number in list(numbers)[::7]:
        here, there = (generic.Reference(number, 0, one).get_object() for one in (ours, library))
        assert repr(here) == repr(there)


@pytest.mark.parametrize("beside", [1, -1, 100_000])
def test_an_object_that_is_not_where_it_is_said_to_be_is_refused(sealed: bytes, beside: int) -> None:
    reader = StreamedReader(sealed)
    number, place = next((n, p) for n, p in in_streams(reader).items() if p.ix_in_stream == 1)

    with pytest.raises(PdfStrictReadError):
        reader._get_object_from_stream(number, place.obj_stream_id, place.ix_in_stream + beside)


def test_what_is_no_stream_of_objects_is_refused(sealed: bytes) -> None:
    reader = StreamedReader(sealed)
    metadata = reader.root.raw_get("/Metadata").idnum

    with pytest.raises((PdfStrictReadError, KeyError)):
        reader._get_object_from_stream(1, metadata, 0)
