import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest

from service.domain.record import GENESIS, Entry, chain, first_break
from tests.domain.actors import NOW


def a_record(size: int = 4) -> list[Entry]:
    entries: list[Entry] = []
    for sequence in range(1, size + 1):
        entries.append(
            chain(
                scope="g1",
                sequence=sequence,
                at=NOW + timedelta(seconds=sequence),
                name="agenda.created",
                subject_id="g1",
                person_id="ada",
                organisation_id=None,
                token_id=None,
                data={"é": sequence},
                previous=entries[-1].hash if entries else GENESIS,
            )
        )
    return entries


def test_a_record_as_written_is_unbroken() -> None:
    assert first_break(a_record()) is None
    assert first_break([]) is None


def test_the_hash_is_that_of_the_canonical_json_so_that_anyone_can_check_it() -> None:
    entry = a_record(1)[0]
    canonical = (
        '{"at":"2026-01-05T09:00:01.000000+00:00","data":{"é":1},"name":"agenda.created",'
        '"organisation_id":null,"person_id":"ada","previous":"' + GENESIS + '","scope":"g1",'
        '"sequence":1,"subject_id":"g1","token_id":null}'
    )
    assert entry.hash == hashlib.sha256(canonical.encode()).hexdigest()


@pytest.mark.parametrize(
    "changed",
    [
        {"scope": "g2"},
        {"sequence": 7},
        {"at": NOW},
        {"name": "agenda.edited"},
        {"subject_id": "g2"},
        {"person_id": None},
        {"organisation_id": "city"},
        {"token_id": "t1"},
        {"data": {"é": 3}},
        {"previous": GENESIS},
        {"hash": GENESIS},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_any_change_of_an_entry_is_found_there(changed: dict[str, object]) -> None:
    entries = a_record()
    entries[1] = replace(entries[1], **changed)  # type: ignore[arg-type] # the cases name fields of an entry
    assert first_break(entries) == 2


def test_an_entry_made_anew_is_found_where_the_next_follows_on_it() -> None:
    entries = a_record()
    one = entries[1]
    entries[1] = chain(
        scope=one.scope,
        sequence=one.sequence,
        at=one.at,
        name="agenda.edited",
        subject_id=one.subject_id,
        person_id=one.person_id,
        organisation_id=one.organisation_id,
        token_id=one.token_id,
        data=one.data,
        previous=one.previous,
    )
    assert first_break(entries) == 3


def test_an_entry_taken_out_is_found() -> None:
    entries = a_record()
    assert first_break(entries[:1] + entries[2:]) == 2
    assert first_break(entries[1:]) == 1


def test_entries_that_change_places_are_found() -> None:
    entries = a_record()
    entries[1], entries[2] = entries[2], entries[1]
    assert first_break(entries) == 2
