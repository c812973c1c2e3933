"""The house rules that no ready-made linter knows: each reads source text and names what breaks it."""

import ast
import re
from collections.abc import Mapping

from tests.house.source import calls_in

READING_GUARDS = {"require", "visible_to"}
WRITING_GUARDS = {"require"}
CLOCKS = re.compile(r"(^|\.)((datetime|date)\.(now|utcnow|today)|time\.(time|time_ns))$")
FORBIDDEN_NAMES = re.compile(r"(^|_)(utils?|helpers?|common|misc|managers?)(_|$)|^base_.*service")
UNEXPLAINED = (
    re.compile(r"#\s*noqa(?!: [A-Z]+[0-9]+(, ?[A-Z]+[0-9]+)*\s+\W*\w)"),
    re.compile(r"#\s*type:\s*ignore(?!\[[a-z-]+(, ?[a-z-]+)*\]\s+#\s*\w)"),
    re.compile(r"#\s*pragma:\s*no cover(?!\s+\W*\w)"),
)
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
TEMPLATE_RULES = {
    "style attribute": re.compile(r"""\sstyle\s*=""", re.IGNORECASE),
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "inline script": re.compile(r"<script\b(?![^>]*\bsrc=)", re.IGNORECASE),
    "event attribute": re.compile(r"""\son[a-z]+\s*=\s*["'{]""", re.IGNORECASE),
    "script address": re.compile(r"""["']\s*javascript:""", re.IGNORECASE),
    "hx-on": re.compile(r"\bhx-on\b", re.IGNORECASE),
    "hx-vars": re.compile(r"\bhx-vars\b", re.IGNORECASE),
    "hx-vals with script": re.compile(r"""\bhx-(vals|headers)\s*=\s*["'](js|javascript):""", re.IGNORECASE),
    "filter in hx-trigger": re.compile(r"""\bhx-trigger\s*=\s*("[^"]*\[|'[^']*\[)""", re.IGNORECASE),
    "unescaped output": re.compile(r"\|\s*safe\b|\{%-?\s*autoescape\s+false"),
    "file of another host": re.compile(
        r"""<(script|link|img)\b[^>]*\b(src|href)=["'](https?:)?//""", re.IGNORECASE
    ),
}
"""What the Content-Security-Policy would block, or what escaping should have caught."""


def unguarded_workflows(modules: Mapping[str, ast.Module]) -> list[str]:
    """Return the use cases that ask no permission, neither themselves nor by what they call.

    A use case is a public function that opens a transaction or a reader of its `ctx`. One that writes has to
    ask `require`: seeing a thing is no permission to change it.

    Args:
        modules: the workflows' modules by their names, such as `amendments`.
    """
    functions = {
        f"{module}.{node.name}": (node, callees(module, tree, node))
        for module, tree in modules.items()
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
    }
    return [
        f"{name} (line {node.lineno})"
        for name, (node, called) in functions.items()
        if not node.name.startswith("_")
        and (
            ("ctx.transaction" in called and not reaches(name, functions, WRITING_GUARDS))
            or ("ctx.reading" in called and not reaches(name, functions, READING_GUARDS))
        )
    ]


def callees(module: str, tree: ast.Module, function: ast.FunctionDef) -> set[str]:
    """Return what a function calls: `ctx.…`, a guard, or `module.function` of the workflows."""
    imported = {
        alias.asname or alias.name: f"{node.module}.{alias.name}".removeprefix("service.workflows.")
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("service.workflows")
        for alias in node.names
    }
    own = {node.name: f"{module}.{node.name}" for node in tree.body if isinstance(node, ast.FunctionDef)}
    found = set()
    for name, _ in calls_in(function):
        first, _, rest = name.partition(".")
        last = name.rpartition(".")[2]
        known = (imported | own).get(first)
        found.add(
            last if last in READING_GUARDS else (f"{known}.{rest}" if rest else known) if known else name
        )
    return found


def reaches(name: str, functions: Mapping[str, tuple[ast.FunctionDef, set[str]]], guards: set[str]) -> bool:
    """Tell whether a function calls one of the guards, through however many functions."""
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        current = waiting.pop()
        if current in guards:
            return True
        if current not in seen and current in functions:
            seen.add(current)
            waiting.extend(functions[current][1])
    return False


def clock_readings(tree: ast.Module) -> list[str]:
    """Return the calls that read the machine's clock."""
    return [f"{name} (line {call.lineno})" for name, call in calls_in(tree) if CLOCKS.search(name)]


def commits(tree: ast.Module) -> list[str]:
    """Return the calls that commit a transaction."""
    return [f"{name} (line {call.lineno})" for name, call in calls_in(tree) if name.endswith(".commit")]


def statements_on(tree: ast.Module, table: str) -> list[str]:
    """Return the statements that write rows of a table, past the mapping of its entities."""
    verbs = {"insert", "update", "delete"}
    return [
        f"{ast.unparse(call)} (line {call.lineno})"
        for name, call in calls_in(tree)
        if name.rpartition(".")[2] in verbs
        and table in {name.rpartition(".")[0].rpartition(".")[2], *(ast.unparse(a) for a in call.args)}
    ]


def role_comparisons(tree: ast.Module) -> list[str]:
    """Return the comparisons of a role, which only the permissions may make."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            sides = [ast.unparse(side) for side in (node.left, *node.comparators)]
            if any(re.search(r"(^|\.)roles?$", side) for side in sides):
                found.append(f"{ast.unparse(node)} (line {node.lineno})")
    return found


def unexplained_exceptions(text: str) -> list[str]:
    """Return the lines that switch a check off without naming it and saying why."""
    return lines_with(text, *UNEXPLAINED)


def unfinished_marks(text: str) -> list[str]:
    """Return the lines that promise work."""
    return lines_with(text, UNFINISHED)


def template_faults(text: str) -> list[str]:
    """Return what a template may not hold, each with its line."""
    return [
        f"{name} (line {text.count(chr(10), 0, match.start()) + 1})"
        for name, rule in TEMPLATE_RULES.items()
        for match in rule.finditer(text)
    ]


def lines_with(text: str, *patterns: re.Pattern[str]) -> list[str]:
    """Return the lines in which one of the patterns is found, with their numbers."""
    return [
        f"{line.strip()} (line {number})"
        for number, line in enumerate(text.splitlines(), 1)
        if any(pattern.search(line) for pattern in patterns)
    ]
