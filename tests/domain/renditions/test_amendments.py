"""Amendments in a rendition, in two columns."""

from dataclasses import replace
from datetime import date

from service.domain.own_reasons import OwnReason
from service.domain.publication import Amendment, Snapshot
from service.domain.renditions.tree import Kind, Table
from service.domain.text import Block, BlockKind, Mark, MarkKind
from service.domain.text.spans import SpanState
from tests.adapters.editions import an_edition
from tests.domain.renditions.made import rendered
from tests.domain.renditions.trees import lines_in, plain, section, told

ONE = Block("1", BlockKind.PARAGRAPH, "Cities name a contact within a year.")
TWO = Block("2", BlockKind.PARAGRAPH, "They report on it.")
BASE = Amendment(7, ("org0000",), 2, 2, "fr", (ONE,), (ONE,), "It is late.", "accepted")


def with_one(amendment: Amendment) -> Snapshot:
    edition = an_edition(asks=1, amendments=0)
    return replace(edition, recommendations=(replace(edition.recommendations[0], amendments=(amendment,)),))


def lines(amendment: Amendment) -> list[str]:
    return told(section(rendered(with_one(amendment)), "amendments"))[3:]


def rows(amendment: Amendment) -> list[tuple[list[str], ...]]:
    pieces = section(rendered(with_one(amendment)), "amendments").pieces
    (table,) = [one for one in pieces if isinstance(one, Table)]
    assert table.kind is Kind.COLUMNS
    return [tuple([plain(one.words) for one in cell.lines] for cell in row) for row in table.rows]


def test_an_amendment_says_who_tabled_it_in_which_language_and_what_became_of_it() -> None:
    amended = replace(ONE, text="Cities name a contact within six months.")
    tabled = replace(
        BASE,
        organisations=("org0000", "org0001"),
        amended=(amended,),
        reason="It is possible.",
        decided_on=date(2024, 2, 3),
        incorporated_in=3,
        compromise_of=(1, 2),
    )
    title = an_edition(asks=1).recommendations[0].title
    assert lines(tabled)[:4] == [
        f"To recommendation 1: {title}",
        "Amendment 7 · the ask",
        "Tabled by: Port Amara, Valle Lindahl · in «fr»",
        "Compromise covering amendments 1 + 2",
    ]
    assert lines(tabled)[-1] == (
        "Justification: It is late. What became of it: AmendmentState: accepted, 2024-02-03. It is possible. "
        "Worked into version 3."
    )


def test_the_reason_is_in_its_own_language_and_one_of_the_house_is_said_by_the_voice() -> None:
    own, whose = OwnReason.REPLACED, replace(BASE, reason="C'est dit.", reason_language="fr")
    found = [
        [
            (word.text, word.language)
            for line in lines_in(section(rendered(with_one(amendment)), "amendments"))
            for word in line
            if word.text in {own.of(9), "C'est dit."}
        ]
        for amendment in (whose, replace(BASE, reason=own.of(9), reason_language="en"))
    ]
    assert found == [[("C'est dit.", "fr")], [(own.of(9), "en")]]


def test_one_that_waits_without_words_of_its_own_says_only_that() -> None:
    waiting = replace(BASE, organisations=(), target=1, justification="", state="tabled")
    assert [one for one in lines(waiting) if one.startswith(("Amendment 7 ·", "in ", "What"))] == [
        "Amendment 7 · title",
        "in «fr»",
        "What became of it: AmendmentState: tabled.",
    ]


def test_what_comes_in_is_in_the_language_of_its_authors() -> None:
    amended = replace(ONE, text="Cities name a contact sans délai.")
    pieces = section(rendered(with_one(replace(BASE, amended=(amended,)))), "amendments").pieces
    (table,) = [one for one in pieces if isinstance(one, Table)]
    before, after = (cell.lines[0].words for cell in table.rows[0])
    assert [(w.text, w.language, w.state) for w in after] == [
        ("Cities name a contact ", "en", SpanState.KEPT),
        ("sans délai", "fr", SpanState.INSERTED),
        (".", "en", SpanState.KEPT),
    ]
    assert {word.language for word in before} == {"en"}


def test_new_and_deleted_paragraphs_are_told_in_a_word() -> None:
    assert rows(replace(BASE, target=4, amended=(ONE, TWO))) == [(["new"], [TWO.text])]
    assert rows(replace(BASE, amended=())) == [([ONE.text], ["deleted"])]
    assert "Amendment 7 · paragraph 4" in lines(replace(BASE, target=4, amended=(ONE, TWO)))


def test_moved_and_reshaped_paragraphs_say_what_they_are_now() -> None:
    assert rows(replace(BASE, base=(ONE, TWO), amended=(TWO, ONE)))[0][1][0] == "Moved here"
    item = replace(ONE, kind=BlockKind.LIST_ITEM, level=1)
    assert rows(replace(BASE, amended=(item,)))[0][1] == ["now: BlockKind: list_item", ONE.text]


def test_words_that_only_look_otherwise_are_told_below_them() -> None:
    bold = replace(ONE, marks=(Mark(MarkKind.STRONG, 0, 6),))
    assert rows(replace(BASE, amended=(bold,)))[0][1] == [ONE.text, "Sets “Cities” in bold."]
