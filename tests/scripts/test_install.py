import sys
from pathlib import Path

import pytest

from tests.scripts.commands import ROOT, load

install = load("install")


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout whose locks are empty, with an environment folder in it."""
    for name in (
        *install.LOCKS.values(),
        "requirements-bootstrap.txt",
        "pyproject.toml",
        "scripts/install.py",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("", encoding="utf-8")
    (tmp_path / ".venv").mkdir()
    monkeypatch.setattr(install, "ROOT", tmp_path)
    monkeypatch.setattr(install, "VENV", tmp_path / ".venv")
    return tmp_path


def test_settings_of_pip_reach_uv() -> None:
    config = (
        "global.index-url='https://mirror.example/simple'\n"
        "global.extra-index-url='https://a.example/simple\\nhttps://b.example/simple'\n"
        "global.find-links='/wheels /more'\n"
        "global.trusted-host='mirror.example'\n"
        "global.disable-pip-version-check='1'\n"
        "install.no-index='true'\n"
    )
    assert install.uv_settings(config, {}) == {
        "UV_DEFAULT_INDEX": "https://mirror.example/simple",
        "UV_INDEX": "https://a.example/simple https://b.example/simple",
        "UV_INDEX_STRATEGY": "unsafe-best-match",
        "UV_FIND_LINKS": "/wheels,/more",
        "UV_INSECURE_HOST": "mirror.example",
        "UV_NO_INDEX": "true",
    }


def test_variable_of_pip_wins_over_its_files_and_uv_s_own_over_both() -> None:
    config = ":env:.index-url='https://variable.example'\nglobal.index-url='https://file.example'\n"
    assert install.uv_settings(config, {}) == {"UV_DEFAULT_INDEX": "https://variable.example"}
    assert install.uv_settings(config, {"UV_DEFAULT_INDEX": "https://own.example"}) == {}


def test_machine_without_settings_gives_uv_none() -> None:
    assert install.uv_settings("", {}) == {}


def test_what_is_installed_stays_so_until_the_lock_changes(checkout: Path) -> None:
    assert not install.is_installed("runtime")
    install.stamp("runtime").write_text(install.fingerprint("runtime"), encoding="utf-8")
    assert install.is_installed("runtime")
    (checkout / "requirements.txt").write_text("another==1", encoding="utf-8")
    assert not install.is_installed("runtime")


def test_development_holds_the_runtime_but_not_the_other_way_round(checkout: Path) -> None:
    install.stamp("dev").write_text(install.fingerprint("dev"), encoding="utf-8")
    assert install.is_installed("runtime")
    assert install.is_installed("dev")
    install.stamp("dev").unlink()
    install.stamp("runtime").write_text(install.fingerprint("runtime"), encoding="utf-8")
    assert not install.is_installed("dev")
    assert checkout.exists()


def test_moved_checkout_is_installed_anew(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = install.fingerprint("dev")
    moved = checkout.rename(checkout.with_name("elsewhere"))
    monkeypatch.setattr(install, "ROOT", moved)
    assert install.fingerprint("dev") != before


def test_old_python_is_told_what_to_do(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 0))
    assert install.main(["runtime"]) == 1
    assert (
        capsys.readouterr().err == "Sympolity needs Python 3.11 or newer: run `make PYTHON=python3.12 …`.\n"
    )


@pytest.mark.parametrize("arguments", [[], ["everything"], ["dev", "runtime"]])
def test_wrong_question_shows_the_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert install.main(arguments) == 2
    assert capsys.readouterr().err.strip() == (install.__doc__ or "").strip()


@pytest.mark.parametrize("name", ["requirements-bootstrap.txt", "requirements.txt", "requirements-dev.txt"])
def test_every_line_of_a_lock_is_a_pin_or_its_hash(name: str) -> None:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("    --hash=sha256:")]
    assert [pin for pin in pins if "==" not in pin or not pin.endswith("\\")] == []


def test_what_is_tested_is_what_runs() -> None:
    def pins(name: str) -> set[str]:
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        return {line.partition(" ")[0] for line in lines if "==" in line.partition(" ")[0]}

    assert pins("requirements.txt") - pins("requirements-dev.txt") == set()
