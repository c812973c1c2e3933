"""What can be said of a paper after it was made again from the data inside."""

from dataclasses import dataclass
from enum import StrEnum


class Likeness(StrEnum):
    """The answer in one word."""

    SAME = "same"
    DIFFERS = "differs"
    NO_PAPER = "no paper"
    UNKNOWN = "unknown"

    @property
    def exit_code(self) -> int:
        """What a script sees: 0 the same, 1 another, 2 not such a paper, 3 cannot tell."""
        return list(Likeness).index(self)


@dataclass(frozen=True, slots=True)
class Reproduction:
    """How a paper compares with what its own data give.

    `size` and `digest` (SHA-256) are those of the bytes made again, `behind` counts the bytes that follow them in
    the file, and `others` names what was used in another version then than now.
    """

    likeness: Likeness
    size: int = 0
    digest: str = ""
    behind: int = 0
    others: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The answer in words."""
        if self.likeness is Likeness.SAME:
            return (
                f"The data inside give exactly the first {self.size} bytes of this file. {self.behind} bytes follow "
                "them: whether these are a seal and nothing else, “sympolity verify” tells."
            )
        if self.likeness is Likeness.DIFFERS:
            return "The data inside give another paper than this one, with the same versions that made it."
        if self.likeness is Likeness.NO_PAPER:
            return "This is no paper that holds its own data and says how it was made from them."
        return (
            f"This cannot be told here: the paper was made with other versions of {', '.join(self.others)}."
            if self.others
            else "This cannot be told: the paper could not be made again within the time and memory for it."
        )
