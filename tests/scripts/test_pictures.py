import pytest

from tests.scripts.commands import ROOT, load

pictures = load("pictures")
LARGEST = 250_000
"""Bytes: a reader behind a slow link loads these with the page."""


def test_machine_that_cannot_take_pictures_is_told_what_to_install(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEST_BROWSER", "/nowhere/chromium")
    assert pictures.main([]) == 1
    assert capsys.readouterr().out == (
        "The pictures are taken with Chromium and pdftoppm: `apt-get install chromium poppler-utils`.\n"
    )


def test_pictures_of_the_documentation_are_light() -> None:
    sizes = {file.name: file.stat().st_size for file in pictures.TARGET.iterdir()}
    assert sorted(sizes) == [
        f"{name}.png" for name in ("agenda", "amend", "desk", "edition", "recommendation", "review")
    ]
    assert {name: size for name, size in sizes.items() if size > LARGEST} == {}
    assert pictures.TARGET == ROOT / "docs" / "images"
