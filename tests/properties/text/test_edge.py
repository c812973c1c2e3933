"""The one edge where text enters: marks go where their words go, and hold whole characters."""

from contextlib import suppress

import regex
from hypothesis import given
from hypothesis import strategies as st

from service.domain.errors import Invalid
from service.domain.text import Block, normalise_blocks
from service.domain.text.normalise import clean, traced
from tests.properties.text.strategies import PIECES, examples, sign_documents, wild_texts

# What composes, joins, collapses or goes unseen when it stands beside the others.
TOUCHY = (
    *("e", "\u0301", "\u0323", "\u200b", "\u200d", " ", "\t", "👩", "\ufe0f", "\u1100", "\u1161", "\u11a8"),
    *("\u212b", "\u0958", "\U0001f1ea", "\u0645", "\u200c", "a", ">", "\u0338", "\U000e0067"),
)
touchy = st.lists(st.sampled_from(TOUCHY + PIECES), max_size=15).map("".join)


@examples
@given(touchy | wild_texts)
def test_each_place_of_a_text_is_found_in_its_one_form(raw: str) -> None:
    cleaned, places = traced(raw)
    assert cleaned == clean(raw)
    assert places == sorted(places)
    assert (places[0], places[-1], len(places)) == (0, len(cleaned), len(raw) + 1)


@examples
@given(sign_documents())
def test_no_mark_cuts_a_visible_character(blocks: tuple[Block, ...]) -> None:
    with suppress(Invalid):
        for block in normalise_blocks(blocks):
            edges = {0, *(found.end() for found in regex.finditer(r"\X", block.text))}
            assert {edge for mark in block.marks for edge in (mark.start, mark.end)} <= edges


@examples
@given(sign_documents())
def test_the_one_form_of_blocks_is_their_own_form(blocks: tuple[Block, ...]) -> None:
    with suppress(Invalid):
        sound = normalise_blocks(blocks)
        assert normalise_blocks(sound) == sound
