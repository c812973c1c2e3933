"""Bringing a database to the schema of this release.

alembic is large and needed only where a schema has to change, so it is loaded there: an instance whose database
is of this release starts without it.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from service.store.engine import Database, make_engine

if TYPE_CHECKING:
    from alembic.config import Config

SCRIPTS = Path(__file__).resolve().parents[2] / "migrations"
HEAD = "0024"
"""The newest migration; a test compares it with the scripts."""
# Any fixed number: instances that start together wait for the first to migrate.
_LOCK = 6_173_204_551


def _config(connection: Connection) -> "Config":
    from alembic.config import Config  # noqa: PLC0415 - see above

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    return config


def upgrade(url: str, revision: str = HEAD) -> None:
    """Bring the database at `url` to a revision, the newest by default."""
    engine = make_engine(url)
    try:
        upgrade_engine(engine, revision)
    finally:
        engine.dispose()


def upgrade_engine(engine: Engine, revision: str = HEAD) -> None:
    """Bring a database to a revision; instances that start together take turns."""
    database = Database(engine)
    with database.reading() as connection:
        if _revision(connection) == revision:
            return
    from alembic import command  # noqa: PLC0415 - see above

    with database.remaking() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        command.upgrade(_config(connection), revision)


def downgrade(url: str, revision: str) -> None:
    """Take the database at `url` back to a revision."""
    from alembic import command  # noqa: PLC0415 - see above

    engine = make_engine(url)
    try:
        with Database(engine).remaking() as connection:
            command.downgrade(_config(connection), revision)
    finally:
        engine.dispose()


def is_current(connection: Connection) -> bool:
    """Tell whether the database has the schema of this release."""
    return _revision(connection) == HEAD


def _revision(connection: Connection) -> str | None:
    """Return the migration that the database has come to, or None before the first."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return revision
