"""Bringing a database to the schema of this release."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from service.store.engine import Database, make_engine

SCRIPTS = Path(__file__).resolve().parents[2] / "migrations"
# Any fixed number: instances that start together wait for the first to migrate.
_LOCK = 6_173_204_551


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    return config


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database at `url` to a revision, the newest by default."""
    engine = make_engine(url)
    try:
        upgrade_engine(engine, revision)
    finally:
        engine.dispose()


def upgrade_engine(engine: Engine, revision: str = "head") -> None:
    """Bring a database to a revision; instances that start together take turns."""
    with Database(engine).writing() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        command.upgrade(_config(connection), revision)


def downgrade(url: str, revision: str) -> None:
    """Take the database at `url` back to a revision."""
    engine = make_engine(url)
    try:
        with Database(engine).writing() as connection:
            command.downgrade(_config(connection), revision)
    finally:
        engine.dispose()


def is_current(connection: Connection) -> bool:
    """Tell whether the database has the schema of this release."""
    head = ScriptDirectory(str(SCRIPTS)).get_current_head()
    return MigrationContext.configure(connection).get_current_revision() == head
