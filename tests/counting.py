"""What reaches the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from tests.houses import House


@contextmanager
def counting(house: House) -> Iterator[list[str]]:
    """Gather the statements that reach the database meanwhile."""
    statements: list[str] = []

    def note(_: object, __: object, statement: str, *___: object) -> None:
        statements.append(statement)

    event.listen(house.database.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(house.database.engine, "before_cursor_execute", note)
