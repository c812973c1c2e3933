"""The places that amendments lay claim to, kept as the amendments themselves are written.

Every change of an amendment passes through a flush of the session, so this is the one place that sees all of them:
no use case can forget it, nor a new one that is added.
"""

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import bindparam, delete, insert, inspect, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.util import identity_key

from service.domain.amendments import Amendment, standing_operations, stands
from service.domain.recommendations import Version
from service.domain.text import Block, reach
from service.store.tables import amendment_claims, versions

# What decides which places an amendment claims, beside its state.
_WORDING = ("base_version_id", "operations", "decided_blocks", "incorporated_in")
_LEFT = delete(amendment_claims).where(
    amendment_claims.c.amendment_id.in_(bindparam("amendments", expanding=True))
)
_TAKEN = insert(amendment_claims)
_TEXTS = select(versions.c.id, versions.c.blocks).where(versions.c.id.in_(bindparam("ids", expanding=True)))

Row = Mapping[str, object]


def keep_claims(session: Session) -> None:
    """Write the claims of the amendments that a flush has just written, those that changed and no others."""
    left = [one for one in session.dirty if isinstance(one, Amendment) and _has_moved(one)]
    new = [one for one in session.new if isinstance(one, Amendment)]
    taking = [one for one in (*left, *new) if one.stands]
    if left:
        session.connection().execute(_LEFT, {"amendments": [one.id for one in left]})
    if taking:
        texts = _texts(session, {one.base_version_id for one in taking})
        rows = [row for one in taking for row in claim_rows(one, texts[one.base_version_id])]
        if rows:
            session.connection().execute(_TAKEN, rows)


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


def _has_moved(amendment: Amendment) -> bool:
    """Tell whether a flush changed what an amendment claims."""
    attributes = inspect(amendment).attrs
    was = attributes["state"].history.deleted or (amendment.state,)
    reworded = any(attributes[name].history.has_changes() for name in _WORDING)
    stood = stands(was[0], None)
    return (stood or amendment.stands) and (reworded or stood is not amendment.stands)


def _texts(session: Session, version_ids: set[str]) -> dict[str, tuple[Block, ...]]:
    """Return the texts of versions; a use case that changes an amendment has mostly read its base."""
    known = {i: session.identity_map.get(identity_key(Version, i)) for i in version_ids}
    found = {i: version.blocks for i, version in known.items() if version is not None}
    missing = sorted(version_ids - set(found))
    if missing:
        rows = session.connection().execute(_TEXTS, {"ids": missing})
        found.update({row.id: row.blocks for row in rows})
    return found
