"""Reading a whole record against itself: every entry, what it keeps of the tree, and how far the record says it is."""

from collections.abc import Mapping
from types import MappingProxyType

from sqlalchemy import Connection, Text, select, type_coerce

from service.domain.merkle import Frontier, node_hash
from service.domain.record import digest, leaf_of
from service.store.bookkeeping import events, record_heads

_LEAF = ("scope", "sequence", "at", "name", "subject_id", "person", "organisation_id", "token_id")


def scopes(connection: Connection) -> tuple[str, ...]:
    """Return whose records there are."""
    kept = select(record_heads.c.scope).union(select(events.c.scope)).order_by("scope")
    return tuple(connection.scalars(kept))


def audit(
    connection: Connection, scope: str, signed: Mapping[int, str] = MappingProxyType({})
) -> tuple[int, int | None]:
    """Return how many entries a record has, and the number of the first that is at fault, or None.

    Args:
        connection: reads.
        scope: whose record.
        signed: the roots (hex) that were signed of it, by size; one that differs is a fault of the last entry below it.
    """
    data = type_coerce(events.c.data, Text)
    query = (
        select(*(events.c[name] for name in _LEAF), data, events.c.hash, events.c.nodes)
        .where(events.c.scope == scope)
        .order_by(events.c.sequence)
    )
    peaks: list[bytes] = []
    size = 0
    try:
        for *fields, hash_, nodes in connection.execute(query):
            top, kept, rest = digest(leaf_of(*fields)), hash_ + nodes, size
            found = top.hex()
            while rest & 1:
                top = node_hash(peaks.pop(), top)
                found += top.hex()
                rest >>= 1
            peaks.append(top)
            size += 1
            if fields[1] != size or found != kept:
                return size, size
            if size in signed and Frontier(size, tuple(peaks)).root.hex() != signed[size]:
                return size, size
    except (ValueError, TypeError, AttributeError):
        # What does not even read as an entry was not written by this house.
        return size + 1, size + 1
    head = connection.execute(select(record_heads).where(record_heads.c.scope == scope)).one_or_none()
    joined = "".join(peak.hex() for peak in peaks)
    if head is None or (head.size, head.peaks) != (size, joined) or max(signed, default=0) > size:
        return size, size + 1
    return size, None
