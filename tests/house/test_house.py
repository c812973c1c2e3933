"""The house rules, over the whole house."""

import ast
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.house import rules
from tests.house.source import ROOT, files_below, parsed, project_files, read

LONGEST = 400
LARGEST = 1_500_000
CLOCK_READERS = {
    "service/app.py": "the composition root",
    "service/adapters/identifiers.py": "an id begins with the moment it was made at",
    "service/commands/people.py": "a token's days count from now",
}
COMMITTERS = {Path("service/store/uow.py")}
NEEDS_NO_PERMISSION = {
    "access.sign_out": "whoever shows a session's secret may end that session",
    "idempotency.once": "it runs a use case, and that one asks",
    "limits.spend": "whoever knocks is counted, before anybody knows who it is",
    "looks.last_look": "whoever may see a text may have it remembered that they saw it",
    "looks.seen": "whoever may see a text may say that they have seen it",
    "tasks.news": "whoever may see a record may have it remembered how far they read",
    "unsent.discard": "whoever is signed in may have what they typed forgotten",
    "unsent.keep": "whoever is signed in may have what they type kept for themselves",
    "tasks.seen": "whoever may see a record may say how far they have read",
}
AMENDMENTS = ("amendments", "tables.amendments", "Amendment")
RULES = Path("service/domain/rules.py")
GENERATED = re.compile(r"(^|/)(vendor|locales|fonts)/|\.svg$")
INDEX_ADDRESS = re.compile(
    rb"pythonhosted\.org|pypi\.org/simple|registry\.npmjs\.org|deb\.debian\.org|snapshot\.debian\.org"
    rb"|^\s*--(extra-)?index-url|^\s*--find-links",
    re.MULTILINE,
)
"""Addresses that belong to whoever installs, not to the project."""
PYTHON = [*files_below("service", ".py"), *files_below("migrations", ".py"), *files_below("scripts", ".py")]


def broken_in(files: list[Path], rule: Callable[[ast.Module], list[str]]) -> dict[str, list[str]]:
    return {str(file): found for file in files if (found := rule(parsed(file)))}


def broken_text(files: list[Path], rule: Callable[[str], list[str]]) -> dict[str, list[str]]:
    return {str(file): found for file in files if (found := rule(read(file)))}


def test_every_workflow_asks_for_permission() -> None:
    top = Path("service/workflows")
    files = {".".join(f.relative_to(top).with_suffix("").parts): f for f in files_below(str(top), ".py")}
    found = rules.unguarded_workflows({name: parsed(file) for name, file in files.items()})
    assert {name.partition(" ")[0] for name in found} == set(NEEDS_NO_PERMISSION)


def test_clock_is_read_in_one_place() -> None:
    files = [file for file in files_below("service", ".py") if str(file) not in CLOCK_READERS]
    assert broken_in(files, rules.clock_readings) == {}


def test_unit_of_work_alone_commits() -> None:
    files = [file for file in files_below("service", ".py") if file not in COMMITTERS]
    assert broken_in(files, rules.commits) == {}


def test_amendments_are_written_by_the_session_alone() -> None:
    # What they claim is kept as the session writes them: a statement of one's own would leave it behind.
    files = files_below("service", ".py")
    found = {name: broken_in(files, partial(rules.statements_on, table=name)) for name in AMENDMENTS}
    assert [found[name] for name in AMENDMENTS] == [{}] * len(AMENDMENTS)


def test_permissions_alone_compare_roles() -> None:
    # The demo hands roles out; it asks nobody for one.
    demo = Path("service/demo")
    files = [file for file in files_below("service", ".py") if file != RULES and demo not in file.parents]
    assert broken_in(files, rules.role_comparisons) == {}


def test_no_file_holds_two_ideas() -> None:
    files = files_below("service", ".py", ".html", ".css", ".js", ".txt", ".xml")
    lines = {str(file): len(read(file).splitlines()) for file in files if not GENERATED.search(str(file))}
    assert {file: count for file, count in lines.items() if count > LONGEST} == {}


def test_every_name_says_something() -> None:
    parts = {(str(file), part) for file in project_files() for part in (*file.parts[:-1], file.stem)}
    assert sorted(file for file, part in parts if rules.FORBIDDEN_NAMES.search(part)) == []


def test_every_exception_says_why() -> None:
    assert broken_text([*PYTHON, *files_below("tests", ".py")], rules.unexplained_exceptions) == {}


def test_nothing_is_left_for_later() -> None:
    templates = files_below("service/web", ".html", ".css", ".js")
    own = [file for file in templates if not GENERATED.search(str(file))]
    assert broken_text([*PYTHON, *own], rules.unfinished_marks) == {}


def test_templates_pass_the_content_security_policy() -> None:
    templates = files_below("service", ".html", ".j2", ".jinja", ".xml", ".svg")
    assert {"base.html", "pictures.html", "amendment_sent.html", "icon.svg"} <= {
        file.name for file in templates
    }
    assert broken_text(templates, rules.template_faults) == {}


def test_no_file_names_a_package_index() -> None:
    found = {str(file) for file in project_files() if INDEX_ADDRESS.search((ROOT / file).read_bytes())}
    assert found == set()


def test_no_file_is_large() -> None:
    sizes = {str(file): (ROOT / file).stat().st_size for file in project_files()}
    assert {file: size for file, size in sizes.items() if size > LARGEST} == {}
