"""Texts to try: words, signs, joined emoji, accents, scripts without spaces, in blocks with marks."""

from hypothesis import settings
from hypothesis import strategies as st

from service.domain.text import Block, BlockKind, Mark, MarkKind

QUICK, USUAL = 60, 100
_asked = settings().max_examples
examples = settings(max_examples=QUICK if _asked <= USUAL else _asked, deadline=None)
"""Few examples in the everyday run, as many as the profile asks for in a long one."""

PIECES = (
    *("city", "cities", "the", "a", "l\u2019Europe", "don't", "partner", "EU", "2024", "x"),
    *(
        ".",
        ",",
        "!",
        "(",
        ")",
        "…",
        "👩‍👩‍👧",
        "👍🏽",
        "🇪🇺",
        "1️⃣",
        "é",
        "é́",
        "क्‍ष",
        "می‌خواهم",
        "東",
        "京",
        "ไ",
        "ท",
    ),
    *(" ", " ", " ", " ", " "),
)

SIGNS = (
    *(
        "*",
        "**",
        "***",
        "[",
        "]",
        "(",
        ")",
        "](",
        "!",
        "![",
        "\\",
        "\\0#",
        "\\3",
        "`",
        "_",
        "~",
        "<b>",
        "&#32;",
        "&",
    ),
    *("#", "##", "-", "+", ">", "1.", "14)", "2024.", "https://a.example", "\u0338", "\u0301", "\u200d"),
)
"""What means something in Markdown, or joins what stands before it."""

ADDRESSES = (
    *(
        "https://a.example",
        "http://b.example/x(y)",
        "mailto:a@b.example",
        "https://a.example/\\)(",
        "HTTPS://a.example/(",
    ),
    *("https://a.example/*_*[x](y)", "https://a.example/&#32;e\u0301", "https://a.example/!`"),
)

FLOODS = (
    *("a\u0301", "\u0301", "\u20dd", "e\u0302\u0323"),  # accents without end
    *("👩", "\u200d", "👧", "🏽", "\ufe0f", "🇪", "🇺", "\u20e3"),  # families and flags, and parts of them
    *("\u1112", "\u1161", "\u11ab", "क", "\u094d", "\u0e33", "\u0600"),  # letters that grow together
    *("\u200b", "\u202e", "\xad", "\r", "\n", "\x00", "\u2028", "\xa0"),  # what nobody sees
    *("word", "'", "\u2019", " ", "."),
)


@st.composite
def floods(draw: st.DrawFn) -> str:
    """A few pieces, each again and again."""
    pieces = draw(st.lists(st.tuples(st.sampled_from(FLOODS), st.integers(1, 24)), max_size=6))
    return "".join(piece * count for piece, count in pieces)


texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map("".join)
wild_texts = st.text(max_size=30)
sign_texts = st.lists(st.sampled_from(PIECES + SIGNS), min_size=1, max_size=10).map("".join)
LINES = (
    "\n",
    "\n\n",
    "\r\n",
    "\n- ",
    "\n  - ",
    "\n\t* ",
    "\n# ",
    "\n> ",
    "\n1. ",
    "](https://a.example)",
    "\ufeff",
    "  ",
)
markdown = st.lists(st.sampled_from(PIECES + SIGNS + LINES), max_size=25).map("".join)


@st.composite
def marks(draw: st.DrawFn, text: str) -> tuple[Mark, ...]:
    found: list[Mark] = []
    for kind in draw(st.sets(st.sampled_from(MarkKind))):
        points = sorted(draw(st.sets(st.integers(0, len(text)), max_size=4)))
        for start, end in zip(points[::2], points[1::2], strict=False):
            href = draw(st.sampled_from(["https://a.example", "https://b.example"]))
            found.append(Mark(kind, start, end, href if kind is MarkKind.LINK else None))
    return tuple(found)


@st.composite
def blocks(draw: st.DrawFn, name: str, of: st.SearchStrategy[str] = texts) -> Block:
    text = draw(of)
    kind, level = draw(st.sampled_from(BlockKind)), draw(st.integers(0, 2))
    return Block(name, kind, text, level, draw(marks(text)))


@st.composite
def sign_documents(draw: st.DrawFn) -> tuple[Block, ...]:
    """Blocks of every level, their words full of signs, their marks beside, over and within each other."""
    found: list[Block] = []
    for name in draw(st.lists(st.sampled_from("abcdef"), unique=True, min_size=1, max_size=6)):
        text = draw(sign_texts)
        marks: list[Mark] = []
        for kind in draw(st.sets(st.sampled_from(MarkKind))):
            points = sorted(draw(st.sets(st.integers(0, len(text)), max_size=6)))
            apart = draw(st.booleans())
            for start, end in zip(points[:: 1 + apart], points[1 :: 1 + apart], strict=False):
                href = draw(st.sampled_from(ADDRESSES)) if kind is MarkKind.LINK else None
                marks.append(Mark(kind, start, end, href))
        kind_of, level = draw(st.sampled_from(BlockKind)), draw(st.integers(0, 6))
        found.append(Block(name, kind_of, text, level, tuple(marks)))
    return tuple(found)


@st.composite
def documents(
    draw: st.DrawFn, names: str = "abcdef", of: st.SearchStrategy[str] = texts, min_size: int = 0
) -> tuple[Block, ...]:
    chosen = draw(st.lists(st.sampled_from(names), unique=True, min_size=min_size, max_size=6))
    return tuple(draw(blocks(name, of)) for name in chosen)


def words_of(block: Block) -> list[str]:
    return block.text.split(" ")


ACTS = ("keep", "keep", "keep", "words", "words", "strike", "style", "add", "split", "join")


@st.composite
def amended(draw: st.DrawFn, base: tuple[Block, ...], new_names: list[str]) -> tuple[Block, ...]:
    """A version of the base as a person makes one: words changed, blocks added, taken out, moved, split, joined."""
    result: list[Block] = []
    fresh = iter(new_names)
    for at, block in enumerate(base):
        act = draw(st.sampled_from(ACTS))
        if act == "strike":
            continue
        if act == "join" and result and at and result[-1].id == base[at - 1].id:
            result[-1] = joined(result[-1], draw(st.sampled_from([" ", " and ", ""])), block)
            continue
        text, kind = block.text, block.kind
        if act == "words":
            words = words_of(block)
            place = draw(st.integers(0, len(words) - 1))
            words[place : place + draw(st.integers(0, 2))] = draw(
                st.lists(st.sampled_from(["new", "town", "x", ",", "東"]), max_size=2)
            )
            text = " ".join(words)
        if act == "style":
            kind = draw(st.sampled_from(BlockKind))
        same_text = text == block.text
        result.append(Block(block.id, kind, text, block.level, block.marks if same_text else ()))
        if act == "add":
            result.append(Block(next(fresh), BlockKind.PARAGRAPH, draw(texts)))
        if act == "split":
            result[-1:] = draw(halves(block, next(fresh)))
    if result and draw(st.integers(0, 4)) == 0:
        result.insert(
            draw(st.integers(0, len(result) - 1)), result.pop(draw(st.integers(0, len(result) - 1)))
        )
    return tuple(result)


def joined(one: Block, between: str, other: Block) -> Block:
    text = one.text + between
    marks = (*one.marks, *(Mark(m.kind, m.start + len(text), m.end + len(text), m.href) for m in other.marks))
    return Block(one.id, one.kind, text + other.text, one.level, marks)


@st.composite
def halves(draw: st.DrawFn, block: Block, name: str) -> tuple[Block, Block]:
    """A block, split where words meet, sometimes with a word more on either side."""
    words = words_of(block)
    at = draw(st.integers(0, len(words)))
    left = draw(st.sampled_from(["", "", " now", "."]))
    right = draw(st.sampled_from(["", "", "Then "]))
    return (
        Block(block.id, block.kind, " ".join(words[:at]) + left, block.level),
        Block(name, draw(st.sampled_from(BlockKind)), right + " ".join(words[at:]), block.level),
    )


@st.composite
def amendments(draw: st.DrawFn, count: int) -> tuple[tuple[Block, ...], list[tuple[Block, ...]]]:
    """A base and several versions of it; new blocks have ids of their own."""
    base = draw(documents(min_size=1))
    alphabet = [[f"{hand}{number}" for number in range(6)] for hand in range(count)]
    return base, [draw(amended(base, names)) for names in alphabet]
