"""The look: grid, type scale and colours; all measures in points."""

from dataclasses import replace

from service.adapters.pdf.fonts import Face
from service.adapters.pdf.paragraphs import Style
from service.adapters.pdf.surface import PAGE_WIDTH
from service.domain.publication import Recommendation, Standing

LEFT = 141.7
RIGHT = 68.0
TOP = 86.0
COLUMN = PAGE_WIDTH - LEFT - RIGHT
MARGIN_OFFSET = 91.0
MARGIN_WIDTH = 70.0

INK = "#1b1c1f"
GREY = "#595d66"
HAIRLINE = "#d5d6d9"
RULE = "#8b8d92"
BLUE = "#0b2f6b"
ACCENT = "#0b3f8a"
SAND = "#f3f1ea"
RUST = "#8a4403"
PLUM = "#6a2a5b"
GREEN = "#0d5a4e"
OLIVE = "#55510f"
WHITE = "#ffffff"
PALE = "#dbe4f2"

BODY = Style(Face.SERIF, 10.2, 15.2, INK, after=6.5, divides=True)
SMALL = Style(Face.SERIF, 8.6, 12.6, INK, after=4, divides=True)
QUOTE = replace(BODY, face=Face.SERIF_ITALIC, colour=GREY, before=6, after=8)
ADDRESSEES = {"EU headquarters": ACCENT, "EU Delegations": GREEN, "Cities": PLUM, "Other actors": OLIVE}
"""The colour beside the name of who is asked; the name itself is always there, too."""

ASK = Style(Face.SERIF, 13.4, 19.0, INK, before=20, after=14)
TITLE = Style(Face.SERIF_BOLD, 21, 25, INK, before=7, after=20, balanced=True, stays=True)
KICKER = Style(Face.SANS_BOLD, 8.4, 11, ACCENT, stays=True, bold=Face.SANS_BOLD)
SUBHEADING = Style(Face.SANS_BOLD, 8.8, 12, INK, before=18, after=5, stays=True, bold=Face.SANS_BOLD)
MINOR = Style(Face.SANS_BOLD, 8.2, 11.5, INK, before=16, after=3, stays=True, balanced=True)
LABEL = Style(Face.SANS, 7.8, 11, GREY, bold=Face.SANS_BOLD)
LABEL_INK = replace(LABEL, colour=INK)
LABEL_STRONG = replace(LABEL, face=Face.SANS_BOLD, colour=INK)
LABEL_STAYS = replace(LABEL, stays=True, after=3)
CELL = Style(Face.SANS, 7.8, 10.6, INK, divides=True, bold=Face.SANS_BOLD)
CELL_HEAD = Style(Face.SANS_BOLD, 7.8, 10.6, GREY, bold=Face.SANS_BOLD)
CELL_RIGHT = replace(CELL, align="right")
CELL_HEAD_CENTRE = replace(CELL_HEAD, align="centre")
CELL_HEAD_RIGHT = replace(CELL_HEAD, align="right")
REDLINE = Style(Face.SERIF, 9, 13, INK, after=4, divides=True)
NUMBER = Style(Face.SERIF_BOLD, 10.6, 15.2, ACCENT)
GROUP = Style(Face.SANS_BOLD, 7.8, 10.6, INK, bold=Face.SANS_BOLD)
BRIEF = Style(Face.SERIF, 9.2, 13.2, INK)
NOTE = replace(SMALL, face=Face.SERIF_ITALIC, after=10, stays=True)
IMPRINT = Style(Face.SANS, 8, 12, GREY, after=3, bold=Face.SANS_BOLD)
FINE = Style(Face.SANS, 7.2, 10.4, GREY, after=3, bold=Face.SANS_BOLD)
FOOTER = Style(Face.SANS, 7.4, 10, GREY)

COVER_PROGRAMME = Style(Face.SANS, 10, 14, PALE)
COVER_TITLE = Style(Face.SERIF_BOLD, 35, 39.5, WHITE, balanced=True, bold=Face.SERIF_BOLD)
COVER_MEETING = Style(Face.SANS, 12, 18, WHITE)
COVER_STATUS = Style(Face.SANS, 9, 13.4, INK, after=4, bold=Face.SANS_BOLD)
COVER_NOTE = Style(Face.SANS, 8.8, 13.4, GREY, bold=Face.SANS_BOLD)


def colour_of(addressee: str) -> str:
    """Return the colour in which what is asked of an addressee stands."""
    return ADDRESSEES.get(addressee, ACCENT)


def colour_for(ask: Recommendation) -> str:
    """Return the colour of a recommendation: that of its addressee, who is asked nothing that was not adopted."""
    return GREY if ask.outcome.standing is Standing.NOT_ADOPTED else colour_of(ask.addressee)
