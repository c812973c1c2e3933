import json
import re
from pathlib import Path

from service.commands.told import to_json
from service.domain.reports import Topic
from service.domain.verification import Verdict, Verification

PAGE = (Path(__file__).parents[2] / "docs/verifying.md").read_text(encoding="utf-8")


def first_cells(heading: str) -> list[str]:
    """Return what stands in backquotes in the first column of the table under a heading."""
    part = PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| ([^|]*`[^|]*) \|", part, re.MULTILINE)
    return [name for row in rows for name in re.findall(r"`([^`]+)`", row)]


def test_every_question_of_a_report_is_explained_in_its_order() -> None:
    assert first_cells("What the report answers") == [topic.value for topic in Topic]


def test_every_field_of_a_report_for_programs_is_explained() -> None:
    assert set(first_cells("As JSON")) == set(json.loads(to_json(Verification(Verdict.UNKNOWN))))
