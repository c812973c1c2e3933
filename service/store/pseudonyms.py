"""Who is behind the record's pseudonyms: the one place that knows, from which a person can be erased."""

import secrets
from collections.abc import Set as AbstractSet

from sqlalchemy import Connection, bindparam, delete, insert, select

from service.domain.commitments import commit
from service.store.bookkeeping import record_persons

SALT_BYTES = 32
_KNOWN = select(record_persons.c.person_id, record_persons.c.pseudonym).where(
    record_persons.c.person_id.in_(bindparam("ids", expanding=True))
)
_NEW = insert(record_persons)
_FORGET = delete(record_persons).where(record_persons.c.person_id == bindparam("of"))


class Pseudonyms:
    """The pseudonyms of those whom one transaction speaks of; who has none yet is given one."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[str, str] = {}

    def remember(self, person_id: str, pseudonym: str) -> None:
        """Take note of a pseudonym that was read on the way."""
        self._known.setdefault(person_id, pseudonym)

    def of(self, person_ids: AbstractSet[str]) -> dict[str, str]:
        """Return the pseudonyms of persons by their ids."""
        if unread := person_ids - self._known.keys():
            rows = self._connection.execute(_KNOWN, {"ids": sorted(unread)})
            self._known.update({row.person_id: row.pseudonym for row in rows})
        if new := sorted(person_ids - self._known.keys()):
            made = [_made(person_id) for person_id in new]
            self._connection.execute(_NEW, made)
            self._known.update({one["person_id"]: one["pseudonym"] for one in made})
        return {person_id: self._known[person_id] for person_id in person_ids}

    def of_one(self, person_id: str | None) -> str | None:
        """Return one person's pseudonym; None for nobody."""
        return None if person_id is None else self.of({person_id})[person_id]

    def forget(self, person_id: str) -> None:
        """Erase who is behind a pseudonym; what this transaction says of the person still bears it."""
        self.of({person_id})
        self._connection.execute(_FORGET, {"of": person_id})


def _made(person_id: str) -> dict[str, str]:
    salt = secrets.token_hex(SALT_BYTES)
    return {"person_id": person_id, "salt": salt, "pseudonym": commit(salt, person_id)}
