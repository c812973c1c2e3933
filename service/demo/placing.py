"""Puts the demonstration into a data directory: all of it or nothing, whatever interrupts the loading."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from service.app import build
from service.demo.loading import is_empty, load
from service.settings import Settings
from service.store.engine import DATABASE_FILE

STAGE = ".demo-loading"


def place(settings: Settings, progress: Callable[[str], None] = lambda _: None) -> bool:
    """Load the demonstration where nothing has been entered yet; returns whether it did.

    A new SQLite database is told its story in a directory beside, and put in place when the story is complete.

    Args:
        settings: of the instance.
        progress: is told in a few words what is being done.
    """
    if settings.database_url or (settings.data_directory / DATABASE_FILE).exists():
        house = build(settings)
        try:
            empty = is_empty(house)
        finally:
            house.database.engine.dispose()
        if empty:
            load(settings, progress)
        return empty
    stage = settings.data_directory / STAGE
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir(parents=True)
    load(replace(settings, data=str(stage)), progress)
    _move(stage, settings.data_directory)
    return True


def _move(stage: Path, data: Path) -> None:
    """Move what was loaded, the database last: from then on the demonstration is there."""
    database = stage / DATABASE_FILE
    for part in sorted(stage.iterdir(), key=lambda part: part == database):
        if part.is_dir():
            # Keys that were made for a demonstration before are of no use to this one.
            shutil.rmtree(data / part.name, ignore_errors=True)
        part.replace(data / part.name)
    stage.rmdir()
