"""What a paper carries of the record: the newest signed checkpoint, and a receipt for each position it prints."""

from collections.abc import Collection, Mapping, Sequence

from service.domain import merkle
from service.domain.events import PositionTaken
from service.domain.permissions import visible_to
from service.domain.receipts import Proven, Receipts
from service.domain.record import Entry, digest
from service.store.queries import record as queries
from service.workflows.context import Context


def positions_taken(entries: Sequence[Entry]) -> Mapping[str, int]:
    """Return for each position, by its id, the number of the entry that tells of it."""
    return {entry.subject_id: entry.sequence for entry in entries if entry.name == PositionTaken.name}


def receipts_for(
    ctx: Context, agenda_id: str, entries: Sequence[Entry], numbers: Collection[int]
) -> Receipts | None:
    """Return the proofs that these entries stand in a record, under the newest checkpoint that covers them all.

    Args:
        ctx: the reader's context.
        agenda_id: whose record it is.
        entries: the whole record.
        numbers: of the entries to prove, from 1.

    Returns:
        None while no checkpoint is signed that covers them.
    """
    with ctx.reading() as reader:
        visible_to(reader.actor)
        signed = queries.newest_covering(reader.connection, agenda_id, max(numbers, default=1))
    if signed is None:
        return None
    tree = merkle.Tree(digest(entry.leaf) for entry in entries)
    return Receipts(
        signed.note,
        ctx.notary.key.text,
        tuple(
            Proven(
                entries[number - 1].leaf,
                number - 1,
                tuple(hash_.hex() for hash_ in tree.inclusion(number - 1, signed.size)),
            )
            for number in sorted(numbers)
        ),
    )
