"""What is drawn in a figure, as a file of SVG."""

from collections.abc import Sequence
from dataclasses import dataclass

from service.adapters.pdf.surface import PAGE_HEIGHT

OUTLINE = 0.8


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape by the name of its element, its points from the top left of the page, and how it is painted."""

    name: str
    points: tuple[float, ...]
    fill: str = ""
    stroke: str = ""
    thickness: float = OUTLINE
    radius: float = 0


def svg(shapes: Sequence[Shape], place: tuple[float, float, float, float]) -> tuple[str, float, float]:
    """Return a figure that takes a place on its page (from the bottom left), its width and its height."""
    left, bottom, right, top = place
    corner = (left, PAGE_HEIGHT - top)
    width, height = round(right - left, 2), round(top - bottom, 2)
    parts = "".join(_element(shape, corner) for shape in shapes)
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}">'
    return f"{opening}{parts}</svg>", width, height


def _element(shape: Shape, corner: tuple[float, float]) -> str:
    at = [round(edge - corner[index % 2], 2) for index, edge in enumerate(shape.points)]
    place = {
        "line": lambda: f'x1="{at[0]:g}" y1="{at[1]:g}" x2="{at[2]:g}" y2="{at[3]:g}"',
        "rect": lambda: f'x="{at[0]:g}" y="{at[1]:g}" width="{at[2] - at[0]:g}" height="{at[3] - at[1]:g}"',
        "circle": lambda: f'cx="{at[0]:g}" cy="{at[1]:g}" r="{shape.radius:g}"',
        "polygon": lambda: f'points="{" ".join(f"{edge:g}" for edge in at)}"',
    }[shape.name]()
    painted = f'fill="{shape.fill or "none"}" stroke="{shape.stroke or "none"}"'
    return f'<{shape.name} {place} {painted} stroke-width="{shape.thickness:g}"/>'
