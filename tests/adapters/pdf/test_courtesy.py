"""A courtesy translation on paper: marked on every page, never sealed, and with all that the edition prints."""

import io
import re
from dataclasses import replace

import page
import pikepdf
import pytest

from service.adapters import paper as paper_module
from service.adapters.apart import ApartError
from service.adapters.paper import ChildRenderer
from service.adapters.pdf import apart
from service.adapters.pdf.courtesy import Unreadable, render_courtesy
from service.domain import renditions
from service.domain.drafts import NotPrintableError
from service.domain.paper_codes import code_of
from service.domain.publication import Snapshot, digest
from service.domain.renditions import Courtesy, Rendition
from service.domain.renditions.tree import Kind, Table
from service.web.renditions import HouseRenditions
from tests.adapters.editions import a_corrected_edition
from tests.adapters.pdf.reading import read, text_of
from tests.domain.renditions.made import a_courtesy, facts_of
from tests.domain.renditions.trees import plain, words_in

EDITION = a_corrected_edition(asks=2, organisations=3, amendments=4, lessons=1)
FRENCH = a_courtesy(EDITION.recommendations[0], b1="Inscrire la coopération", b2="Nommez un contact.")
MADE_AT = EDITION.assembled_at


def tree_of(snapshot: Snapshot = EDITION, courtesy: Courtesy = FRENCH) -> Rendition:
    return HouseRenditions("").tree(snapshot, facts_of(snapshot), courtesy.language, (courtesy,))


def a_paper(tree: Rendition) -> bytes:
    return render_courtesy(tree, identifier="urn:sha256:0", made_at=MADE_AT)


@pytest.fixture(scope="module")
def paper() -> bytes:
    return a_paper(tree_of())


def test_all_that_the_tree_says_is_on_the_paper(paper: bytes) -> None:
    said = "".join(text_of(paper).split())
    # The headings above the redlines say what their captions would.
    untold = {
        plain(part.caption)
        for section in tree_of().sections
        for part in section.pieces
        if isinstance(part, Table) and part.kind is Kind.COLUMNS and not part.titled
    }
    told = [word.text for word in words_in(tree_of()) if not word.sign and word.text not in untold]
    assert [text for text in told if "".join(text.split()) not in said] == []


def test_the_stances_are_told_in_words_of_its_language(paper: bytes) -> None:
    alts = {figure.alt for figure in read(paper).every("Figure")}
    assert ("soutien" in alts, "endorsed" in alts) == (True, False)


def test_each_page_says_that_it_is_a_courtesy_and_the_cover_too(paper: bytes) -> None:
    head = "Traduction de courtoisie\u00a0; le texte authentique est en anglais"
    assert tree_of().running.head == head
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        furniture = [
            one.Contents.read_bytes().count(b"/Artifact <</Type /Pagination>> BDC") for one in pdf.pages
        ]
        attached = len(pdf.attachments)
    # The head, and at the foot a rule, the edition, and the code with the number of the page.
    assert (furniture[0], min(furniture[1:])) == (0, 4)
    assert attached == 0
    assert text_of(paper).count(" ".join(head.split())) == 2


def test_it_names_the_authentic_paper_by_its_digest_and_code(paper: bytes) -> None:
    facts = facts_of(EDITION)
    said = "".join(text_of(paper).split())
    assert [
        one for one in (facts.file_digest, digest(EDITION), code_of(digest(EDITION))) if one not in said
    ] == []


def test_original_words_stand_below_in_their_own_language(paper: bytes) -> None:
    spoken = {node.lang for node in read(paper).every("P")} | {
        node.lang for node in read(paper).every("Span")
    }
    assert "en" in spoken
    assert EDITION.recommendations[0].blocks[2].text in text_of(paper)


def test_matrix_of_many_recommendations_is_divided() -> None:
    (first, *_) = EDITION.recommendations
    bare = replace(first, amendments=(), provenance=(), evidence=(), positions=first.positions[:1])
    many = tuple(replace(bare, number=number) for number in range(1, 21))
    tree = tree_of(replace(EDITION, recommendations=many, proofs=None))
    only = replace(tree, sections=tuple(one for one in tree.sections if one.anchor == "positions"))
    heads = [len(list(table.every("TH"))) for table in read(a_paper(only)).every("Table")]
    assert heads[-2:] == [19 + 3, 3 + 3]


@pytest.mark.parametrize("profile", [page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A])
def test_it_is_as_accessible_as_the_paper(paper: bytes, profile: page.ValidationProfile) -> None:
    report = page.validate_pdf_bytes(paper, profile=profile)
    assert [(failure.rule_id, failure.message) for failure in report.failures] == []


def test_the_same_tree_gives_the_same_bytes_in_a_process_apart(paper: bytes) -> None:
    assert ChildRenderer("").courtesy(tree_of(), "urn:sha256:0", MADE_AT) == paper


def test_letters_that_no_typeface_has_are_refused_and_a_name_in_them_is_not() -> None:
    chinese = replace(
        FRENCH, language="zh", blocks=tuple(replace(one, text="城" * 40) for one in FRENCH.blocks)
    )
    with pytest.raises(Unreadable):
        a_paper(tree_of(courtesy=chinese))
    named = replace(EDITION, editor="城市")
    assert "城市" in text_of(a_paper(tree_of(named)))


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("service.adapters.pdf failed: TooTall: A part of the paper is too tall.", NotPrintableError),
        ("service.adapters.pdf failed: Unreadable: No typeface has these letters.", NotPrintableError),
        ("service.adapters.pdf took more than 120 seconds.", ApartError),
        ("service.adapters.pdf failed: it ended before it answered", ApartError),
    ],
)
def test_what_lies_with_the_text_says_why_and_all_else_is_tried_again(
    monkeypatch: pytest.MonkeyPatch, fault: str, told: type[Exception]
) -> None:
    def fails(*_: object, **__: object) -> bytes:
        raise ApartError(fault)

    monkeypatch.setattr(paper_module, "courtesy_apart", fails)
    with pytest.raises(told, match=re.escape(fault)):
        ChildRenderer("").courtesy(tree_of(), "urn:sha256:0", MADE_AT)


def test_the_maker_is_named_by_its_files_and_libraries() -> None:
    assert ChildRenderer("").maker == apart.maker()
    assert "reportlab" in apart.maker()


def test_only_what_runs_from_the_left_is_set() -> None:
    tags = ("fr", "PT", "de-AT", "ar", "AR-EG", "he", "fa")
    assert [tag for tag in tags if not renditions.is_printed(tag)] == ["ar", "AR-EG", "he", "fa"]
