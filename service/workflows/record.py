"""The record for its readers: what happened, how far it has come, and proofs of both."""

from collections.abc import Iterable

from service.domain import merkle
from service.domain.checkpoints import Checkpoint, Note
from service.domain.errors import Invalid, Unknown
from service.domain.events import PositionTaken
from service.domain.permissions import Permission, Subject, require, visible_to
from service.domain.receipts import Consistency, OpenReceipt, Receipt, RecordFile
from service.domain.record import Head
from service.domain.record_checks import Trust, check_file
from service.domain.verification import Verification
from service.domain.views import Page
from service.domain.views.record import AuditView, CheckpointView, RecordView
from service.store import auditing
from service.store.queries import record as queries
from service.store.reader import Reader
from service.workflows import reading
from service.workflows.context import Context
from service.workflows.reading import LIMIT

MOST = 2**31 - 1
LARGEST_FILE = 4 * 1024 * 1024
"""What is checked while somebody waits; a whole record may be larger, and is checked by the command."""
"""The most entries that a record can have: the column of their numbers holds no more."""


def entries(ctx: Context, agenda_id: str, limit: int = LIMIT, cursor: str | None = None) -> Page[RecordView]:
    """Return an agenda's record from its first entry on."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        reading.agenda(ctx, agenda_id)
        return queries.list_record(reader.connection, agenda_id, limit, cursor)


def head(ctx: Context, agenda_id: str) -> Head:
    """Return how far an agenda's record has come."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        reading.agenda(ctx, agenda_id)
        return queries.head(reader.connection, agenda_id)


def checkpoints(
    ctx: Context, agenda_id: str, limit: int = LIMIT, cursor: str | None = None
) -> Page[CheckpointView]:
    """Return an agenda's checkpoints, those taken for single positions too."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        reading.agenda(ctx, agenda_id)
        return queries.list_checkpoints(reader.connection, agenda_id, limit, cursor)


def announced_checkpoints(ctx: Context, agenda_id: str) -> tuple[CheckpointView, ...]:
    """Return the checkpoints of an agenda's phases and editions."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        reading.agenda(ctx, agenda_id)
        return queries.announced_checkpoints(reader.connection, agenda_id)


def receipt(ctx: Context, agenda_id: str, sequence: int) -> Receipt:
    """Return the proof that an entry stands in an agenda's record, under the newest checkpoint that there is."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        reading.agenda(ctx, agenda_id)
        found = 0 < sequence <= MOST and queries.entry_at(reader.connection, agenda_id, sequence)
        if not found:
            raise Unknown(thing="entry")
        signed = queries.newest_covering(reader.connection, agenda_id, sequence)
        size = signed.size if signed is not None else queries.head(reader.connection, agenda_id).size
        index = sequence - 1
        return Receipt(
            found.leaf,
            index,
            _proof(reader, agenda_id, merkle.inclusion(index, size)),
            signed.note if signed is not None else _note(ctx, reader, agenda_id, size),
            ctx.notary.key.text,
        )


def position_receipt(ctx: Context, position_id: str) -> Receipt | OpenReceipt:
    """Return the proof that a position was taken; to whoever acts for its organisation, with what opens its words.

    Others read the words here as long as they stand here, and could prove them even once they are erased.
    """
    with ctx.reading() as reader:
        sight = visible_to(reader.actor)
        position = reading.position(ctx, position_id)
        agenda_id = reading.recommendation(ctx, position.recommendation_id).agenda_id
        number = queries.number_of(reader.connection, agenda_id, PositionTaken.name, position.id)
        if number is None:
            raise Unknown(thing="entry")
        proven = receipt(ctx, agenda_id, number)
        if position.organisation.id not in sight.organisation_ids:
            return proven
        words = queries.opening(reader.connection, agenda_id, number)
        if not words:
            return proven
        return OpenReceipt(
            proven.leaf, proven.index, proven.proof, proven.checkpoint, proven.public_key, words
        )


def consistency(ctx: Context, agenda_id: str, first: int, second: int) -> Consistency:
    """Return the proof that an agenda's record over `second` entries begins with what it was over `first`."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        reading.agenda(ctx, agenda_id)
        if not 0 < first <= second <= queries.head(reader.connection, agenda_id).size:
            raise Unknown(thing="entry")
        return Consistency(
            _note(ctx, reader, agenda_id, first),
            _note(ctx, reader, agenda_id, second),
            _proof(reader, agenda_id, merkle.consistency(first, second)),
            ctx.notary.key.text,
        )


def whole(ctx: Context, agenda_id: str) -> RecordFile:
    """Return an agenda's whole record, to be kept and checked elsewhere."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        reading.agenda(ctx, agenda_id)
        announced = queries.announced_checkpoints(reader.connection, agenda_id)
        newest = queries.newest_covering(reader.connection, agenda_id, 1)
        signed = announced if newest is None or newest in announced else (*announced, newest)
        return RecordFile(
            agenda_id,
            tuple(entry.leaf for entry in queries.whole_record(reader.connection, agenda_id)),
            tuple(one.note for one in signed),
            ctx.notary.key.text,
        )


def verify(ctx: Context, data: bytes) -> Verification:
    """Tell what a file of a record proves under this instance's own key.

    Raises:
        Invalid: it is larger than what is checked on a page.
    """
    with ctx.reading() as reader:
        visible_to(reader.actor)
    if len(data) > LARGEST_FILE:
        raise Invalid.field(
            "paper",
            "This is a large record. Check it with the command `sympolity verify` on a machine of yours.",
        )
    return check_file(data, Trust(frozenset({ctx.notary.key.public}), ctx.notary.is_signed))


def audit(ctx: Context, kept: Iterable[Note] = ()) -> tuple[AuditView, ...]:
    """The operator reads every record against itself, its checkpoints, and checkpoints that somebody kept."""
    held: dict[str, dict[int, str]] = {}
    for note in kept:
        held.setdefault(note.checkpoint.scope, {})[note.checkpoint.size] = note.checkpoint.root
    with ctx.reading() as reader:
        require(reader.actor, Permission.RECORD_AUDIT, Subject())
        found = []
        for scope in sorted({*auditing.scopes(reader.connection), *held}):
            signed = {**queries.signed_roots(reader.connection, scope), **held.get(scope, {})}
            found.append(AuditView(scope, *auditing.audit(reader.connection, scope, signed)))
        return tuple(found)


def _proof(reader: Reader, agenda_id: str, stretches: tuple[merkle.Stretch, ...]) -> tuple[str, ...]:
    return tuple(hash_.hex() for hash_ in queries.hashes_of(reader.connection, agenda_id, stretches))


def _note(ctx: Context, reader: Reader, agenda_id: str, size: int) -> str:
    """Return the note over so many entries: as it was signed, or without a signature."""
    signed = queries.checkpoint_over(reader.connection, agenda_id, size)
    if signed is not None:
        return signed.note
    (root,) = queries.hashes_of(reader.connection, agenda_id, ((0, size),))
    origin = f"{ctx.notary.key.name}/{agenda_id}"
    return Note(Checkpoint(origin, size, root.hex(), reader.now)).text
