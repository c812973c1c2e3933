"""What the documentation names exists, and what has to be documented is."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.*)$", FENCE.sub("", page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_link_leads_somewhere() -> None:
    broken = []
    for page in PAGES:
        for link in LINK.findall(page.read_text(encoding="utf-8")):
            name, _, anchor = link.partition("#")
            if ":" in name:
                continue
            target = (page.parent / name).resolve() if name else page
            if not target.exists() or (anchor and target.suffix == ".md" and anchor not in anchors(target)):
                broken.append(f"{page.relative_to(ROOT)}: {link}")
    assert broken == []


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads(text("pyproject.toml"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    bootstrap = [line for line in text("requirements-bootstrap.in").splitlines() if not line.startswith("#")]
    names = {match[0] for line in [*wanted, *bootstrap] if (match := re.match(r"[\w-]+", line))}
    rows = set(re.findall(r"^\| ([a-z][a-z0-9-]*) \| \S", text("docs/dependencies.md"), re.MULTILINE)) - {
        "package"
    }
    assert rows == names


def test_every_decision_is_in_the_list_and_has_a_status() -> None:
    pages = sorted(page.name for page in (ROOT / "docs/adr").glob("[0-9]*.md"))
    assert re.findall(r"\]\((\d{4}-[\w-]+\.md)\)", text("docs/adr/README.md")) == pages
    for page in pages:
        assert re.match(
            rf"# {page[:4]}: .+\n\nStatus: (accepted|superseded by \d{{4}})\n", text(f"docs/adr/{page}")
        )


def test_every_make_target_named_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", text("Makefile"), re.MULTILINE))
    named = {name for page in PAGES for name in re.findall(r"\bmake ([a-z]+)\b", "".join(code_in(page)))}
    assert named - targets == set()
    assert {"run", "test"} <= set(re.findall(r"\bmake ([a-z]+)\b", text("README.md")))


def code_in(page: Path) -> list[str]:
    written = page.read_text(encoding="utf-8")
    return [*FENCE.findall(written), *re.findall(r"`[^`\n]+`", FENCE.sub("", written))]
