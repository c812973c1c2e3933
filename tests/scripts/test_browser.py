import subprocess
import sys

import pytest

from tests.scripts.commands import load

browser = load("browser")


def installing(monkeypatch: pytest.MonkeyPatch, *, root: bool) -> list[list[str]]:
    """Make this machine one without Chromium; return the list of commands that it is asked to run."""
    asked: list[list[str]] = []

    def run(command: tuple[str, ...], **_: object) -> subprocess.CompletedProcess[str]:
        asked.append(list(command))
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setenv("TEST_BROWSER", "/nowhere/chromium")
    monkeypatch.setattr(browser.os, "geteuid", lambda: 0 if root else 1000)
    monkeypatch.setattr(
        browser.shutil, "which", lambda name: f"/usr/bin/{name}" if name == "apt-get" else None
    )
    monkeypatch.setattr(browser.subprocess, "run", run)
    return asked


def test_root_asks_apt_for_a_missing_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = installing(monkeypatch, root=True)
    assert browser.main() == 0
    assert asked == [
        ["apt-get", "update", "--quiet=2"],
        ["apt-get", "install", "--yes", "--quiet=2", "chromium"],
    ]


def test_anyone_else_is_told_what_to_install(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = installing(monkeypatch, root=False)
    assert browser.main() == 0
    assert asked == []
    assert "apt-get install chromium" in capsys.readouterr().out


def test_browser_that_is_there_is_left_alone(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = installing(monkeypatch, root=True)
    monkeypatch.undo()
    monkeypatch.setenv("TEST_BROWSER", sys.executable)
    assert browser.main() == 0
    assert (asked, capsys.readouterr().out) == ([], "")
