"""A text as a Word document."""

from io import BytesIO

from docx import Document
from docx.oxml.ns import qn

from service.adapters.word import FileWord
from service.adapters.word.reading import paper_of
from service.domain.text import Block, BlockKind, Mark, MarkKind
from service.domain.word import read, written
from tests.adapters.word.documents import BLOCKS, W, a_sheet, exported, tree_of

AMENDED = (
    BLOCKS[0],
    Block("ASK", BlockKind.PARAGRAPH, "Reserve a fifth of each budget for upkeep."),
    BLOCKS[4],
    Block("WHY", BlockKind.PARAGRAPH, "Much of it is repaired too late."),
    Block("new", BlockKind.PARAGRAPH, "Much is lost."),
    Block("also", BlockKind.LIST_ITEM, "a new item & more", 2),
    *BLOCKS[5:],
)


def test_every_kind_of_block_comes_back_as_it_went_out() -> None:
    paper = paper_of(exported())
    assert (read(paper, BLOCKS).blocks, paper.ignored) == (BLOCKS, {})
    assert paper.stamp == {
        "Recommendation": "R1",
        "Version": "V1",
        "Version number": "3",
        "Version digest": "d" * 64,
    }


def test_an_amendment_comes_back_with_all_of_its_changes() -> None:
    paper = paper_of(exported(AMENDED))
    assert [(p.end, p.names, p.style) for p in paper.paragraphs] == [
        (p.end, p.names, p.style) for p in written(BLOCKS, AMENDED)
    ]
    found = read(paper, BLOCKS)
    unnamed = [b if b.id not in {"new", "also"} else Block("", b.kind, b.text, b.level) for b in AMENDED]
    assert ([*found.blocks], found.remarks) == (unnamed, ())


def test_changes_are_the_organisations_and_of_their_day() -> None:
    tree = tree_of(exported(AMENDED))
    revisions = [one for one in tree.iter() if one.get(qn("w:author")) is not None]
    assert {(one.get(qn("w:author")), one.get(qn("w:date"))) for one in revisions} == {
        ("City of <Vilaró> & friends", "2026-03-04T05:06:00Z")
    }
    numbered = [one.get(qn("w:id")) for one in tree.iter() if one.tag != f"{{{W}}}bookmarkEnd"]
    known = [number for number in numbered if number is not None]
    assert len(known) == len(set(known))


def test_the_document_tracks_speaks_its_language_and_says_which_text_it_is() -> None:
    document = Document(BytesIO(exported()))
    assert document.settings.element.find(qn("w:trackRevisions")) is not None
    language = document.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
    assert (language.get(qn("w:val")), language.get(qn("w:bidi"))) == ("fr-FR", "ar-SA")
    assert [(p.style.name, p.text) for p in document.paragraphs if p.style is not None][:6] == [
        ("Title", "Fund what lasts"),
        ("Ask", "Reserve a tenth of each budget for upkeep."),
        ("Heading 2", "Why"),
        ("Body Text", "Much of it is repaired too late. Much is lost."),
        ("List Bullet", "in the year it ends"),
        ("List Bullet 3", "and in the year after"),
    ]
    assert (document.core_properties.title, document.sections[0].header.paragraphs[0].text) == (
        "1. Fund what lasts",
        "Head",
    )


def test_looks_forms_and_levels_that_changed_say_what_they_were() -> None:
    base = (
        BLOCKS[0],
        Block("A", BlockKind.PARAGRAPH, "Some words here."),
        Block("Q", BlockKind.QUOTATION, "Said.", 2),
    )
    amended = (
        BLOCKS[0],
        Block("A", BlockKind.LIST_ITEM, "Some words here.", 1, (Mark(MarkKind.STRONG, 0, 4),)),
        base[2],
    )
    content = exported(amended, base)
    tree = tree_of(content)
    was = tree.find(f".//{qn('w:pPrChange')}/{qn('w:pPr')}/{qn('w:pStyle')}")
    assert was.get(qn("w:val")) == "Ask"
    assert tree.find(f".//{qn('w:rPrChange')}/{qn('w:rPr')}") is not None
    assert [one.get(qn("w:left")) for one in tree.iter(qn("w:ind"))] == ["720"]
    assert read(paper_of(content), base).blocks == amended


def test_what_runs_from_right_to_left_is_set_so() -> None:
    paragraphs = list(tree_of(exported()).iter(qn("w:p")))
    assert [p.find(f".//{qn('w:bidi')}") is not None for p in paragraphs] == [*[False] * 7, True]
    assert paragraphs[-1].find(f".//{qn('w:r')}//{qn('w:rtl')}") is not None
    assert paragraphs[1].find(f".//{qn('w:rtl')}") is None


def test_a_sheet_has_one_document() -> None:
    assert FileWord.write(a_sheet(AMENDED)) == FileWord.write(a_sheet(AMENDED))
