"""The places that amendments lay claim to, kept as the amendments themselves are written.

Every change of an amendment is written by its transaction's entities, so this is the one place that sees all of
them: no use case can forget it, nor a new one that is added.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert

from service.domain.amendments import Amendment, standing_operations, stands
from service.domain.recommendations import Version
from service.domain.text import Block, reach
from service.store.collection import Collection
from service.store.tables import amendment_claims

# What decides which places an amendment claims, beside its state.
_WORDING = ("base_version_id", "operations", "decided_blocks", "incorporated_in")
_LEFT = delete(amendment_claims).where(amendment_claims.c.amendment_id == bindparam("of"))
_TAKEN = insert(amendment_claims)

Row = Mapping[str, object]


class Claims:
    """Keeps the claims of the amendments that one transaction writes."""

    def __init__(self, connection: Connection, versions: Collection[Version]) -> None:
        self._connection, self._versions = connection, versions

    def keep(self, amendment: Amendment, before: Mapping[str, Any] | None) -> None:
        """Write the claims of an amendment that was just written, if it is new or its claims changed.

        Args:
            amendment: as it stands now.
            before: its fields as they stood; None for a new one.
        """
        if before is not None:
            if not _has_moved(amendment, before):
                return
            self._connection.execute(_LEFT, {"of": amendment.id})
        if amendment.stands:
            base = self._versions.get(amendment.base_version_id).blocks
            rows = list(claim_rows(amendment, base))
            if rows:
                self._connection.execute(_TAKEN, rows)


def claim_rows(amendment: Amendment, base: Sequence[Block]) -> Iterator[Row]:
    """Yield the rows of an amendment that stands on a base with these blocks."""
    operations = standing_operations(base, amendment.operations, amendment.decided_blocks)
    for position, (block, start, end) in enumerate(reach(base, operations)):
        yield {
            "amendment_id": amendment.id,
            "position": position,
            "version_id": amendment.base_version_id,
            "block_id": block,
            "start": start,
            "end": end,
        }


def _has_moved(amendment: Amendment, before: Mapping[str, Any]) -> bool:
    """Tell whether what was just written changed what an amendment claims."""
    stood = stands(before["state"], before["incorporated_in"])
    reworded = any(getattr(amendment, name) != before[name] for name in _WORDING)
    return (stood or amendment.stands) and (reworded or stood is not amendment.stands)
