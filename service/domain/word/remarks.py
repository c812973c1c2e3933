"""What is told of a document that came back, beside the text that was taken of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

_SHOWN: Final = 120


class Ignored(StrEnum):
    """What a document may hold and a recommendation cannot."""

    TABLE = "table"
    PICTURE = "picture"
    COMMENT = "comment"
    NOTE = "note"
    SYMBOL = "symbol"
    LINK = "link"


class RemarkKind(StrEnum):
    """What there is to say about a document."""

    EARLIER_VERSION = "earlier_version"
    VERSION_UNKNOWN = "version_unknown"
    UNTRACKED_CHANGE = "untracked_change"
    UNTRACKED_PARAGRAPH = "untracked_paragraph"
    MISSING_PARAGRAPH = "missing_paragraph"
    IGNORED = "ignored"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that was not understood, or not taken: a sentence, and the number of the block it is about, or 0."""

    kind: RemarkKind
    block: int
    template: str
    values: Mapping[str, object]

    @property
    def text(self) -> str:
        """The sentence in English."""
        return self.template % self.values


def remarked(template: str, kind: RemarkKind, block: int = 0, /, **values: object) -> Remark:
    """Return a remark; the catalogue of sentences is gathered from the calls of this function."""
    return Remark(kind, block, template, values)


def shown(text: str) -> str:
    """Return as much of a paragraph as tells which one it is."""
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rsplit(' ', 1)[0]} …"


def ignored(what: Ignored, count: int) -> Remark:
    """Tell that the document holds something that is not taken."""
    kind = RemarkKind.IGNORED
    match what:
        case Ignored.TABLE:
            return remarked(
                "Tables are not taken (%(count)s): write what they say as text.", kind, count=count
            )
        case Ignored.PICTURE:
            return remarked("Pictures, drawings and formulas are not taken (%(count)s).", kind, count=count)
        case Ignored.COMMENT:
            return remarked(
                "Comments in the margin are not taken (%(count)s): write them here, beside the text.",
                kind,
                count=count,
            )
        case Ignored.NOTE:
            return remarked("Footnotes and endnotes are not taken (%(count)s).", kind, count=count)
        case Ignored.SYMBOL:
            return remarked(
                "Signs that only a special font can show are not taken (%(count)s).", kind, count=count
            )
        case _:
            return remarked(
                "Links that lead neither to the web nor to a mailbox are not taken (%(count)s); their words are.",
                kind,
                count=count,
            )


def earlier_version(number: int, current: int) -> Remark:
    """Tell that the document was made from another version than the current one."""
    return remarked(
        "Your document was made from version %(number)s; version %(current)s is the current one.",
        RemarkKind.EARLIER_VERSION,
        number=number,
        current=current,
    )


def version_unknown(current: int) -> Remark:
    """Tell that the document does not say from which version it was made."""
    return remarked(
        "Your document does not say from which version it was made, so it is compared with version %(current)s.",
        RemarkKind.VERSION_UNKNOWN,
        current=current,
    )


def unchanged() -> Remark:
    """Tell that the document says what the version says."""
    return remarked("Your document says the same as the version it was made from.", RemarkKind.UNCHANGED)


def untracked_change(block: int) -> Remark:
    """Tell that a paragraph was changed while changes were not tracked."""
    return remarked(
        "Block %(block)s was also changed while changes were not tracked. "
        "It is taken as it stands in your document: please check it.",
        RemarkKind.UNTRACKED_CHANGE,
        block,
        block=block,
    )


def untracked_paragraph(text: str) -> Remark:
    """Tell that there is a paragraph that the version does not have, and that is not marked as new."""
    return remarked(
        "This paragraph is not in the version, and not marked as new. It is taken as a new one: “%(text)s”",
        RemarkKind.UNTRACKED_PARAGRAPH,
        text=shown(text),
    )


def missing_paragraph(block: int, text: str) -> Remark:
    """Tell that a paragraph of the version is not in the document, and was not struck out there."""
    return remarked(
        "This paragraph is missing in your document, and was not struck out there. It is kept; "
        "strike it out below if it should go: “%(text)s”",
        RemarkKind.MISSING_PARAGRAPH,
        block,
        text=shown(text),
    )
