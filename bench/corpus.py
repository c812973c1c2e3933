"""Texts to measure and to test with, the same from every seed everywhere: drafts, edits, floods, amendments."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import accumulate
from random import Random
from typing import Final

from service.domain.text import Block, BlockKind

_COMMON: Final = (
    "the of to and in for a on with by that their which its at as from through into every between local cities",
    "partners funding water regional support development cooperation governments national long term budget",
    "access services sanitation climate energy housing transport health schools resilience planning public",
    "investment women youth migrants ports rivers basins networks exchange municipal councils mayors capacity",
    "training data monitoring reports annual indicators projects programmes instruments procedures simple direct",
    "predictable transparent shared equal fair sustainable inclusive urban rural coastal border ensure strengthen",
    "promote call finance include recognise provide reduce adapt protect restore measure publish consult invite",
    "agree delegate renew extend commit common mutual decentralised multilevel global Union Commission Parliament",
    "Member States Council territories diaspora waste markets food systems culture heritage tourism research",
    "digital mobility safety housing employment skills gender rights peace dialogue trust citizens assemblies",
)
_SYLLABLES: Final = (
    *(
        "al",
        "ber",
        "con",
        "dor",
        "el",
        "fir",
        "gan",
        "hol",
        "in",
        "jur",
        "kel",
        "lom",
        "mar",
        "nor",
        "os",
        "per",
    ),
    *("quin", "ros", "sal", "tur"),
)
_ENDINGS: Final = ("ation", "ing", "ed", "ity", "al", "s", "ness", "er")
WORDS: Final = tuple(word for line in _COMMON for word in line.split(" "))
"""The commonest words of a draft, the most frequent first."""
NEW_WORDS: Final = tuple(f"{word}wards" for word in WORDS[20:60])
"""Words that no draft has, for what an amendment brings in."""

_VOCABULARY: Final = (
    *WORDS,
    *(f"{one}{two}{three}" for three in _ENDINGS for two in _SYLLABLES for one in _SYLLABLES),
)
_WEIGHTS: Final = tuple(accumulate(1 / (at + 3) for at in range(len(_VOCABULARY))))
_SENTENCE: Final = (9, 24)
_PARAGRAPH: Final = 70


def chance(seed: object) -> Random:
    """Return a source of choices that are the same in every run."""
    return Random(str(seed))  # noqa: S311 - the choices have to repeat, not to surprise


def paragraphs(texts: Iterator[str] | list[str]) -> tuple[Block, ...]:
    """Return texts as paragraphs with ids by their places."""
    return tuple(Block(f"b{at:05}", BlockKind.PARAGRAPH, text) for at, text in enumerate(texts))


def draft(words: int, seed: object = "draft", *, per_block: int = _PARAGRAPH) -> tuple[Block, ...]:
    """Return a draft of so many words, in sentences and paragraphs."""
    pick = chance(seed)
    counts = [min(per_block, words - done) for done in range(0, words, per_block)]
    return paragraphs([_prose(pick, count) for count in counts])


def edited(
    base: tuple[Block, ...], share: float, seed: object = "edits", *, most: int = 3
) -> tuple[Block, ...]:
    """Return the text with edits at that share of its words: one to `most` replaced, taken out or brought in."""
    pick = chance(seed)
    return tuple(replace(block, text=_edited(block.text, share, most, pick)) for block in base)


def in_one_block(text: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return all of a text as one paragraph."""
    return paragraphs([" ".join(block.text for block in text)])


def shuffled(text: tuple[Block, ...], seed: object = "shuffle") -> tuple[Block, ...]:
    """Return the paragraphs in no order."""
    return tuple(chance(seed).sample(text, len(text)))


def words_shuffled(text: tuple[Block, ...], seed: object = "shuffle") -> tuple[Block, ...]:
    """Return each paragraph with its words in no order."""
    pick = chance(seed)

    def mixed(words: list[str]) -> str:
        return " ".join(pick.sample(words, len(words)))

    return tuple(replace(block, text=mixed(block.text.split(" "))) for block in text)


def rewritten(text: tuple[Block, ...], seed: object = "rewritten") -> tuple[Block, ...]:
    """Return other words in every paragraph, under the ids of the old ones."""
    pick = chance(seed)
    return tuple(replace(block, text=_prose(pick, block.text.count(" ") + 1)) for block in text)


def renamed(text: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the text under new ids, as if every paragraph were a new one."""
    return tuple(replace(block, id=f"n{block.id}") for block in text)


def equal_words(count: int) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """Return two paragraphs of one word again and again, with other words at the ends and in the middle."""
    half = ["word"] * (count // 2)
    old = ["first", *half, "middle", *half, "last"]
    new = ["begin", *half[count // 40 :], "centre", *half, "word", "end"]
    return paragraphs([" ".join(old)]), paragraphs([" ".join(new)])


def hostile(words: int) -> dict[str, Callable[[], tuple[tuple[Block, ...], tuple[Block, ...]]]]:
    """Return what makes the pairs of texts that cost most, by their names; each has so many words."""

    def small() -> tuple[Block, ...]:
        return draft(words, per_block=max(words // 5_000, 1))

    def one() -> tuple[Block, ...]:
        return in_one_block(draft(words))

    return {
        "paragraphs shuffled": lambda: (draft(words), shuffled(draft(words))),
        "5,000 small paragraphs shuffled": lambda: (small(), shuffled(small())),
        "5,000 small paragraphs rewritten": lambda: (small(), rewritten(small())),
        "5,000 small paragraphs, each a new one": lambda: (small(), renamed(rewritten(small()))),
        "paragraphs rewritten": lambda: (draft(words), rewritten(draft(words))),
        "equal words": lambda: equal_words(words),
        "one huge block, 1 % edited": lambda: (one(), edited(one(), 0.01)),
        "one huge block, 20 % edited": lambda: (one(), edited(one(), 0.2)),
        "one huge block rewritten": lambda: (one(), rewritten(one())),
        "one huge block, words shuffled": lambda: (one(), words_shuffled(one())),
    }


def amendments(base: tuple[Block, ...], count: int, seed: object = "hands") -> dict[str, tuple[Block, ...]]:
    """Return amendments to one base: each changes a few words, most in one paragraph, some in two."""
    pick = chance(seed)
    made: dict[str, tuple[Block, ...]] = {}
    for number in range(count):
        text = list(base)
        for at in pick.sample(range(len(base)), pick.choice((1, 1, 1, 2))):
            text[at] = replace(text[at], text=_amended(text[at].text, pick))
        made[f"A{number:04}"] = tuple(text)
    return made


def apart(base: tuple[Block, ...]) -> dict[str, tuple[Block, ...]]:
    """Return amendments that meet nowhere: each replaces another word, every second word of the base."""
    made: dict[str, tuple[Block, ...]] = {}
    for at, block in enumerate(base):
        words = block.text.split(" ")
        for place in range(0, len(words), 2):
            changed = [*words[:place], NEW_WORDS[place % len(NEW_WORDS)], *words[place + 1 :]]
            text = replace(block, text=" ".join(changed))
            made[f"A{len(made):04}"] = (*base[:at], text, *base[at + 1 :])
    return made


def _prose(pick: Random, count: int) -> str:
    words: list[str] = []
    while len(words) < count:
        length = min(pick.randint(*_SENTENCE), count - len(words))
        sentence = pick.choices(_VOCABULARY, cum_weights=_WEIGHTS, k=length)
        sentence[0] = sentence[0].capitalize()
        sentence[-1] += "."
        sentence[length // 2] += "," if length > _SENTENCE[0] else ""
        words += sentence
    return " ".join(words)


def _edited(text: str, share: float, most: int, pick: Random) -> str:
    words: list[str] = []
    waiting = text.split(" ")[::-1]
    while waiting:
        word = waiting.pop()
        if pick.random() >= share:
            words.append(word)
            continue
        act = pick.choice(("replace", "take out", "bring in"))
        if act == "bring in":
            words.append(word)
        else:
            del waiting[max(len(waiting) - pick.randrange(most), 0) :]
        if act != "take out":
            words += pick.choices(_VOCABULARY, cum_weights=_WEIGHTS, k=pick.randint(1, most))
    return " ".join(words)


def _amended(text: str, pick: Random) -> str:
    words = text.split(" ")
    start = pick.randrange(len(words))
    end = start + pick.choice((0, 1, 1, 2, 4))
    brought = pick.sample(NEW_WORDS, pick.choice((0, 1, 1, 2)) if end > start else 1)
    return " ".join([*words[:start], *brought, *words[end:]])
