import subprocess

import pytest

from tests.scripts.commands import load

softhsm = load("softhsm")


def installing(monkeypatch: pytest.MonkeyPatch, *, root: bool) -> list[list[str]]:
    """Make this machine one without SoftHSM; return the list of commands that it is asked to run."""
    asked: list[list[str]] = []

    def run(command: tuple[str, ...], **_: object) -> subprocess.CompletedProcess[str]:
        asked.append(list(command))
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setenv("TEST_SOFTHSM", "/nowhere/libsofthsm2.so")
    monkeypatch.setattr("os.geteuid", lambda: 0 if root else 1000)
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}" if name == "apt-get" else None)
    monkeypatch.setattr("subprocess.run", run)
    return asked


def test_root_asks_apt_for_a_missing_device(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = installing(monkeypatch, root=True)
    assert softhsm.main() == 0
    assert asked == [
        ["apt-get", "update", "--quiet=2"],
        ["apt-get", "install", "--yes", "--quiet=2", "softhsm2"],
    ]


def test_anyone_else_is_told_what_to_install(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = installing(monkeypatch, root=False)
    assert softhsm.main() == 0
    assert (asked, "apt-get install softhsm2" in capsys.readouterr().out) == ([], True)


def test_device_that_is_there_is_left_alone(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = installing(monkeypatch, root=True)
    monkeypatch.setenv("TEST_SOFTHSM", __file__)
    assert softhsm.main() == 0
    assert (asked, capsys.readouterr().out) == ([], "")
