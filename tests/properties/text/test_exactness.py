"""What a difference is: exact, the same everywhere, cut only where a reader would cut."""

import regex
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Indel

from service.domain.text import (
    Block,
    BlockKind,
    Edit,
    apply,
    blocks_from_json,
    blocks_to_json,
    describe,
    diff,
    digest,
    map_anchor,
    normalise,
    operations_from_json,
    operations_to_json,
    recover_ids,
    redline,
)
from service.domain.text.align import changes
from service.domain.text.tokens import offsets, tokenise
from tests.properties.text.strategies import amendments, documents, examples, texts, wild_texts


@examples
@given(documents(), documents())
def test_a_diff_leads_exactly_from_one_text_to_the_other_and_back(
    one: tuple[Block, ...], other: tuple[Block, ...]
) -> None:
    assert apply(one, diff(one, other)) == other
    assert apply(other, diff(other, one)) == one


@examples
@given(amendments(1))
def test_a_diff_leads_from_what_a_person_makes_of_a_text_and_back(
    case: tuple[tuple[Block, ...], list[tuple[Block, ...]]],
) -> None:
    base, (one,) = case
    assert apply(base, diff(base, one)) == one
    assert apply(one, diff(one, base)) == base
    assert operations_from_json(operations_to_json(diff(base, one))) == diff(base, one)


@examples
@given(documents(of=wild_texts), documents(of=wild_texts))
def test_a_diff_is_exact_for_characters_nobody_expects(
    one: tuple[Block, ...], other: tuple[Block, ...]
) -> None:
    assert apply(one, diff(one, other)) == other


@examples
@given(documents())
def test_a_text_does_not_differ_from_itself(text: tuple[Block, ...]) -> None:
    assert diff(text, text) == ()


@examples
@given(texts | wild_texts, texts | wild_texts)
def test_no_edit_cuts_a_word_or_a_visible_character(old: str, new: str) -> None:
    graphemes = {0, *(found.end() for found in regex.finditer(r"\X", old))}
    seams = set(offsets(tokenise(old)))
    edits = [
        op
        for op in diff([Block("a", BlockKind.PARAGRAPH, old)], [Block("a", BlockKind.PARAGRAPH, new)])
        if isinstance(op, Edit)
    ]
    for edit in edits:
        assert {edit.start, edit.end} <= seams & graphemes
        assert edit.inserted == "" or set(offsets(tokenise(new))) >= _ends(edits, edit)


def _ends(edits: list[Edit], edit: Edit) -> set[int]:
    """Where the inserted words begin and end in the new text."""
    shift = sum(len(e.inserted) - len(e.deleted) for e in edits if e.start < edit.start)
    return {edit.start + shift, edit.start + shift + len(edit.inserted)}


@examples
@given(texts | wild_texts)
def test_tokens_joined_are_the_text(text: str) -> None:
    assert "".join(tokenise(text)) == text


@examples
@given(st.lists(st.sampled_from("abcd"), max_size=40), st.lists(st.sampled_from("abcd"), max_size=40))
def test_the_changes_are_as_few_as_can_be(old: list[str], new: list[str]) -> None:
    cost = sum(b - a + d - c for a, b, c, d in changes(old, new))
    assert cost == Indel.distance(old, new)


@examples
@given(
    st.lists(st.sampled_from("abcdefgh"), max_size=60),
    st.lists(st.sampled_from("abcdefgh"), max_size=60),
    st.sampled_from([1, 4, 50]),
)
def test_bounded_changes_are_exact_too(old: list[str], new: list[str], cells: int) -> None:
    built: list[str] = []
    at = 0
    for a, b, c, d in changes(old, new, cells):
        built += old[at:a] + new[c:d]
        at = b
    assert built + old[at:] == new


@examples
@given(documents(), documents())
def test_operations_survive_json(one: tuple[Block, ...], other: tuple[Block, ...]) -> None:
    operations = diff(one, other)
    assert operations_from_json(operations_to_json(operations)) == operations


@examples
@given(documents())
def test_blocks_survive_json_with_their_digest(text: tuple[Block, ...]) -> None:
    again = blocks_from_json(blocks_to_json(text))
    assert (again, digest(again)) == (text, digest(text))


@examples
@given(st.text(max_size=60) | texts)
def test_the_one_form_of_a_text_is_its_own_form(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@examples
@given(documents(), documents(), st.data())
def test_anchors_stay_in_bounds_and_in_order(
    one: tuple[Block, ...], other: tuple[Block, ...], data: st.DataObject
) -> None:
    if not one:
        return
    block = data.draw(st.sampled_from(one))
    start = data.draw(st.integers(0, len(block.text)))
    end = data.draw(st.integers(start, len(block.text)))
    found = map_anchor((block.id, start, end), one, other)
    if found is not None:
        (there,) = [b for b in other if b.id == found.block]
        assert 0 <= found.start <= found.end <= len(there.text)
        assert (found.start == found.end) == (start == end)


@examples
@given(documents())
def test_an_anchor_stays_where_it_is_in_the_same_text(text: tuple[Block, ...]) -> None:
    for block in text:
        assert map_anchor((block.id, 0, len(block.text)), text, text) == (block.id, 0, len(block.text))


@examples
@given(amendments(1))
def test_a_redline_holds_both_texts(case: tuple[tuple[Block, ...], list[tuple[Block, ...]]]) -> None:
    one, (other,) = case
    shown = redline(one, other)
    old: dict[str, str] = {}
    for change in shown:
        source = change.origin or change.before
        if source is not None:
            words = "".join(span.text for span in change.spans if span.state != "inserted")
            old[source.id] = old.get(source.id, "") + words
        new = "".join(span.text for span in change.spans if span.state != "removed")
        assert new == (change.after.text if change.after else "")
    joined = {change.id: change.joined for change in shown}
    assert old == {
        block.id: block.text + "".join(other.text for other in joined[block.id])
        for block in one
        if block.id in joined
    }
    assert tuple(change.after for change in shown if change.after) == other
    there = {change.id for change in shown} | {block.id for change in shown for block in change.joined}
    assert there == {block.id for block in (*one, *other)}


@examples
@given(documents(), documents())
def test_a_change_is_described_exactly_when_there_is_one(
    one: tuple[Block, ...], other: tuple[Block, ...]
) -> None:
    assert bool(describe(one, other)) == bool(diff(one, other))


@examples
@given(documents())
def test_ids_come_back_to_an_unchanged_text(text: tuple[Block, ...]) -> None:
    bare = [Block("", block.kind, block.text, block.level, block.marks) for block in text]
    found = recover_ids(text, bare)
    assert [(b.text, b.kind) for b in found] == [(b.text, b.kind) for b in text]
    if len({block.text for block in text}) == len(text):
        assert found == text
