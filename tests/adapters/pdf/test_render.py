import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import page
import pikepdf
import pytest

from service.adapters.pdf.apart import render_apart
from service.adapters.pdf.recipe import AGENDA
from service.adapters.pdf.render import render
from service.domain.publication import Approval, Evidence, Snapshot, digest, from_json, to_json
from service.domain.text import Block, BlockKind
from tests.adapters.editions import VERIFY_URL, an_approval, an_edition
from tests.adapters.pdf.reading import read, text_of

# What is an identifier, an address behind a link, or a word that the paper says in its own words.
NOT_PRINTED = {"id", "block", "format", "language", "href", "kind", "state", "stance", "reservation"}
NAMES_BY_ID = {"organisation", "organisations"}

HOSTILE = (
    """<font color="[[[getattr(pow,Word('__globals__'))['os'].system('touch /tmp/PWNED')]]] and 'red'">x</font>""",
    '<img src="http://169.254.169.254/latest/meta-data/" width="10" height="10"/>',
    '<img src="/etc/passwd"/> ; file:///proc/self/environ',
    '<a href="file:///etc/passwd">x</a> <a href="\\\\\\\\evil\\\\s">',
    '<onDraw name="f" label="x"/> <index item="a" name="b"/> <seq id="s"/>',
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>&x; &#0; &#xD800;',
    "<b>" * 5_000,
    "a) /OpenAction << /S /JavaScript /JS (app.alert(1)) >> (",
    "]]> </rdf:li> %PDF-1.7 endstream endobj trailer",
    "%(title)s {0} \\ \\n \\101",
)


def a_paper(snapshot: Snapshot, approval: Approval | None = None) -> bytes:
    return render(snapshot, approval or an_approval(), verify_url=VERIFY_URL)


@pytest.fixture(scope="module")
def edition() -> Snapshot:
    return an_edition()


@pytest.fixture(scope="module")
def paper(edition: Snapshot) -> bytes:
    return a_paper(edition)


def strings(value: object) -> Iterator[str]:
    """Yield every text of an edition that is to be found on paper."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from strings(item)
    elif is_dataclass(value):
        for field in fields(value):
            by_id = NAMES_BY_ID if not isinstance(value, Snapshot) else set()
            # Evidence names the paragraphs of its claims; their words are printed, not their ids.
            claims = {"blocks"} if isinstance(value, Evidence) else set()
            if field.name not in NOT_PRINTED | by_id | claims:
                yield from strings(getattr(value, field.name))


def missing(snapshot: Snapshot, pdf: bytes) -> list[str]:
    """Return the texts of the edition that cannot be read out of the paper; white space apart."""
    printed = "".join(text_of(pdf).split())
    return [text for text in strings(snapshot) if "".join(text.split()) not in printed]


def test_every_text_of_the_edition_is_read_back_in_full(edition: Snapshot, paper: bytes) -> None:
    assert missing(edition, paper) == []


def test_the_same_edition_gives_the_same_bytes_in_any_process(edition: Snapshot, paper: bytes) -> None:
    script = (
        "import sys; from service.adapters.pdf.render import render; "
        "from tests.adapters.editions import *; "
        "sys.stdout.buffer.write(render(an_edition(), an_approval(), verify_url=VERIFY_URL))"
    )
    surroundings = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Kathmandu", "LC_ALL": "C"}
    root = Path(__file__).parents[3]

    other = subprocess.run(
        [sys.executable, "-c", script], env=surroundings, cwd=root, capture_output=True, check=True
    )

    assert a_paper(edition) == paper
    assert other.stdout == paper


def test_the_process_apart_gives_the_same_bytes(edition: Snapshot, paper: bytes) -> None:
    assert render_apart(edition, an_approval(), verify_url=VERIFY_URL) == paper


@pytest.mark.parametrize("profile", [page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A])
def test_the_paper_is_accessible_and_made_to_last(paper: bytes, profile: page.ValidationProfile) -> None:
    report = page.validate_pdf_bytes(paper, profile=profile)

    assert [(failure.rule_id, failure.message) for failure in report.failures] == []


def test_the_paper_holds_the_edition_as_data_and_names_its_digest(edition: Snapshot, paper: bytes) -> None:
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        data = pdf.attachments[AGENDA].get_file().read_bytes()
        metadata = pdf.Root.Metadata.read_bytes().decode()
        relationship = str(pdf.Root.AF[0].AFRelationship)

    assert from_json(data.decode()) == edition
    assert data == to_json(edition).encode()
    assert f"<dc:identifier>urn:sha256:{digest(edition)}</dc:identifier>" in metadata
    assert relationship == "/Source"


def test_the_structure_has_one_title_a_heading_per_chapter_and_a_named_symbol_per_position(
    paper: bytes,
) -> None:
    tree = read(paper)

    assert [" ".join(node.text.split()) for node in tree.every("H1")] == [an_edition().title]
    assert [" ".join(node.text.split()) for node in tree.every("H2")][:6] == [
        "Imprint About this paper",
        "In one page Three asks",
        "Contents What is where",
        "Mandate and method How this text came to be",
        f"Recommendation 1 {an_edition().recommendations[0].title}",
        f"Recommendation 2 {an_edition().recommendations[1].title}",
    ]
    matrix = next(table for table in tree.every("Table") if "Organisation" in table.text)
    signs = [figure.alt for figure in matrix.every("Figure")]
    assert len(signs) == 3 * 12
    assert set(signs) == {
        "endorsed",
        "endorsed with reservation",
        "no objection",
        "objection",
        "abstained",
        "recused",
        "no record",
    }


def test_the_contents_lead_to_the_pages_that_they_name(paper: bytes) -> None:
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        numbers = {one.obj.objgen: index for index, one in enumerate(pdf.pages, start=1)}
        contents = pdf.pages[3]
        targets = [numbers[link.Dest[0].objgen] for link in contents.Annots if "/Dest" in link]
        titles = {str(item.title) for item in pdf.open_outline().root}
    toc = next(read(paper).every("TOC"))
    named = [int(re.findall(r"(\d+)\s*$", entry.text)[0]) for entry in toc.every("TOCI")]

    assert list(dict.fromkeys(targets)) == named
    assert {"Three asks", "Who says what", "How to check this paper"} <= titles


def test_changed_words_are_struck_out_and_underlined_not_only_coloured(paper: bytes) -> None:
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        kinds = {
            str(one.A[0].TextDecorationType)
            for one in pdf.objects
            if isinstance(one, pikepdf.Dictionary) and one.get("/S") == pikepdf.Name.Span and "/A" in one
        }

    assert kinds == {"/LineThrough", "/Underline"}


@pytest.mark.parametrize("payload", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_printed_as_text(payload: str) -> None:
    calm = an_edition(asks=1, organisations=2, amendments=1, lessons=1)
    ask = calm.recommendations[0]
    block = Block("hostile", BlockKind.PARAGRAPH, payload)
    hostile = replace(
        calm,
        title=payload,
        editor=payload,
        organisations=tuple(replace(one, name=payload, region=payload) for one in calm.organisations),
        recommendations=(
            replace(
                ask,
                title=payload,
                blocks=(block, block, block, replace(block, kind=BlockKind.LIST_ITEM)),
                evidence=(replace(ask.evidence[0], url=payload, quotation=payload),),
                amendments=(replace(ask.amendments[0], justification=payload, amended=(block,)),),
            ),
        ),
    )

    pdf = a_paper(hostile)

    assert missing(hostile, pdf) == []
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        keys = {key for one in opened.objects if isinstance(one, pikepdf.Dictionary) for key in one.keys()}  # noqa: SIM118 - a PDF dictionary is no mapping
        addresses = {
            str(one.URI) for one in opened.objects if isinstance(one, pikepdf.Dictionary) and "/URI" in one
        }
    assert keys.isdisjoint({"/JS", "/JavaScript", "/OpenAction", "/AA", "/Launch"})
    # Nothing can be shown or hidden later: no layers, no fields.
    assert keys.isdisjoint({"/OCProperties", "/OCGs", "/OC", "/AcroForm", "/XFA"})
    assert addresses <= {VERIFY_URL, "https://example.org/review"}


@pytest.mark.parametrize(
    "script", ["مدينة وشراكة 2024 EU", "Πόλεις και συνεργασίες", "Города и партнёрства", "都市と地域 🌍"]
)
def test_text_in_any_script_can_be_read_back(script: str) -> None:
    edition = an_edition(asks=1, organisations=2, amendments=1, lessons=0)
    foreign = replace(edition, title=script, mandate=f"{script}. " * 30)

    pdf = a_paper(foreign)

    assert "".join(script.split()) in "".join(text_of(pdf).split())
    for profile in (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A):
        assert page.validate_pdf_bytes(pdf, profile=profile).failures == []


def test_an_empty_edition_is_a_paper_too() -> None:
    empty = replace(
        an_edition(asks=0, organisations=0, lessons=0),
        steps=(),
        method=(),
        mandate="",
        imprint=(),
        changes=(),
    )

    pdf = a_paper(empty, Approval())

    assert "No amendment was tabled." in text_of(pdf)
    assert "Not yet approved" in text_of(pdf)
    assert page.validate_pdf_bytes(pdf, profile=page.ValidationProfile.PDF_UA_1).failures == []


def test_overlong_texts_find_their_place() -> None:
    edition = an_edition(asks=1, organisations=3, amendments=1, lessons=1)
    ask = edition.recommendations[0]
    amendment = ask.amendments[0]
    long = "Cities ask for what they have asked before. " * 400
    word = "x" * 20_000
    monster = replace(
        edition,
        title="A very long title that never comes to its end, " * 12,
        recommendations=(
            replace(
                ask,
                title=word[:300],
                addressee=word[:200],
                blocks=(
                    replace(ask.blocks[0], text=word[:300]),
                    *(replace(one, text=long) for one in ask.blocks[1:3]),
                ),
                provenance=(),
                amendments=(
                    replace(amendment, base=(replace(amendment.base[0], text=long),), justification=word),
                ),
            ),
        ),
    )

    assert missing(monster, a_paper(monster)) == []


def test_a_large_edition_has_all_its_pages() -> None:
    large = an_edition(asks=12, organisations=120, amendments=7, lessons=10)

    pdf = a_paper(large)

    assert missing(large, pdf) == []
    assert page.validate_pdf_bytes(pdf, profile=page.ValidationProfile.PDF_UA_1).failures == []
