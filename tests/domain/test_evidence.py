import pytest

from service.domain.evidence import PAGE_LENGTH, QUOTATION_LENGTH, TITLE_LENGTH, check
from tests.domain.faults import fields_refused


def test_evidence_that_can_be_found_again_is_accepted() -> None:
    check(
        "t" * TITLE_LENGTH, "s" * TITLE_LENGTH, "p" * PAGE_LENGTH, "q" * QUOTATION_LENGTH, "http://x.example"
    )
    check("Title", "Source", "", "", "")


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        (("", "", "", "", ""), ["title", "source"]),
        (("t" * (TITLE_LENGTH + 1), "s" * (TITLE_LENGTH + 1), "", "", ""), ["title", "source"]),
        (("T", "S", "p" * (PAGE_LENGTH + 1), "q" * (QUOTATION_LENGTH + 1), ""), ["page", "quotation"]),
        (("T", "S", "", "", "ftp://x.example"), ["url"]),
        (("T", "S", "", "", "javascript:alert(1)"), ["url"]),
        (("T", "S", "", "", "https://"), ["url"]),
        (("T", "S", "", "", "http://[::1"), ["url"]),
        (("T", "S", "", "", "https://two words.example"), ["url"]),
    ],
)
def test_evidence_that_cannot_is_refused_by_field(
    words: tuple[str, str, str, str, str], fields: list[str]
) -> None:
    assert fields_refused(lambda: check(*words)) == fields
