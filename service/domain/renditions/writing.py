"""What the parts of a rendition are written with: the edition, who says it, and which translations go in."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from service.domain.particulars import Particular, due_of, success_of
from service.domain.publication import Amendment, Evidence, Recommendation, Snapshot, Standing
from service.domain.renditions.courtesy import Courtesies
from service.domain.renditions.facts import Facts
from service.domain.renditions.tree import (
    Heading,
    Line,
    Listing,
    Manner,
    Paragraph,
    Piece,
    Words,
    line,
    link,
    strong,
)
from service.domain.renditions.voice import Voice, housed
from service.domain.text import Block, BlockKind
from service.domain.text.looks import Look, stretches

TITLE, ASK, WHY = 0, 1, 2
LOWEST = 3


@dataclass(frozen=True, slots=True)
class Writing:
    """An edition being written in another format."""

    snapshot: Snapshot
    facts: Facts
    voice: Voice
    courtesies: Courtesies

    def its(self, text: str, language: str = "") -> Words:
        """Return words of the edition, which are in its language unless another is named."""
        return Words(text, language or self.snapshot.language)

    def house(self, text: str) -> Words:
        """Return words of the house in the edition, such as a region, as the voice says them."""
        return housed(self.voice, text, self.snapshot.language)

    def reason(self, amendment: Amendment) -> Words:
        """Return the reason for what became of it: in its author's words, or said by the voice if the house's."""
        said = self.house(amendment.reason)
        return self.its(said.text, amendment.reason_language) if said.text == amendment.reason else said

    def name(self, organisation: str) -> Words:
        """Return the name of an organisation."""
        return Words(self.snapshot.organisation_name(organisation), name=True)

    def title(self, ask: Recommendation) -> Line:
        """Return the title of a recommendation."""
        blocks, language = self.courtesies.text(ask)
        return words_of(blocks[TITLE], language) if blocks else line(self.its(ask.title))

    def success(self, ask: Recommendation) -> Words:
        """Return how success can be seen, in the language that the text is read in."""
        return self._particular(ask, success_of, ask.success)

    def due(self, ask: Recommendation) -> Words:
        """Return by when a text wants what it asks for, in the language that it is read in."""
        return self._particular(ask, due_of, ask.due)

    def _particular(
        self, ask: Recommendation, sought: Callable[[Sequence[Block]], Particular], said: str
    ) -> Words:
        blocks, language = self.courtesies.text(ask)
        where = sought(ask.blocks).blocks
        found = [block for block in blocks if block.id in where]
        told = sought((*blocks[:WHY], *found)).text
        if not told:
            # A translation may begin with other words.
            told = " ".join(block.text for block in found if block.kind is not BlockKind.HEADING)
        return Words(told, language) if told else self.its(said)

    def missed(self, ask: Recommendation) -> str:
        """Return “not adopted” or “not decided yet”; nothing of what was adopted."""
        if ask.outcome.standing is Standing.ADOPTED:
            return ""
        refused = ask.outcome.standing is Standing.NOT_ADOPTED
        return self.voice.say("not adopted") if refused else self.voice.say("not decided yet")

    def listed(self, evidence: Sequence[Evidence]) -> Listing:
        """Return pieces of evidence as a numbered list."""
        return Listing(tuple((self.cited(one),) for one in evidence), numbered=True)

    def cited(self, one: Evidence, *, numbered: bool = False) -> Paragraph:
        """Return a piece of evidence with its source and what it says there, behind its number or without it."""
        title = one.title if one.title.endswith((".", "?", "!")) else f"{one.title}."
        whose = self.its(title, one.language)
        words = [strong(f"{one.number} "), whose] if numbered else [whose]
        page = self.voice.say("p. %(page)s", {"page": one.page}) if one.page else ""
        where = ", ".join(part for part in (one.source, page) if part)
        if where:
            words.append(self.its(f" {where}{':' if one.quotation else '.'}", one.language))
        if one.quotation:
            words += [
                Words(" "),
                replace(self.its(f"“{one.quotation}”", one.language), look=Look(emphasis=True)),
            ]
        if one.url:
            words += [Words(" "), link(one.url, one.url)]
        return Paragraph(tuple(words), Manner.SMALL)


def words_of(block: Block, language: str) -> Line:
    """Return a block's words in their looks."""
    found = stretches(block.marks, 0, len(block.text))
    return tuple(Words(block.text[start:end], language, look) for start, end, look in found)


def pieces_of(blocks: Sequence[Block], language: str) -> Iterator[Piece]:
    """Yield blocks as their authors meant them: headings, paragraphs, lists within lists, quotations."""
    at = 0
    while at < len(blocks):
        block = blocks[at]
        if block.kind is BlockKind.LIST_ITEM:
            end = next(
                (n for n in range(at, len(blocks)) if blocks[n].kind is not BlockKind.LIST_ITEM), len(blocks)
            )
            yield _listing(blocks[at:end], language)
            at = end
            continue
        words = words_of(block, language)
        if block.kind is BlockKind.HEADING:
            yield Heading(words, LOWEST + 1)
        else:
            yield Paragraph(words, Manner.QUOTE if block.kind is BlockKind.QUOTATION else Manner.TEXT)
        at += 1


def _listing(items: Sequence[Block], language: str) -> Listing:
    """Return list items as a list; what is deeper than the first stands below the item before it."""
    found: list[tuple[Piece, ...]] = []
    at = 0
    while at < len(items):
        deeper = next((n for n in range(at + 1, len(items)) if items[n].level <= items[at].level), len(items))
        below = (_listing(items[at + 1 : deeper], language),) if deeper > at + 1 else ()
        found.append((Paragraph(words_of(items[at], language)), *below))
        at = deeper
    return Listing(tuple(found))
