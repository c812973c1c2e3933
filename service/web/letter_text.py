"""A mail as plain text: wrapped, quotations and changes marked, addresses in full."""

from collections.abc import Iterable
from textwrap import wrap

from service.web.letter import Letter, Part, Piece

WIDTH = 72


def text_of(letter: Letter, footer: Iterable[Piece]) -> str:
    """Return a mail as text; the footer stands under a line."""
    told = "\n\n".join(_piece(piece) for piece in letter.pieces)
    return f"{told}\n\n---\n" + "\n\n".join(_piece(piece) for piece in footer) + "\n"


def _piece(piece: Piece) -> str:
    match piece.part:
        case Part.HEADING:
            # A line of its own length under it tells a heading to eyes and to screen readers alike.
            words = _wrapped(piece.text)
            return f"{words}\n{'=' * min(WIDTH, max(len(line) for line in words.splitlines()))}"
        case Part.QUOTATION:
            return "\n".join(_wrapped(line, "> ") or ">" for line in piece.text.splitlines())
        case Part.CHANGES:
            return "\n".join(_wrapped(line, "- ", "  ") for line in piece.lines)
        case Part.LINK | Part.SECRET:
            return f"{_wrapped(piece.text)}\n{piece.address}"
        case Part.PARAGRAPH:
            return _wrapped(piece.text)


def _wrapped(text: str, first: str = "", others: str | None = None) -> str:
    return "\n".join(
        wrap(
            text,
            WIDTH,
            initial_indent=first,
            subsequent_indent=first if others is None else others,
            break_long_words=False,
            break_on_hyphens=False,
        )
    )
