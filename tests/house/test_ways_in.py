"""The ways into the house that users and scripts rely on."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.house.source import ROOT, project_files, read

PROMISED = {"run", "test", "setup", "check", "bench", "soak", "help"}


def test_help_lists_every_way_in() -> None:
    command = ["make", "--no-print-directory", "help"]
    listing = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    listed = re.findall(r"^  make (\w+)\s+\S", listing, re.MULTILINE)
    assert set(listed) == PROMISED | {"fmt", "generated"}


@pytest.mark.parametrize("script", [".ci/run", "scripts/lock"])
def test_shell_scripts_stop_at_the_first_error(script: str) -> None:
    assert re.search(r"^set -eu$", read(Path(script)), re.MULTILINE)
    assert (ROOT / script).stat().st_mode & 0o111
    subprocess.run(["bash", "-n", script], cwd=ROOT, check=True)


def test_nothing_is_tracked_that_make_makes() -> None:
    made = {".venv", "data", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache", "node_modules"}
    assert [str(file) for file in project_files() if made & set(file.parts)] == []
