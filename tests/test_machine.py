import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests import machine
from tests.machine import find_chromium, find_memory, write_to_memory

ROOT = Path(__file__).parent.parent


def run_a_test_that_needs_a_browser(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    file = folder / "test_page.py"
    file.write_text("def test_page(chromium):\n    assert chromium.exists()\n", encoding="utf-8")
    options = ["-ptests.conftest", "-pno:cacheprovider", f"-c{os.devnull}", f"--rootdir={folder}"]
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("CI", "PYTEST"))}
    return subprocess.run(
        [sys.executable, "-m", "pytest", *options, str(file)],
        cwd=ROOT,
        env={**inherited, **environment, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_missing_browser_is_said_loudly_and_what_to_install(tmp_path: Path) -> None:
    done = run_a_test_that_needs_a_browser(tmp_path, TEST_BROWSER="/nowhere/chromium")
    assert done.returncode == 0, done.stdout
    said = done.stdout.partition("NOT RUN: this machine lacks something")[2].splitlines()
    assert said[1] == "1 not run: the tests in a browser; install Chromium: apt-get install chromium"


def test_missing_browser_fails_where_ci_is_set(tmp_path: Path) -> None:
    done = run_a_test_that_needs_a_browser(tmp_path, TEST_BROWSER="/nowhere/chromium", CI="true")
    assert done.returncode == 1, done.stdout


def test_run_that_lacks_nothing_says_nothing(tmp_path: Path) -> None:
    done = run_a_test_that_needs_a_browser(tmp_path, TEST_BROWSER=sys.executable, CI="true")
    assert done.returncode == 0, done.stdout
    assert "NOT RUN" not in done.stdout


def test_browser_that_is_named_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEST_BROWSER", sys.executable)
    assert find_chromium() == Path(sys.executable)


def test_memory_is_written_to_where_it_has_room_and_files_may_be_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "MEMORY", tmp_path)
    monkeypatch.setattr(machine, "ROOM", 1)
    assert find_memory() == tmp_path
    monkeypatch.setattr(machine, "ROOM", 2**60)
    assert find_memory() is None
    monkeypatch.setattr(machine, "MEMORY", tmp_path / "missing")
    assert find_memory() is None


@pytest.mark.parametrize(("named", "written_to"), [(None, "memory"), ("elsewhere", "elsewhere")])
def test_who_says_where_to_write_is_obeyed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str | None, written_to: str
) -> None:
    monkeypatch.setattr(machine, "find_memory", lambda: tmp_path / "memory")
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setenv("TMPDIR", str(tmp_path / str(named)))
    if named is None:
        monkeypatch.delenv("TMPDIR")
    write_to_memory()
    assert os.environ["TMPDIR"] == str(tmp_path / written_to)
