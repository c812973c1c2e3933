"""Ids that come back: never a guess."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from time import process_time

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Indel

from service.domain.text import Block, BlockKind, recover_ids
from service.domain.text.recover import MARGIN, SIMILAR
from service.domain.text.tokens import tokenise
from tests.properties.text.strategies import documents, examples

WORDS = ("city", "town", "river", "fund", "pays", "the", "for", "of")
# So few words that texts are often equal, or alike.
alike = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)


def bare(blocks: Sequence[Block]) -> list[Block]:
    return [replace(block, id="") for block in blocks]


def similarity(one: str, other: str) -> float:
    return Indel.normalized_similarity(tokenise(one), tokenise(other))


@examples
@given(documents(of=alike) | documents())
def test_a_copy_in_the_same_order_keeps_all_ids(base: tuple[Block, ...]) -> None:
    copied = bare(base)
    found = recover_ids(base, copied)
    assert [block.text for block in found] == [block.text for block in base]
    assert {block.id for block in found} == {block.id for block in base}
    if len({(block.kind, block.level, block.text) for block in base}) == len(base):
        assert found == base


@examples
@given(documents(of=alike), st.sets(st.integers(0, 5)))
def test_equal_blocks_come_back_in_their_order(base: tuple[Block, ...], same: set[int]) -> None:
    twins = tuple(
        Block(block.id, BlockKind.PARAGRAPH, "Twin." if at in same else block.text)
        for at, block in enumerate(base)
    )
    assert recover_ids(twins, bare(twins)) == twins


@examples
@given(documents(of=alike), documents("uvwxyz", of=alike))
def test_an_id_is_never_guessed(base: tuple[Block, ...], new: tuple[Block, ...]) -> None:
    found = recover_ids(base, bare(new))
    old = {block.id: block for block in base}
    again = {block.id: block for block in found if block.id in old}
    assert max(Counter(block.id for block in found).values(), default=1) == 1
    for name, block in again.items():
        if block.text == old[name].text:
            continue
        mine = similarity(block.text, old[name].text)
        assert mine >= SIMILAR
        others = [similarity(block.text, other.text) for other in base if other.id not in again]
        rivals = [similarity(other.text, old[name].text) for other in found if other.id not in old]
        assert all(mine - other >= MARGIN for other in (*others, *rivals))


@examples
@given(documents(of=alike, min_size=1), st.data())
def test_a_block_that_has_an_id_keeps_it(base: tuple[Block, ...], data: st.DataObject) -> None:
    kept = data.draw(st.sets(st.sampled_from([block.id for block in base])))
    came = [block if block.id in kept else replace(block, id="") for block in base]
    found = recover_ids(base, came[::-1])
    assert all(
        one.id in (other.id, one.id) and (not other.id or one.id == other.id)
        for one, other in zip(found, came[::-1], strict=True)
    )


def test_the_largest_texts_are_compared_in_bounded_work() -> None:
    base = [
        Block(f"b{n}", BlockKind.PARAGRAPH, " ".join(f"w{n * n * at % 397}" for at in range(60)))
        for n in range(500)
    ]
    came = [Block("", block.kind, block.text.replace("w1", "other ")) for block in base]
    begun = process_time()
    recover_ids(base, came)
    assert process_time() - begun < 5
