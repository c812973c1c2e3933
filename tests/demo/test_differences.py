"""How the demonstration's amendments look: the same words are marked on the page, on paper and in plain text."""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from service.adapters.pdf.render import render
from service.demo.content.barcelona import BARCELONA
from service.demo.content.brussels import BRUSSELS
from service.demo.content.model import BlockText, Recommendation
from service.demo.content.wording import amended, text_for
from service.domain.text import Block, BlockKind, BlockState, Mark, MarkKind, plain, redline
from service.web.engine import environment
from tests.adapters.editions import VERIFY_URL, an_approval, an_edition
from tests.adapters.pdf.reading import Node, read

Text = tuple[Block, ...]
Marked = list[tuple[str, str]]
"""For each block that changed the letters that are removed and those that are inserted, without spaces; sorted."""

HIDDEN = re.compile(r'<span class="hidden"[^>]*>.*?</span>')
TAG = re.compile(r"<[^>]+>")


def as_blocks(blocks: Iterable[BlockText]) -> Text:
    return tuple(
        Block(one.key, BlockKind(one.kind), one.text, one.level, tuple(marks(one))) for one in blocks
    )


def marks(block: BlockText) -> Iterator[Mark]:
    for mark in block.marks:
        start = block.text.index(mark.phrase)
        yield Mark(MarkKind(mark.kind), start, start + len(mark.phrase), mark.href or None)


def differences() -> list[tuple[Text, Text]]:
    """Every amendment of both meetings: the text that it was made on, and what it would be."""
    found = []
    for meeting in (BARCELONA, BRUSSELS):
        asks: dict[str, Recommendation] = {one.key: one for one in meeting.recommendations}
        for amendment in meeting.amendments:
            base = text_for(meeting, asks[amendment.recommendation], amendment.wave)
            found.append((as_blocks(base), as_blocks(amended(base, amendment.edits))))
    return found


def letters(text: str) -> str:
    return "".join(text.split())


def marked(rows: Iterable[tuple[Iterable[str], Iterable[str]]]) -> Marked:
    each = ((letters("".join(gone)), letters("".join(come))) for gone, come in rows)
    return sorted(row for row in each if any(row))


def on_the_page(base: Text, text: Text) -> Marked:
    shown = str(environment("en").get_template("parts/text.html").module.diff(redline(base, text), "en"))  # type: ignore[attr-defined]  # the macro's name
    rows = re.findall(r"<p class=.text.*?</p>", shown, re.DOTALL)
    words = [[re.findall(f"<{tag}>(.*?)</{tag}>", row, re.DOTALL) for tag in ("del", "ins")] for row in rows]
    bare = [[[html.unescape(TAG.sub("", HIDDEN.sub("", w))) for w in side] for side in row] for row in words]
    return marked((gone, come) for gone, come in bare)


def in_plain_text(base: Text, text: Text) -> Marked:
    blocks = plain(redline(base, text), width=1_000_000).split("\n\n")[1:]
    return marked(
        (re.findall(r"\[removed: (.*?)\]", block), re.findall(r"\[added: (.*?)\]", block)) for block in blocks
    )


def decorated(row: Node, kind: str) -> list[str]:
    own = [row.text] if row.decoration == kind else []
    return own or [text for kid in row.kids for text in decorated(kid, kind)]


def on_paper(every: list[tuple[Text, Text]]) -> list[Marked]:
    edition = an_edition(asks=1, organisations=3, amendments=1, lessons=0)
    ask = edition.recommendations[0]
    touched = []
    for number, (base, text) in enumerate(every, start=1):
        changes = [change for change in redline(base, text) if change.state is not BlockState.KEPT]
        before = tuple(change.before for change in changes if change.before is not None)
        after = tuple(change.after for change in changes if change.after is not None)
        touched.append(replace(ask.amendments[0], number=number, base=before, amended=after))
    pdf = render(
        replace(edition, recommendations=(replace(ask, amendments=tuple(touched)),)),
        an_approval(),
        verify_url=VERIFY_URL,
    )
    tables = [table for table in read(pdf).every("Table") if table.text.startswith("Text proposed")]
    return [
        marked((decorated(row, "LineThrough"), decorated(row, "Underline")) for row in table.every("TR"))
        for table in tables
    ]


def test_the_same_words_are_marked_on_the_page_on_paper_and_in_plain_text() -> None:
    every = differences()
    pages = [on_the_page(base, text) for base, text in every]
    assert sum(bool(page) for page in pages) > 90
    assert [in_plain_text(base, text) for base, text in every] == pages
    assert on_paper(every) == pages
