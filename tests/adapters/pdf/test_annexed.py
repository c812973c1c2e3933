"""The annexes on evidence, on what has changed, and on what the record proves."""

import io
import re
from dataclasses import replace

import page
import pikepdf
import pytest

from service.adapters import reproducing
from service.adapters.notary import is_signed
from service.adapters.pdf import matrix
from service.adapters.pdf.attached import PROOFS
from service.adapters.pdf.render import render
from service.domain.publication import Snapshot, from_json, to_json
from service.domain.record_checks import Trust, check
from service.domain.reproduction import Likeness
from service.domain.verification import Verdict
from tests.adapters.editions import VERIFY_URL, a_corrected_edition, an_approval, an_edition
from tests.adapters.pdf.reading import read, text_of
from tests.fakes import a_notary

EDITION = a_corrected_edition(asks=2, organisations=5, amendments=1, lessons=1)


def a_paper(snapshot: Snapshot) -> bytes:
    return render(snapshot, an_approval(), verify_url=VERIFY_URL)


@pytest.fixture(scope="module")
def paper() -> bytes:
    return a_paper(EDITION)


def annexes(pdf: bytes) -> list[str]:
    headings = [" ".join(node.text.split()) for node in read(pdf).every("H2")]
    return [heading for heading in headings if heading.startswith("Annex")]


def rows(pdf: bytes, words: str) -> list[list[str]]:
    """Return the cells of each row of the first table that holds these words."""
    table = next(table for table in read(pdf).every("Table") if words in table.text)
    return [[" ".join(cell.text.split()) for cell in row.kids] for row in table.every("TR")]


def test_the_letters_of_the_annexes_follow_one_another(paper: bytes) -> None:
    assert annexes(paper)[-3:] == [
        "Annex G What rests on what",
        "Annex H What has changed since the last edition",
        "Annex I What the record proves",
    ]
    asks = tuple(replace(ask, provenance=(), evidence=()) for ask in EDITION.recommendations)
    bare = a_paper(replace(EDITION, recommendations=asks, corrigendum=None))
    assert annexes(bare)[-2:] == [
        "Annex E How this edition came about",
        "Annex F What the record proves",
    ]


def test_each_claim_stands_beside_its_evidence(paper: bytes) -> None:
    _, why, item = EDITION.recommendations[0].blocks[1:4]
    found = rows(paper, "The recommendation as a whole")
    assert [row[0] for row in found] == ["Claim", "The recommendation as a whole", why.text, item.text]
    assert found[2][1] == (
        "1 Strategic and monitoring report. Coordination facility, p. 14: "
        "“nine of eleven water projects went on without us”"
    )
    assert "Paragraphs that no evidence names: 2, 5, 7." in " ".join(text_of(paper).split())


def test_a_recommendation_without_evidence_is_named_where_others_have_some() -> None:
    first, second = EDITION.recommendations
    pdf = a_paper(replace(EDITION, recommendations=(first, replace(second, evidence=()))))
    assert "Recommendation for which no evidence was given: 2." in " ".join(text_of(pdf).split())


def test_a_further_edition_says_on_its_cover_and_in_an_annex_what_it_replaces(paper: bytes) -> None:
    words = " ".join(text_of(paper).split())
    assert "Corrigendum: it replaces edition 1 of 15 March 2024. What has changed, and why" in words
    assert "The number of meetings was printed wrong." in words
    assert "Positions that have changed: Port Amara (endorsed → abstained)." in words
    found = rows(paper, "Edition before")
    assert found[0] == ["Edition before", "This edition"]
    assert ["twice" in found[1][0], "three times" in found[1][1]] == [True, True]
    corrigendum = EDITION.corrigendum
    assert corrigendum is not None
    withdrawn = a_paper(replace(EDITION, corrigendum=replace(corrigendum, withdrawn=True, changes=())))
    told = " ".join(text_of(withdrawn).split())
    assert "it replaces edition 1 of 15 March 2024, which was withdrawn." in told
    assert "Nothing else that is printed is different." in told


def test_the_checkpoint_is_printed_as_it_is_signed(paper: bytes) -> None:
    assert EDITION.proofs is not None
    printed = "".join(text_of(paper).split())
    assert "".join(EDITION.proofs.checkpoint.split()) in printed
    assert EDITION.proofs.public_key in printed


def test_the_entry_of_each_position_is_printed(paper: bytes) -> None:
    tables = [table for table in read(paper).every("Table") if not list(table.every("Figure"))]
    (table,) = [one for one in tables if re.match(r"\s*Organisation\s*1\s*2\b", one.text)]
    found = [[" ".join(cell.text.split()) for cell in row.kids] for row in table.every("TR")][1:]
    by_ask = [{one.organisation: str(one.entry) for one in ask.positions} for ask in EDITION.recommendations]
    assert found == [
        [one.name, *(known.get(one.id, "–") for known in by_ask)]
        for one in EDITION.organisations
        if any(one.id in known for known in by_ask)
    ]


def test_the_proofs_inside_the_paper_are_a_file_of_the_record(paper: bytes) -> None:
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        held = pdf.attachments[PROOFS].get_file().read_bytes().decode()
    found = check(held, Trust(frozenset({a_notary().key.public}), is_signed))
    assert found.verdict is Verdict.VALID
    assert len(found.sentences) == 2 + sum(len(ask.positions) for ask in EDITION.recommendations)


def test_an_edition_without_positions_carries_no_proofs() -> None:
    proofs = EDITION.proofs
    assert proofs is not None
    pdf = a_paper(replace(EDITION, proofs=replace(proofs, receipts=())))
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert PROOFS not in opened.attachments
    assert "proofs.json: for each" not in text_of(pdf)


@pytest.mark.parametrize("profile", [page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A])
def test_the_paper_is_accessible_and_made_to_last(paper: bytes, profile: page.ValidationProfile) -> None:
    assert [one.message for one in page.validate_pdf_bytes(paper, profile=profile).failures] == []


def test_the_paper_is_made_again_from_what_is_attached(paper: bytes) -> None:
    assert reproducing.compare(paper).likeness is Likeness.SAME


def test_a_snapshot_from_before_is_written_as_it_was() -> None:
    before = an_edition(asks=1, organisations=2, amendments=1, lessons=1)
    asks = tuple(
        replace(ask, evidence=tuple(replace(one, blocks=()) for one in ask.evidence))
        for ask in before.recommendations
    )
    written = to_json(replace(before, recommendations=asks))
    assert [name for name in ("corrigendum", "proofs", '"entry"', '"blocks":[]') if name in written] == []
    assert to_json(from_json(written)) == written


def test_who_was_invited_stands_in_one_table_with_a_body_for_each_region() -> None:
    edition = an_edition(asks=0, organisations=12, lessons=0)
    invited = read(a_paper(edition))

    table = next(one for one in invited.every("Table") if "Organisation\nCountry" in one.text)
    bodies = [[row.text.strip() for row in body.every("TR")] for body in table.every("TBody")]
    assert [body[0] for body in bodies] == [region for region, _ in matrix.by_region(edition.organisations)]
    assert sum(len(body) - 1 for body in bodies) == 12
