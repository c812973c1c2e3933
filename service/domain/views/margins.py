"""Views of what lies beside a text before any of it is read: where it lies, and whether it still asks for something."""

from dataclasses import dataclass

from service.domain.amendments import AmendmentState
from service.domain.comments import UNSETTLED, CommentState
from service.domain.text import Knot


@dataclass(frozen=True, slots=True)
class AmendmentMark:
    """An amendment, and the blocks of the current text that it lies beside; None is the beginning."""

    id: str
    number: int | None
    state: AmendmentState
    stands: bool
    blocks: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class CommentMark:
    """A thread, and the block that it is about, if any.

    `version` is the number of the version it was made on; `lost` tells that its words stand nowhere any more.
    """

    id: str
    state: CommentState
    block_id: str | None
    version: int
    lost: bool

    @property
    def asks(self) -> bool:
        """Whether it still asks for something."""
        return self.state in UNSETTLED


@dataclass(frozen=True, slots=True)
class MarginMarks:
    """Everything that lies beside the current text of a recommendation, and where not all of it can stand."""

    amendments: tuple[AmendmentMark, ...]
    comments: tuple[CommentMark, ...]
    knots: tuple[Knot, ...]
