"""Objects written behind a file as text are read as if they had been in it."""

import io

import pikepdf
import pytest
from pikepdf import Dictionary, Name, String

from service.adapters.pdf import update
from service.adapters.pdf.update import Update


def a_file() -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.docinfo.Title = String("Kept")
    file = io.BytesIO()
    pdf.save(file, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return file.getvalue()


@pytest.mark.parametrize("end", [b"", b"\n"])
def test_an_object_behind_a_file_is_read_like_those_in_it(end: bytes) -> None:
    written = Update(a_file().rstrip(b"\n") + end)
    later = written.add()
    first = written.add(f"<< /Page {written.pages[0]} /Later {later} >>")
    written.put(later, "<< /Type /Later >>")

    with pikepdf.open(io.BytesIO(written.written())) as pdf:
        found = pdf.get_object(update.number_of(first), 0)
        assert found.Page.objgen == pdf.pages[0].obj.objgen
        assert found.Later == Dictionary(Type=Name.Later)
        assert str(pdf.docinfo.Title) == "Kept"
        assert pdf.check_pdf_syntax() == []


def test_the_numbers_behind_a_file_follow_those_in_it() -> None:
    written = Update(a_file())

    named = [written.add("null"), written.add("null")]

    assert [update.number_of(one) for one in named] == [*written.behind]
    assert written.behind.start == written.before.stop


@pytest.mark.parametrize("text", ["Plain (with) brackets\\", "é – „x“", "Ελλάδα", "😀", ""])
def test_a_string_is_read_back_as_it_was(text: str) -> None:
    assert str(pikepdf.Object.parse(update.string(text).encode())) == text


@pytest.mark.parametrize(
    ("value", "text"), [(0.0, "0"), (12.0, "12"), (141.704, "141.7"), (0.25, "0.25"), (-3.5, "-3.5")]
)
def test_a_measure_is_told_to_a_hundredth_and_no_longer_than_it_must(value: float, text: str) -> None:
    assert update.number(value) == text
