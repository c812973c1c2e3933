"""/record: everything that happened in an agenda, hash-chained."""

from datetime import datetime
from typing import Any

from litestar import get
from msgspec import Struct

from service.api.asking import Asking
from service.api.lists import Cursor, Id, Limit, Listing, listing
from service.api.schemas import OrganisationRef, shown
from service.workflows import library


class Entry(Struct, frozen=True):
    """One fact. `hash` is SHA-256 over the canonical JSON of all that the record holds of it and `previous`."""

    scope: str
    sequence: int
    at: datetime
    name: str
    subject_id: str
    person_id: str | None
    organisation: OrganisationRef | None
    data: dict[str, Any]
    previous: str
    hash: str


_entry = shown(Entry)


@get("/agendas/{agenda_id:str}/record", tags=["Record"], sync_to_thread=True)
def list_record(agenda_id: Id, ctx: Asking, limit: Limit = 50, cursor: Cursor = None) -> Listing[Entry]:
    """List an agenda's record from its first entry on; each entry names the hash of the one before."""
    return listing(library.record(ctx, agenda_id, limit=limit, cursor=cursor), _entry)


ROUTES = [list_record]
