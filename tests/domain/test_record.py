import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest

from service.domain import canonical
from service.domain.merkle import Frontier
from service.domain.record import Entry, Head, first_break, hashed, head_of
from tests.domain.actors import NOW


def a_record(size: int = 4) -> list[Entry]:
    return [
        hashed(
            Entry(
                "g1",
                n,
                NOW + timedelta(seconds=n, microseconds=n),
                "agenda.created",
                "g1",
                "ada",
                None,
                None,
                {"é": n},
            )
        )
        for n in range(1, size + 1)
    ]


def test_a_record_as_written_is_unbroken() -> None:
    assert first_break(a_record()) is None
    assert first_break([]) is None


def test_the_hash_is_that_of_the_canonical_json_so_that_anyone_can_check_it() -> None:
    entry = a_record(1)[0]
    text = (
        '{"at":"2026-01-05T09:00:01.000001Z","data":{"é":1},"name":"agenda.created","organisation_id":null,'
        '"person":"ada","scope":"g1","sequence":1,"subject_id":"g1","token_id":null}'
    )
    assert entry.leaf == text
    assert entry.hash == hashlib.sha256(b"\x00" + text.encode()).hexdigest()


@pytest.mark.parametrize("microseconds", [0, 7, 500_000])
def test_the_leaf_is_what_the_house_writes_as_canonical_json(microseconds: int) -> None:
    entry = replace(a_record(1)[0], at=NOW + timedelta(microseconds=microseconds))
    fields = {name: getattr(entry, name) for name in Entry.__dataclass_fields__ if name != "hash"}
    assert entry.leaf == canonical.to_json(fields)


@pytest.mark.parametrize(
    "changed",
    [
        {"scope": "g2"},
        {"sequence": 7},
        {"at": NOW},
        {"name": "agenda.edited"},
        {"subject_id": "g2"},
        {"person": None},
        {"organisation_id": "city"},
        {"token_id": "t1"},
        {"data": {"é": 3}},
        {"hash": "0" * 64},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_any_change_of_an_entry_is_found_there(changed: dict[str, object]) -> None:
    entries = a_record()
    entries[1] = replace(entries[1], **changed)  # type: ignore[arg-type] # the cases name fields of an entry
    assert first_break(entries) == 2


def test_an_entry_made_anew_changes_the_head() -> None:
    entries = a_record()
    before = head_of(entries)
    entries[1] = hashed(replace(entries[1], name="agenda.edited"))
    assert first_break(entries) is None
    assert head_of(entries) != before


def test_the_head_is_the_root_over_all_that_the_entries_say() -> None:
    entries = a_record(5)
    root = Frontier().extend(bytes.fromhex(entry.hash) for entry in entries).root.hex()
    assert head_of(entries) == Head(5, root) == head_of([replace(entry, hash="") for entry in entries])
    assert head_of([]) == Head(0, hashlib.sha256().hexdigest())


def test_an_entry_taken_out_is_found() -> None:
    entries = a_record()
    assert first_break(entries[:1] + entries[2:]) == 2
    assert first_break(entries[1:]) == 1


def test_entries_that_change_places_are_found() -> None:
    entries = a_record()
    entries[1], entries[2] = entries[2], entries[1]
    assert first_break(entries) == 2
