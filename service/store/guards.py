"""Triggers by which the database itself refuses to change what the record says, on both engines.

Whoever may alter the schema can drop them: they stop mistakes, and the tree tells of the rest.
"""

from sqlalchemy import DDL, Table, event

_REFUSE = "BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END"
_FUNCTION = (
    "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the record is append-only'; END $$"
)


def append_only(table: Table) -> None:
    """Let the database refuse every change of a row, and that one is deleted or replaced."""
    name = table.name
    same = " AND ".join(f"{column.name} = NEW.{column.name}" for column in table.primary_key)
    _sqlite(table, f"CREATE TRIGGER {name}_no_update BEFORE UPDATE ON {name} {_REFUSE}")
    _sqlite(table, f"CREATE TRIGGER {name}_no_delete BEFORE DELETE ON {name} {_REFUSE}")
    # What replaces a row deletes it without a word to the trigger above.
    exists = f"EXISTS (SELECT 1 FROM {name} WHERE {same})"  # noqa: S608 - names of our own
    _sqlite(table, f"CREATE TRIGGER {name}_no_replace BEFORE INSERT ON {name} WHEN {exists} {_REFUSE}")
    _postgresql(
        table,
        f"CREATE TRIGGER {name}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {name} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    )


def growing(table: Table) -> None:
    """Let the database refuse that a row's `size` does not grow when it changes, and that a row is deleted."""
    name = table.name
    shrinks = "NEW.size <= OLD.size"
    _sqlite(table, f"CREATE TRIGGER {name}_no_update BEFORE UPDATE ON {name} WHEN {shrinks} {_REFUSE}")
    _sqlite(table, f"CREATE TRIGGER {name}_no_delete BEFORE DELETE ON {name} {_REFUSE}")
    _postgresql(
        table,
        f"CREATE TRIGGER {name}_growing BEFORE UPDATE ON {name} "
        f"FOR EACH ROW WHEN ({shrinks}) EXECUTE FUNCTION refuse_change()",
    )
    _postgresql(
        table,
        f"CREATE TRIGGER {name}_append_only BEFORE DELETE OR TRUNCATE ON {name} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    )


def _sqlite(table: Table, statement: str) -> None:
    _after_create(table, "sqlite", statement)


def _postgresql(table: Table, statement: str) -> None:
    _after_create(table, "postgresql", _FUNCTION)
    _after_create(table, "postgresql", statement)


def _after_create(table: Table, engine: str, statement: str) -> None:
    ddl = DDL(statement)  # type: ignore[no-untyped-call] # the library's own
    event.listen(table, "after_create", ddl.execute_if(dialect=engine))
