"""Fields of a document: words that a word processor worked out from an instruction, which is not part of the text."""

import re
from dataclasses import dataclass, field
from typing import Final

_LINK: Final = re.compile(r'\s*HYPERLINK\s+"([^"]*)"', re.IGNORECASE)
_DEEPEST: Final = 20


@dataclass(slots=True)
class _Field:
    instruction: str = ""
    shows: bool = False


@dataclass(slots=True)
class Fields:
    """The fields that are open at a place of the text, the innermost last."""

    open: list[_Field] = field(default_factory=list)

    def turn(self, kind: str) -> None:
        """Begin a field, turn from its instruction to its words, or end it."""
        if kind == "begin" and len(self.open) < _DEEPEST:
            self.open.append(_Field())
        elif kind == "separate" and self.open:
            self.open[-1].shows = True
        elif kind == "end" and self.open:
            self.open.pop()

    def tell(self, instruction: str) -> None:
        """Take a part of an instruction."""
        if self.open:
            self.open[-1].instruction += instruction

    @property
    def instructs(self) -> bool:
        """Whether what stands here is an instruction."""
        return any(not one.shows for one in self.open)

    @property
    def href(self) -> str:
        """Where the words that stand here lead, if they are a link."""
        return next(filter(None, (target(one.instruction) for one in reversed(self.open))), "")


def target(instruction: str) -> str:
    """Return where a field's words lead, or nothing where it is no link."""
    found = _LINK.match(instruction)
    return found[1] if found is not None else ""
