"""The operators that a page is drawn with, as text: the same that the drawing library writes, written more quickly."""

from collections.abc import Sequence
from functools import cache, lru_cache
from math import cos, pi, sin

_NOTHING = 1e-7
_PLACES = ((10.0, 6), (100.0, 5), (1000.0, 4), (float("inf"), 3))
_KAPPA = abs(4.0 / 3.0 * (1.0 - cos(pi / 4)) / sin(pi / 4))
_PAINTED = {(False, False): "n", (True, False): "f*", (False, True): "S", (True, True): "B*"}


@lru_cache(maxsize=50_000)
def number(value: float) -> str:
    """Return a number with about six digits that say something, and none that does not."""
    size = abs(value)
    if size <= _NOTHING:
        return "0"
    places = next(places for below, places in _PLACES if size < below)
    text = f"{value:.{places}f}".rstrip("0").rstrip(".")
    return text[1:] if text[0] == "0" and len(text) > 1 else text


@cache
def colour(code: str) -> str:
    """Return a colour, such as #0b3f8a, as the operands of an operator."""
    return " ".join(number(int(code[at : at + 2], 16) / 255) for at in (1, 3, 5))


def line(x: float, y: float, to_x: float, to_y: float) -> str:
    """Return a straight line."""
    return f"n {number(x)} {number(y)} m {number(to_x)} {number(to_y)} l S"


def box(x: float, y: float, width: float, height: float, *, filled: bool, outlined: bool) -> str:
    """Return a rectangle."""
    edges = f"{number(x)} {number(y)} {number(width)} {number(height)}"
    return f"n {edges} re {_PAINTED[filled, outlined]}"


def circle(x: float, y: float, radius: float, *, filled: bool, outlined: bool) -> str:
    """Return a circle, of four curves."""
    left, bottom = x - radius, y - radius
    right, top = left + ((x + radius) - left), bottom + ((y + radius) - bottom)
    middle, centre = (left + right) / 2.0, (top + bottom) / 2.0
    across, down = (right - left) / 2.0, (bottom - top) / 2.0
    parts = ["n"]
    for quarter in _quarters():
        points = [
            number(middle + across * at) if index % 2 == 0 else number(centre - down * at)
            for index, at in enumerate(quarter)
        ]
        if len(parts) == 1:
            parts.append(f"{points[0]} {points[1]} m")
        parts.append(f"{' '.join(points[2:])} c")
    return "\n".join((*parts, _PAINTED[filled, outlined]))


def polygon(points: Sequence[tuple[float, float]], *, filled: bool, outlined: bool) -> str:
    """Return a closed shape."""
    places = [f"{number(x)} {number(y)}" for x, y in points]
    return f"n {' l '.join([f'{places[0]} m {places[1]}', *places[2:]])} l h\n{_PAINTED[filled, outlined]}"


@cache
def _quarters() -> tuple[tuple[float, ...], ...]:
    """Return the points of the four curves of a circle of radius 1, each as eight measures."""
    found = []
    for quarter in range(4):
        start, end = quarter * 90.0 * pi / 180.0, (quarter + 1) * 90.0 * pi / 180.0
        found.append(
            (
                cos(start),
                sin(start),
                cos(start) - _KAPPA * sin(start),
                sin(start) + _KAPPA * cos(start),
                cos(end) + _KAPPA * sin(end),
                sin(end) - _KAPPA * cos(end),
                cos(end),
                sin(end),
            )
        )
    return tuple(found)
