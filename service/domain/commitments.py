"""What keeps personal data out of the record: a person, or free words, stand in it as a salted SHA-256.

Whoever has the salt can prove what was meant; once the salt is forgotten nobody can, and every hash above still holds.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields

from service.domain.house_events import Event

WORDS = frozenset(
    {
        "document",
        "fit_note",
        "reason",
        "reference",
        "replacement",
        "resolved_by",
        "statement",
        "strength_note",
    }
)
"""The fields of events that people write freely, and in which a person may be named; and digests of what names one."""


def commit(salt: str, meant: str) -> str:
    """Return the commitment to a text: SHA-256, in hex, over the salt's bytes (it is hex) and the text in UTF-8."""
    return hashlib.sha256(bytes.fromhex(salt) + meant.encode()).hexdigest()


def is_person(field: str) -> bool:
    """Tell whether a field of an event names a person, or several."""
    return field in {"person_id", "person_ids"} or field.endswith(("_person_id", "_person_ids"))


@dataclass(frozen=True, slots=True)
class Veiled:
    """An event as the record holds it, and the words that are kept beside, by field."""

    subject_id: str
    data: Mapping[str, object]
    words: Mapping[str, str]


def persons_of(event: Event) -> frozenset[str]:
    """Return the ids of the persons whom an event names."""
    found: set[str] = set()
    for field in fields(event):
        value = getattr(event, field.name)
        if value is not None and is_person(field.name):
            found.update((value,) if isinstance(value, str) else value)
    return frozenset(found)


def veil(event: Event, pseudonyms: Mapping[str, str], salts: Mapping[str, str]) -> Veiled:
    """Return an event with pseudonyms for its persons, and commitments for its words.

    Args:
        event: what happened.
        pseudonyms: of the persons whom it names, by id.
        salts: for the words that it holds, by field.
    """
    data: dict[str, object] = {}
    words: dict[str, str] = {}
    for field in fields(event):
        value = getattr(event, field.name)
        if value and is_person(field.name):
            data[field.name] = pseudonyms[value] if isinstance(value, str) else [pseudonyms[v] for v in value]
        elif value and field.name in WORDS:
            data[field.name], words[field.name] = {"commitment": commit(salts[field.name], value)}, value
        else:
            data[field.name] = value
    subject = event.subject_id
    return Veiled(pseudonyms[subject] if is_person(fields(event)[0].name) else subject, data, words)


def words_of(event: Event) -> frozenset[str]:
    """Return the fields of an event that hold free words."""
    return frozenset(f.name for f in fields(event) if f.name in WORDS and getattr(event, f.name))


def unveil(
    data: Mapping[str, object], persons: Mapping[str, str], words: Mapping[str, str]
) -> dict[str, object]:
    """Return an event's data for reading; what has been erased is None.

    Args:
        data: as the record holds them.
        persons: by pseudonym, as far as they are known.
        words: by field, as far as they are kept.
    """
    return {name: _shown(name, value, persons, words) for name, value in data.items()}


def _shown(name: str, value: object, persons: Mapping[str, str], words: Mapping[str, str]) -> object:
    if is_person(name) and isinstance(value, str):
        return persons.get(value)
    if is_person(name) and isinstance(value, list):
        return [persons.get(each) for each in value]
    if name in WORDS and isinstance(value, Mapping):
        return words.get(name)
    return value
