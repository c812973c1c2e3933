"""Writing the file, small, and without a stream whose end could be read in two ways.

A stream is followed by a line end that does not belong to it. If its own last byte is a carriage return, the two
look like one line end, and strict readers count the stream as one byte too short. So no stream ends like that.
"""

import io
import zlib
from collections.abc import Iterator

import pikepdf
from pikepdf import Dictionary, Name, Object, Pdf, Stream

_AMBIGUOUS = b"\r\nendstream"
_MOVABLE = ("/MarkInfo", "/ViewerPreferences", "/OutputIntents", "/AF")
_ON_EACH_PAGE = "/MediaBox"


def saved(pdf: Pdf, *, plain: range = range(0)) -> bytes:
    """Return the file's bytes, the same for the same content; `plain` numbers objects known to be no streams."""
    last = pdf.make_indirect(Dictionary()).objgen[0]
    for number in (*range(1, plain.start), *range(plain.stop, last)):
        one = pdf.get_object(number, 0)
        if isinstance(one, Stream) and one.get("/Type") != Name.Metadata:
            _compress(one)
    # Streams just written would be compressed once more; read from a file they are left as they are.
    with pikepdf.open(io.BytesIO(_written(pdf, compress=False))) as settled:
        file = _written(settled, compress=True)
        for holder, key in _movable(settled):
            if _AMBIGUOUS not in file:
                break
            # The streams that hold the other objects are made on writing. One object more that stands by
            # itself gives all later ones another number, and with it these streams another end.
            holder[key] = settled.make_indirect(holder[key])
            file = _written(settled, compress=True)
    return file


def _movable(pdf: Pdf) -> Iterator[tuple[Object, str]]:
    """Yield what may stand by itself as well as inside something: in the file's catalogue, then on each page."""
    yield from ((pdf.Root, key) for key in _MOVABLE if key in pdf.Root)
    yield from ((page.obj, _ON_EACH_PAGE) for page in pdf.pages)


def _compress(stream: Stream) -> None:
    """Deflate a stream; one that ends in a carriage return gets a byte behind it, which every reader skips."""
    deflated = zlib.compress(stream.read_bytes(), 9)
    stream.write(deflated + b"\n" if deflated.endswith(b"\r") else deflated, filter=Name.FlateDecode)


def _written(pdf: Pdf, *, compress: bool) -> bytes:
    file = io.BytesIO()
    pdf.save(
        file,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=compress,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        min_version="1.7",
    )
    return file.getvalue()
