"""Files without a stream whose end could be read in two ways."""

import io

import pikepdf
from pikepdf import Array, Dictionary

from service.adapters.pdf import compression


def a_file(variant: int) -> pikepdf.Pdf:
    """Return a file of many objects: a stream that holds some of them may well end in a carriage return."""
    pdf = pikepdf.new()
    for _ in range(5):
        pdf.add_blank_page()
    pdf.Root.Held = Array(pdf.make_indirect(Dictionary(N=number * variant)) for number in range(3000))
    return pdf


def test_no_stream_ends_in_a_carriage_return_however_little_a_file_holds_that_can_be_moved() -> None:
    files = [compression.saved(a_file(variant)) for variant in range(20)]

    assert [file for file in files if b"\r\nendstream" in file] == []
    assert [len(pikepdf.open(io.BytesIO(file)).pages) for file in files] == [5] * len(files)


def test_objects_known_to_be_no_streams_are_not_asked() -> None:
    pdf = a_file(1)
    held = range(pdf.Root.Held[0].objgen[0], pdf.Root.Held[-1].objgen[0] + 1)

    assert compression.saved(pdf, plain=held) == compression.saved(a_file(1))
