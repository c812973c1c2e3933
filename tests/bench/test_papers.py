"""What the bench of papers compares; how fast anything is, is measured and not tested."""

from pathlib import Path

import pytest

from bench import html, papers
from bench.papers import Row
from tests.adapters.editions import an_edition
from tests.adapters.pdf.test_render import strings


@pytest.mark.parametrize(("found", "good", "row"), [(1.5, True, "1.50 s"), (2.01, False, "beyond the limit")])
def test_a_row_says_what_was_measured_and_whether_the_limit_is_kept(
    found: float, *, good: bool, row: str
) -> None:
    measured = Row("12 recommendations rendered", found, 2.0, "s")

    assert measured.good is good
    assert row in str(measured)


def test_where_weasyprint_is_missing_the_bench_says_so_and_is_not_good(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(papers, "OTHER", Path("/nowhere/python"))

    assert papers.compared(an_edition(asks=0, organisations=0), 1) is False
    assert "NOT COMPARED WITH WEASYPRINT" in capsys.readouterr().out


def test_both_are_given_the_same_content() -> None:
    edition = an_edition(asks=2, organisations=4, amendments=3)

    shown = html.page(edition)

    asks = edition.recommendations
    said = [text for ask in asks for text in strings((ask.blocks, ask.evidence, ask.success, ask.due))]
    said += [one.justification for ask in asks for one in ask.amendments]
    said += [one.name for one in edition.organisations] + [one.text for one in edition.lessons]
    assert [text for text in said if text and text not in shown] == []
