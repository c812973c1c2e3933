import io

import page
import pikepdf
import pytest

from service.adapters.pdf.apart import draft_apart
from service.adapters.pdf.render import render_draft
from service.adapters.pdf.voice import voice_of
from service.adapters.pdf.wording import not_signed
from service.domain.publication import digest
from tests.adapters.editions import an_edition
from tests.adapters.pdf.reading import text_of

HIGHEST = 790
"""Points above the foot of a page that no text but furniture reaches."""
EDITION = an_edition(asks=1, organisations=3, amendments=1)
NOT_SIGNED = not_signed(voice_of("en"))


@pytest.fixture(scope="module")
def draft() -> bytes:
    return render_draft(EDITION)


def test_a_draft_says_on_its_cover_and_in_its_imprint_what_it_is(draft: bytes) -> None:
    said = text_of(draft)
    assert ("Draft of edition 1" in said, said.count(NOT_SIGNED)) == (True, 2)


def test_each_page_after_the_cover_says_so_at_its_head_without_its_being_read_aloud(draft: bytes) -> None:
    with pikepdf.open(io.BytesIO(draft)) as pdf:
        heads = [_furniture_above_the_text(one) for one in pdf.pages]
    assert (heads[0], set(heads[1:])) == (0, {1})
    assert text_of(draft).count(NOT_SIGNED) == 2


def _furniture_above_the_text(one: pikepdf.Page) -> int:
    """Return how many artifacts with words stand higher than any text does."""
    found, artifact = 0, False
    for instruction in pikepdf.parse_content_stream(one):
        operands, operator = list(instruction.operands), str(instruction.operator)
        if operator in {"BDC", "BMC"}:
            artifact = str(operands[0]) == "/Artifact"
        found += artifact and operator == "Tm" and float(operands[5]) > HIGHEST
    return found


def test_it_carries_neither_code_nor_digest_nor_data_that_could_be_mistaken(draft: bytes) -> None:
    said = text_of(draft)
    with pikepdf.open(io.BytesIO(draft)) as pdf:
        assert len(pdf.attachments) == 0
    assert [word for word in ("Verif", "Signatures", "http://", digest(EDITION)[:8]) if word in said] == []


def test_the_same_state_gives_the_same_bytes_in_a_process_apart(draft: bytes) -> None:
    assert draft_apart(EDITION) == draft


@pytest.mark.parametrize("profile", [page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A])
def test_a_draft_is_as_accessible_as_the_paper(draft: bytes, profile: page.ValidationProfile) -> None:
    report = page.validate_pdf_bytes(draft, profile=profile)
    assert [(failure.rule_id, failure.message) for failure in report.failures] == []
