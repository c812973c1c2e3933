"""/record: everything that happened in an agenda, as the leaves of a Merkle tree, with its proofs."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal

from litestar import get, post
from litestar.params import PathParameter, QueryParameter
from msgspec import UNSET, Struct, UnsetType

from service.api.asking import Asking
from service.api.lists import Cursor, Id, Limit, Listing, listing
from service.api.schemas import OrganisationRef, refuses, shown
from service.domain.checkpoints import Occasion
from service.domain.receipts import Consistency as ConsistencyFile
from service.domain.receipts import OpenReceipt
from service.domain.receipts import Receipt as ReceiptFile
from service.workflows import erasure
from service.workflows import record as records

TAGS = ["Record"]
LARGEST = 2**31 - 1
Number = Annotated[int, PathParameter(ge=1, le=LARGEST, description="The entry's number, from 1.")]
First = Annotated[int, QueryParameter(ge=1, le=LARGEST, description="How many entries the older record has.")]
Second = Annotated[
    int, QueryParameter(ge=1, le=LARGEST, description="How many entries the newer record has.")
]


class Entry(Struct, frozen=True):
    """One fact, for reading. `person` is the pseudonym under which the record has whoever acted.

    `hash` is that of its leaf in the record's Merkle tree (RFC 6962); the leaf itself comes with its proof. What has
    been erased is null.
    """

    scope: str
    sequence: int
    at: datetime
    name: str
    subject_id: str
    person: str | None
    person_id: str | None
    organisation: OrganisationRef | None
    data: dict[str, Any]
    hash: str


class Checkpoint(Struct, frozen=True):
    """A signed checkpoint over the first `size` entries: `note` is the text to keep (c2sp.org/tlog-checkpoint)."""

    size: int
    root: str
    at: datetime
    occasion: Occasion
    note: str


class Opened(Struct, frozen=True):
    """Words that an entry commits to, and the salt that shows it."""

    salt: str
    text: str


class Receipt(Struct, frozen=True):
    """That an entry stands in the record: its leaf, its place from 0, the proof, the note, and the key that signs.

    Whoever acts for a position's organisation gets an `open-receipt`, with the `words` that the entry commits to.
    """

    format: Literal["sympolity-receipt/1", "sympolity-open-receipt/1"]
    leaf: str
    index: int
    proof: tuple[str, ...]
    checkpoint: str
    public_key: str
    words: Mapping[str, Opened] | UnsetType = UNSET


class Consistency(Struct, frozen=True):
    """That the record under the note `second` begins with what lies under `first`."""

    format: Literal["sympolity-consistency/1"]
    first: str
    second: str
    proof: tuple[str, ...]
    public_key: str


_entry, _checkpoint = shown(Entry), shown(Checkpoint)
_receipt, _consistency = shown(Receipt), shown(Consistency)


def receipt(file: ReceiptFile | OpenReceipt) -> Receipt:
    """Return a receipt as the API sends it."""
    return _receipt(file)


def consistency(file: ConsistencyFile) -> Consistency:
    """Return a proof of consistency as the API sends it."""
    return _consistency(file)


@get("/agendas/{agenda_id:str}/record", tags=TAGS, sync_to_thread=True)
def list_record(agenda_id: Id, ctx: Asking, limit: Limit = 50, cursor: Cursor = None) -> Listing[Entry]:
    """List an agenda's record from its first entry on."""
    return listing(records.entries(ctx, agenda_id, limit=limit, cursor=cursor), _entry)


@get("/agendas/{agenda_id:str}/record/checkpoints", tags=TAGS, sync_to_thread=True)
def list_checkpoints(
    agenda_id: Id, ctx: Asking, limit: Limit = 50, cursor: Cursor = None
) -> Listing[Checkpoint]:
    """List the signed checkpoints of an agenda's record: of phases, editions and single positions."""
    return listing(records.checkpoints(ctx, agenda_id, limit=limit, cursor=cursor), _checkpoint)


@get("/agendas/{agenda_id:str}/record/consistency", tags=TAGS, sync_to_thread=True)
def prove_consistency(agenda_id: Id, ctx: Asking, first: First, second: Second) -> Consistency:
    """Prove that an agenda's record over `second` entries begins with what it was over `first`."""
    return consistency(records.consistency(ctx, agenda_id, first, second))


@get("/agendas/{agenda_id:str}/record/{number:int}/proof", tags=TAGS, sync_to_thread=True)
def prove_entry(agenda_id: Id, number: Number, ctx: Asking) -> Receipt:
    """Prove that an entry stands in an agenda's record."""
    return receipt(records.receipt(ctx, agenda_id, number))


@get("/positions/{position_id:str}/receipt", tags=TAGS, sync_to_thread=True)
def read_receipt(position_id: Id, ctx: Asking) -> Receipt:
    """Take away the proof that a position was taken; `sympolity verify` checks it without asking anyone."""
    return receipt(records.position_receipt(ctx, position_id))


@post(
    "/agendas/{agenda_id:str}/record/{number:int}/words/erasure",
    tags=TAGS,
    opt=refuses(),
    status_code=204,
    sync_to_thread=True,
)
def erase_words(agenda_id: Id, number: Number, ctx: Asking) -> None:
    """Erase the words of an entry that say something of a person, as the coordination facility."""
    erasure.erase_words(ctx, erasure.EraseWords(agenda_id, number))


ROUTES = [erase_words, list_record, list_checkpoints, prove_consistency, prove_entry, read_receipt]
