"""Each house rule finds what it is for, and leaves alone what it is not for."""

import ast

import pytest

from tests.house import rules

NOQA = "# " + "noqa"
IGNORE = "# " + "type: ignore"


def test_workflow_that_asks_no_permission_is_found() -> None:
    amendments = ast.parse(
        "from service.workflows import reading\n"
        "from service.workflows.agendas import own\n"
        "def propose(ctx, command):\n    with ctx.transaction() as work:\n        work.save()\n"
        "def show(ctx):\n    with ctx.reading():\n        return visible_to(ctx.actor)\n"
        "def decide(ctx):\n    with ctx.transaction():\n        permissions.require(ctx.actor)\n"
        "def withdraw(ctx):\n    with ctx.transaction():\n        own(ctx)\n"
        "def preview(ctx):\n    with ctx.reading():\n        reading.agenda(ctx)\n"
        "def leak(ctx):\n    with ctx.reading() as reader:\n        return reader.everything()\n"
        "def overwrite(ctx):\n    with ctx.transaction():\n        reading.agenda(ctx)\n"
        "def with_ids(ctx):\n    return ctx.new_id()\n"
        "def _part(ctx):\n    with ctx.transaction():\n        save()\n"
    )
    agendas = ast.parse("def own(work):\n    require(work.actor)\n")
    reading = ast.parse("def agenda(ctx):\n    with ctx.reading():\n        return visible_to(ctx.actor)\n")
    modules = {"amendments": amendments, "agendas": agendas, "reading": reading}
    assert rules.unguarded_workflows(modules) == [
        "amendments.propose (line 3)",
        "amendments.leak (line 18)",
        "amendments.overwrite (line 21)",
    ]


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("datetime.now(UTC)", ["datetime.now (line 1)"]),
        ("datetime.datetime.now()", ["datetime.datetime.now (line 1)"]),
        ("date.today()", ["date.today (line 1)"]),
        ("time.time()", ["time.time (line 1)"]),
        ("time.monotonic()", []),
        ("ctx.now", []),
        ("clock.now()", []),
    ],
)
def test_reading_the_clock_is_found(code: str, found: list[str]) -> None:
    assert rules.clock_readings(ast.parse(code)) == found


def test_commits_are_found() -> None:
    assert rules.commits(ast.parse("session.commit()\ncommit(thing)\n")) == ["session.commit (line 1)"]


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("insert(amendments)", ["insert(amendments) (line 1)"]),
        ("sa.update(amendments).where(x)", ["sa.update(amendments) (line 1)"]),
        ("amendments.delete()", ["amendments.delete() (line 1)"]),
        ("tables.amendments.update()", ["tables.amendments.update() (line 1)"]),
        ("select(amendments)", []),
        ("insert(amendment_claims)", []),
        ("known.update(refs)", []),
    ],
)
def test_a_statement_past_the_session_is_found(code: str, found: list[str]) -> None:
    assert rules.statements_on(ast.parse(code), "amendments") == found


def test_comparing_a_role_is_found() -> None:
    tree = ast.parse("if actor.role == Role.CITY: pass\nif role in roles: pass\nif rule == 1: pass\n")
    assert rules.role_comparisons(tree) == ["actor.role == Role.CITY (line 1)", "role in roles (line 2)"]


@pytest.mark.parametrize(
    "line",
    [NOQA, f"{NOQA}: S603", IGNORE, f"{IGNORE}[arg-type]", "# pragma:" + " no cover"],
)
def test_exception_without_a_reason_is_found(line: str) -> None:
    assert rules.unexplained_exceptions(f"x = 1  {line}\n") == [f"x = 1  {line} (line 1)"]


@pytest.mark.parametrize(
    "line",
    [f"{NOQA}: S603 - fixed words", f"{NOQA}: S603, S607 - fixed words", f"{IGNORE}[arg-type]  # no stubs"],
)
def test_exception_with_a_reason_is_fine(line: str) -> None:
    assert rules.unexplained_exceptions(f"x = 1  {line}\n") == []


def test_unfinished_marks_are_found() -> None:
    mark = "TO" + "DO"
    assert rules.unfinished_marks(f"# {mark} later\nmastodon = 1\n") == [f"# {mark} later (line 1)"]


@pytest.mark.parametrize(
    ("template", "fault"),
    [
        ('<p style="color: red">', "style attribute"),
        ("<style>p {}</style>", "style element"),
        ("<script>go()</script>", "inline script"),
        ('<button onclick="go()">', "event attribute"),
        ('<a href="javascript:go()">', "script address"),
        ('<p hx-on:click="go()">', "hx-on"),
        ('<p data-hx-on:click="go()">', "hx-on"),
        ('<p hx-vars="a: go()">', "hx-vars"),
        ("<p hx-vals='js:{a: 1}'>", "hx-vals with script"),
        ('<p hx-trigger="keyup[go()]">', "filter in hx-trigger"),
        ("{{ text | safe }}", "unescaped output"),
        ('<script src="https://example.org/x.js"></script>', "file of another host"),
    ],
)
def test_template_fault_is_found(template: str, fault: str) -> None:
    assert f"{fault} (line 2)" in rules.template_faults(f"<main>\n{template}\n")


@pytest.mark.parametrize(
    "template",
    [
        '<script src="/static/vendor/htmx.min.js" defer></script>',
        '<form hx-post="/diff" hx-trigger="input changed delay:400ms" hx-vals=\'{"a": 1}\'>',
        '<link rel="stylesheet" href="/static/site.css">',
        '<a href="https://example.org/">elsewhere</a>',
        "<p>{{ _('The style = of the house') }}</p>".replace(" = ", " of "),
        '<option value="one">',
    ],
)
def test_template_without_fault_passes(template: str) -> None:
    assert rules.template_faults(template) == []


@pytest.mark.parametrize("name", ["utils", "text_helpers", "common", "session_manager", "base_crud_service"])
def test_forbidden_names_are_found(name: str) -> None:
    assert rules.FORBIDDEN_NAMES.search(name)


@pytest.mark.parametrize("name", ["amendments", "management", "commons_of_cities", "database"])
def test_names_that_say_something_pass(name: str) -> None:
    assert rules.FORBIDDEN_NAMES.search(name) is None
