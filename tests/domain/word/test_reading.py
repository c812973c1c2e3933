"""What a document that came back proposes, and what there is to ask."""

import pytest

from service.domain.errors import Invalid
from service.domain.text import Block, BlockKind, Look, Mark, MarkKind
from service.domain.word import (
    Change,
    Ignored,
    Paper,
    Paragraph,
    RemarkKind,
    Run,
    bookmark,
    read,
    remarks,
    written,
)
from tests.domain.text.builders import told

K, N, D, X = Change.KEPT, Change.INSERTED, Change.DELETED, Change.DROPPED
BASE = (
    Block("T", BlockKind.HEADING, "Fund what lasts", 1),
    Block("A", BlockKind.PARAGRAPH, "Reserve a tenth of each budget for upkeep."),
    Block("W", BlockKind.PARAGRAPH, "Much of it is repaired too late. Much is lost."),
    Block("L", BlockKind.LIST_ITEM, "in the year it ends", 1),
)
TITLE, ASK, WHY, ITEM = written(BASE, BASE)


def para(*runs: Run | str, end: Change = K, name: str = "", style: str = "") -> Paragraph:
    made = tuple(run if isinstance(run, Run) else Run(run) for run in runs)
    return Paragraph(made, end, (name,) if name else (), style)


def reading(*paragraphs: Paragraph) -> tuple[list[tuple[str, str]], list[tuple[RemarkKind, int]]]:
    found = read(Paper({}, paragraphs), BASE)
    return [(block.id, block.text) for block in found.blocks], [
        (one.kind, one.block) for one in found.remarks
    ]


def texts(*changed: tuple[str, str]) -> list[tuple[str, str]]:
    return [(block.id, dict(changed).get(block.id, block.text)) for block in BASE]


def test_a_document_that_says_the_same_proposes_nothing() -> None:
    found = read(Paper({}, (TITLE, ASK, WHY, ITEM, para(""))), BASE)
    assert (found.blocks, found.remarks) == (BASE, (remarks.unchanged(),))


def test_tracked_words_are_the_proposal_whoever_changed_them_and_how_often() -> None:
    ask = para(
        "Reserve ",
        Run("a tenth", D),
        Run("a fifth", X),
        Run("a quarter", N),
        " of each budget for upkeep.",
        name="b_A",
    )
    assert reading(TITLE, ask, WHY, ITEM) == (
        texts(("A", "Reserve a quarter of each budget for upkeep.")),
        [],
    )


def test_untracked_changes_are_taken_and_told() -> None:
    ask = para("Reserve a tenth of each budget for ", Run("upkeep", D), Run("care", N), " now.", name="B_a")
    assert reading(TITLE, ask, WHY, ITEM) == (
        texts(("A", "Reserve a tenth of each budget for care now.")),
        [(RemarkKind.UNTRACKED_CHANGE, 2)],
    )


def test_a_paragraph_that_is_just_not_there_is_kept_where_it_stood() -> None:
    assert reading(TITLE, ASK, ITEM) == (
        texts(),
        [(RemarkKind.MISSING_PARAGRAPH, 3), (RemarkKind.UNCHANGED, 0)],
    )
    assert reading(WHY, ITEM)[0] == texts()
    assert reading() == (
        texts(),
        [*((RemarkKind.MISSING_PARAGRAPH, number) for number in (1, 2, 3, 4)), (RemarkKind.UNCHANGED, 0)],
    )


def test_a_paragraph_that_was_struck_out_goes() -> None:
    gone = para(Run(BASE[1].text, D), end=D, name="b_A")
    assert reading(TITLE, gone, WHY, ITEM) == ([(b.id, b.text) for b in (BASE[0], *BASE[2:])], [])
    emptied = para(Run(BASE[1].text, D), name="b_A")
    assert reading(TITLE, emptied, WHY, ITEM) == ([(b.id, b.text) for b in (BASE[0], *BASE[2:])], [])


def test_new_paragraphs_have_no_id_and_those_that_are_not_tracked_are_told() -> None:
    tracked = para(Run("Brand new.", N), end=N)
    assert reading(TITLE, ASK, tracked, WHY, ITEM) == ([*texts()[:2], ("", "Brand new."), *texts()[2:]], [])
    untracked = para("Something else.")
    assert reading(TITLE, ASK, untracked, WHY, ITEM) == (
        [*texts()[:2], ("", "Something else."), *texts()[2:]],
        [(RemarkKind.UNTRACKED_PARAGRAPH, 0)],
    )


def test_a_new_paragraph_before_another_leaves_it_its_id_wherever_the_bookmark_went() -> None:
    new = para(Run("Brand new.", N), end=N, name="b_A")
    assert reading(TITLE, new, para(BASE[1].text), WHY, ITEM)[0] == [
        *texts()[:1],
        ("", "Brand new."),
        *texts()[1:],
    ]


def test_a_split_begins_with_the_old_block() -> None:
    parts = (para("Much of it is repaired too late.", end=N, name="b_W"), para(Run(" ", D), "Much is lost."))
    assert reading(TITLE, ASK, *parts, ITEM) == (
        [*texts()[:2], ("W", "Much of it is repaired too late."), ("", "Much is lost."), *texts()[3:]],
        [],
    )


def test_a_join_goes_on_with_the_first_block() -> None:
    joined = (
        para("Reserve a tenth of each budget for upkeep.", Run(" ", N), end=D, name="b_A"),
        para("Much of it is repaired too late. ", Run("Much is lost.", D), name="b_W"),
    )
    whole = "Reserve a tenth of each budget for upkeep. Much of it is repaired too late."
    assert reading(TITLE, *joined, ITEM) == ([*texts()[:1], ("A", whole), *texts()[3:]], [])


def test_a_paragraph_with_nothing_of_its_own_left_keeps_its_id() -> None:
    other = para(Run(BASE[2].text, D), Run("Wholly other words.", N), name="b_W")
    before = para(Run(BASE[1].text, D), end=D, name="b_A")
    assert reading(TITLE, before, other, ITEM) == (
        [*texts()[:1], ("W", "Wholly other words."), *texts()[3:]],
        [],
    )


def test_a_moved_paragraph_is_known_by_either_bookmark_or_its_words() -> None:
    there = para(Run(BASE[1].text, N), end=N, name=f"moved_{bookmark('A')}")
    here = para(Run(BASE[1].text, D), end=D, name="b_A")
    order = [texts()[at] for at in (0, 2, 1, 3)]
    assert reading(TITLE, here, WHY, there, ITEM) == (order, [])
    bare = para(Run(BASE[1].text, N), end=N)
    assert reading(TITLE, here, WHY, bare, ITEM) == (order, [])
    # The bookmark went along; what was struck out has none.
    taken = para(Run(BASE[1].text, N), end=N, name="b_A")
    assert reading(TITLE, para(Run(BASE[1].text, D), end=D), WHY, taken, ITEM) == (order, [])


def test_a_lost_bookmark_is_found_by_the_words_and_a_double_one_counts_once() -> None:
    assert reading(TITLE, para(BASE[1].text), WHY, ITEM) == (texts(), [(RemarkKind.UNCHANGED, 0)])
    copied = para("Reserve nothing at all for anything.", name="b_A")
    assert reading(TITLE, copied, ASK, WHY, ITEM) == (
        [*texts()[:1], ("", "Reserve nothing at all for anything."), *texts()[1:]],
        [(RemarkKind.UNTRACKED_PARAGRAPH, 0)],
    )
    assert reading(TITLE, ASK, WHY, ITEM, para("Foreign words.", name="_GoBack"))[0][-1] == (
        "",
        "Foreign words.",
    )


def test_paragraphs_joined_untracked_keep_what_is_missing_for_a_person_to_sort_out() -> None:
    both = Paragraph((Run(f"{BASE[1].text} {BASE[2].text}"),), K, ("b_A", "b_W"))
    assert reading(TITLE, both, ITEM) == (
        [*texts()[:1], ("A", f"{BASE[1].text} {BASE[2].text}"), *texts()[2:]],
        [(RemarkKind.UNTRACKED_CHANGE, 2), (RemarkKind.MISSING_PARAGRAPH, 3)],
    )


def test_marks_are_read_and_links_lead_well_or_nowhere() -> None:
    looks = (
        Look(strong=True),
        Look(emphasis=True, href="https://a.example"),
        Look(href="file:///etc/passwd"),
    )
    ask = para(
        Run("Reserve", K, looks[0]),
        " ",
        Run("a tenth", K, looks[1]),
        Run(" of each budget for upkeep.", K, looks[2]),
        name="b_A",
    )
    found = read(Paper({}, (TITLE, ask, WHY, ITEM)), BASE)
    block = found.blocks[1]
    assert [one.text for one in found.remarks] == [
        "Links that lead neither to the web nor to a mailbox are not taken (1); their words are."
    ]
    assert (block.text, block.marks) == (
        BASE[1].text,
        (
            Mark(MarkKind.STRONG, 0, 7),
            Mark(MarkKind.EMPHASIS, 8, 15),
            Mark(MarkKind.LINK, 8, 15, "https://a.example"),
        ),
    )


@pytest.mark.parametrize(
    ("style", "form"),
    [
        ("", (BlockKind.PARAGRAPH, 0)),
        ("body", (BlockKind.PARAGRAPH, 0)),
        ("ask", (BlockKind.PARAGRAPH, 0)),
        ("quote", (BlockKind.QUOTATION, 0)),
        ("list 2", (BlockKind.LIST_ITEM, 2)),
        ("heading 1", (BlockKind.HEADING, 2)),
        ("heading 3", (BlockKind.HEADING, 3)),
        ("title", (BlockKind.HEADING, 2)),
    ],
)
def test_a_style_of_another_kind_makes_another_block(style: str, form: tuple[BlockKind, int]) -> None:
    set_otherwise, new = para(BASE[2].text, name="b_W", style=style), para(Run("New.", N), end=N, style=style)
    blocks = read(Paper({}, (TITLE, ASK, new, set_otherwise, ITEM)), BASE).blocks
    assert [(block.kind, block.level) for block in blocks[2:4]] == [form, form]


def test_what_stands_first_is_the_title() -> None:
    blocks = read(Paper({}, (para(Run("New.", N), end=N), TITLE, ASK, WHY, ITEM)), BASE).blocks
    assert [(b.id, b.kind, b.level) for b in blocks[:2]] == [
        ("", BlockKind.HEADING, 1),
        ("T", BlockKind.HEADING, 1),
    ]


def test_what_cannot_stand_is_given_back_to_be_mended() -> None:
    long = "word " * 5_000
    blocks = read(
        Paper({}, (TITLE, para(Run(BASE[1].text, D), Run(long, N), name="b_A"), WHY, ITEM)), BASE
    ).blocks
    assert (blocks[1].id, blocks[1].text) == ("A", long.strip()[:20_001])


def test_what_nobody_sees_is_no_paragraph() -> None:
    assert reading(TITLE, ASK, para(Run("\u200b\u00ad ", N), end=N), WHY, ITEM)[0] == texts()


def test_what_is_not_taken_is_counted() -> None:
    counts = {what.value: at for at, what in enumerate(Ignored, start=1)}
    found = read(Paper({}, (TITLE, ASK, WHY, ITEM), counts), BASE).remarks
    assert [one.text for one in found] == [
        "Tables are not taken (1): write what they say as text.",
        "Pictures, drawings and formulas are not taken (2).",
        "Comments in the margin are not taken (3): write them here, beside the text.",
        "Footnotes and endnotes are not taken (4).",
        "Signs that only a special font can show are not taken (5).",
        "Your document says the same as the version it was made from.",
    ]


def test_remarks_show_the_beginning_of_a_long_paragraph() -> None:
    told_of, *_ = read(Paper({}, (TITLE, ASK, WHY, ITEM, para("many words " * 20))), BASE).remarks
    assert told_of.text.endswith("many words many …”")


def test_what_is_longer_than_any_text_is_refused() -> None:
    for paragraphs in ((para("x"),) * 2_001, (para("word " * 120_001),)):
        with pytest.raises(Invalid) as refusal:
            read(Paper({}, paragraphs), BASE)
        assert [error.field for error in refusal.value.errors] == ["file"]


def test_what_is_told_of_the_version_that_a_document_was_made_from() -> None:
    assert [one.text for one in (remarks.earlier_version(1, 3), remarks.version_unknown(3))] == [
        "Your document was made from version 1; version 3 is the current one.",
        "Your document does not say from which version it was made, so it is compared with version 3.",
    ]


def test_nothing_is_proposed_where_everything_was_struck_out() -> None:
    gone = tuple(para(Run(block.text, D), end=D, name=f"b_{block.id}") for block in BASE)
    assert told(read(Paper({}, gone), BASE).blocks) == []
