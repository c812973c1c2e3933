from pathlib import Path

import pytest

from tests.scripts.commands import load

generated = load("generated")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one generated file, which a command prints."""
    monkeypatch.setattr(generated, "ROOT", tmp_path)
    monkeypatch.setattr(generated, "COMMAND", "echo")
    monkeypatch.setattr(generated, "GENERATED", {"docs/said.md": ("new",)})
    return tmp_path


def test_missing_file_is_written(folder: Path) -> None:
    assert generated.main([]) == 0
    assert (folder / "docs/said.md").read_text(encoding="utf-8") == "new\n"


def test_stale_file_fails_the_check_and_is_left_alone(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "docs").mkdir()
    (folder / "docs/said.md").write_text("old\n", encoding="utf-8")
    assert generated.main(["--check"]) == 1
    assert (folder / "docs/said.md").read_text(encoding="utf-8") == "old\n"
    assert capsys.readouterr().out == (
        "Not as the code would write them: docs/said.md. Run `make generated`.\n"
    )


def test_written_file_passes_the_check(folder: Path) -> None:
    generated.main([])
    assert generated.main(["--check"]) == 0
    assert (folder / "docs/said.md").exists()
