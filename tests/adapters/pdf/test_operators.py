"""The operators are those that the drawing library itself would write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.colors import HexColor
from reportlab.lib.rl_accel import fp_str
from reportlab.pdfgen.pathobject import PDFPathObject

from service.adapters.pdf import operators

PLACES = st.floats(-2000, 2000)


@given(PLACES)
def test_a_number_is_written_as_the_library_writes_it(value: float) -> None:
    assert operators.number(value) == fp_str(value)


@pytest.mark.parametrize(
    "value", [0.0, -0.0, 1e-8, 5e-7, 0.5, -0.5, 1.0, 9.9999999, 10.0, 99.99999, 841.8898, 1000.0]
)
def test_so_is_one_at_an_edge(value: float) -> None:
    assert operators.number(value) == fp_str(value)


@pytest.mark.parametrize("code", ["#0b3f8a", "#ffffff", "#000000", "#d5d6d9"])
def test_a_colour_is_written_as_the_library_writes_it(code: str) -> None:
    colour = HexColor(code)

    assert operators.colour(code) == fp_str(colour.red, colour.green, colour.blue)


@given(PLACES, PLACES, st.floats(0.1, 100))
def test_a_circle_has_the_curves_that_the_library_gives_it(x: float, y: float, radius: float) -> None:
    path = PDFPathObject()
    path.ellipse(x - radius, y - radius, (x + radius) - (x - radius), (y + radius) - (y - radius))

    drawn = operators.circle(x, y, radius, filled=True, outlined=False)

    assert drawn.split() == [*path.getCode().split(), "f*"]


@pytest.mark.parametrize(
    ("filled", "outlined", "painted"), [(True, True, "B*"), (True, False, "f*"), (False, True, "S")]
)
def test_a_shape_is_filled_or_outlined_or_both(*, filled: bool, outlined: bool, painted: str) -> None:
    box = operators.box(1, 2, 3, 4, filled=filled, outlined=outlined)
    triangle = operators.polygon([(0, 0), (1, 0), (1, 1)], filled=filled, outlined=outlined)

    assert (box, triangle) == (f"n 1 2 3 4 re {painted}", f"n 0 0 m 1 0 l 1 1 l h\n{painted}")


def test_a_line_leads_from_one_place_to_another() -> None:
    assert operators.line(1, 2, 3.5, 4) == "n 1 2 m 3.5 4 l S"
