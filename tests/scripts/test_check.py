import pytest

from tests.scripts.commands import load

check = load("check")


def test_all_checks_run_and_the_failed_ones_are_shown(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    checks = {
        "fine": ("python", "-c", "print('not shown')"),
        "broken": ("python", "-c", "print('what is wrong'); raise SystemExit(3)"),
    }
    monkeypatch.setattr(check, "CHECKS", checks)
    assert check.main() == 1
    said = capsys.readouterr().out
    assert "ok      fine" in said
    assert "not shown" not in said
    assert "FAILED  broken" in said
    assert "\nwhat is wrong\n" in said
    assert said.endswith("Failed: broken\n")


def test_checks_that_all_hold_succeed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "CHECKS", {"fine": ("python", "-c", "pass")})
    assert check.main() == 0
