"""The keys that the pages know: one table, from which the help is made. Whoever adds a key adds it here.

A key that is a single letter is one of the pages' own: it has to be listed with `own`, and a person must be able to
switch it off (WCAG 2.2, 2.1.4). What the browser does with Tab or Enter is listed for those who are new to it.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Key:
    """One key, or several pressed together, and what it does, as an English sentence for the catalogue."""

    keys: tuple[str, ...]
    does: str


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of one place, named in English for the catalogue; to `own` ones the pages themselves listen."""

    where: str
    keys: tuple[Key, ...]
    own: bool = False


KEYS: tuple[Keys, ...] = (
    Keys(
        "On every page",
        (
            Key(("Tab",), "Go to the next link, field or button. The first one leads past the navigation."),
            Key(("Shift", "Tab"), "Go back to the one before."),
            Key(("Enter",), "Follow a link, press a button, send the form of a line."),
            Key(("Space",), "Press a button, tick a box, open or close what is folded."),
            Key(("Alt", "←"), "Go back to the page before."),
            Key(("Ctrl", "P"), "Print the page. It is laid out for paper, and shows where a text changed."),
        ),
    ),
    Keys(
        "In forms",
        (
            Key(("↑ ↓",), "Choose among options, or in a list."),
            Key(("Tab",), "Leave a field of text. No field keeps you in it."),
            Key(("Enter",), "In a field of text: begin a new line. Nothing is sent by it."),
        ),
    ),
    Keys(
        "In wide tables and pictures",
        (
            Key(("Tab",), "Reach the table or the picture, where it is wider than the page."),
            Key(("← →",), "Move it sideways."),
        ),
    ),
)
