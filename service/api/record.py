"""/record: everything that happened in an agenda, as the leaves of a Merkle tree."""

from datetime import datetime
from typing import Any

from litestar import get
from msgspec import Struct

from service.api.asking import Asking
from service.api.lists import Cursor, Id, Limit, Listing, listing
from service.api.schemas import OrganisationRef, shown
from service.workflows import record as records


class Entry(Struct, frozen=True):
    """One fact, for reading. `person` is the pseudonym under which the record has whoever acted.

    `hash` is that of its leaf in the record's Merkle tree (RFC 6962); the leaf itself comes with its proof.
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


_entry = shown(Entry)


@get("/agendas/{agenda_id:str}/record", tags=["Record"], sync_to_thread=True)
def list_record(agenda_id: Id, ctx: Asking, limit: Limit = 50, cursor: Cursor = None) -> Listing[Entry]:
    """List an agenda's record from its first entry on."""
    return listing(records.entries(ctx, agenda_id, limit=limit, cursor=cursor), _entry)


ROUTES = [list_record]
