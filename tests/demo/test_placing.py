from pathlib import Path

import pytest

from service.demo import placing
from service.settings import Settings


class StopError(Exception):
    """Stands for whatever interrupts the loading."""


def test_placing_puts_nothing_in_place_when_the_loading_is_interrupted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(settings: Settings, _: object) -> None:
        (settings.data_directory / "sympolity.sqlite3").write_text("half a story")
        raise StopError

    monkeypatch.setattr(placing, "load", interrupted)
    with pytest.raises(StopError):
        placing.place(Settings(data=str(tmp_path)))
    assert [p.name for p in tmp_path.iterdir()] == [".demo-loading"]


def test_placing_begins_anew_after_an_interruption_and_moves_everything_into_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".demo-loading").mkdir()
    (tmp_path / ".demo-loading" / "left-over").write_text("half a story")

    def told(settings: Settings, _: object) -> None:
        (settings.data_directory / "sympolity.sqlite3").write_text("the whole story")
        (settings.data_directory / "demo-keys").mkdir()

    monkeypatch.setattr(placing, "load", told)
    assert placing.place(Settings(data=str(tmp_path)))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["demo-keys", "sympolity.sqlite3"]
