"""The project's own files, as the house rules read them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@cache
def project_files() -> tuple[Path, ...]:
    """Return the files of the project, relative to its root: tracked, or new and not ignored."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return tuple(sorted({Path(n) for n in listing.stdout.split("\0") if n and (ROOT / n).is_file()}))


def files_below(folder: str, *suffixes: str) -> list[Path]:
    """Return the project's files below `folder` that end with one of `suffixes`."""
    top = Path(folder)
    return [file for file in project_files() if top in file.parents and file.suffix in suffixes]


def read(file: Path) -> str:
    """Return the text of a file of the project."""
    return (ROOT / file).read_text(encoding="utf-8")


@cache
def parsed(file: Path) -> ast.Module:
    """Return the syntax tree of a Python file of the project."""
    return ast.parse(read(file), filename=str(file))


def calls_in(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Return each call below `tree` with the dotted name that is called, as in `datetime.now`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node
