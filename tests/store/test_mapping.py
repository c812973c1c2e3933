from dataclasses import fields

import pytest

from service.store.mapping import KEPT


@pytest.mark.parametrize("kind", KEPT, ids=lambda kind: kind.__name__)
def test_every_field_of_an_entity_is_kept_and_nothing_else(kind: type) -> None:
    names = [field.name for field in fields(kind)]
    assert {column.key for column in KEPT[kind].table.columns} == set(names)
    assert [column.name for column in KEPT[kind].every.selected_columns] == names


@pytest.mark.parametrize("kind", KEPT, ids=lambda kind: kind.__name__)
def test_what_can_change_is_guarded_by_its_revision(kind: type) -> None:
    revised = "revision" in {field.name for field in fields(kind)}
    for statement in (KEPT[kind].update, KEPT[kind].delete):
        assert ("revision = :known" in str(statement)) is revised
