"""What the bench of papers compares; how fast anything is, is measured and not tested."""

import io
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import lxml.html
import pikepdf
import pytest

from bench import html, papers
from bench.papers import Row
from service.adapters.pdf.render import render
from tests.adapters.editions import VERIFY_URL, an_approval, an_edition
from tests.adapters.pdf import reading


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


def test_both_are_given_the_same_words(tmp_path: Path) -> None:
    edition = an_edition(asks=2, organisations=4, amendments=3)
    paper = reading.text_of(render(edition, an_approval(), verify_url=VERIFY_URL, versions={}))

    page = html.page(edition, an_approval(), VERIFY_URL, tmp_path)

    assert words(paper) == words(said_by(page))


def test_the_other_is_given_what_is_not_text_as_well(tmp_path: Path) -> None:
    edition = an_edition(asks=2, organisations=4, amendments=3)

    page = html.page(edition, an_approval(), VERIFY_URL, tmp_path)

    assert 'href="#recommendation-1"' in page
    assert 'id="recommendation-1"' in page
    assert 'scope="col"' in page
    assert 'scope="row"' in page
    assert 'class="k' in page
    assert 'alt="endorsed"' in page
    assert all(f'src="{path.name}"' in page for path in tmp_path.iterdir())
    assert "<circle" in "".join(path.read_text("utf-8") for path in tmp_path.iterdir())


def test_the_other_attaches_the_files_that_ours_attaches(tmp_path: Path) -> None:
    edition = an_edition(asks=1, organisations=2, amendments=1)

    page, out, *files = papers.asked_of_other(edition, tmp_path)

    assert Path(page).read_text("utf-8").startswith("<!doctype html>")
    assert not Path(out).exists()
    with pikepdf.open(io.BytesIO(render(edition, an_approval(), verify_url=VERIFY_URL))) as pdf:
        ours = {name: held.get_file().read_bytes() for name, held in pdf.attachments.items()}
    assert {Path(path).name: Path(path).read_bytes() for path in files[::3]} == ours


def test_what_a_child_takes_is_told_by_the_clock_and_the_processor() -> None:
    spent = papers.took(lambda: subprocess.run([sys.executable, "-c", "sum(range(10**6))"], check=True))

    assert 0 < spent.processor < 10
    assert spent.clock > 0


def words(text: str) -> Counter[str]:
    """Return how often each word is said; the numbers of pages and of lists are each renderer's own."""
    return Counter(re.findall(r"[^\W\d_]+", text))


def said_by(page: str) -> str:
    """Return the text of a page of HTML."""
    root = lxml.html.fromstring(page).find("body")
    for element in root.iter():
        element.tail = f"{element.tail or ''}{'' if element.tag in {'span', 'a'} else ' '}"
    return str(root.text_content())
