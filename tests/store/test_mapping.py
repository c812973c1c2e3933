from dataclasses import fields

import pytest
from sqlalchemy import Table
from sqlalchemy.orm import class_mapper

from service.store.mapping import _MAPPED


@pytest.mark.parametrize(("kind", "table"), _MAPPED, ids=lambda one: getattr(one, "__name__", None))
def test_every_field_of_an_entity_is_kept_and_nothing_else(kind: type, table: Table) -> None:
    assert class_mapper(kind).local_table is table
    assert {column.key for column in class_mapper(kind).columns} == {field.name for field in fields(kind)}


@pytest.mark.parametrize("kind", [kind for kind, _ in _MAPPED], ids=lambda kind: kind.__name__)
def test_what_can_change_is_guarded_by_its_revision(kind: type) -> None:
    revised = "revision" in {field.name for field in fields(kind)}
    assert (class_mapper(kind).version_id_col is not None) is revised
