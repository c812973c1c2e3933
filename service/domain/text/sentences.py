"""Every sentence about a change that there can be, in one table to be translated."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from service.domain.text.blocks import BlockKind
from service.domain.text.display import BlockState

REPLACES: Final = "Replaces “%(old)s” by “%(new)s”."
ADDS: Final = "Adds “%(new)s” after “%(context)s”."
ADDS_FIRST: Final = "Adds “%(new)s” before “%(context)s”."
ADDS_ALL: Final = "Adds “%(new)s”."
REMOVES: Final = "Removes “%(old)s”."
EMPHASISES: Final = "Emphasises “%(new)s”."
PLAYS_DOWN: Final = "No longer emphasises “%(new)s”."
SETS_BOLD: Final = "Sets “%(new)s” in bold."
SETS_LIGHT: Final = "No longer sets “%(new)s” in bold."
LINKS: Final = "Links “%(new)s” to %(address)s."
LINKS_ELSEWHERE: Final = "Links “%(new)s” to %(address)s instead of %(old)s."
UNLINKS: Final = "Takes the link to %(old)s off “%(new)s”."
ADDS_BLOCK: Final[Mapping[BlockKind, str]] = {
    BlockKind.HEADING: "Adds the heading “%(new)s”.",
    BlockKind.PARAGRAPH: "Adds the paragraph “%(new)s”.",
    BlockKind.LIST_ITEM: "Adds the list item “%(new)s”.",
    BlockKind.QUOTATION: "Adds the quotation “%(new)s”.",
}
REMOVES_BLOCK: Final[Mapping[BlockKind, str]] = {
    BlockKind.HEADING: "Removes the heading “%(old)s”.",
    BlockKind.PARAGRAPH: "Removes the paragraph “%(old)s”.",
    BlockKind.LIST_ITEM: "Removes the list item “%(old)s”.",
    BlockKind.QUOTATION: "Removes the quotation “%(old)s”.",
}
MOVES_BLOCK: Final[Mapping[BlockKind, str]] = {
    BlockKind.HEADING: "Moves the heading “%(new)s” after “%(context)s”.",
    BlockKind.PARAGRAPH: "Moves the paragraph “%(new)s” after “%(context)s”.",
    BlockKind.LIST_ITEM: "Moves the list item “%(new)s” after “%(context)s”.",
    BlockKind.QUOTATION: "Moves the quotation “%(new)s” after “%(context)s”.",
}
MOVES_FIRST: Final[Mapping[BlockKind, str]] = {
    BlockKind.HEADING: "Moves the heading “%(new)s” to the beginning.",
    BlockKind.PARAGRAPH: "Moves the paragraph “%(new)s” to the beginning.",
    BlockKind.LIST_ITEM: "Moves the list item “%(new)s” to the beginning.",
    BlockKind.QUOTATION: "Moves the quotation “%(new)s” to the beginning.",
}
MAKES_BLOCK: Final[Mapping[BlockKind, str]] = {
    BlockKind.HEADING: "Makes “%(new)s” a heading.",
    BlockKind.PARAGRAPH: "Makes “%(new)s” a paragraph.",
    BlockKind.LIST_ITEM: "Makes “%(new)s” a list item.",
    BlockKind.QUOTATION: "Makes “%(new)s” a quotation.",
}
SPLITS: Final[Mapping[BlockKind, str]] = {
    BlockKind.HEADING: "Begins a new heading at “%(new)s”.",
    BlockKind.PARAGRAPH: "Begins a new paragraph at “%(new)s”.",
    BlockKind.LIST_ITEM: "Begins a new list item at “%(new)s”.",
    BlockKind.QUOTATION: "Begins a new quotation at “%(new)s”.",
}
JOINS: Final = "Joins “%(old)s” to what stands before it."
LEVEL: Final = "Changes the level of “%(new)s” from %(from)s to %(to)s."

NOTHING: Final = "Nothing changes."
CHANGES: Final = ("%(count)s change:", "%(count)s changes:")
MORE: Final = ("And %(count)s more change.", "And %(count)s more changes.")

NOTES: Final[Mapping[BlockState, str]] = {
    BlockState.INSERTED: "New paragraph",
    BlockState.REMOVED: "Paragraph struck out",
    BlockState.SPLIT: "Now a paragraph of its own",
    BlockState.MOVED: "Moved here",
    BlockState.JOINED: "Joined with what followed it",
    BlockState.CHANGED: "",
    BlockState.RESTYLED: "Same words, other form",
    BlockState.KEPT: "",
}
"""What stands above a block of which more is to be told than its words; nothing where they tell all."""

NOW_EMPHASISED: Final = "now emphasised"
NOT_EMPHASISED: Final = "no longer emphasised"
NOW_BOLD: Final = "now bold"
NOT_BOLD: Final = "no longer bold"
NOW_LINKED: Final = "now a link to %(address)s"
NOT_LINKED: Final = "no longer a link"

REMOVED_WORDS: Final = "[removed: %(words)s]"
ADDED_WORDS: Final = "[added: %(words)s]"
REMARK: Final = "[%(remarks)s]"
READING: Final = "Words that go stand in [removed: …], words that come in [added: …]."

TEMPLATES: Final[tuple[str | tuple[str, str], ...]] = (
    *(REPLACES, ADDS, ADDS_FIRST, ADDS_ALL, REMOVES, JOINS, LEVEL),
    *(EMPHASISES, PLAYS_DOWN, SETS_BOLD, SETS_LIGHT, LINKS, LINKS_ELSEWHERE, UNLINKS),
    *(
        text
        for table in (ADDS_BLOCK, REMOVES_BLOCK, MOVES_BLOCK, MOVES_FIRST, MAKES_BLOCK, SPLITS)
        for text in table.values()
    ),
    *(NOTHING, CHANGES, MORE),
    *(note for note in NOTES.values() if note),
    *(NOW_EMPHASISED, NOT_EMPHASISED, NOW_BOLD, NOT_BOLD, NOW_LINKED, NOT_LINKED),
    *(REMOVED_WORDS, ADDED_WORDS, READING),
)
"""Every sentence there can be, for translation; a pair is the form for one and the form for many."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A template to translate, and its values; with a plural, the form follows the value named `count`."""

    template: str
    values: Mapping[str, object] = field(default_factory=dict)
    plural: str | None = None

    @property
    def count(self) -> int:
        """The number that the form depends on."""
        return int(str(self.values["count"]))

    @property
    def text(self) -> str:
        """The sentence in English."""
        form = self.plural if self.plural is not None and self.count != 1 else self.template
        return form % self.values


def counted(forms: tuple[str, str], count: int) -> Sentence:
    """Return the sentence with a number in it."""
    return Sentence(forms[0], {"count": count}, forms[1])
