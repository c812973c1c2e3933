"""What a reader of the paper hears: two independent checkers, and the structure tree itself."""

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import outloud
import page
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Object

from service.adapters.pdf.render import render
from service.adapters.signing import Seal
from service.domain.publication import Snapshot
from tests.adapters.editions import VERIFY_URL, an_approval, an_edition
from tests.adapters.pdf.reading import read

# PDF/UA-1 (7.18.1) asks for no tag on a field outside the page; this checker knows only the flag that PDF/A forbids.
OUTSIDE = "FRM-003"
SPANISH = "La reserva se debe a que falta el dictamen de la comisión de hacienda."
PORTUGUESE = "A reserva é apenas linguística."
FRENCH = "Une semaine suffit pour une réponse simple et non pour une question de droit."


@pytest.fixture(scope="module")
def edition() -> Snapshot:
    """An edition with a little of everything: scripts, foreign words, an ask that was not adopted, empty cells."""
    calm = an_edition(asks=4, organisations=14, amendments=3, lessons=2)
    first, second, *others = calm.recommendations
    foreign = replace(
        first.amendments[0], language="fr", justification=FRENCH, reason=FRENCH, reason_language="fr"
    )
    objecting = replace(
        next(one for one in first.positions if one.stance == "objection"),
        statement=SPANISH,
        resolved_by=SPANISH,
        language="es",
    )
    quoted = replace(first.evidence[0], title=PORTUGUESE, quotation=PORTUGUESE, language="pt")
    names = ("Θεσσαλονίκη", "Одеса", "مدينة", "Æðelíng–Łódź")
    organisations = (
        tuple(replace(one, name=name) for one, name in zip(calm.organisations, names, strict=False))
        + calm.organisations[len(names) :]
    )
    split = second.provenance[0]
    at = split.runs[0].end
    spaced = replace(
        split,
        runs=(
            replace(split.runs[0], end=at - 1),
            replace(split.runs[1], start=at - 1, end=at),
            replace(split.runs[1], start=at),
        ),
    )
    return replace(
        calm,
        organisations=organisations,
        lessons=(replace(calm.lessons[0], text=SPANISH, language="es"), *calm.lessons[1:]),
        recommendations=(
            replace(
                first,
                amendments=(foreign, *first.amendments[1:]),
                positions=tuple(
                    objecting if one.organisation == objecting.organisation else one
                    for one in first.positions
                ),
                evidence=(quoted, *first.evidence[1:]),
            ),
            replace(second, outcome=replace(second.outcome, passed=False), provenance=(spaced,)),
            *others,
        ),
    )


@pytest.fixture(scope="module")
def paper(edition: Snapshot) -> bytes:
    return render(edition, an_approval(), verify_url=VERIFY_URL)


@pytest.fixture(scope="module")
def sealed_paper(seal: Seal, paper: bytes) -> bytes:
    return seal.timestamp(seal.sign(paper))


@pytest.fixture(params=["paper", "sealed_paper"])
def file(request: pytest.FixtureRequest) -> bytes:
    content = request.getfixturevalue(request.param)
    assert isinstance(content, bytes)
    return content


def elements(pdf: pikepdf.Pdf, tag: str) -> Iterator[Object]:
    for one in pdf.objects:
        if isinstance(one, Dictionary) and one.get("/Type") == Name.StructElem and str(one.S) == f"/{tag}":
            yield one


def listed(element: Object) -> list[Object]:
    """Return the elements that stand in another."""
    return list(element.K) if isinstance(element.K, Array) else [element.K]


def attribute(element: Object, key: str) -> str:
    return "".join(str(one[key]) for one in element.get("/A", ()) if key in one)


def test_the_paper_can_be_read_aloud_before_and_after_it_is_sealed(file: bytes, tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(file)

    result = outloud.check(str(path), skip={OUTSIDE})

    assert result.error is None
    assert result.stats["pages"] > 20
    found = [(one.rule, one.message, one.evidence) for one in result.findings if one.severity == "error"]
    assert found == []


def test_the_fields_of_the_seal_are_outside_the_page_where_nobody_meets_them(sealed_paper: bytes) -> None:
    with pikepdf.open(io.BytesIO(sealed_paper)) as pdf:
        boxes = [
            [float(edge) for edge in note.Rect]
            for one in pdf.pages
            for note in one.get("/Annots", ())
            if note.Subtype == Name.Widget
        ]

    assert len(boxes) == 2
    assert all(right <= 0 and top <= 0 for _, _, right, top in boxes)


def test_the_paper_is_accessible_before_and_after_it_is_sealed(file: bytes) -> None:
    report = page.validate_pdf_bytes(file, profile=page.ValidationProfile.PDF_UA_1)

    assert [(failure.rule_id, failure.message) for failure in report.failures] == []


def test_a_passage_in_another_language_says_so(paper: bytes) -> None:
    tree = read(paper)
    spans = [(node.lang, " ".join(node.text.split())) for node in tree.every("Span") if node.lang]
    cited = [("pt", PORTUGUESE), ("pt", f"“{PORTUGUESE}”")]

    # A position, an amendment, and what rests on what; a whole piece of evidence, and a whole lesson.
    foreign = {PORTUGUESE, f"“{PORTUGUESE}”", SPANISH, FRENCH}
    assert [one for one in spans if one[1] in foreign] == [
        *[("es", SPANISH)] * 2,
        *[("fr", FRENCH)] * 2,
        *cited * 2,
    ]
    assert [PORTUGUESE in node.text for node in tree.every("LBody") if node.lang == "pt"] == [True]
    assert [node.text.strip() for node in tree.every("P") if node.lang == "es"] == [SPANISH]


def test_every_head_of_a_table_names_what_it_heads_and_every_row_fills_the_grid(paper: bytes) -> None:
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        assert {attribute(cell, "/Scope") for cell in elements(pdf, "TH")} == {"/Row", "/Column"}
        for table in elements(pdf, "Table"):
            rows = [row for part in listed(table) for row in listed(part)]
            widths = {sum(int(attribute(cell, "/ColSpan") or 1) for cell in listed(row)) for row in rows}
            assert len(widths) == 1


def test_every_figure_says_what_it_shows_and_where(paper: bytes) -> None:
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        figures = list(elements(pdf, "Figure"))

        assert len(figures) > 4 * 14
        assert all(str(figure.get("/Alt", "")) and attribute(figure, "/BBox") for figure in figures)


def test_every_chapter_is_in_the_outline_and_every_link_leads_somewhere(paper: bytes) -> None:
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        with pdf.open_outline() as outline:
            entries = [str(item.title) for item in outline.root]
        pages = {one.obj.objgen for one in pdf.pages}
        links = [link for one in pdf.pages for link in one.get("/Annots", ())]

        assert all(link.Dest[0].objgen in pages for link in links if "/Dest" in link)
        assert all("/Dest" in link or "/A" in link for link in links)
    heads = [head.text for head in read(paper).every("H2")]
    # The cover's own title is the first entry.
    assert len(entries) == len(heads) + 1
    assert all(
        entry.rpartition(": ")[2] in " ".join(head.split())
        for entry, head in zip(entries[1:], heads, strict=True)
    )
