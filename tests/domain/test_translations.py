from dataclasses import replace
from datetime import UTC, datetime

import pytest

from service.domain.errors import Invalid, StaleState
from service.domain.text import Block, BlockKind, Mark, MarkKind
from service.domain.translations import (
    MOST_LANGUAGES,
    Since,
    Translation,
    TranslationAction,
    TranslationState,
    check_complete,
    check_revision,
    check_room,
    check_text,
    language_tag,
    missing,
    since,
    typed,
)

TITLE = Block("title", BlockKind.HEADING, "Name cities", 1)
ASK = Block("ask", BlockKind.PARAGRAPH, "Name a contact.")
WHY = Block("why", BlockKind.LIST_ITEM, "It works.", 2)
SOURCE = (TITLE, ASK, WHY)


def a_translation(*blocks: Block) -> Translation:
    return Translation(
        "t", "agenda", "ask-1", "fr", "version", 1, "0" * 64, blocks, "city", "ada", datetime(2026, 1, 5, tzinfo=UTC)
    )  # fmt: skip


def fields(*, source: tuple[Block, ...] = SOURCE, **texts: str) -> list[str]:
    with pytest.raises(Invalid) as refused:
        check_text(source, texts)
    return [error.field for error in refused.value.errors]


def test_translated_blocks_have_the_ids_and_kinds_of_the_text_and_its_order() -> None:
    assert check_text(SOURCE, {"why": " Ça  marche. ", "title": "Nommer", "ask": ""}) == (
        Block("title", BlockKind.HEADING, "Nommer", 1),
        Block("why", BlockKind.LIST_ITEM, "Ça marche.", 2),
    )


def test_emphasis_and_links_are_typed_with_their_signs_and_come_back() -> None:
    written = "Nommer *un* [contact](https://cities.example)."
    (block,) = check_text(SOURCE, {"ask": written})
    assert block.marks == (
        Mark(MarkKind.EMPHASIS, 7, 9),
        Mark(MarkKind.LINK, 10, 17, "https://cities.example"),
    )
    assert typed((block,)) == {"ask": written}


def test_what_cannot_be_translated_is_told_at_its_block() -> None:
    assert fields(title="  ", ask="") == ["text"]
    assert fields(nothing="Rien", title="Titre") == ["text.nothing"]
    assert fields(title="Titre", why="a" * 1_001) == ["text.why"]
    assert fields(source=(TITLE, replace(ASK, level=9)), ask="Nommer") == ["text.ask"]


def test_words_beyond_all_measure_are_told_at_the_first_block() -> None:
    many = tuple(Block(f"b{n}", BlockKind.PARAGRAPH, "Words.") for n in range(11))
    texts = {block.id: "mots " * 3_900 for block in many}
    assert fields(source=many, **texts) == ["text.b0"]


@pytest.mark.parametrize(
    "language", ["", "english", "fr_BE", "fr-", "en", "EN", "fr-" + "abcdefgh-" * 2 + "ab"]
)
def test_language_is_a_tag_of_another_language(language: str) -> None:
    with pytest.raises(Invalid) as refused:
        language_tag(language, "en")
    assert [error.field for error in refused.value.errors] == ["language"]


@pytest.mark.parametrize("language", ["fr", "pt-BR", "zh-Hant", "zh-Hant-TW", "ckb", "de-1996"])
def test_any_language_is_welcome_however_it_is_spelled(language: str) -> None:
    typed_as = (language, language.lower(), language.upper())
    assert [language_tag(one, "en") for one in typed_as] == [language] * 3


def test_a_text_has_room_for_many_languages_but_not_for_any_number() -> None:
    check_room(MOST_LANGUAGES - 1)
    with pytest.raises(Invalid) as refused:
        check_room(MOST_LANGUAGES)
    assert refused.value.errors[0].message == (
        "This text is translated into 40 languages already, and more there cannot be."
    )


def test_what_became_of_the_text_since_is_told_block_by_block() -> None:
    new = Block("new", BlockKind.PARAGRAPH, "More.")
    now = (TITLE, replace(WHY, text="It works well."), new)
    assert since(SOURCE, now) == Since(changed=("why",), added=("new",), removed=("ask",))
    assert [since(SOURCE, now).anything, since(SOURCE, SOURCE).anything] == [True, False]


def test_approval_waits_for_every_block() -> None:
    translation = a_translation(*check_text(SOURCE, {"title": "Titre"}))
    assert missing(SOURCE, translation.blocks) == ("ask", "why")
    with pytest.raises(Invalid) as refused:
        check_complete(SOURCE, translation)
    assert [error.field for error in refused.value.errors] == ["text.ask", "text.why"]
    check_complete(SOURCE[:1], translation)


def test_what_is_not_approved_any_more_has_no_approval() -> None:
    translation = a_translation(TITLE)
    translation.act(TranslationAction.WRITE)
    translation.act(TranslationAction.APPROVE)
    translation.approved_by, translation.approved_for = "bea", "network"
    translation.act(TranslationAction.REOPEN)
    assert translation.state is TranslationState.HUMAN
    assert {translation.approved_by, translation.approved_for, translation.approved_at} == {None}


def test_nobody_writes_over_what_they_have_not_read() -> None:
    translation = a_translation(TITLE)
    check_revision(translation, None)
    check_revision(translation, 1)
    with pytest.raises(StaleState):
        check_revision(translation, 2)
