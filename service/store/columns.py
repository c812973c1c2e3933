"""The schema's metadata, and the columns that many tables have."""

from sqlalchemy import Column, ForeignKey, Integer, MetaData

from service.store.types import Id

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def identifier() -> "Column[str]":
    """Return the primary key: a ULID."""
    return Column("id", Id, primary_key=True)


def reference(name: str, target: str, *, nullable: bool = False, index: bool = False) -> "Column[str]":
    """Return a foreign key to the table `target`."""
    return Column(name, Id, ForeignKey(f"{target}.id"), nullable=nullable, index=index)


def revision() -> "Column[int]":
    """Return the counter that optimistic locking compares."""
    return Column("revision", Integer, nullable=False)
