"""A mail being written: its pieces, from which text, HTML and the facility's page are made alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from service.domain.text.sentences import Sentence
from service.web.languages import Language
from service.web.redlines import told

SUBJECT_LENGTH = 150


class Part(StrEnum):
    """What a piece of a mail is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    QUOTATION = "quotation"
    CHANGES = "changes"
    LINK = "link"
    SECRET = "secret"  # noqa: S105 - a kind of piece, not a password


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a mail: its words, its lines where it is a list, and where it leads to where it is a link."""

    part: Part
    text: str = ""
    lines: tuple[str, ...] = ()
    address: str = ""


@dataclass
class Letter:
    """A mail being written; templates say its pieces, in their order.

    Text of anybody comes in as a value and stays text: it becomes neither a link nor a heading nor a tag.
    """

    base_url: str
    language: Language
    secret_address: str = ""
    title: str = ""
    because: str = ""
    pieces: list[Piece] = field(default_factory=list)

    def subject(self, words: str) -> None:
        """Say what the mail is about."""
        line = " ".join(words.split())
        self.title = line if len(line) <= SUBJECT_LENGTH else f"{line[: SUBJECT_LENGTH - 1]}…"

    def why(self, words: str) -> None:
        """Say why the reader gets it."""
        self.because = words

    def say(self, words: str) -> None:
        """Say a paragraph."""
        self.pieces.append(Piece(Part.PARAGRAPH, words))

    def quote(self, text: str) -> None:
        """Quote what somebody wrote, if anything."""
        if text:
            self.pieces.append(Piece(Part.QUOTATION, text))

    def changes(self, sentences: Sequence[Mapping[str, object]]) -> None:
        """Tell a change of a text in words."""
        lines = tuple(told(self.language, _sentence(written)) for written in sentences)
        if lines:
            self.pieces.append(Piece(Part.CHANGES, lines=lines))

    def list(self, lines: Sequence[str]) -> None:
        """List things."""
        self.pieces.append(Piece(Part.CHANGES, lines=tuple(lines)))

    def link(self, path: str, words: str) -> None:
        """Offer a page of the service."""
        self.pieces.append(Piece(Part.LINK, words, address=f"{self.base_url}{path}"))

    def secret(self, words: str) -> None:
        """Offer the secret link that the mail carries; where the mail is only looked at, it has no address."""
        self.pieces.append(Piece(Part.SECRET, words, address=self.secret_address))

    def enclose(self, other: "Letter") -> None:
        """Tell another mail inside this one, under its subject."""
        self.pieces += [Piece(Part.HEADING, other.title), *other.pieces]


def _sentence(written: Mapping[str, object]) -> Sentence:
    values, plural = written["values"], written["plural"]
    return Sentence(
        str(written["template"]),
        values if isinstance(values, Mapping) else {},
        str(plural) if plural is not None else None,
    )
